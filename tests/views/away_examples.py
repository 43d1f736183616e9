"""One of each view and message of being away, deputies, reviews handed on and another manager."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from bot.rules.attention import Waiting
from bot.rules.away import SetAway
from bot.rules.cadence import Schedule
from bot.rules.deputies import InPlace, Named, Told
from bot.rules.evidence import Evidence, State, Verdict
from bot.rules.hand_overs import HandedOn, Waits
from bot.rules.home import Home, Part
from bot.rules.manager_changes import NewManager
from bot.rules.people import Person
from bot.rules.returns import Back
from bot.rules.team import Report
from bot.rules.weeks import HelpWanted, Praise, Week
from bot.views import away, deputies, evidence_reviews, hand_overs, home, manager_changes

Drawn = dict[str, Any]
TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
HERE = Schedule("Europe/Stockholm")


def named(name: str = "Mats", *, until: date | None = None) -> Named:
    return Named(UUID(int=21), UUID(int=22), name, UUID(int=23), name, until, NOW)


def views(name: str = "Mats") -> dict[str, Drawn]:
    return {
        "set away": away.modal(["U0ANA"], today=TODAY),
        "set away, kept": away.kept(away.said(name, TODAY, TODAY)),
        "not away": away.here("Welcome back!"),
        "deputy": deputies.modal(named(name, until=TODAY), ["U0ANA"]),
        "deputy, kept": deputies.kept(deputies.said(named(name, until=TODAY), TODAY)),
        "rather not": deputies.rather_not(name),
    }


def empty_views() -> dict[str, Drawn]:
    return {"set away": away.modal([], today=TODAY), "deputy": deputies.modal(None, [])}


def homes(who: Person, name: str) -> Iterator[Drawn]:
    """The team of somebody with a deputy, who stands in for two others."""
    managers = [None, *([name, f"{name} II"] if name else [])]
    team = tuple(
        Report(UUID(int=n), name, "technical", "T2", 1, 0, None, n % 2 == 0, (), manager)
        for n, manager in enumerate(managers * 2)
    )
    in_order = tuple(sorted(team, key=lambda one: (one.manager is not None, one.manager or "")))
    for deputy in (name, None):
        shown = Home(who, Part.TEAM, None, in_order, has_team=True, deputy=deputy)
        yield home.home(shown, now=NOW, today=TODAY)


def messages(name: str, pieces: Sequence[Evidence], waiting: Waiting) -> dict[str, list[Drawn]]:
    told = Told(named(name), HERE, ())
    praise = (Praise(name, name, (UUID(int=3),)),)
    week = Week(UUID(int=22), name, HERE, (), answers=3, help_wanted=(name,) * 8, praise=praise)
    wanted = HelpWanted(UUID(int=22), HERE, (), (name,) * 8, NOW)
    set_by = [SetAway(name, name, as_manager, date(2026, 11, 23), TODAY, HERE, ()) for as_manager in (True, False)]
    return {
        "away.set": [dict(away.told(one)) for one in set_by],
        "away.back": [dict(away.back(one)) for one in backs(name, waiting)],
        "deputy.named": [dict(deputies.named(told))],
        "deputy.declined": [dict(deputies.declined(told))],
        "deputy.week": [dict(deputies.week(InPlace(named(name), week, HERE, ())))],
        "deputy.help": [dict(deputies.help_wanted(InPlace(named(name), wanted, HERE, ())))],
        "evidence.handed_on": list(handed(pieces)),
        "evidence.waits": [
            dict(hand_overs.waits(Waits(piece, absent, HERE, ())))
            for piece in pieces
            for absent in ((), (name,), (name, name))
        ],
        "people.new_manager": [dict(manager_changes.told(NewManager(now, name, HERE, ()))) for now in (name, None)],
    }


def backs(name: str, waiting: Waiting) -> Iterator[Back]:
    yield Back(waiting, 2, name, 3, name, f"{name} (T3)", "2.0.0")
    yield Back(Waiting(UUID(int=1), name, None, (), ()))


def handed(pieces: Sequence[Evidence]) -> Iterator[Drawn]:
    """A review that somebody else took, or nobody, of somebody who is away or has left."""
    for piece in pieces:
        [review, *_] = piece.reviews
        for is_here in (True, False):
            for taken_by in (review.reviewer_id, None):
                old = replace(review, verdict=Verdict.RELEASED, handed_to=taken_by, is_here=is_here)
                yield dict(hand_overs.handed_on(HandedOn(piece, old, HERE, ())))


def requests(piece: Evidence) -> Iterator[Drawn]:
    """A request in the place of somebody else."""
    [review, *_] = piece.reviews
    for is_here in (True, False):
        old = replace(review, verdict=Verdict.RELEASED, handed_to=review.reviewer_id, is_here=is_here)
        asked = replace(piece, state=State.IN_REVIEW, released=(old,))
        yield evidence_reviews.asked(asked, review)
