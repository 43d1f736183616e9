"""Sessions of a mentorship as plain values: times that suit both, the agenda, and what the two say afterwards."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.rules import cadence
from bot.rules.cadence import Away, Schedule
from bot.rules.people import Person
from bot.rules.refusal import Refusal

LENGTHS = (30, 45, 60)
USUAL = 45
MOST_SLOTS = 10
NOTICE = timedelta(hours=20)  # a time that we offer lies at least so far ahead, and so does an agenda
LOOKED_AHEAD = timedelta(days=21)
FURTHEST = timedelta(days=92)
STEP = timedelta(minutes=30)
LONGEST = 1000
AGENDA_DAYS = 4  # over a weekend with a public holiday, the day before is as far as that
CHOOSE = "Choose one of the times offered, or a day and a time of your own."
CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")

Hours = tuple[Schedule, Sequence[Away]]
"""When one person works, and when they are away."""

FIRST_POINTS = (
    "What brought each of you to where you are now?",
    "What would you like to be different in half a year?",
    "What helps you to speak openly, and what gets in the way?",
)
POINTS = (
    (
        "What went well since you last met?",
        "What is harder than you expected, and what would make it easier?",
        "What will each of you try until the next time?",
    ),
    (
        "What surprised you lately, in your work or in yourself?",
        "Where do you wait for somebody, and could you do without?",
        "What is one small step, and who would notice it?",
    ),
    (
        "What are you proud of that nobody has asked about?",
        "How would the other track look at what you work on now?",
        "What should the two of you do more of, or less of?",
    ),
)


@dataclass(frozen=True)
class MentorSession:
    """One meeting of a pair. `moves`: times it was moved; `mentor_met`, `mentee_met`: what each says, None for nothing.

    `channel`: the conversation of the two with the app, once it is open; `is_over`: the mentorship has ended.
    """

    id: UUID
    mentorship_id: UUID
    mentor: Person
    mentee: Person
    starts_at: datetime
    minutes: int
    moves: int = 0
    mentor_met: bool | None = None
    mentee_met: bool | None = None
    mentor_took: str = ""
    mentee_took: str = ""
    channel: str | None = None
    is_over: bool = False

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_confirmed(self) -> bool:
        """Both say that they met. Where the two differ nothing follows, and nobody is asked why."""
        return self.mentor_met is True and self.mentee_met is True


@dataclass(frozen=True)
class Own:
    """A session as one of the two sees it."""

    session: MentorSession
    is_mentor: bool
    away: tuple[Away, ...] = ()

    @property
    def me(self) -> Person:
        return self.session.mentor if self.is_mentor else self.session.mentee

    @property
    def other(self) -> Person:
        return self.session.mentee if self.is_mentor else self.session.mentor

    @property
    def schedule(self) -> Schedule:
        return self.me.schedule

    @property
    def met(self) -> bool | None:
        return self.session.mentor_met if self.is_mentor else self.session.mentee_met

    @property
    def took(self) -> str:
        return self.session.mentor_took if self.is_mentor else self.session.mentee_took


@dataclass(frozen=True)
class Choices:
    """What the form to plan a session offers. `coming`: the one that is planned, to be moved by the same form."""

    mentorship_id: UUID
    me: Person
    other: Person
    slots: tuple[datetime, ...]
    coming: MentorSession | None = None


@dataclass(frozen=True)
class Agenda:
    """What a session may be about. `focus`: titles of the mentee's milestones; `last`: what each took away before."""

    session: MentorSession
    focus: tuple[str, ...]
    points: tuple[str, ...]
    last: MentorSession | None = None


# When


def shared_slots(
    both: Sequence[Hours],
    *,
    after: datetime,
    minutes: int,
    taken: Iterable[tuple[datetime, datetime]] = (),
) -> tuple[datetime, ...]:
    """Up to ten moments in the three weeks after `after` at which all of these people work for so many minutes.

    `taken`: (begin, end) of what they have agreed on already. One a day where there are enough days, earlier and later
    in turn, counted by the day of the first of them.
    """
    zone, busy = ZoneInfo(both[0][0].zone), tuple(taken)
    begin, length = _next_half_hour(after), timedelta(minutes=minutes)
    days: dict[date, list[datetime]] = defaultdict(list)
    for n in range(int(LOOKED_AHEAD / STEP)):
        moment = begin + n * STEP
        is_free = not any(start < moment + length and moment < end for start, end in busy)
        if is_free and all(_suits(moment, length, schedule, away) for schedule, away in both):
            days[moment.astimezone(zone).date()].append(moment)
    return _spread(list(days.values()))


def _next_half_hour(moment: datetime) -> datetime:
    whole = moment.replace(minute=0, second=0, microsecond=0)
    return next(found for n in range(3) if (found := whole + n * STEP) >= moment)


def _suits(moment: datetime, length: timedelta, schedule: Schedule, away: Iterable[Away]) -> bool:
    zone = ZoneInfo(schedule.zone)
    begins, ends = moment.astimezone(zone), (moment + length).astimezone(zone)
    if begins.hour < schedule.opens or (ends.hour, ends.minute) > (schedule.closes, 0) or begins.date() != ends.date():
        return False
    day = begins.date()
    return cadence.is_working_day(day, schedule) and not any(absence.covers(day) for absence in away)


def _spread(days: list[list[datetime]]) -> tuple[datetime, ...]:
    """One of each day, from its first and its second half in turn; then another of each day while there is room."""
    first = [day[len(day) * (1 + n % 2) // 3] for n, day in enumerate(days)]
    second = [day[len(day) * (2 - n % 2) // 3] for n, day in enumerate(days)]
    return tuple(sorted(list(dict.fromkeys([*first, *second]))[:MOST_SLOTS]))


def read_start(*, slot: str, on: date | None, time: str, zone: str, now: datetime) -> datetime:
    """The moment chosen: one of those offered (`slot`), or a day and a time of one's own, which goes first."""
    moment = _own_moment(on, time, zone) if on is not None or time else _moment(slot)
    if moment <= now:
        raise Refusal("That time has passed. Choose one that is still ahead.", field="on")
    if moment - now > FURTHEST:
        raise Refusal("That is more than three months ahead. Choose a nearer day; you can move it later.", field="on")
    return moment


def _own_moment(on: date | None, time: str, zone: str) -> datetime:
    clock = CLOCK.fullmatch(time)
    if on is None:
        raise Refusal("Choose the day as well.", field="on")
    if clock is None:
        raise Refusal("Choose the time as well.", field="time")
    return cadence.resolve(on, int(clock[1]), zone, int(clock[2]))


def _moment(slot: str) -> datetime:
    try:
        moment = datetime.fromisoformat(slot)
    except ValueError:
        raise Refusal(CHOOSE, field="on") from None
    if moment.tzinfo is None:
        raise Refusal(CHOOSE, field="on")
    return moment


def read_minutes(text: str) -> int:
    if text not in {str(length) for length in LENGTHS}:
        raise Refusal("Choose one of the lengths listed.", field="minutes")
    return int(text)


# Before and after


def agenda_at(starts_at: datetime, both: Sequence[Hours]) -> datetime:
    """The day before at the same hour, or the last day before on which both work; else twenty hours before."""
    for n in range(1, AGENDA_DAYS + 1):
        moment = starts_at - timedelta(days=n)
        if all(_suits(moment, STEP, schedule, away) for schedule, away in both):
            return moment
    return starts_at - NOTICE


def points(before: int) -> tuple[str, ...]:
    """Three light points for a session that has so many before it: they take turns."""
    return POINTS[(before - 1) % len(POINTS)] if before else FIRST_POINTS


def check_took(took: str) -> None:
    if len(took) > LONGEST:
        raise Refusal(f"This is longer than {LONGEST:,} characters. Shorten it a little.", field="took")
