"""What of a month may be shown: small groups stay hidden from whoever adds, subtracts and waits for the next month."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules import months, small_cells
from bot.rules.cadence import Away, Schedule
from bot.rules.months import Cells, Compared, Figure, Name, Shown, Window
from bot.rules.small_cells import LEAST, Path

NOTHING = Compared()
PARTS = ("Sales", "Support", "")
SCOPES = ("", "department:Sales", "department:Support")

Group = frozenset[Path]
"""The smallest groups of which a shown one is made."""


def mixed(people: int) -> Counter[float]:
    """So many people, of whom about half said yes."""
    return +Counter({1.0: people // 2, 0.0: people - people // 2})


def released(sizes: Mapping[Path, int]) -> set[Group]:
    """Every group that any owner sees, whichever part is theirs."""
    cells = {path: mixed(size) for path, size in sizes.items()}
    shown = set()
    for scope in SCOPES:
        for row in months.figure(Name.PARTICIPATION, cells, scope=scope, compared=NOTHING).rows:
            path = (*row.path, scope.partition(":")[2]) if scope else row.path
            shown.add(frozenset(one for one in sizes if one[: len(path)] == path and sizes[one]))
    return shown


def reckoned(shown: set[Group]) -> set[Group]:
    """All that can be had from these by adding what does not overlap, and by taking one from what holds it."""
    known = set(shown)
    while True:
        more = {group for one, other in combinations(known, 2) for group in _from(one, other)} - known
        if not more:
            return known
        known |= more


def _from(one: Group, other: Group) -> list[Group]:
    if not one & other:
        return [one | other]
    return [larger - smaller for larger, smaller in ((one, other), (other, one)) if smaller < larger]


trees = st.dictionaries(
    st.tuples(st.sampled_from(("technical", "process")), st.sampled_from(("2", "3")), st.sampled_from(PARTS)),
    st.integers(0, 12),
    min_size=1,
    max_size=7,
)


@given(trees)
@settings(max_examples=300, deadline=None)
def test_no_owners_together_can_reckon_a_group_of_one_to_four(sizes: dict[Path, int]) -> None:
    for group in reckoned(released(sizes)):
        assert not 0 < sum(sizes[path] for path in group) < LEAST


def test_hiding_only_the_small_groups_would_be_found_out() -> None:
    """The attacker of these tests finds what is there to be found."""
    sizes: dict[Path, int] = {("technical", "2", ""): 12, ("technical", "3", ""): 3}
    naive = {frozenset(sizes), frozenset({("technical", "2", "")})}
    assert frozenset({("technical", "3", "")}) in reckoned(naive)
    assert reckoned(released(sizes)) == {frozenset(sizes)}


changes = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=1, max_size=8)


@given(st.integers(5, 20), changes)
def test_what_stands_is_never_shown_of_groups_that_differ_by_one_to_four(
    size: int, moves: list[tuple[int, int]]
) -> None:
    """Month after month some join and some leave; whoever compares any month with the one shown before learns of no
    four people or fewer."""
    group, last, newest = set(range(size)), set[int](), size
    for joined, left in moves:
        group = set(sorted(group)[left:]) | set(range(newest, newest + joined))
        newest += joined
        compared = Compared(since={("technical",): len(group ^ last)} if last else {})
        cells: Cells = {("technical", ""): mixed(len(group)), ("process", ""): mixed(30)}
        found = months.figure(Name.READINESS, cells, scope="", compared=compared).of("technical")
        if found is not None:
            assert not 0 < len(group ^ last) < LEAST or not last
            last = set(group)


@pytest.mark.parametrize(
    ("changed", "before"), [(0, 0.4), (1, None), (4, None), (5, 0.4)], ids=["none", "one", "four", "five"]
)
def test_a_group_is_compared_unless_one_to_four_came_or_went(changed: int, before: float | None) -> None:
    cells: Cells = {("technical", ""): Counter({1.0: 6, 0.0: 6})}
    then: Cells = {("technical", ""): Counter({1.0: 4, 0.0: 6})}
    compared = Compared(cells=then, changed={("technical",): changed})
    found = months.figure(Name.PARTICIPATION, cells, scope="", compared=compared)
    assert found.of("technical") == Shown(("technical",), 10, 0.5, before)


def test_groups_in_which_all_but_one_are_alike_are_withheld_and_cannot_be_reckoned() -> None:
    cells: Cells = {
        ("technical", ""): Counter({1.0: 11, 0.0: 1}),
        ("process", ""): Counter({1.0: 6, 0.0: 6}),
        ("customer", ""): Counter({1.0: 3, 0.0: 6}),
    }
    found = months.figure(Name.PARTICIPATION, cells, scope="", compared=NOTHING)
    assert [row.path for row in found.rows] == [("customer",), ("process",)]
    assert found.hidden == 2  # the whole, too: less the others it would be the one that is missing


def test_counts_of_people_come_in_fives_and_without_a_whole() -> None:
    cells: Cells = {("t3-root-causes", ""): Counter({1.0: 13}), ("t3-design-reviews", ""): Counter({1.0: 5})}
    found = months.figure(Name.NO_CHANCE, cells, scope="", compared=NOTHING)
    assert found.rows == (Shown(("t3-design-reviews",), 5), Shown(("t3-root-causes",), 10))


def test_nothing_is_nothing() -> None:
    assert months.figure(Name.REVIEWS, {}, scope="", compared=NOTHING) == Figure()
    assert small_cells.nested({}) == set()


def test_days_are_told_by_the_middle_and_the_middle_half() -> None:
    answers = {0.5: 2, 3.0: 4, 10.0: 2}
    assert [months.quantile(answers, share) for share in (0.25, 0.5, 0.75)] == [0.5, 3.0, 3.0]


def test_milestones_are_quiet_or_often_sent_back_where_five_could_have_shown_them() -> None:
    assert months.quiet({"a": 5, "b": 4, "c": 9}, {"c": 1}) == ("a",)
    assert months.sent_back({"a": (5, 6, 3), "b": (4, 6, 6), "c": (9, 10, 4)}) == ("a",)


@pytest.mark.parametrize(
    ("window", "before"),
    [
        (("2026-11-01", "2026-12-01"), ("2026-10-01", "2026-11-01")),
        (("2027-01-01", "2027-02-01"), ("2026-12-01", "2027-01-01")),
        (("2026-11-09", "2026-11-16"), ("2026-11-02", "2026-11-09")),
    ],
)
def test_the_window_before_is_of_the_same_kind(window: tuple[str, str], before: tuple[str, str]) -> None:
    now, then = (Window(*map(date.fromisoformat, one)) for one in (window, before))
    assert now.before == then


@pytest.mark.parametrize(
    ("away", "told"),
    [
        ((), "2026-12-01T08:00"),  # nine in Berlin
        ((Away(date(2026, 11, 20), date(2026, 12, 3)),), "2026-12-03T08:00"),
        ((Away(date(2026, 11, 20), date(2027, 1, 3)),), None),
    ],
)
def test_owners_hear_of_it_on_the_first_day_they_work(away: tuple[Away, ...], told: str | None) -> None:
    november = Window(date(2026, 11, 1), date(2026, 12, 1))
    at = months.told_at(november, Schedule("Europe/Berlin", country="DE"), away)
    assert (f"{at:%Y-%m-%dT%H:%M}" if at else None) == told
