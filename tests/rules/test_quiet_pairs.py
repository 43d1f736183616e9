"""When a pair is asked whether it wants to go on: late, twice, and never for having been away."""

from datetime import date, timedelta

import pytest

from bot.rules import quiet_pairs as rules
from bot.rules.cadence import Away

LAST = date(2026, 9, 1)


def after(days: int) -> date:
    return LAST + timedelta(days=days)


def due(
    rhythm: int, days: int, *, away: tuple[tuple[int, int | None], ...] = (), asks: int = 0, asked: int = 0
) -> int | None:
    """Which question is due so many days after the last session; days of leave and of questions count from it, too."""
    absences = [Away(after(begin), None if end is None else after(end)) for begin, end in away]
    asked_on = after(asked) if asks else None
    return rules.ask_due(rhythm, since=LAST, today=after(days), away=absences, asks=asks, asked_on=asked_on)


@pytest.mark.parametrize(("rhythm", "days"), [(7, 21), (14, 21), (15, 23), (28, 42)])
def test_one_and_a_half_times_the_rhythm_and_three_weeks_at_least(rhythm: int, days: int) -> None:
    assert rules.limit(rhythm) == days
    assert due(rhythm, days - 1) is None
    assert due(rhythm, days) == 1


@pytest.mark.parametrize(
    ("away", "days"),
    [
        ((), 21),
        (((5, 10),), 26),  # a week off of one of them
        (((5, 10), (8, 15)), 31),  # both, and days on which both are away count once
        (((-5, 1),), 21),  # over before it began
        (((-5, 2),), 22),
        (((21, 25),), 25),  # away on the very day: when they are back
        (((30, None),), 21),
    ],
)
def test_days_on_which_either_is_away_do_not_count(away: tuple[tuple[int, int | None], ...], days: int) -> None:
    found = [day for day in range(60) if due(14, day, away=away)]
    assert found[0] == days


def test_whoever_is_away_until_further_notice_is_not_asked() -> None:
    assert not any(due(14, day, away=((3, None),)) for day in range(400))


def test_a_second_question_two_rhythms_later_and_then_silence() -> None:
    assert next(day for day in range(21, 80) if due(14, day, asks=1, asked=21)) == 21 + 28
    assert due(14, 49, asks=1, asked=21) == 2
    assert next(day for day in range(21, 90) if due(14, day, asks=1, asked=21, away=((30, 40),))) == 21 + 28 + 10
    assert not any(due(14, day, asks=2, asked=49) for day in range(500))


def test_whatever_happens_in_between_begins_anew() -> None:
    """The two questions were asked before the last session."""
    assert due(14, 20, asks=2, asked=-3) is None
    assert due(14, 21, asks=2, asked=-3) == 1
