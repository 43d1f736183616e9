"""Reviews that cannot be given: by whoever has left, is away for long, or has had them for more than a week."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.rules import away as away_rules
from bot.rules import cadence
from bot.rules.cadence import Away, Schedule
from bot.rules.evidence import Evidence, Review

LATE_DAYS = 7  # working days of the reviewer


@dataclass(frozen=True)
class HandedOn:
    """A review that somebody else reads now, or nobody: for its author."""

    evidence: Evidence
    review: Review
    schedule: Schedule
    away: tuple[Away, ...]


@dataclass(frozen=True)
class Waits:
    """Evidence that waits for long. `absent`: names of those who are away, if that is why."""

    evidence: Evidence
    absent: tuple[str, ...]
    schedule: Schedule
    away: tuple[Away, ...]


def is_late(asked_at: datetime, schedule: Schedule, away: Iterable[Away], *, now: datetime) -> bool:
    """Whether seven working days have gone by; weekends, holidays and leave are none."""
    return cadence.after_working_days(asked_at, LATE_DAYS, schedule, away) <= now


def is_away(schedule: Schedule, away: Iterable[Away], *, now: datetime) -> bool:
    """Whether the reviewer is away today and on the next five working days."""
    return away_rules.is_long(away, schedule, today=cadence.local_day(now, schedule.zone))
