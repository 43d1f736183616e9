"""Readiness: which milestones somebody has met, and how far along the others are. Never a promise of promotion."""

from bisect import bisect_left
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate

from bot.rules.cadence import DAY, Away
from bot.rules.framework import Milestone

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Piece:
    """One piece of evidence for the milestone with that key: accepted, or still in review."""

    milestone: str
    amount: Decimal
    done_on: date
    is_accepted: bool


@dataclass(frozen=True)
class Progress:
    """Where somebody stands with a milestone.

    `reached` is the amount of the best window when the milestone is met, else of the window that ends today;
    `waiting` is the amount still in review. `has_leave`: leave has made the window that ends today longer.
    """

    milestone: Milestone
    reached: Decimal
    is_met: bool
    waiting: Decimal
    has_leave: bool = False


def progress(
    milestones: Sequence[Milestone], pieces: Iterable[Piece], today: date, away: Iterable[Away] = ()
) -> tuple[Progress, ...]:
    """One Progress a milestone, in the order given. Pieces of other milestones, or done after `today`, do not count.

    `away`: leave stops the clock, so each day of it makes the window it lies in a day longer.
    """
    leave = tuple(away)
    by_milestone: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.done_on <= today and piece.amount > 0:
            by_milestone[piece.milestone].append(piece)
    return tuple(_progress(milestone, by_milestone[milestone.key], today, leave) for milestone in milestones)


def share(progress: Progress) -> float:
    """How much of the target is reached, from 0.0 to 1.0."""
    return float(min(progress.reached / progress.milestone.target, Decimal(1)))


def line(progress: Progress) -> str:
    """Like "2 of 3 reviews in the last 12 months, 1 more in review"."""
    milestone = progress.milestone
    months = "month" if milestone.window_months == 1 else f"{milestone.window_months} months"
    if progress.is_met:
        span = "a month" if milestone.window_months == 1 else months
        said = f"Met: {figures(progress)} within {span}"
    else:
        said = f"{figures(progress)} in the last {months}"
        said += ", leave not counted" if progress.has_leave else ""
    return f"{said}, {_number(progress.waiting)} more in review" if progress.waiting else said


def figures(progress: Progress) -> str:
    """Like "2 of 3 reviews"."""
    milestone = progress.milestone
    return f"{_number(progress.reached)} of {_number(milestone.target)} {milestone.unit}"


def months_before(day: date, months: int) -> date:
    """The same day of the month, or the last one where that month is shorter: a month before 31 March is 28 February.

    Where the calendar ends, date.min.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < date.min.year:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def window_start(end: date, months: int, away: Iterable[Away] = ()) -> date:
    """The first day of the window of so many months that ends on this day; days of leave are not counted."""
    leave, start = tuple(away), months_before(end, months)
    if not leave:
        return start
    missing, day = _days_away(start, end, leave), start
    while missing and day > date.min:
        day -= DAY
        missing -= not any(absence.covers(day) for absence in leave)
    return day


def _days_away(first: date, last: date, leave: Iterable[Away]) -> int:
    """How many days from `first` to `last`, both included, are leave; those of two absences count once."""
    found: set[int] = set()
    for absence in leave:
        until = min(absence.until_on or date.max, last + DAY)
        found.update(range(max(absence.from_on, first).toordinal(), until.toordinal()))
    return len(found)


def months_held(from_on: date, today: date, away: Iterable[Away] = ()) -> int:
    """For how many whole months somebody has held something since `from_on`; leave stops this clock, too."""
    end = today - _days_away(from_on, today, away) * DAY
    return max((end.year - from_on.year) * 12 + end.month - from_on.month - (end.day < from_on.day), 0)


def _progress(milestone: Milestone, pieces: list[Piece], today: date, leave: tuple[Away, ...]) -> Progress:
    accepted = sorted((piece for piece in pieces if piece.is_accepted), key=lambda piece: piece.done_on)
    waiting = sum((piece.amount for piece in pieces if not piece.is_accepted), NOTHING)
    best, current = _windows(accepted, milestone.window_months, today, leave)
    is_met = best >= milestone.target
    has_leave = window_start(today, milestone.window_months, leave) != months_before(today, milestone.window_months)
    return Progress(milestone, best if is_met else current, is_met, waiting, has_leave)


def _windows(pieces: list[Piece], months: int, today: date, leave: tuple[Away, ...]) -> tuple[Decimal, Decimal]:
    """The amount of the best window, and of the one that ends today. `pieces` are sorted by date.

    Any window counts, not only the one that ends today: what somebody has shown does not become unshown while a
    council takes its time or while they are on leave. Once met stays met. The fullest window always ends with a piece,
    so only those are tried. Both ends belong to a window: from 1 March to 1 March is within twelve months.
    """
    days = [piece.done_on for piece in pieces]
    sums = [NOTHING, *accumulate(piece.amount for piece in pieces)]

    def since(end: date) -> Decimal:
        return sums[bisect_left(days, window_start(end, months, leave))]

    best = max((total - since(end) for end, total in zip(days, sums[1:], strict=True)), default=NOTHING)
    return best, sums[-1] - since(today)


def _number(amount: Decimal) -> str:
    plain = f"{amount:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
