"""The whole pool at once: the pairs with the best total.

Not for the bot's own process: while it reckons nobody else is served. `score_chunk` takes some requests at a time, then
`assign` finds the pairs: an array with the mentor of each request, NOBODY where there is none. The same people give the
same pairs.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from bot.rules import match_scores
from bot.rules.match_pool import Ints, Pool, Requests
from bot.rules.match_scores import Candidates

NOBODY = match_scores.NOBODY
UNMATCHED, WAITED = 100.0, 150.0  # what leaving somebody without a mentor costs; more for those who come first
EARLIER, STEPS = 1e-6, 8  # what it counts to have asked earlier, and into how many parts all are put by that
ABOVE_ALL = 10.0  # no score reaches it, so no cost is 0, which a sparse matrix would take for no edge

Way = Callable[[Pool, Ints, Candidates], Ints]  # for some rows and their candidates: the mentor of each


def score_chunk(pool: Pool, start: int, stop: int) -> Candidates:
    """The best free mentors for the requests from `start` until before `stop`."""
    return match_scores.candidates(pool, np.arange(start, min(stop, len(pool.requests)), dtype=np.int32))


def assign(pool: Pool, chunks: Sequence[Candidates]) -> Ints:
    """As few as possible without a mentor, least of all those who come first; then the best total, load included."""
    return _assign(pool, np.arange(len(pool.requests), dtype=np.int32), match_scores.together(chunks))


def repair(pool: Pool, pairs: Ints, *, declined: Ints) -> Ints:
    """The pairs again after the mentors of these requests said no: they get somebody else, nobody else is touched."""
    declined = np.unique(declined)
    kept = pairs.copy()
    kept[declined] = NOBODY
    rest = _taken(pool, kept)
    turned_down = declined[pairs[declined] != NOBODY]
    barred = rest.requests.barred.and_these(turned_down, pairs[turned_down])
    rest = replace(rest, requests=replace(rest.requests, barred=barred))
    kept[declined] = _assign(rest, declined, match_scores.candidates(rest, declined))
    return kept


def _assign(pool: Pool, rows: Ints, candidates: Candidates) -> Ints:
    return in_steps(pool, rows, candidates, _solve)


def in_steps(pool: Pool, rows: Ints, candidates: Candidates, way: Way) -> Ints:
    """The mentor of each of these rows. Whoever is left over looks at all mentors who still have a place."""
    if not len(pool.offers):
        return np.full(len(rows), NOBODY, np.int32)
    pairs = way(pool, rows, candidates)
    while (left := np.flatnonzero(pairs == NOBODY)).size:
        rest = _taken(pool, pairs)
        found = way(rest, rows[left], match_scores.candidates(rest, rows[left]))
        if (found == NOBODY).all():
            break
        pairs[left] = found
    return pairs


def _taken(pool: Pool, pairs: Ints) -> Pool:
    """With the places of these pairs filled."""
    more = np.bincount(pairs[pairs != NOBODY], minlength=len(pool.offers)).astype(np.int32)
    return replace(pool, offers=replace(pool.offers, taken=pool.offers.taken + more))


def _solve(pool: Pool, rows: Ints, candidates: Candidates) -> Ints:
    """The cheapest way to give each of these rows a place of a mentor, or else one of its own: nobody's."""
    free = pool.offers.free
    whose = np.append(np.repeat(np.arange(len(free), dtype=np.int32), free), np.full(len(rows), NOBODY, np.int32))
    places = _or_alone(_places(pool, candidates), _alone(pool.requests, rows, candidates))
    pairs: Ints = whose[min_weight_full_bipartite_matching(places)[1]]
    return pairs


def _or_alone(places: csr_array, alone: NDArray[np.float64]) -> csr_array:
    """After all places, one more for each request that nobody else looks at."""
    lines, columns = places.shape
    nth, ends = np.arange(lines + 1, dtype=np.int32), places.indptr
    costs = np.insert(places.data, ends[1:], alone)
    numbers = np.insert(places.indices, ends[1:], columns + nth[:-1])
    return csr_array((costs, numbers, ends + nth), shape=(lines, columns + lines))


def _alone(requests: Requests, rows: Ints, candidates: Candidates) -> NDArray[np.float64]:
    """What nobody costs: as much for each, on top of their best mentor. So where places are short, it does not count
    whether mentors fit somebody as well as they fit others. Of two with equal right, whoever asked first goes first."""
    best = np.maximum(candidates.scores[:, 0], 0).astype(np.float64)
    waited = np.where(requests.comes_first[rows], WAITED, UNMATCHED)
    earlier = EARLIER * (requests.asked[rows] * STEPS // len(requests))
    return _whole(waited + ABOVE_ALL - best - earlier)


def _places(pool: Pool, candidates: Candidates) -> csr_array:
    """What each place costs, for each request that looks at it.

    A mentor's second place costs more than the first, by what the load of one mentee more weighs, and the third again.
    After the third, only the better ones are looked at: nobody's last mentor needs a tenth place.
    """
    free, taken = pool.offers.free, pool.offers.taken
    nth = np.arange(free.max(initial=0), dtype=np.int32)
    steps = pool.shares["load"] * (match_scores.loads(taken)[:, None] - match_scores.loads(taken[:, None] + nth))
    order = np.argsort(candidates.mentors, axis=1)  # scipy takes them for sorted, and answers nonsense if they are not
    mentors = np.take_along_axis(candidates.mentors, order, axis=1)
    scores = np.take_along_axis(candidates.scores, order, axis=1)
    many = np.where(mentors == NOBODY, 0, np.minimum(free[mentors], 2 + mentors.shape[1] // (order + 1)))
    ends = np.append(0, np.cumsum(many.sum(axis=1))).astype(np.int32)
    many = many.ravel().astype(np.int32)
    whose = np.repeat(mentors.ravel(), many)
    place = np.arange(len(whose), dtype=np.int32) - np.repeat(np.cumsum(many, dtype=np.int32) - many, many)
    costs = _whole(ABOVE_ALL + steps.astype(np.float64)[whose, place] - np.repeat(scores.ravel(), many))
    numbers = (np.cumsum(free, dtype=np.int32) - free)[whose] + place
    return csr_array((costs, numbers, ends), shape=(len(order), free.sum()))


def _whole(costs: NDArray[np.float64]) -> NDArray[np.float64]:
    """In whole numbers: what is equal stays equal in every sum, which spares the solver much of its time."""
    costs = costs * 1e6
    return np.rint(costs, out=costs)
