"""How mentoring is going, in figures that name nobody: what is counted, and what is too few to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.rules import quiet_pairs, small_cells

LEAST = small_cells.LEAST
STEP = 0.05  # shares are rounded to this
MOST_NEEDS = 8
LOOKS_BACK = timedelta(days=365)

Cells = Mapping[str, int | None]
"""Name → count; None where it is too small, or would tell one that is."""


@dataclass(frozen=True)
class Coverage:
    """Members of one track, and the share of them who have a mentor, are one, or either; None: too few to say."""

    members: int | None
    mentees: float | None
    mentors: float | None
    either: float | None


@dataclass(frozen=True)
class Scores:
    """What pairs said at their end: means from 1 to 5, and how many would do it again. None: too few, or too alike."""

    surveys: int
    worth: float | None
    fit: float | None
    again: float | None


@dataclass(frozen=True)
class Need:
    """How many wait for this, and places free with mentors who offer it."""

    wanted: int
    free: int | None


@dataclass(frozen=True)
class Figures:
    """All of it. `waiting` requests for `median_days` (None: fewer than five wait); `accepted` of `answered`."""

    coverage: Mapping[str, Coverage]
    waiting: int | None
    median_days: int | None
    accepted: float | None
    answered: int
    pairs: Cells
    scores: Scores
    mentors: Cells
    tracks: Mapping[str, Need]
    competencies: Mapping[str, Need]


def coverage(counts: Mapping[str, tuple[int, int, int, int]]) -> dict[str, Coverage]:
    """`counts`: track → members, those with a mentor, those who are one, either."""
    shown = small_cells.shown({track: members for track, (members, *_) in counts.items()})
    return {
        track: Coverage(one[0], *(share(part, one[0]) for part in one[1:]))
        if track in shown
        else Coverage(None, None, None, None)
        for track, one in counts.items()
    }


def share(part: int, whole: int) -> float | None:
    """To the nearest twentieth; None of fewer than five."""
    return None if whole < LEAST else round(round(part / whole / STEP) * STEP, 2)


def cells(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Nobody in a cell is no secret; one to four are."""
    shown = small_cells.shown(counts)
    return {name: count if name in shown or not count else None for name, count in counts.items()}


def mean(counts: Mapping[int, int]) -> float | None:
    """To a tenth. `counts`: answer → how many gave it. None of fewer than five, or where all but one said the same."""
    whole = sum(counts.values())
    if whole < LEAST or max(counts.values()) >= whole - 1:
        return None
    return round(sum(answer * count for answer, count in counts.items()) / whole, 1)


def scores(worth: Mapping[int, int], fit: Mapping[int, int], again: Mapping[int, int]) -> Scores:
    """`again`: 1 for those who would do it again, 0 for the others."""
    whole = sum(worth.values())
    is_alike = not again or max(again.values()) >= whole - 1
    return Scores(whole, mean(worth), mean(fit), None if is_alike else share(again.get(1, 0), whole))


def needs(wanted: Mapping[str, int], free: Mapping[str, int]) -> dict[str, Need]:
    """What five or more wait for, the most wanted first."""
    known = small_cells.shown(free)
    often = sorted((key for key, count in wanted.items() if count >= LEAST), key=lambda key: (-wanted[key], key))
    return {
        key: Need(wanted[key], free.get(key, 0) if key in known or not free.get(key) else None)
        for key in often[:MOST_NEEDS]
    }


def quiet_since(rhythm_days: int, now: datetime) -> datetime:
    """A pair that has not met since then is quiet."""
    return now - timedelta(days=quiet_pairs.limit(rhythm_days))
