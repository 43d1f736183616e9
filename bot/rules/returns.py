"""Coming back from a longer leave: when that is, and what somebody hears then."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.rules import cadence
from bot.rules.attention import Waiting
from bot.rules.cadence import DAY, FURTHEST_DAYS, Away, Schedule

LONG = 5  # working days away, from which on somebody hears on their return what happened


@dataclass(frozen=True)
class Back:
    """What happened while somebody was away, and what waits for them.

    `handed_on`: how many reviews went to somebody else; `read_by`, `read`: who stood in, and how many answers they
    read; `manager`, `level`, `release`: the new one, where it changed.
    """

    waiting: Waiting
    handed_on: int = 0
    read_by: str | None = None
    read: int = 0
    manager: str | None = None
    level: str | None = None
    release: str | None = None

    @property
    def schedule(self) -> Schedule:
        return self.waiting.schedule

    @property
    def away(self) -> tuple[Away, ...]:
        return self.waiting.away


@dataclass(frozen=True)
class Leave:
    """A stretch of days away: its first day, and the working day on which somebody is back."""

    from_on: date
    back_on: date


def returns(
    away: Sequence[Away], schedule: Schedule, closed: Sequence[Away] = (), *, first: date, last: date
) -> list[Leave]:
    """The longer leaves from which somebody comes back between these two days, both included.

    `closed`: days on which the whole company is; they belong to a leave, and are none by themselves.
    """
    days = (first + n * DAY for n in range((last - first).days + 1))
    return [leave for day in days if (leave := _leave_before(day, away, schedule, closed)) is not None]


def _leave_before(day: date, away: Sequence[Away], schedule: Schedule, closed: Sequence[Away]) -> Leave | None:
    if not cadence.is_working_day(day, schedule) or _covered(day, [*away, *closed]):
        return None
    missed = list(_missed(day, away, schedule, closed))
    return Leave(missed[-1], day) if len(missed) >= LONG else None


def _missed(day: date, away: Sequence[Away], schedule: Schedule, closed: Sequence[Away]) -> Iterator[date]:
    """The working days away that lead up to this one, the last first."""
    for n in range(1, FURTHEST_DAYS):
        before = day - n * DAY
        if not cadence.is_working_day(before, schedule) or _covered(before, closed):
            continue
        if not _covered(before, away):
            return
        yield before


def _covered(day: date, away: Iterable[Away]) -> bool:
    return any(absence.covers(day) for absence in away)
