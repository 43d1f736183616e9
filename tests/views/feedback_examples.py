"""One of each view and message of program feedback, as members meet it; all words have `CANARY` in them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from bot.rules.attention import Waiting
from bot.rules.cadence import Schedule
from bot.rules.feedback_forms import Announced, Form, Notice
from bot.rules.feedback_threads import FIELDS, LONGEST, Opened, Said, Side, Thread
from bot.rules.home import Home, Part
from bot.rules.people import Person
from bot.rules.program_feedback import READERS, Answers, Changed, Cycle
from bot.rules.program_feedback import Waiting as Waits
from bot.rules.promises import Promise, State
from bot.views import bundles, feedback_steward, feedback_threads, home, program_feedback

Drawn = dict[str, Any]
TODAY = date(2026, 11, 16)
CLOSES = date(2026, 12, 28)
NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
CYCLE = Cycle("0" * 32, 5, 5, "track", TODAY, CLOSES, 1, True, "open")
RECEIPT = "ABCDE FGHIJ KLMNO PQRST UVWXY Z"


def form(name: str, *, group: int = 80, **more: Any) -> Form:
    given: Drawn = {
        "cycle_id": "0" * 32, "closes": CLOSES, "k": 5, "is_steward": True, "group": group, "readers": (name,) * 5,
        "contact": name, "receipt": RECEIPT, "is_reader": True, **more,
    }  # fmt: skip
    return Form(**given)


def opened(text: str, *, many: int = 20) -> Opened:
    said = tuple(
        Said(side, text[:LONGEST], is_held) for side, is_held in [(Side.READER, False), (Side.AUTHOR, True)] * many
    )
    kept = tuple(
        Promise(UUID(int=n), text[:600], text[:600], State.KEPT, TODAY, NOW) for n in range(1, 1 + min(many, 9))
    )
    return Opened(RECEIPT, tuple(Thread(field, "0" * 32, text, said) for field in FIELDS), kept)


def views(text: str, name: str) -> dict[str, Drawn]:
    return {
        "program feedback": program_feedback.form(form(name), today=TODAY, has_typed=True),
        "program feedback, sent": program_feedback.sent(RECEIPT, Answers({}, (text, ""))),
        "program feedback, taken back": program_feedback.taken_back(),
        "program feedback, not open": program_feedback.closed(f"Not now: {name}"),
        "receipt, typed": feedback_threads.ask(),
        "receipt, opened": feedback_threads.threads(opened(text)),
        "receipt, replied": feedback_threads.replied(),
    }


def empty_views() -> dict[str, Drawn]:
    bare = form("Ana", group=2_000, is_steward=False, is_reader=False)
    return {
        "program feedback": program_feedback.form(bare, today=TODAY),
        "program feedback, sent": program_feedback.sent(RECEIPT, Answers({"choice": 5}, ("", ""))),
        "receipt, opened": feedback_threads.threads(opened("-", many=0)),
    }


def homes(who: Person) -> Iterator[Drawn]:
    """Home over the life of a cycle."""
    for notice in (Notice(CLOSES), Notice(None, is_destroyed=True), Notice(CLOSES, has_replies=True)):
        yield home.home(Home(who, Part.ME, None, (), has_team=False, feedback=notice), now=NOW, today=TODAY)


def announced(name: str) -> Announced:
    return Announced(name, CLOSES, TODAY, Schedule("America/New_York"), ())


def messages(name: str) -> dict[str, list[Drawn]]:
    return {
        "program_feedback.opened": [program_feedback.opened(announced(name))],
        "program_feedback.reminder": [program_feedback.reminder(announced(name))],
        "program_feedback.steward": [feedback_steward.waiting(Waits(CYCLE, days)) for days in (0, 3, 40)],
        "program_feedback.changed": [feedback_steward.changed(Changed(READERS, "", ", ".join([name] * 5)))],
    }


def bundled(name: str) -> Drawn:
    """The morning's list of somebody whose day was full when a cycle opened."""
    return dict(bundles.bundle(Waiting(UUID(int=1), name, None, (), (), feedback_closes=CLOSES)))
