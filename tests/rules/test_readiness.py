"""When a milestone is met, and what people read about it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import readiness
from bot.rules.cadence import Away
from bot.rules.framework import Milestone
from bot.rules.readiness import Piece

TODAY = date(2026, 3, 16)


def reviews(*, target: str = "3", months: int = 12, key: str = "t3-design-reviews") -> Milestone:
    return Milestone(
        key=key,
        title="Review designs of colleagues",
        competency="depth-of-knowledge",
        measure="Design reviews answered by the author.",
        target=Decimal(target),
        unit="reviews",
        window_months=months,
        evidence=("Link to the review",),
    )


def done(day: str, amount: str = "1", *, milestone: str = "t3-design-reviews") -> Piece:
    return Piece(milestone, Decimal(amount), date.fromisoformat(day), is_accepted=True)


def waits(day: str, amount: str = "1") -> Piece:
    return Piece("t3-design-reviews", Decimal(amount), date.fromisoformat(day), is_accepted=False)


CASES = {
    "nothing yet": ([], "0 of 3 reviews in the last 12 months"),
    "two of three": ([done("2026-01-10"), done("2025-09-01")], "2 of 3 reviews in the last 12 months"),
    "met today": ([done("2026-03-16", "3")], "Met: 3 of 3 reviews within 12 months"),
    "more than asked": ([done("2026-03-01", "5")], "Met: 5 of 3 reviews within 12 months"),
    "a year to the day": ([done("2025-03-16", "2"), done("2026-03-16")], "Met: 3 of 3 reviews within 12 months"),
    "a year and a day": ([done("2025-03-15", "2"), done("2026-03-16")], "1 of 3 reviews in the last 12 months"),
    "met long ago stays met": ([done("2021-05-01", "3")], "Met: 3 of 3 reviews within 12 months"),
    "spread too thin": (
        [done("2022-01-01"), done("2024-01-01"), done("2026-01-01")],
        "1 of 3 reviews in the last 12 months",
    ),
    "in review": (
        [done("2026-01-01"), waits("2026-02-01", "2")],
        "1 of 3 reviews in the last 12 months, 2 more in review",
    ),
    "in review is not met": ([waits("2026-02-01", "9")], "0 of 3 reviews in the last 12 months, 9 more in review"),
    "the future does not count": (
        [done("2026-03-17", "3"), waits("2026-03-17")],
        "0 of 3 reviews in the last 12 months",
    ),
    "another milestone": (
        [done("2026-03-01", "3", milestone="t3-root-causes")],
        "0 of 3 reviews in the last 12 months",
    ),
    "half a review": ([done("2026-03-01", "1.50")], "1.5 of 3 reviews in the last 12 months"),
    "less than nothing": ([done("2026-03-01"), done("2026-03-01", "-1")], "1 of 3 reviews in the last 12 months"),
    "the first day there is": ([done("0001-01-01")], "0 of 3 reviews in the last 12 months"),
}


@pytest.mark.parametrize(("pieces", "words"), CASES.values(), ids=CASES)
def test_where_somebody_stands_reads_in_plain_words(pieces: list[Piece], words: str) -> None:
    (where,) = readiness.progress([reviews()], pieces, TODAY)
    assert readiness.line(where) == words


def test_a_window_of_one_month_reads_well() -> None:
    milestone = reviews(target="10", months=1)
    (begun,) = readiness.progress([milestone], [done("2026-03-01", "2")], TODAY)
    (met,) = readiness.progress([milestone], [done("2026-03-01", "10")], TODAY)
    assert readiness.line(begun) == "2 of 10 reviews in the last month"
    assert readiness.line(met) == "Met: 10 of 10 reviews within a month"


def test_milestones_keep_their_order_and_their_own_evidence() -> None:
    both = [reviews(), reviews(key="t3-root-causes", target="1")]
    first, second = readiness.progress(both, [done("2026-03-01", milestone="t3-root-causes")], TODAY)
    assert (first.is_met, second.is_met) == (False, True)
    assert (readiness.share(first), readiness.share(second)) == (0.0, 1.0)


@pytest.mark.parametrize(("amount", "share"), [("0.75", 0.25), ("1.5", 0.5), ("3", 1.0), ("30", 1.0)])
def test_the_share_stops_at_one(amount: str, share: float) -> None:
    (where,) = readiness.progress([reviews()], [done("2026-03-01", amount)], TODAY)
    assert readiness.share(where) == share


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2026-03-31", 1, "2026-02-28"),
        ("2024-03-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2023-02-28"),
        ("2026-01-31", 1, "2025-12-31"),
        ("2026-01-15", 13, "2024-12-15"),
        ("2026-12-31", 60, "2021-12-31"),
        ("0001-02-03", 12, "0001-01-01"),
    ],
)
def test_months_are_calendar_months(day: str, months: int, before: str) -> None:
    assert readiness.months_before(date.fromisoformat(day), months) == date.fromisoformat(before)


amounts = st.decimals(min_value="0.01", max_value=20, places=2)
days = st.dates(min_value=TODAY - timedelta(days=2000), max_value=TODAY + timedelta(days=40))
pieces_of_work = st.builds(Piece, st.just("t3-design-reviews"), amounts, days, st.booleans())
milestones = st.builds(
    lambda target, months: reviews(target=str(target), months=months),
    st.decimals(min_value="0.5", max_value=40, places=1),
    st.integers(1, 60),
)


@given(milestones, st.lists(pieces_of_work, max_size=12), amounts, days)
def test_more_accepted_evidence_never_lowers_anything(
    milestone: Milestone, pieces: list[Piece], amount: Decimal, day: date
) -> None:
    more = Piece(milestone.key, amount, day, is_accepted=True)
    (before,) = readiness.progress([milestone], pieces, TODAY)
    (after,) = readiness.progress([milestone], [*pieces, more], TODAY)
    assert after.reached >= before.reached
    assert after.is_met >= before.is_met
    assert readiness.share(after) >= readiness.share(before)
    assert after.waiting == before.waiting


@given(
    milestones, st.lists(pieces_of_work, max_size=12).flatmap(lambda it: st.tuples(st.just(it), st.permutations(it)))
)
def test_the_order_of_evidence_does_not_matter(milestone: Milestone, orders: tuple[list[Piece], list[Piece]]) -> None:
    first, second = orders
    assert readiness.progress([milestone], first, TODAY) == readiness.progress([milestone], second, TODAY)


@given(milestones, st.lists(pieces_of_work, max_size=12), st.integers(0, 4000))
def test_once_met_stays_met(milestone: Milestone, pieces: list[Piece], later: int) -> None:
    (before,) = readiness.progress([milestone], pieces, TODAY)
    (after,) = readiness.progress([milestone], pieces, TODAY + timedelta(days=later))
    assert after.is_met >= before.is_met


@given(milestones, st.lists(pieces_of_work, max_size=8))
def test_the_windows_agree_with_trying_every_day(milestone: Milestone, pieces: list[Piece]) -> None:
    counted = [piece for piece in pieces if piece.is_accepted and piece.done_on <= TODAY]

    def within(end: date) -> Decimal:
        start = readiness.months_before(end, milestone.window_months)
        return sum((piece.amount for piece in counted if start <= piece.done_on <= end), Decimal(0))

    best = (
        max((within(TODAY - timedelta(days=ago)) for ago in range(2001)), default=Decimal(0)) if counted else Decimal(0)
    )
    (where,) = readiness.progress([milestone], pieces, TODAY)
    assert where.is_met == (best >= milestone.target)
    assert where.reached == (best if where.is_met else within(TODAY))


# Leave stops the clock


def leave(first: str, until: str | None) -> Away:
    return Away(date.fromisoformat(first), date.fromisoformat(until) if until else None)


def test_leave_inside_a_window_makes_it_longer() -> None:
    pieces = [done("2025-01-20"), done("2025-06-01"), done("2026-03-01")]
    (without,) = readiness.progress([reviews()], pieces, TODAY)
    assert readiness.line(without) == "2 of 3 reviews in the last 12 months"
    half_a_year = [leave("2025-08-01", "2026-02-01")]
    (where,) = readiness.progress([reviews()], pieces, TODAY, half_a_year)
    assert readiness.line(where) == "Met: 3 of 3 reviews within 12 months"
    (short,) = readiness.progress([reviews(target="4")], pieces, TODAY, half_a_year)
    assert readiness.line(short) == "3 of 4 reviews in the last 12 months, leave not counted"


@pytest.mark.parametrize(
    ("absences", "start"),
    [
        ([], "2025-03-16"),
        ([leave("2025-04-01", "2025-04-11")], "2025-03-06"),
        ([leave("2025-04-01", "2025-04-11"), leave("2025-04-05", "2025-04-11")], "2025-03-06"),  # days count once
        ([leave("2025-04-01", "2025-04-11"), leave("2025-03-10", "2025-03-15")], "2025-03-01"),  # leave further back
        ([leave("2026-03-16", None)], "2025-03-15"),  # of an open absence only what has passed
        ([leave("2024-01-01", "2024-02-01"), leave("2026-04-01", None)], "2025-03-16"),  # before and after: nothing
    ],
)
def test_a_window_begins_earlier_by_its_days_of_leave(absences: list[Away], start: str) -> None:
    assert readiness.window_start(TODAY, 12, absences) == date.fromisoformat(start)


def test_leave_never_takes_away_what_counted() -> None:
    pieces = [done("2025-03-16", "2"), done("2026-03-16")]
    for absences in ([leave("2025-03-01", "2026-03-01")], [leave("2025-12-01", None)]):
        (where,) = readiness.progress([reviews()], pieces, TODAY, absences)
        assert where.is_met


@pytest.mark.parametrize(
    ("since", "absences", "months"),
    [
        ("2025-01-16", [], 14), ("2025-01-17", [], 13), ("2026-03-16", [], 0), ("2026-04-01", [], 0),
        ("2025-01-16", [leave("2025-03-01", "2025-09-01")], 7), ("2025-01-16", [leave("2024-01-01", None)], 0),
    ],
)  # fmt: skip
def test_time_at_a_level_stands_still_during_leave(since: str, absences: list[Away], months: int) -> None:
    assert readiness.months_held(date.fromisoformat(since), TODAY, absences) == months
