"""The hours of a week in which somebody works, as bits of one number, so that two weeks are laid over each other."""

from datetime import date, timedelta
from functools import lru_cache

from bot.rules import cadence
from bot.rules.cadence import Schedule

STARTS, LASTS_HOURS = 9, 8  # a working day, local
SLOT = timedelta(minutes=30)  # there are zones with half hours
SLOTS = 7 * 48


def week_of(schedule: Schedule, day: date) -> int:
    """The week around `day` as bits of half hours in UTC, Monday first: set while this person works."""
    monday = day - timedelta(days=day.weekday())
    return _week(schedule.zone, schedule.working_days, monday)


@lru_cache(maxsize=4096)
def _week(zone: str, working_days: str, monday: date) -> int:
    midnight = cadence.resolve(monday, 0, "UTC")
    days = (monday + timedelta(days=int(digit) - 1) for digit in working_days)
    begins = [(cadence.resolve(day, STARTS, zone) - midnight) // SLOT for day in days]
    slots = {(first + number) % SLOTS for first in begins for number in range(LASTS_HOURS * 2)}
    return sum(1 << slot for slot in slots)


def shared_hours(mine: int, theirs: int) -> float:
    """Working hours in common a week."""
    return (mine & theirs).bit_count() / 2
