"""A manager's week: the one moment of it at which they hear what waits, and what that is, as plain values."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from uuid import UUID

from bot.rules import cadence
from bot.rules.cadence import DAY, Away, Schedule

TOLD_ON = 3  # the third day they work: answers have come in by then, and there is time left to act on them
WEEK = timedelta(days=7)
TOLD_FOR = timedelta(days=14)  # two weekly messages name a thing, then it is left in peace


@dataclass(frozen=True)
class Praise:
    """Whose evidence for which milestone was accepted; `title` is the milestone's, `pieces` the ids of the evidence."""

    name: str
    title: str
    pieces: tuple[UUID, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Wish:
    """Who would like a chance to show which milestones, by their titles."""

    name: str
    titles: tuple[str, ...]


@dataclass(frozen=True)
class Ask:
    """Something that only this manager can answer: who asks, and the id that its button carries."""

    name: str
    id: UUID


@dataclass(frozen=True)
class Pair:
    """A mentee, who lets their manager know of it, and the mentor."""

    mentee: str
    mentor: str


@dataclass(frozen=True)
class Hours:
    """Hours a week kept free for somebody's growth plan: they wish for them, or a manager before gave them."""

    name: str
    hours: int
    until: date
    giver: str | None = None


@dataclass(frozen=True)
class Return:
    """Who came back from a longer leave, and on which day."""

    name: str
    on: date


@dataclass(frozen=True)
class Week:
    """What waits for one manager. `help_wanted`, `authors`: names; `oldest_days`: how long the oldest piece waits.

    `due`: with whom a talk has been on the list for longer than a round; `career`: with whom a career talk has no
    day; `pairs`: mentorships that need room in the week; `back`: from leave; `hours`: time for growth that is asked
    about. `newest`: since when the newest of it all waits. What is on the list of `talks` waits for a conversation,
    and of `reviews` and `requests` the manager has heard by themselves: no reason to write.
    """

    manager_id: UUID
    name: str
    schedule: Schedule
    away: tuple[Away, ...]
    answers: int = 0
    help_wanted: tuple[str, ...] = ()
    pieces: int = 0
    authors: tuple[str, ...] = ()
    oldest_days: int = 0
    praise: tuple[Praise, ...] = ()
    wishes: tuple[Wish, ...] = ()
    talks: int = 0
    due: tuple[str, ...] = ()
    career: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()
    back: tuple[Return, ...] = ()
    hours: tuple[Hours, ...] = ()
    reviews: tuple[Ask, ...] = ()
    requests: tuple[Ask, ...] = ()
    newest: datetime | None = None

    @property
    def load(self) -> int:
        """How many things of their people wait; 0: there is nothing to say."""
        named = (self.praise, self.wishes, self.due, self.career, self.pairs, self.back, self.hours)
        return self.answers + self.pieces + sum(len(one) for one in named)

    def is_news(self, now: datetime) -> bool:
        """Whether it is worth a message: two about one thing, then silence."""
        return self.newest is not None and now - self.newest <= TOLD_FOR


@dataclass(frozen=True)
class HelpWanted:
    """Who would welcome help of one manager, in answers not read yet. `since`: when the latest of them asked."""

    manager_id: UUID
    schedule: Schedule
    away: tuple[Away, ...]
    names: tuple[str, ...]
    since: datetime


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def key(monday: date) -> str:
    """The ISO week, such as 2026-W47."""
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02}"


def told_on(monday: date, schedule: Schedule) -> date | None:
    """The third working day from Monday, the last of a week that has fewer; None when all of it is free."""
    return _told_on(monday, schedule.working_days, schedule.country)


@lru_cache(maxsize=4096)
def _told_on(monday: date, working_days: str, country: str | None) -> date | None:
    schedule = Schedule("UTC", working_days=working_days, country=country)
    days = (monday + timedelta(days=n) for n in range(7))
    worked = [day for day in days if cadence.is_working_day(day, schedule)][:TOLD_ON]
    return worked[-1] if worked else None


def moment(monday: date, schedule: Schedule, away: Iterable[Away] = ()) -> datetime | None:
    """When this person hears of the week that begins on `monday`: later when they are away, never in the week after."""
    day = told_on(monday, schedule)
    if day is None:
        return None
    found = cadence.next_open(cadence.resolve(day, schedule.hour, schedule.zone), schedule, away)
    return None if found is None or found >= ends(monday, schedule) else found


def ends(monday: date, schedule: Schedule) -> datetime:
    """The midnight at which the next week begins where the person is."""
    return cadence.resolve(monday + WEEK, 0, schedule.zone)


def due(schedule: Schedule, away: Iterable[Away], *, since: datetime, until: datetime) -> list[tuple[date, datetime]]:
    """(Monday, moment) of the weeks of which this person hears in (since, until]."""
    absences = tuple(away)
    monday, last = monday_of(cadence.local_day(since, schedule.zone) - DAY), cadence.local_day(until, schedule.zone)
    found = []
    while monday <= last:
        at = moment(monday, schedule, absences)
        if at is not None and since < at <= until:
            found.append((monday, at))
        monday += WEEK
    return found
