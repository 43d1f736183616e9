"""Everybody at once: the pairs with the best total, and nobody whom something forbids."""

import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from random import Random
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules import fit, matching
from bot.rules.fit import Mentee, Mentor, Standing, Wish
from bot.rules.match_pool import Ints, Pool
from bot.rules.match_scores import CHOSEN, of_pairs
from bot.rules.matching import NOBODY, UNMATCHED, WAITED
from bot.settings import WEIGHTS
from tests.rules.pools import DESIGN, everybody, mentee, mentor, week

Sides = tuple[list[Mentee], list[Mentor]]
Pairs = dict[UUID, UUID]  # request → mentor


def pool_of(sides: Sides) -> Pool:
    return Pool.of(*sides, weights=WEIGHTS)


def found(pool: Pool, *, at_once: int = 100) -> Ints:
    chunks = [matching.score_chunk(pool, at, at + at_once) for at in range(0, len(pool.requests), at_once)]
    return matching.assign(pool, chunks)


def named(pool: Pool, pairs: Ints) -> Pairs:
    return {pool.requests.id(row): pool.offers.id(one) for row, one in enumerate(pairs) if one != NOBODY}


def matched(sides: Sides) -> Pairs:
    pool = pool_of(sides)
    return named(pool, found(pool))


def worth(asks: Mentee, offers: Mentor) -> float | None:
    """What this pair adds to the total; None: something forbids it."""
    if fit.bars(asks, offers):
        return None
    bonus = CHOSEN[asks.choices.index(offers.person)] if offers.person in asks.choices else 0
    return fit.explain(asks, offers, weights=WEIGHTS).score + bonus


def total(sides: Sides, pairs: Pairs) -> float:
    """What is as high as it can be: pairs, less the load of everyone more, less what it costs to have nobody."""
    mentors = {one.person: one for one in sides[1]}
    share = WEIGHTS["load"] / sum(WEIGHTS.values())
    reached = 0.0
    for asks in sides[0]:
        added = worth(asks, mentors[pairs[asks.request]]) if asks.request in pairs else left_out(asks, sides[1])
        assert added is not None
        reached += added
    for person, many in Counter(pairs.values()).items():
        taken = mentors[person].taken
        reached -= share * sum(fit.load(taken) - fit.load(taken + nth) for nth in range(many))
    return reached


def left_out(asks: Mentee, mentors: Sequence[Mentor]) -> float:
    best = max((added for one in mentors if (added := worth(asks, one)) is not None), default=0)
    return best - (WAITED if asks.comes_first else UNMATCHED)


def best_total(sides: Sides) -> float:
    """The highest total there is, by trying everything."""
    mentees, mentors = sides

    @cache
    def tried(at: int, places: tuple[int, ...]) -> float:
        if at == len(mentees):
            return 0.0
        most = left_out(mentees[at], mentors) + tried(at + 1, places)
        for number, (one, left) in enumerate(zip(mentors, places, strict=True)):
            added = worth(mentees[at], one)
            if added is not None and left:
                filled = one.capacity - left
                load = WEIGHTS["load"] / sum(WEIGHTS.values()) * (fit.load(one.taken) - fit.load(filled))
                rest = (*places[:number], left - 1, *places[number + 1 :])
                most = max(most, added - load + tried(at + 1, rest))
        return most

    return tried(0, tuple(max(0, one.capacity - one.taken) for one in mentors))


@settings(max_examples=200)
@given(everybody())
def test_no_other_pairs_have_a_better_total(sides: Sides) -> None:
    assert total(sides, matched(sides)) == pytest.approx(best_total(sides), abs=1e-4)


@given(everybody(most=12))
def test_no_pair_is_forbidden_and_no_mentor_gets_too_many(sides: Sides) -> None:
    pairs, mentors = matched(sides), {one.person: one for one in sides[1]}
    mentees = {one.request: one for one in sides[0]}
    assert all(not fit.bars(mentees[request], mentors[person]) for request, person in pairs.items())
    for person, many in Counter(pairs.values()).items():
        assert mentors[person].taken + many <= mentors[person].capacity


@given(everybody(most=12), st.randoms(use_true_random=False))
def test_it_does_not_matter_in_which_order_people_come(sides: Sides, chance: Random) -> None:
    mentees, mentors = chance.sample(sides[0], len(sides[0])), chance.sample(sides[1], len(sides[1]))
    assert matched((mentees, mentors)) == matched(sides)


@given(everybody(most=12), st.integers(1, 5))
def test_it_does_not_matter_how_many_are_scored_at_once(sides: Sides, at_once: int) -> None:
    pool = pool_of(sides)
    assert named(pool, found(pool, at_once=at_once)) == matched(sides)


@given(everybody(), everybody(most=1))
def test_one_more_mentor_never_lowers_the_total(sides: Sides, other: Sides) -> None:
    more = (sides[0], [*sides[1], *(replace(one, person=UUID(int=9)) for one in other[1])])
    before, after = matched(sides), matched(more)
    assert len(after) >= len(before)
    assert total(more, after) >= total(sides, before) - 1e-4


@given(everybody(most=12))
def test_a_score_in_the_pool_is_the_score_that_is_explained(sides: Sides) -> None:
    pool = pool_of(sides)
    mentees, mentors = ({one.request: one for one in sides[0]}, {one.person: one for one in sides[1]})
    for row in range(len(pool.requests)):
        asks = mentees[pool.requests.id(row)]
        candidates = matching.score_chunk(pool, row, row + 1)
        allowed = {one.mentor: one.score for one in fit.best(asks, sides[1], weights=WEIGHTS)}
        given_ones = candidates.mentors[0][candidates.mentors[0] != NOBODY]
        assert {pool.offers.id(one) for one in given_ones} == allowed.keys()
        alone = of_pairs(pool, np.full_like(given_ones, row), given_ones)
        for one, score, bare in zip(given_ones, candidates.scores[0].tolist(), alone.tolist(), strict=False):
            person = pool.offers.id(one)
            assert bare == pytest.approx(allowed[person], abs=1e-5)
            assert score == pytest.approx(worth(asks, mentors[person]), abs=1e-5)


@given(everybody(most=12), st.data())
def test_after_somebody_declines_only_their_mentee_gets_somebody_else(sides: Sides, data: st.DataObject) -> None:
    pool = pool_of(sides)
    pairs = found(pool)
    rows = data.draw(st.lists(st.integers(0, len(pairs) - 1), unique=True))
    after = matching.repair(pool, pairs, declined=np.array(rows, np.int32))
    mentors, mentees = {one.person: one for one in sides[1]}, {one.request: one for one in sides[0]}
    for row, (one, other) in enumerate(zip(pairs.tolist(), after.tolist(), strict=True)):
        assert one == other if row not in rows else one != other or one == NOBODY
        if other != NOBODY:
            assert not fit.bars(mentees[pool.requests.id(row)], mentors[pool.offers.id(other)])
    for person, many in Counter(named(pool, after).values()).items():
        assert mentors[person].taken + many <= mentors[person].capacity


def test_the_whole_is_better_than_first_come_first_served() -> None:
    only_for_first = mentor(1, Standing("management", 4), capacity=1)
    for_both = mentor(2, capacity=1)
    first = mentee(1, Wish("technical", 2, "management"))
    second = mentee(2, wish=Wish("process", 3, "management"), barred=frozenset({only_for_first.person}))
    assert matched(([first, second], [only_for_first, for_both])) == {
        first.request: only_for_first.person, second.request: for_both.person,
    }  # fmt: skip


def test_a_chosen_mentor_goes_before_one_who_fits_better() -> None:
    better, chosen = mentor(1), mentor(2, Standing("process", 5), taken=1)
    asks = mentee(choices=(chosen.person,))
    assert matched(([asks], [better, chosen])) == {asks.request: chosen.person}


def test_but_never_one_whom_something_forbids() -> None:
    avoided, other = mentor(1), mentor(2, Standing("process", 5))
    asks = mentee(choices=(avoided.person,), barred=frozenset({avoided.person}))
    assert matched(([asks], [avoided, other])) == {asks.request: other.person}


def test_whoever_has_waited_goes_first_where_places_are_short() -> None:
    fits, waited = mentee(1), mentee(2, wanted=(), comes_first=True)
    assert matched(([fits, waited], [mentor(capacity=1)])) == {waited.request: mentor().person}


def test_but_not_at_the_price_of_two_others() -> None:
    everywhere = mentee(1, Wish("technical", 2))
    only_here = mentee(2, Wish("technical", 2, "management"), comes_first=True)
    one, two = mentor(1, capacity=1), mentor(2, Standing("process", 4), capacity=1)
    assert matched(([everywhere, only_here], [one, two])).keys() == {everywhere.request, only_here.request}


def test_where_places_are_short_those_whom_mentors_fit_less_are_not_left_out_for_that() -> None:
    """At the top nobody is two bands above, so every score there is lower; that is no reason to go without."""
    below = [mentee(number, Wish("technical", 3)) for number in range(0, 40, 2)]
    at_top = [mentee(number, Wish("technical", 5, is_at_top=True)) for number in range(1, 40, 2)]
    mentors = [mentor(number, Standing("management", 5), capacity=1) for number in range(20)]
    asked_first = [*below[:10], *at_top[:10]]
    assert matched(([*below, *at_top], mentors)).keys() == {one.request for one in asked_first}


def test_a_second_mentee_goes_to_whoever_has_none_yet() -> None:
    mentors = [mentor(number, capacity=3) for number in range(4)]
    pairs = matched(([mentee(number) for number in range(8)], mentors))
    assert set(Counter(pairs.values()).values()) == {2}


def test_those_left_over_look_beyond_the_best() -> None:
    """Everybody's best are the same, and full; the last ones are taken all the same."""
    wanted = [mentor(number, capacity=1) for number in range(60)]
    last = [mentor(number, Standing("process", 5), skills=fit.Skills(), capacity=1) for number in range(60, 80)]
    mentees = [mentee(number, wanted=(DESIGN,)) for number in range(80)]
    pairs = matched((mentees, [*wanted, *last]))
    assert len(pairs) == 80
    assert len(set(pairs.values())) == 80


def test_mentors_with_many_places_are_filled() -> None:
    pairs = matched(([mentee(number) for number in range(30)], [mentor(1, capacity=10), mentor(2, capacity=10)]))
    assert sorted(Counter(pairs.values()).values()) == [10, 10]


@pytest.mark.parametrize("sides", [([mentee()], []), ([], [mentor()]), ([mentee()], [mentor(capacity=0)]), ([], [])])
def test_nobody_there_is_no_trouble(sides: Sides) -> None:
    pool = pool_of(sides)
    assert (matching.assign(pool, [matching.score_chunk(pool, 0, 10)]) == NOBODY).all()


def test_the_bot_itself_starts_without_what_a_round_is_reckoned_with() -> None:
    asked = "import bot.app, sys; sys.exit('numpy' in sys.modules or 'scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0  # noqa: S603  (our own words)


def test_weeks_that_do_not_meet_leave_somebody_without() -> None:
    assert matched(([mentee(hours=week("Pacific/Auckland"))], [mentor()])) == {}
