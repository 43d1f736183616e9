"""Nobody can subtract what is shown from each other and arrive at one to four people, or at what all of them said."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from random import Random
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.rules import feedback_figures as figures
from bot.rules import small_cells
from bot.rules.feedback_figures import Given
from bot.rules.program_feedback import ITEMS, K

GROUPS = "abcdefg"
sizes_of_groups = st.lists(st.integers(0, 12), min_size=2, max_size=7).map(
    lambda sizes: dict(zip(GROUPS, sizes, strict=False))
)


def differences(sizes: Mapping[str, int], shown: Iterable[str], *, k: int = K) -> set[int]:
    """How many people an attacker can single out, 1 to k - 1 of them: by every sum of shown groups, and by what is left
    of the whole, which is known where it is large enough."""
    known, whole = sorted(shown), sum(sizes.values())
    sums = {sum(sizes[one] for one in some) for n in range(len(known) + 1) for some in combinations(known, n)}
    left = {whole - one for one in sums} if whole >= k else set()
    return (sums | left) & set(range(1, k))


@given(sizes_of_groups)
@example({"a": 5, "b": 4})
@example({"a": 5, "b": 5, "c": 1})
def test_no_sum_and_no_difference_is_one_to_four_people(sizes: dict[str, int]) -> None:
    assert not differences(sizes, small_cells.shown(sizes))


@given(sizes_of_groups, st.integers(K, 12))
def test_a_higher_threshold_holds_alike(sizes: dict[str, int], k: int) -> None:
    assert not differences(sizes, small_cells.shown(sizes, least=k), k=k)


def test_most_people_are_still_seen_in_a_group() -> None:
    lottery = Random(20261116)
    tables = [
        dict(zip(GROUPS, [lottery.randint(0, 12) for _ in range(lottery.randint(2, 7))], strict=False))
        for _ in range(20_000)
    ]
    seen = sum(sizes[one] for sizes in tables for one in small_cells.shown(sizes))
    assert seen / sum(sum(sizes.values()) for sizes in tables) >= 0.70


ratings_by_group = st.lists(st.lists(st.integers(1, 5), max_size=12), min_size=2, max_size=7).map(
    lambda lists: dict(zip(GROUPS, lists, strict=False))
)


@given(ratings_by_group)
@example({"a": [1, 2, 3, 4, 5], "b": [4, 4, 4, 4, 4]})
def test_what_is_left_out_cannot_be_told_either(by_group: dict[str, list[int]]) -> None:
    """Neither too few nor of one opinion: a shown group, and what is left when all shown ones are taken away."""
    chosen = figures.shown(by_group, k=K)
    rest = [one for group, ratings in by_group.items() if group not in chosen for one in ratings]
    assert all(figures.withheld(by_group[group], k=K) is None for group in chosen)
    assert not chosen or not rest or figures.withheld(rest, k=K) is None


everybody = st.lists(
    st.builds(
        Given,
        st.dictionaries(st.sampled_from(list(ITEMS)), st.integers(1, 5)),
        st.sampled_from(GROUPS[:4]),
    ),
    max_size=40,
)


@given(everybody)
def test_a_table_that_was_published_singles_out_nobody(given_: list[Given]) -> None:
    """Every item of a whole table, with everybody free not to answer some of them."""
    table = figures.table(given_, k=K, dimension="track")
    for item in ITEMS:
        sizes = {group: sum(item in one.ratings for one in given_ if one.segment == group) for group in GROUPS[:4]}
        shown = {group for group, one in table["groups"].items() if item in one["items"]}
        if "withheld" in table["items"][item]:
            assert not shown
        else:
            assert not differences(sizes, shown)


def singled_out(cells: Iterable[frozenset[int]]) -> set[frozenset[int]]:
    """Every set of one to four people that adding and taking away these cells can arrive at."""
    sums: set[tuple[tuple[int, int], ...]] = {()}
    for cell in cells:
        sums |= {_added(one, cell, sign) for one in sums for sign in (1, -1)}
    as_sets = (frozenset(who for who, times in one) for one in sums if {times for _, times in one} in ({1}, {-1}))
    return {one for one in as_sets if 0 < len(one) < K}


def _added(one: tuple[tuple[int, int], ...], cell: frozenset[int], sign: int) -> tuple[tuple[int, int], ...]:
    counted = Counter(dict(one))
    for who in cell:
        counted[who] += sign
    return tuple(sorted((who, times) for who, times in counted.items() if times))


@settings(max_examples=60)
@given(st.lists(everybody, min_size=2, max_size=2))
def test_several_releases_with_nested_groups_tell_no_more_together(cycles: list[list[Given]]) -> None:
    """One cycle is broken down finely, the next one by the groups that those make up. Each has answers of its own, so
    what an attacker adds and takes away are answers: they are numbered through over both."""
    cells, number = [], 0
    for is_coarse, people in enumerate(cycles):
        coarse = [Given(one.ratings, "ab" if one.segment in "ab" else "cd") for one in people]
        chosen = coarse if is_coarse else people
        numbered = {number + n: one for n, one in enumerate(chosen)}
        number += len(chosen)
        if len(chosen) >= K:
            table = figures.table(chosen, k=K, dimension="track")
            cells.append(frozenset(numbered))
            for group in table["groups"]:
                cells.append(frozenset(who for who, one in numbered.items() if one.segment == group))
    assert singled_out(cells) == set()


def rated(*groups: tuple[str, Sequence[int]]) -> list[Given]:
    return [Given({"choice": rating}, group) for group, ratings in groups for rating in ratings]


def table_of(*groups: tuple[str, Sequence[int]]) -> dict[str, Any]:
    return figures.table(rated(*groups), k=K, dimension="track")


def test_counts_come_in_bands_shares_in_steps_and_means_to_a_tenth() -> None:
    found = table_of(("technical", [1, 2, 2, 3, 3, 4]), ("management", [2, 3, 3, 4, 5, 5, 5]))
    assert found["people"] == "10-14"
    assert found["items"]["choice"] == {
        "people": "10-14", "mean": 3.2, "shares": {"1": 10, "2": 25, "3": 30, "4": 15, "5": 25}
    }  # fmt: skip
    assert found["groups"]["technical"]["items"]["choice"]["mean"] == 2.5
    assert not found["is_partly_hidden"]


def test_a_group_of_one_opinion_takes_the_one_it_could_be_told_from_along() -> None:
    found = table_of(("technical", [1, 2, 2, 3, 3, 4]), ("management", [5, 5, 5, 5, 5, 4]))
    assert found["groups"] == {}
    assert found["is_partly_hidden"]
    assert "mean" in found["items"]["choice"]


def test_what_all_or_all_but_one_chose_is_withheld() -> None:
    assert table_of(("technical", [4, 4, 4, 4, 4, 1]))["items"]["choice"] == {"withheld": "alike"}
    assert table_of(("technical", [4, 4, 4, 3]))["items"]["choice"] == {"withheld": "few"}
