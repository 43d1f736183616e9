"""What is missing where nobody was found: why, and where one more mentor would help."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median_low

import numpy as np
from numpy.typing import NDArray

from bot.rules import fit
from bot.rules.fit import WISHES, Bar
from bot.rules.fit_words import SEVERAL
from bot.rules.match_pool import NEVER, Ints, Pool
from bot.rules.match_scores import NOBODY

FULL = WISHES.index(Bar.FULL)


def why_not(pool: Pool, pairs: Ints) -> dict[int, str]:
    """Request (row) → what stands between them and most mentors, of those without one; see `fit_words.WHY_NOT`."""
    found: dict[int, str] = {}
    for alike in _alike(pool, pairs):
        only = alike.only_bar()
        counts = np.bincount(only[only != NOBODY], minlength=len(WISHES))
        for row in alike.rows:
            named = only[pool.requests.barred[row]]
            found[int(row)] = _said(counts - np.bincount(named[named != NOBODY], minlength=len(WISHES)))
    return found


def _said(counts: NDArray[np.intp]) -> str:
    """Somebody whom a mentor fits has wished nothing impossible, so it is the places that are missing."""
    if not counts.any():
        return SEVERAL
    return WISHES[FULL if counts[FULL] else int(counts.argmax())].value


def one_more(pool: Pool, pairs: Ints) -> dict[str, int]:
    """Track → how many of those left over one more mentor there could take, were they like the one most needed."""
    offers = pool.offers
    if not len(offers):
        return {}
    needed = np.zeros(len(offers), np.int64)
    for alike in _alike(pool, pairs):
        needed += len(alike.rows) * ~alike.bars[:FULL].any(axis=0)
    places = median_low(offers.capacity.tolist())
    most: dict[str, int] = {}
    for standing, many in zip(offers.standings.at.tolist(), needed.tolist(), strict=True):
        track = offers.standings.values[standing].track
        if track is not None:
            most[track] = max(most.get(track, 0), min(many, places))
    return dict(sorted(most.items()))


@dataclass(frozen=True)
class _Alike:
    """Requests left over that want alike, and what bars each mentor from them: [which of WISHES, mentor]."""

    rows: Ints
    bars: NDArray[np.bool_]

    def only_bar(self) -> NDArray[np.intp]:
        """Number in WISHES of the one bar, for each mentor; FULL for none, as they were given to others."""
        counts = self.bars.sum(axis=0)
        return np.select([counts == 0, counts == 1], [FULL, self.bars.argmax(axis=0)], NOBODY)


def _alike(pool: Pool, pairs: Ints) -> Iterator[_Alike]:
    requests, offers = pool.requests, pool.offers
    left = np.flatnonzero(pairs == NOBODY).astype(np.int32)
    if not left.size:
        return
    is_full = np.bincount(pairs[pairs != NOBODY], minlength=len(offers)) >= offers.free
    is_right = (
        requests.wishes.table(fit.is_track_right, offers.standings),
        requests.wishes.table(fit.is_band_right, offers.standings),
    )
    codes = np.column_stack((requests.wishes.at, requests.hours.at, requests.languages.at))[left]
    kinds, kind_of = np.unique(codes, axis=0, return_inverse=True)
    order = np.argsort(kind_of, kind="stable")
    ends = np.searchsorted(kind_of[order], np.arange(len(kinds)), side="right")
    for (wish, hours, languages), rows in zip(kinds, np.split(left[order], ends[:-1]), strict=True):
        bars = (
            *(of_one[wish, offers.standings.at] == 0 for of_one in is_right),
            pool.hours[hours, offers.hours.at] == NEVER,
            pool.languages[languages, offers.languages.at] == NEVER,
            is_full,
        )
        yield _Alike(rows, np.stack(bars))
