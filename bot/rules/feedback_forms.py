"""What people see of program feedback before they send any, and where it stands for everybody alike."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NoReturn

from bot.rules.cadence import DAY, Away, Schedule
from bot.rules.less import spelled
from bot.rules.program_feedback import Cycle, opening_day
from bot.rules.refusal import Refusal

FEW = 150  # people at most among whom notes alone seldom reach the threshold
REMINDS = timedelta(days=7)  # before a cycle closes
NONE_OPEN = "No cycle of program feedback is open now."


@dataclass(frozen=True)
class Form:
    """The cycle that is open, for somebody who may take part. `is_reader`: they read what is released themselves.

    `receipt`: made when the form is opened, so that however often it arrives it is one and the same.
    """

    cycle_id: str
    closes: date
    k: int
    is_steward: bool
    group: int
    readers: tuple[str, ...]
    contact: str
    receipt: str
    is_reader: bool = False

    @property
    def is_small(self) -> bool:
        return self.group <= FEW


@dataclass(frozen=True)
class Notice:
    """What Home says to everybody alike. `closes`: of the open cycle; `is_destroyed`: the one before was, unread.

    `has_replies`: something written in one of the cycles has been answered.
    """

    closes: date | None = None
    is_destroyed: bool = False
    has_replies: bool = False


@dataclass(frozen=True)
class Announced:
    """What one person of the roster hears of the open cycle."""

    name: str
    closes: date
    today: date
    schedule: Schedule
    away: tuple[Away, ...]


def refuse(cycle: Cycle | None, why_none: str | None, today: date) -> NoReturn:
    """Why nobody can send anything today, and when that changes. `why_none`: what stands in the way of a new cycle."""
    if cycle is not None:
        raise Refusal("This cycle has closed. What was sent is opened together, and the next one is announced to all.")
    if why_none is not None:
        raise Refusal(
            f"{NONE_OPEN} {why_none} Once that has changed, one opens on a Monday, and everybody hears of it."
        )
    raise Refusal(f"{NONE_OPEN} The next one opens on {spelled(opening_day(today + DAY))}, and everybody hears of it.")
