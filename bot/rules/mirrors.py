"""A manager's own figures, for them alone: how long their people wait, what they reviewed, praise they passed on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from itertools import takewhile
from statistics import median, quantiles

from bot.rules import cadence, small_cells
from bot.rules.cadence import DAY, Away, Schedule

LEAST = small_cells.LEAST
SOON = 3  # working days that are fine for anybody to wait


@dataclass(frozen=True)
class Times:
    """Of so many answers, how long they took in working days; None where there was none."""

    count: int = 0
    middle: float | None = None
    longest: int | None = None


@dataclass(frozen=True)
class Praised:
    """Of one track, by its name: pieces of one's people that were accepted, and for how many praise was passed on."""

    track: str
    accepted: int
    passed_on: int


@dataclass(frozen=True)
class Quarter:
    """What somebody did from `first` until the day before `until`."""

    first: date
    until: date
    evidence: Times
    check_ins: Times
    praise: tuple[Praised, ...] = ()


@dataclass(frozen=True)
class Mirror:
    """This quarter beside the one before; evidence and check-ins that wait at this moment."""

    now: Quarter
    before: Quarter
    reviews_open: int = 0
    unread: int = 0


@dataclass(frozen=True)
class Quartiles:
    """Over `managers`, of how long each one's people wait in the middle, in working days."""

    managers: int
    low: int
    middle: int
    high: int


@dataclass(frozen=True)
class Spread:
    """How waiting times differ from manager to manager; None of fewer than five of them."""

    evidence: Quartiles | None
    check_ins: Quartiles | None


class Help(Enum):
    """What would help a manager, as their own figures suggest."""

    AN_HOUR = auto()  # evidence waits
    A_MORNING = auto()  # check-ins wait
    A_WORD = auto()  # praise was left unsaid
    KEEP_ON = auto()


def quarter(day: date) -> tuple[date, date]:
    """The first day of the quarter of this day, and of the next one."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return first, date(first.year + first.month // 10, (first.month + 2) % 12 + 1, 1)


def quarter_before(day: date) -> tuple[date, date]:
    return quarter(quarter(day)[0] - DAY)


def worked_days(asked_on: date, done_on: date, schedule: Schedule, away: Iterable[Away] = ()) -> int:
    """Working days that somebody took: none on the same day, and none while they were away."""
    return sum(1 for _ in takewhile(lambda day: day <= done_on, cadence.working_days(asked_on, schedule, away)))


def times(days: Sequence[int]) -> Times:
    return Times(len(days), median(days), max(days)) if days else Times()


def quartiles(middles: Sequence[float]) -> Quartiles | None:
    """Over each manager's own middle, to the nearest day."""
    if len(middles) < LEAST:
        return None
    low, middle, high = (round(one) for one in quantiles(middles, n=4, method="inclusive"))
    return Quartiles(len(middles), low, middle, high)


def helps(mirror: Mirror) -> tuple[Help, ...]:
    """What to try, the most pressing first."""
    is_said = {
        Help.AN_HOUR: (mirror.now.evidence.middle or 0) > SOON,
        Help.A_MORNING: (mirror.now.check_ins.middle or 0) > SOON,
        Help.A_WORD: any(one.passed_on < one.accepted for one in mirror.now.praise),
    }
    return tuple(one for one, is_so in is_said.items() if is_so) or (Help.KEEP_ON,)
