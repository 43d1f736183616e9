"""One of each view and message of the digest of program feedback, and of promises; all words have `CANARY` in them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from bot.rules import feedback_digests as rules
from bot.rules import feedback_figures
from bot.rules.attention import Waiting
from bot.rules.cadence import Schedule
from bot.rules.feedback_digests import PAGE, Digest, Page, Public, Shown
from bot.rules.feedback_figures import Given
from bot.rules.feedback_threads import Said, Side
from bot.rules.home import Home, Part
from bot.rules.people import Person
from bot.rules.program_feedback import ITEMS, Cycle
from bot.rules.promises import LONGEST, MOST_SHOWN, Due, Promise, State
from bot.views import bundles, feedback_digests, home, promises

Drawn = dict[str, Any]
TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
DAYS = [TODAY - timedelta(days=42 * n) for n in range(4)]
CYCLES = [Cycle(UUID(int=n).hex, 5, 5, "track", DAYS[n], DAYS[n - 1], 1, False, "released") for n in (1, 2, 3)]


def payload(many: int, dimension: str | None = "track", *, groups: int = 3, step: int = 0) -> Drawn:
    """As a release writes it: nobody could say anything about failure, and all are of one opinion on support."""
    chance = Random(many + step)
    asked = [item for item in ITEMS if item not in ("support", "failure")]
    given = [
        Given(
            {item: min(5, chance.randint(1, 5) + place % 2) for place, item in enumerate(asked)} | {"support": 4},
            f"track-{n % groups}",
        )
        for n in range(many)
    ]
    return feedback_figures.table(given, k=5, dimension=dimension)


def digest(name: str, *, many: int = 60, groups: int = 3, dimension: str | None = "track", **more: Any) -> Digest:
    table = rules.read(payload(many, dimension, groups=groups))
    names = {f"track-{n}": f"{name[:60]} {n}" for n in range(groups)}
    given: Drawn = {
        "before": rules.read(payload(40, dimension, step=2)),
        "texts": 12,
        "folded": 2,
        "waiting": 1,
        **more,
    }
    return Digest(CYCLES[0], table, names=names, **given)


def digests(name: str) -> Iterator[Digest]:
    """The first of all, with one before it, by twenty countries, without a breakdown, and with hardly anything told."""
    yield digest(name)
    yield digest(name, before=None, texts=0, folded=1, waiting=0)
    yield digest("", many=400, groups=20, dimension="country")
    yield digest(name, dimension=None, folded=0)
    yield digest(name, many=6, groups=6)


def texts(text: str) -> tuple[Shown, ...]:
    said = (Said(Side.READER, text), Said(Side.AUTHOR, text)) * 3
    states: list[Drawn] = [{}, {"said": said}, {"said": said[:1], "asked_by_me": True}, {"asked_by_me": False}]
    return tuple(Shown(UUID(int=n).hex, text, **states[n % 4]) for n in range(PAGE))


def page(text: str, number: int = 1) -> Drawn:
    return feedback_digests.page(Page(CYCLES[0], texts(text), number, 3 * PAGE, 1))


def promise(text: str, state: State = State.OPEN, number: int = 1) -> Promise:
    closed_at = None if state is State.OPEN else NOW
    due_on = TODAY + timedelta(days=number - 4)
    said = text[:LONGEST]
    return Promise(
        UUID(int=number), said, said, state, due_on, NOW, CYCLES[0].id, UUID(int=1), closed_at, said, "C0PROGRAM"
    )


def all_promises(text: str) -> tuple[Promise, ...]:
    return tuple(promise(text, list(State)[n % 3], n + 1) for n in range(MOST_SHOWN))


def homes(who: Person, text: str) -> Iterator[Drawn]:
    """Of somebody who is in no track: what everybody reads."""
    table = rules.read(payload(60))
    for said in (
        rules.public(table, table, folded=3),
        rules.public(table, None, folded=0),
        Public("5-9", {}, {}),
        None,
    ):
        shown = Home(who, Part.ME, None, (), False, feedback_said=said, promises=all_promises("For all to read."))
        yield home.home(shown, now=NOW, today=TODAY)


def views(text: str) -> dict[str, Drawn]:
    one, place = promise(text), f"{CYCLES[0].id}:0:{UUID(int=3).hex}"
    return {
        "digest": feedback_digests.modal(digest("Technical"), CYCLES),
        "digest, an earlier cycle": feedback_digests.modal(digest("Technical"), [CYCLES[1], *CYCLES]),
        "digest, many groups": feedback_digests.modal(digest("", many=400, groups=20, dimension="country"), CYCLES),
        "what was written": page(text),
        "answer": feedback_digests.answer_form(texts(text)[1], place=place),
        "promises": promises.page(all_promises(text), today=TODAY, is_owner=True),
        "promises, of everybody": promises.page(all_promises(text), today=TODAY, is_owner=False),
        "new promise": promises.form(CYCLES[0].id, today=TODAY),
        "promise kept": promises.keep_form(one),
        "promise dropped": promises.drop_form(one),
    }


def empty_views() -> dict[str, Drawn]:
    return {
        "digest": feedback_digests.modal(None, []),
        "digest, hardly anything": feedback_digests.modal(digest("-", many=6, groups=6, texts=0), CYCLES[:1]),
        "what was written": feedback_digests.page(Page(CYCLES[0], (), 0, 0, 0)),
        "promises": promises.page((), today=TODAY, is_owner=False),
        "new promise": promises.form(None, today=TODAY),
    }


def due(text: str) -> Iterator[Drawn]:
    for number in (4, 1):  # its day, and three days after it
        yield promises.due(Due(promise(text, number=number), TODAY, Schedule("UTC"), ()))


def messages(text: str, name: str) -> dict[str, list[Drawn]]:
    return {
        "program_feedback.released": [feedback_digests.message(one) for one in digests(name)],
        "promises.made": [promises.made(promise(text))],
        "promises.kept": [promises.kept(promise(text, State.KEPT))],
        "promises.dropped": [promises.dropped(promise(text, State.DROPPED))],
        "promises.due": list(due(text)),
    }


def bundled(name: str) -> Drawn:
    return dict(bundles.bundle(Waiting(UUID(int=1), name, None, (), (), promises=2)))
