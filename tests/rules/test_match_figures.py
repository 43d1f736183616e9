"""How good and how fair a matching is, why somebody is left over, and what one more mentor would change."""

import json
from collections.abc import Callable
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import fit, match_figures, match_gaps, matching, small_cells
from bot.rules.fit import Bar, Mentee, Mentor, Skills, Standing, Wish
from bot.rules.fit_words import SEVERAL, WHY_NOT
from bot.rules.match_figures import Figures
from bot.rules.match_pool import Ints, Pool
from bot.rules.match_scores import Candidates
from bot.settings import WEIGHTS
from tests.rules.pools import everybody, mentee, mentor, week

Sides = tuple[list[Mentee], list[Mentor]]


def figures(sides: Sides) -> Figures:
    pool = Pool.of(*sides, weights=WEIGHTS)
    chunks = [matching.score_chunk(pool, 0, len(pool.requests))]
    found = match_figures.figures(pool, chunks, matching.assign(pool, chunks))
    assert json.loads(json.dumps(found)) == found
    return found


def left_over(sides: Sides) -> dict[UUID, str]:
    pool = Pool.of(*sides, weights=WEIGHTS)
    pairs = matching.assign(pool, [matching.score_chunk(pool, 0, len(pool.requests))])
    return {pool.requests.id(row): why for row, why in match_gaps.why_not(pool, pairs).items()}


def company() -> Sides:
    """Six of the technical track, whom mentors fit well; six of process and two of customer, whom they fit less."""
    tracks = ["technical"] * 6 + ["process"] * 6 + ["customer"] * 2
    return (
        [mentee(number, Wish(track, 2)) for number, track in enumerate(tracks)],
        [mentor(number, capacity=3) for number in range(5)],
    )


def test_everybody_found_somebody() -> None:
    found = figures(company())
    assert {key: found[key] for key in ("requests", "matched", "share", "mentors", "idle", "full", "look_closely")} == {
        "requests": 14, "matched": 14, "share": 1.0, "mentors": 5, "idle": 0, "full": 4, "look_closely": 0,
    }  # fmt: skip
    assert found["mean"] == pytest.approx((6 * 1 + 8 * 0.85) / 14, abs=1e-3)  # without the path
    assert (found["least"], found["top_5"], found["unmatched"], found["ratio"]) == (0.85, 1.0, {}, 1.0)


def test_groups_that_are_too_small_are_left_out_and_so_is_what_would_give_them_away() -> None:
    """Two of customer are hidden; with one group more hidden beside them, nobody can tell them from the whole."""
    found = figures(company())
    assert found["tracks"].keys() == {"technical"}
    assert found["bands"].keys() == {"2"}
    assert found["tracks"]["technical"] == {"requests": 6, "matched": 6, "share": 1.0, "mean": 1.0}


def test_the_spread_is_between_the_highest_and_the_lowest_mean() -> None:
    asking, offering = company()
    found = figures((asking[:12], offering))
    assert found["spread"] == {"track": pytest.approx(0.15), "band": 0}


def test_the_ratio_is_the_lowest_share_matched_over_the_highest() -> None:
    asking, offering = company()
    found = figures((asking[:12], [*offering[:2], mentor(9, Standing("process", 4), capacity=9)]))
    assert found["tracks"]["technical"]["share"] == found["tracks"]["process"]["share"] == found["ratio"] == 1.0
    short = figures((asking[:12], [mentor(9, Standing("process", 4), capacity=9)]))
    assert short["tracks"]["process"]["share"] == short["ratio"] == 0


def test_pairs_below_a_half_are_for_a_person_to_look_at() -> None:
    far = mentor(1, Standing("process", 5), skills=Skills(), languages=frozenset(), hours=week("America/New_York"))
    found = figures(([mentee(wanted=("facts",))], [far]))
    assert (found["matched"], found["look_closely"]) == (1, 1)
    assert found["least"] < 0.5


def test_the_whole_is_compared_with_greedy_and_first_come() -> None:
    """Whoever asks first takes the one mentor that the second needs."""
    for_both, for_first = mentor(1, capacity=1), mentor(2, Standing("process", 5), capacity=1)
    first, second = mentee(1), mentee(2, Wish("technical", 2, "management"), wanted=("facts",))
    found = figures(([first, second], [for_both, for_first]))
    assert (found["matched"], found["greedy"]["matched"], found["first_come"]["matched"]) == (2, 1, 1)


WHY: dict[str, tuple[Mentee, list[Mentor], str]] = {
    "track": (mentee(), [mentor(1, Standing("technical", 4)), mentor(2, taken=2)], Bar.FULL),
    "only the track": (mentee(), [mentor(1, Standing("technical", 4))], Bar.TRACK),
    "band": (mentee(), [mentor(1, Standing("management", 2))], Bar.BAND),
    "hours": (mentee(), [mentor(hours=week("Pacific/Auckland"))], Bar.HOURS),
    "language": (mentee(), [mentor(languages=frozenset({"de"}))], Bar.LANGUAGE),
    "most of them": (
        mentee(), [mentor(1, languages=frozenset({"de"})), *(mentor(n, Standing("technical", 4)) for n in (2, 3))],
        Bar.TRACK,
    ),
    "two things at once": (mentee(), [mentor(1, Standing("technical", 2))], SEVERAL),
    "only somebody they avoid": (mentee(barred=frozenset({mentor().person})), [mentor()], SEVERAL),
    "nobody at all": (mentee(), [], SEVERAL),
}  # fmt: skip


@pytest.mark.parametrize(("asks", "mentors", "why"), WHY.values(), ids=WHY)
def test_why_nobody_was_found(asks: Mentee, mentors: list[Mentor], why: str) -> None:
    assert left_over(([asks], mentors)) == {asks.request: why}
    assert why in WHY_NOT


def test_whoever_came_too_late_hears_that_places_were_missing() -> None:
    assert left_over(([mentee(1), mentee(2)], [mentor(capacity=1)])) == {mentee(2).request: "full"}


def test_one_more_mentor_could_take_those_whom_only_places_were_missing_for() -> None:
    asking = [mentee(number) for number in range(6)]
    own = mentor(5, Standing("technical", 4), capacity=2)
    assert figures((asking, [mentor(1, capacity=2), own]))["one_more"] == {"management": 2, "technical": 0}
    assert figures((asking[:3], [mentor(1, capacity=2), own]))["one_more"] == {"management": 1, "technical": 0}
    assert figures((asking[:2], [mentor(1, capacity=2), own]))["one_more"] == {"management": 0, "technical": 0}


@given(everybody())
def test_who_is_left_over_has_a_reason_and_no_mentor_with_a_place_whom_nothing_forbids(sides: Sides) -> None:
    pool = Pool.of(*sides, weights=WEIGHTS)
    chunks = [matching.score_chunk(pool, 0, len(pool.requests))]
    pairs = matching.assign(pool, chunks)
    reasons = match_gaps.why_not(pool, pairs)
    assert reasons.keys() == {row for row, one in enumerate(pairs) if one == matching.NOBODY}
    taken = pool.offers.taken + np.bincount(pairs[pairs != matching.NOBODY], minlength=len(pool.offers))
    mentees = {one.request: one for one in sides[0]}
    places = {pool.offers.id(row): int(pool.offers.capacity[row] - taken[row]) for row in range(len(pool.offers))}
    for row in reasons:
        asks = mentees[pool.requests.id(row)]
        assert not [one for one in sides[1] if not fit.bars(asks, one) and places[one.person] > 0]


@given(everybody(most=12), st.sampled_from([match_figures.greedy, match_figures.first_come]))
def test_the_simpler_ways_keep_the_rules_and_never_match_more(
    sides: Sides, way: Callable[[Pool, Candidates], Ints]
) -> None:
    pool = Pool.of(*sides, weights=WEIGHTS)
    candidates = matching.score_chunk(pool, 0, len(pool.requests))
    simpler = way(pool, candidates)
    best = matching.assign(pool, [candidates])
    counts = np.bincount(simpler[simpler != matching.NOBODY], minlength=len(pool.offers))
    assert (counts <= pool.offers.free).all()
    assert (simpler != matching.NOBODY).sum() <= (best != matching.NOBODY).sum()


@pytest.mark.parametrize("sides", [([], []), ([mentee()], []), ([], [mentor()])])
def test_nobody_there_has_figures_too(sides: Sides) -> None:
    found = figures(sides)
    assert (found["matched"], found["mean"], found["least"], found["ratio"]) == (0, None, None, None)


@given(st.dictionaries(st.integers(), st.integers(0, 12), max_size=7))
def test_what_is_hidden_is_nobody_or_five_together(sizes: dict[int, int]) -> None:
    shown = small_cells.shown(sizes)
    assert all(sizes[group] >= 5 for group in shown)
    hidden = sum(size for group, size in sizes.items() if group not in shown)
    assert hidden == 0 or hidden >= 5 or not shown
