"""How good a matching of the whole pool is, and whether it is fair: counts and means that name nobody."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.rules import match_gaps, match_scores, matching, small_cells
from bot.rules.match_pool import Floats, Ints, Pool
from bot.rules.match_rounds import LOOK_CLOSELY
from bot.rules.match_scores import NOBODY, Candidates

Figures = dict[str, Any]


def figures(pool: Pool, chunks: Sequence[Candidates], pairs: Ints) -> Figures:
    """All of it, ready for JSON. Shares and scores go from 0 to 1; None where there is nothing to take them of.

    `top_5`, `top_10`: share of pairs with a mentor from among the best of that mentee. `tracks`, `bands`: mentees by
    group, without small groups. `ratio`: the lowest share matched over the highest, by track. `spread`: from the lowest
    mean to the highest. `greedy`, `first_come`: what simpler ways would have found. `one_more`: by track, how many one
    more mentor could take at least.
    """
    candidates = match_scores.together(chunks)
    scores = _scores(pool, pairs)
    groups = {name: _groups(pool, scores, name) for name in ("track", "band")}
    return {
        **_totals(scores),
        "p5": _rounded(np.percentile(_of_pairs(scores), 5)) if (pairs != NOBODY).any() else None,
        "least": _rounded(_of_pairs(scores).min()) if (pairs != NOBODY).any() else None,
        "look_closely": int((_of_pairs(scores) < LOOK_CLOSELY).sum()),
        **{f"top_{most}": _share_in_top(candidates, pairs, most) for most in (5, 10)},
        **_mentors(pool, pairs),
        "unmatched": dict(Counter(match_gaps.why_not(pool, pairs).values())),
        "tracks": groups["track"],
        "bands": groups["band"],
        "ratio": _ratio(groups["track"]),
        "spread": {name: _spread(group) for name, group in groups.items()},
        "greedy": _totals(_scores(pool, greedy(pool, candidates))),
        "first_come": _totals(_scores(pool, first_come(pool, candidates))),
        "one_more": match_gaps.one_more(pool, pairs),
    }


def greedy(pool: Pool, candidates: Candidates) -> Ints:
    """For comparison: always the best pair that is left."""
    return matching.in_steps(pool, _every(pool), candidates, _best_first)


def first_come(pool: Pool, candidates: Candidates) -> Ints:
    """For comparison: whoever asked first chooses first."""
    return matching.in_steps(pool, _every(pool), candidates, _earliest_first)


def _every(pool: Pool) -> Ints:
    return np.arange(len(pool.requests), dtype=np.int32)


def _best_first(pool: Pool, rows: Ints, candidates: Candidates) -> Ints:
    order = np.argsort(-candidates.scores.ravel(), kind="stable")
    lines = np.repeat(np.arange(len(rows)), candidates.mentors.shape[1])
    return _in_turn(pool, len(rows), lines[order], candidates.mentors.ravel()[order])


def _earliest_first(pool: Pool, rows: Ints, candidates: Candidates) -> Ints:
    order = np.argsort(pool.requests.asked[rows])
    return _in_turn(pool, len(rows), np.repeat(order, candidates.mentors.shape[1]), candidates.mentors[order].ravel())


def _in_turn(pool: Pool, many: int, lines: NDArray[np.intp], mentors: Ints) -> Ints:
    free, pairs = pool.offers.free.tolist(), [NOBODY] * many
    for line, mentor in zip(lines.tolist(), mentors.tolist(), strict=True):
        if mentor != NOBODY and pairs[line] == NOBODY and free[mentor]:
            pairs[line] = mentor
            free[mentor] -= 1
    return np.array(pairs, np.int32)


def _scores(pool: Pool, pairs: Ints) -> Floats:
    """The score of each request's pair; not a number for those without one."""
    matched = np.flatnonzero(pairs != NOBODY).astype(np.int32)
    scores = np.full(len(pairs), np.nan, np.float32)
    scores[matched] = match_scores.of_pairs(pool, matched, pairs[matched])
    return scores


def _of_pairs(scores: Floats) -> Floats:
    found: Floats = scores[~np.isnan(scores)]
    return found


def _totals(scores: Floats) -> Figures:
    matched = _of_pairs(scores)
    return {
        "requests": len(scores),
        "matched": len(matched),
        "share": _rounded(len(matched) / len(scores)) if len(scores) else None,
        "mean": _rounded(matched.mean()) if len(matched) else None,
    }


def _share_in_top(candidates: Candidates, pairs: Ints, most: int) -> float | None:
    matched = pairs != NOBODY
    is_in = (candidates.mentors[:, :most] == pairs[:, None]).any(axis=1)
    return _rounded(is_in[matched].mean()) if matched.any() else None


def _mentors(pool: Pool, pairs: Ints) -> Figures:
    taken = pool.offers.taken + np.bincount(pairs[pairs != NOBODY], minlength=len(pool.offers))
    return {
        "mentors": len(taken),
        "idle": int((taken == 0).sum()),
        "full": int((taken >= pool.offers.capacity).sum()),
    }


def _groups(pool: Pool, scores: Floats, name: str) -> dict[str, Figures]:
    """By what `name` says of where a mentee stands."""
    wishes = pool.requests.wishes
    group_of = np.array([str(getattr(wish, name)) for wish in wishes.values] or [""])[wishes.at]
    sizes: Mapping[Hashable, int] = Counter(group_of.tolist())
    return {str(group): _totals(scores[group_of == group]) for group in sorted(map(str, small_cells.shown(sizes)))}


def _ratio(groups: Mapping[str, Figures]) -> float | None:
    shares = [group["share"] for group in groups.values()]
    return _rounded(min(shares) / max(shares)) if shares and max(shares) else None


def _spread(groups: Mapping[str, Figures]) -> float | None:
    means = [group["mean"] for group in groups.values() if group["mean"] is not None]
    return _rounded(max(means) - min(means)) if means else None


def _rounded(value: float | np.floating[Any]) -> float:
    return round(float(value), 4)
