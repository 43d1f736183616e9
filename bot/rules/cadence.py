"""When prompts come: rounds on a calendar, wishes in local time, moments in UTC. Being away counts against nobody."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo, available_timezones

import holidays
import holidays.countries  # all calendars now, not in the middle of the first round

DAY = timedelta(days=1)
FIRST_MONDAY = date(2024, 1, 1)  # rounds of every two weeks count from here
QUIET_UNTIL = 8
QUIET_FROM = 18
FURTHEST_DAYS = 400


class Cadence(StrEnum):
    WEEKLY = "weekly"
    FORTNIGHTLY = "every two weeks"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


@dataclass(frozen=True)
class Schedule:
    """One person's wishes: IANA zone, preferred hour, working days (ISO digits, Monday is 1), country for holidays."""

    zone: str
    hour: int = 9
    working_days: str = "12345"
    country: str | None = None

    @property
    def opens(self) -> int:
        return min(QUIET_UNTIL, self.hour)

    @property
    def closes(self) -> int:
        return max(QUIET_FROM, self.hour + 1)


@dataclass(frozen=True)
class Away:
    """Away from `from_on` until the day before `until_on`; without `until_on`, until further notice."""

    from_on: date
    until_on: date | None

    def covers(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


def is_zone(name: str) -> bool:
    return name in _zones()


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def is_country(code: str) -> bool:
    """Two letters; `holidays` knows three-letter codes besides."""
    return len(code) == 2 and code in holidays.list_supported_countries()


def local_day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


def is_round(cadence: Cadence, day: date) -> bool:
    """Rounds begin on Mondays: each, every other, the first of a month, the first of a quarter."""
    if day.isoweekday() != 1:
        return False
    match cadence:
        case Cadence.WEEKLY:
            return True
        case Cadence.FORTNIGHTLY:
            return (day - FIRST_MONDAY).days % 14 == 0
        case Cadence.MONTHLY:
            return day.day <= 7
        case Cadence.QUARTERLY:
            return day.day <= 7 and day.month in (1, 4, 7, 10)


@lru_cache(maxsize=256)
def rounds(cadence: Cadence, first: date, last: date) -> tuple[date, ...]:
    """The days on which rounds begin, from `first` to `last`, both included."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(day for day in days if is_round(cadence, day))


@lru_cache(maxsize=1024)
def next_round(cadence: Cadence, day: date) -> date:
    """The round after `day`."""
    return next(found for n in range(1, 120) if is_round(cadence, found := day + timedelta(days=n)))


@lru_cache(maxsize=4096)
def resolve(day: date, hour: int, zone: str, minute: int = 0) -> datetime:
    """The moment of a local wall time: the first of a doubled hour, the first valid minute after a gap."""
    local = datetime.combine(day, time(hour, minute), ZoneInfo(zone))
    moment = local.astimezone(UTC)
    if moment.astimezone(local.tzinfo).replace(tzinfo=None) == local.replace(tzinfo=None):
        return moment
    before = local.utcoffset()
    back = moment
    while (back - timedelta(minutes=1)).astimezone(local.tzinfo).utcoffset() != before:
        back -= timedelta(minutes=1)
    return back


@lru_cache(maxsize=64)
def _holidays(country: str) -> holidays.HolidayBase:
    return holidays.country_holidays(country)


def is_working_day(day: date, schedule: Schedule) -> bool:
    """A day this person works: their weekdays, less the public holidays of their country."""
    if str(day.isoweekday()) not in schedule.working_days:
        return False
    return schedule.country is None or day not in _holidays(schedule.country)


@lru_cache(maxsize=4096)
def first_working_day(day: date, before: date, working_days: str, country: str | None) -> date | None:
    schedule = Schedule("UTC", working_days=working_days, country=country)
    return next((found for found in _days(day, before) if is_working_day(found, schedule)), None)


def prompt_day(round_on: date, next_on: date, schedule: Schedule, away: Iterable[Away] = ()) -> date | None:
    """The first day of a round on which the person is at work, or None when they are away for all of it."""
    absences = tuple(away)
    if not absences:
        return first_working_day(round_on, next_on, schedule.working_days, schedule.country)
    for day in _days(round_on, next_on):
        if is_working_day(day, schedule) and not any(absence.covers(day) for absence in absences):
            return day
    return None


def _days(first: date, before: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((before - first).days))


def next_open(moment: datetime, schedule: Schedule, away: Iterable[Away] = ()) -> datetime | None:
    """`moment` itself when this person may be written to then, else the next moment when they may.

    None when that is more than a year off: somebody away until further notice.
    """
    absences = tuple(away)
    local = moment.astimezone(ZoneInfo(schedule.zone))
    for n in range(FURTHEST_DAYS):
        day = local.date() + timedelta(days=n)
        if not is_working_day(day, schedule) or any(absence.covers(day) for absence in absences):
            continue
        if n == 0 and local.hour >= schedule.closes:
            continue
        if n == 0 and local.hour >= schedule.opens:
            return moment
        return resolve(day, schedule.hour, schedule.zone)
    return None


def next_morning(moment: datetime, schedule: Schedule, away: Iterable[Away] = ()) -> datetime | None:
    """The preferred hour of the person's next working day after today."""
    tomorrow = local_day(moment, schedule.zone) + DAY
    return next_open(resolve(tomorrow, schedule.hour, schedule.zone), schedule, away)


def working_days(after: date, schedule: Schedule, away: Iterable[Away] = ()) -> Iterator[date]:
    """The days after this one on which the person works and is not away, for a year and a bit."""
    absences = tuple(away)
    for n in range(1, FURTHEST_DAYS):
        day = after + n * DAY
        if is_working_day(day, schedule) and not any(absence.covers(day) for absence in absences):
            yield day


def after_working_days(moment: datetime, days: int, schedule: Schedule, away: Iterable[Away] = ()) -> datetime:
    """The same local time on the n-th working day after: weekends, holidays and leave do not count.

    For somebody away until further notice more than a year later, so that what waits for them never simply runs out.
    """
    local = moment.astimezone(ZoneInfo(schedule.zone))
    worked = islice(working_days(local.date(), schedule, away), days - 1, None)
    day = next(worked, local.date() + FURTHEST_DAYS * DAY)
    return resolve(day, local.hour, schedule.zone, local.minute)
