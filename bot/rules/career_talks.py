"""Career talks as plain values: who is due for one, which day it may be, when each of the two hears of it, and notes.

A talk is never a test. Whoever does not want one now says so, and half a year goes by before it comes up again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from uuid import UUID

from bot.rules import cadence, readiness, small_cells
from bot.rules.cadence import DAY, Away, Schedule
from bot.rules.people import Person
from bot.rules.refusal import Refusal

MONTHS_BETWEEN = 6
HALF_A_YEAR = timedelta(days=182)
FURTHEST = HALF_A_YEAR
NEW_A_WEEK = 2  # proposals of the program to one manager: whoever has twelve reports does not hear of twelve at once
BRIEF_DAYS = 3  # working days before
MONTHS_OPEN = 2  # after the proposal, or the day: nobody came back to it, which is an answer, too
NAMED_FOR = timedelta(days=14)  # in two of a manager's weeks; then it is theirs to come back to
LOOKED_BACK = 60  # days in which so many working days are found
LONGEST = 3000
LONGEST_ACTION = 300
MOST_ACTIONS = 10
CHANGED = (
    "The other one of you has saved the notes since you opened them. Both versions are here now: keep what is right."
)
TAKEN = (
    "This talk has been moved or closed in another window just now. Close this and open it again to see how it stands."
)
CLOSED = "This talk is closed already. Propose another one whenever you like."
BRIEF_OVER = (
    "The brief ends with its talk, and the next talk brings a new one. Each of its lines still stands where it is from."
)
NOT_YET = "The brief is put before you three working days ahead of the talk. Until then it is with whoever it is about."


@dataclass(frozen=True)
class Action:
    """Something the two agreed on. `is_managers`: the manager does it. `in_plan`: it is in the member's growth plan."""

    id: UUID
    words: str
    is_managers: bool
    due_on: date | None = None
    done_on: date | None = None
    in_plan: bool = False


@dataclass(frozen=True)
class Talk:
    """A talk between a member and their manager. `proposed_by`: one of the two, or None for the program.

    `on`: the day they agreed on; `moves`: how many times it was set; `opens_at`: when the manager can read the brief.
    `take`: how many times the notes were saved, by `noted_by` at last. `closed_at`: held, or not wanted now.
    """

    id: UUID
    member: Person
    manager: Person
    proposed_at: datetime
    proposed_by: UUID | None = None
    on: date | None = None
    moves: int = 0
    opens_at: datetime | None = None
    held_on: date | None = None
    closed_at: datetime | None = None
    notes: str = ""
    take: int = 0
    noted_by: UUID | None = None
    noted_at: datetime | None = None
    actions: tuple[Action, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_held(self) -> bool:
        return self.held_on is not None

    @property
    def is_of_today(self) -> bool:
        """Whether the two still are member and manager. Whoever was the manager before reads nothing of it."""
        return self.member.is_active and self.member.manager_id == self.manager.id


@dataclass(frozen=True)
class Own:
    """A talk as one of the two sees it."""

    talk: Talk
    is_member: bool
    away: tuple[Away, ...] = ()

    @property
    def me(self) -> Person:
        return self.talk.member if self.is_member else self.talk.manager

    @property
    def other(self) -> Person:
        return self.talk.manager if self.is_member else self.talk.member

    @property
    def schedule(self) -> Schedule:
        return self.me.schedule

    @property
    def last_written_by(self) -> str:
        """`you`, or the other's name; empty before anything was noted."""
        if self.talk.noted_by is None:
            return ""
        return "you" if self.talk.noted_by == self.me.id else self.other.name


@dataclass(frozen=True)
class Mine:
    """What the page of somebody's talks is drawn from. `mine`: the open one about themselves, if any; `earlier`: those
    they held, the newest first. `team`: each person who reports to them, with the open talk or None."""

    me: Person
    mine: Own | None = None
    earlier: tuple[Own, ...] = ()
    team: tuple[tuple[Person, Own | None], ...] = ()


@dataclass(frozen=True)
class Candidate:
    """A member with a manager. `since`: their last talk, or their start."""

    member_id: UUID
    manager_id: UUID
    since: date


@dataclass(frozen=True)
class Share:
    """How many of those who have been here for half a year had a talk in it; None where it would tell of few."""

    held: int | None
    members: int


def is_due(candidate: Candidate, today: date, away: Iterable[Away] = ()) -> bool:
    """Half a year after the last one, or the start. Leave stops the clock, and nobody is asked while away."""
    leave = tuple(away)
    if any(absence.covers(today) for absence in leave):
        return False
    return readiness.months_held(candidate.since, today, leave) >= MONTHS_BETWEEN


def is_lapsed(talk: Talk, today: date, away: Iterable[Away] = ()) -> bool:
    """Whether an open talk has come to nothing. Leave of either of the two stops this clock, too."""
    since = talk.on or talk.proposed_at.date()
    return readiness.months_held(since, today, away) >= MONTHS_OPEN


def to_propose(due: Iterable[Candidate], begun: Mapping[UUID, int]) -> list[Candidate]:
    """Who hears of it this week: those who have waited longest. `begun`: manager → how many began this week already."""
    left: dict[UUID, int] = {}
    chosen = []
    for one in sorted(due, key=lambda one: (one.since, one.member_id)):
        room = left.setdefault(one.manager_id, NEW_A_WEEK - begun.get(one.manager_id, 0))
        if room > 0:
            chosen.append(one)
            left[one.manager_id] = room - 1
    return chosen


def check_day(on: date | None, today: date) -> date:
    if on is None:
        raise Refusal("Choose a day. Either of you can move it later.", field="on")
    if on < today:
        raise Refusal("That day is past. Choose today or a day ahead.", field="on")
    if on > today + FURTHEST:
        raise Refusal("That is more than half a year ahead. Choose a nearer day; it can be moved.", field="on")
    return on


def check_here(on: date, own: Own, away: Mapping[UUID, Iterable[Away]]) -> None:
    for person in (own.other, own.me):
        if any(absence.covers(on) for absence in away.get(person.id, ())):
            who = "You are" if person.id == own.me.id else f"{person.name} is"
            raise Refusal(f"{who} not at work on that day, as far as is known here. Choose another one.", field="on")


def brief_at(on: date, schedule: Schedule, away: Iterable[Away] = ()) -> datetime:
    """The morning of the third working day before the talk, where this person is."""
    absences = tuple(away)
    before = (on - n * DAY for n in range(1, LOOKED_BACK))
    worked = (
        day
        for day in before
        if cadence.is_working_day(day, schedule) and not any(absence.covers(day) for absence in absences)
    )
    day = next(islice(worked, BRIEF_DAYS - 1, None), on - BRIEF_DAYS * DAY)
    return cadence.resolve(day, schedule.hour, schedule.zone)


def opens_at(on: date, schedule: Schedule, away: Iterable[Away] = (), *, now: datetime) -> datetime:
    """When the manager can read the brief. Where the day is near, not before the next morning, if that is in time: so
    whoever it is about sees it first and may leave lines out."""
    absences = tuple(away)
    planned = brief_at(on, schedule, absences)
    if planned > now:
        return planned
    morning = cadence.next_morning(now, schedule, absences)
    is_in_time = morning is not None and cadence.local_day(morning, schedule.zone) <= on
    return morning if morning is not None and is_in_time else now


def asked_at(on: date, schedule: Schedule, away: Iterable[Away] = ()) -> datetime:
    """The morning of the next working day after the talk: did you talk?"""
    day = next(cadence.working_days(on, schedule, away), on + DAY)
    return cadence.resolve(day, schedule.hour, schedule.zone)


def check_notes(notes: str) -> None:
    if len(notes) > LONGEST:
        raise Refusal(f"This is longer than {LONGEST:,} characters. Shorten it a little.", field="notes")


def check_action(words: str, due_on: date | None, *, today: date, actions: Sequence[Action]) -> None:
    if not words.strip():
        raise Refusal("Say in a few words what is going to happen.", field="words")
    if len(words) > LONGEST_ACTION:
        raise Refusal(f"This is longer than {LONGEST_ACTION} characters. Shorten it a little.", field="words")
    if due_on is not None and due_on < today:
        raise Refusal("That day is past. Choose today or a day ahead, or leave it empty.", field="due_on")
    if len(actions) >= MOST_ACTIONS:
        raise Refusal(f"{MOST_ACTIONS} things are agreed on already. A few that happen are worth more than many.")


def share(held: int, members: int) -> Share | None:
    """For owners. Nothing below five people, and no number that would tell of fewer than five on either side."""
    if members < small_cells.LEAST:
        return None
    sides = {"held": held, "not yet": members - held}
    sizes = {side: size for side, size in sides.items() if size}
    return Share(held if small_cells.shown(sizes) == set(sizes) else None, members)
