"""One of each view and message of sessions, quiet pairs and credit; all words have `CANARY` in them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from bot.rules.cadence import Schedule
from bot.rules.mentor_credit import Credit
from bot.rules.mentor_sessions import FIRST_POINTS, Agenda, Choices, MentorSession, Own
from bot.rules.mentorships import Mentorship, Side
from bot.rules.people import Person
from bot.views import mentor_credit, mentor_sessions, quiet_pairs
from tests.support.frameworks import FRAMEWORK

Drawn = dict[str, Any]
TODAY = date(2026, 11, 16)
TUESDAY = datetime(2026, 11, 24, 13, tzinfo=UTC)
LEVELS = FRAMEWORK.tracks[0].levels[2:4]


def pair(name: str) -> tuple[Person, Person]:
    """A mentor in Dubai and a mentee in New York."""
    mentor = Person(UUID(int=11), "U0NOOR", name, Schedule("Asia/Dubai"), track="technical", level="T4")
    mentee = Person(UUID(int=12), "U0ANA", name, Schedule("America/New_York"), track="customer", level="C2")
    return mentor, mentee


def meeting(text: str, name: str, **more: Any) -> MentorSession:
    mentor, mentee = pair(name)
    return MentorSession(
        UUID(int=13), UUID(int=14), mentor, mentee, TUESDAY, 45,
        **{"mentor_took": text, "mentee_took": text, **more},
    )  # fmt: skip


def side(name: str) -> Side:
    mentor, mentee = pair(name)
    until = date(2027, 5, 1)
    one = Mentorship(UUID(int=14), UUID(int=15), mentor, mentee, "", (), 14, TUESDAY, until)
    return Side(one, mentee)


def choices(text: str, name: str, *, is_moved: bool = False, many: int = 10) -> Choices:
    mentor, mentee = pair(name)
    slots = tuple(TUESDAY + timedelta(days=n, hours=12 * (n % 2)) for n in range(many))  # the day differs for some
    return Choices(UUID(int=14), mentee, mentor, slots, meeting(text, name) if is_moved else None)


def agenda(text: str, name: str, *, is_full: bool = True) -> Agenda:
    titles = tuple(one.title for one in LEVELS[0].milestones[:3])
    last = meeting(text, name, mentor_met=True, mentee_met=True)
    return Agenda(meeting(text, name), titles if is_full else (), FIRST_POINTS, last if is_full else None)


def credit(name: str, **more: Any) -> Credit:
    return Credit(UUID(int=14), pair(name)[1], 5, TODAY, **more)


def views(text: str, name: str) -> dict[str, Drawn]:
    """Every modal, as full as it gets."""
    own = Own(meeting(text, name), is_mentor=False)
    form = mentor_credit.modal(credit(name, may_name=True), pair(name)[0], LEVELS, FRAMEWORK, today=TODAY)
    return {
        "plan a session": mentor_sessions.modal(choices(text, name)),
        "move a session": mentor_sessions.modal(choices(text, name, is_moved=True)),
        "session planned": mentor_sessions.planned(own),
        "calendar file": mentor_sessions.file_given(),
        "agenda": mentor_sessions.agenda_modal(agenda(text, name)),
        "you met": mentor_sessions.took_modal(own),
        "not this time": mentor_sessions.not_met(own),
        "credit": form,
    }


def empty_views() -> dict[str, Drawn]:
    """Every modal with nothing yet, and what Home and `/mentor` show of all this."""
    own = Own(meeting("", "Noor"), is_mentor=True)
    lines = [*mentor_sessions.lines([own] * 9), *mentor_credit.lines([credit("Ana")] * 9)]
    return {
        "plan a session": mentor_sessions.modal(choices("", "Noor", many=0)),
        "session moved": mentor_sessions.planned(Own(meeting("", "Noor", moves=2), is_mentor=True)),
        "agenda": mentor_sessions.agenda_modal(agenda("", "Noor", is_full=False)),
        "you met": mentor_sessions.took_modal(own),
        "credit": mentor_credit.modal(credit("Ana"), pair("Noor")[0], LEVELS[1:], FRAMEWORK, today=TODAY),
        "sessions and credit": {"type": "home", "blocks": lines},
    }


def met(text: str, name: str) -> Iterator[Drawn]:
    """The question after a session, unanswered and answered."""
    for took in (text, ""):
        for answer in (None, True, False):
            said = {"mentor_met": answer, "mentee_met": answer, "mentor_took": took, "mentee_took": took}
            for is_mentor in (True, False):
                yield mentor_sessions.met(Own(meeting(text, name, **said), is_mentor))


def messages(text: str, name: str) -> dict[str, list[Drawn]]:
    told = [mentor_sessions.told(meeting(text, name, moves=moves)) for moves in (0, 1)]
    agendas = [mentor_sessions.agenda(agenda(text, name, is_full=is_full)) for is_full in (True, False)]
    asked, quiet = list(met(text, name)), [quiet_pairs.asked(side(name))]
    return {
        "mentor_session.planned": told,
        "mentor_session.agenda": agendas,
        "mentor_session.met_mentor": asked,
        "mentor_session.met_mentee": asked,
        "mentor_session.met_mentor_again": asked,
        "mentor_session.met_mentee_again": asked,
        "mentor_session.quiet_mentor": quiet,
        "mentor_session.quiet_mentee": quiet,
    }


def waiting(text: str, name: str) -> Drawn:
    """What they add to the morning's list."""
    return {"met": (Own(meeting(text, name), is_mentor=True),) * 3, "quiet": (side(name),) * 3}
