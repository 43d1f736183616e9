"""Nudges: what nobody has answered is named again twice, on working days, and then never again."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache

from bot.rules import cadence
from bot.rules.cadence import DAY, Away, Schedule

NAMED_ON = (3, 6)  # working days after the day on which it was asked; then silence, which is an answer, too
WEEK = timedelta(days=7)


def moments(
    asked_at: datetime, schedule: Schedule, away: Iterable[Away] = (), *, on: tuple[int, ...] = NAMED_ON
) -> tuple[datetime, ...]:
    """When it is named again: at the person's hour of these of their working days after. Leave does not count.

    Fewer for somebody who is away for more than a year.
    """
    day = cadence.local_day(asked_at, schedule.zone)
    days = _days(day, schedule.working_days, schedule.country, tuple(away), on)
    return tuple(cadence.resolve(day, schedule.hour, schedule.zone) for day in days)


@lru_cache(maxsize=4096)
def _days(
    asked_on: date, working_days: str, country: str | None, away: tuple[Away, ...], on: tuple[int, ...]
) -> tuple[date, ...]:
    schedule = Schedule("UTC", working_days=working_days, country=country)
    worked = [day for _, day in zip(range(max(on)), cadence.working_days(asked_on, schedule, away), strict=False)]
    return tuple(worked[number - 1] for number in on if number <= len(worked))


def due(
    asked_at: datetime,
    schedule: Schedule,
    away: Iterable[Away],
    *,
    since: datetime,
    until: datetime,
    expires_at: datetime | None = None,
    on: tuple[int, ...] = NAMED_ON,
) -> list[datetime]:
    """Those of the moments that lie in (since, until], while it can still be answered."""
    found = moments(asked_at, schedule, away, on=on)
    return [at for at in found if since < at <= until and (expires_at is None or at < expires_at)]


def ends(at: datetime, schedule: Schedule) -> datetime:
    """The midnight after: a morning's nudge is of no use on another day."""
    return cadence.resolve(cadence.local_day(at, schedule.zone) + DAY, 0, schedule.zone)


def within(at: datetime, told: Iterable[datetime], *, most: int) -> bool:
    """Whether one more at this moment keeps every seven days around it to `most`."""
    return sum(abs(at - one) < WEEK for one in told) < most
