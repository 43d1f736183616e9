"""Waiting times: working days counted by hand, quarters, and quartiles of enough managers."""

from datetime import date

import pytest

from bot.rules import mirrors
from bot.rules.cadence import Away, Schedule
from bot.rules.mirrors import Help, Mirror, Praised, Quarter, Quartiles, Times

HERE = Schedule("Europe/Stockholm", country="SE")
LEAVE = (Away(date(2026, 11, 4), date(2026, 11, 11)),)
FIRST, NEXT = date(2026, 10, 1), date(2027, 1, 1)

WAITED = {
    "the same day": ("2026-11-09", "2026-11-09", (), 0),
    "over a weekend": ("2026-11-06", "2026-11-09", (), 1),
    "two weeks": ("2026-11-02", "2026-11-13", (), 9),
    "two weeks with leave in it": ("2026-11-02", "2026-11-13", LEAVE, 4),
    "on leave all the time": ("2026-11-04", "2026-11-10", LEAVE, 0),
    "over Christmas": ("2026-12-23", "2026-12-28", (), 2),  # Thursday the 24th is none of Sweden's holidays
}


@pytest.mark.parametrize(("asked", "done", "away", "days"), WAITED.values(), ids=WAITED)
def test_waiting_is_counted_in_days_that_were_worked(asked: str, done: str, away: tuple[Away, ...], days: int) -> None:
    counted = mirrors.worked_days(date.fromisoformat(asked), date.fromisoformat(done), HERE, away)
    assert counted == days


QUARTERS = {
    "2026-01-01": ("2026-01-01", "2026-04-01", "2025-10-01"),
    "2026-06-30": ("2026-04-01", "2026-07-01", "2026-01-01"),
    "2026-08-15": ("2026-07-01", "2026-10-01", "2026-04-01"),
    "2026-12-31": ("2026-10-01", "2027-01-01", "2026-07-01"),
}


@pytest.mark.parametrize("day", QUARTERS)
def test_a_quarter_stands_beside_the_one_before(day: str) -> None:
    first, following, before = map(date.fromisoformat, QUARTERS[day])
    assert mirrors.quarter(date.fromisoformat(day)) == (first, following)
    assert mirrors.quarter_before(date.fromisoformat(day)) == (before, first)


def test_of_an_even_number_the_middle_lies_between_two() -> None:
    assert mirrors.times([4, 1, 2, 9]) == Times(4, 3, 9)
    assert mirrors.times([]) == Times()


def test_quartiles_need_five_managers() -> None:
    assert mirrors.quartiles([1, 2, 3, 4]) is None
    assert mirrors.quartiles([5, 1, 4, 2, 3]) == Quartiles(5, 2, 3, 4)
    assert mirrors.quartiles([0, 0, 0.5, 8, 9, 30]) == Quartiles(6, 0, 4, 9)


def mirror(evidence: float | None, check_ins: float | None, *praise: Praised) -> Mirror:
    now = Quarter(FIRST, NEXT, Times(1, evidence, 9), Times(1, check_ins, 9), praise)
    return Mirror(now, Quarter(FIRST, NEXT, Times(1, 20, 20), Times(1, 20, 20)))


HELPS = {
    "all is well": (mirror(3, 0, Praised("Technical", 2, 2)), (Help.KEEP_ON,)),
    "nothing so far": (mirror(None, None), (Help.KEEP_ON,)),
    "evidence waits": (mirror(3.5, 1), (Help.AN_HOUR,)),
    "all of it": (mirror(9, 4, Praised("Technical", 2, 1)), (Help.AN_HOUR, Help.A_MORNING, Help.A_WORD)),
}


@pytest.mark.parametrize(("shown", "helps"), HELPS.values(), ids=HELPS)
def test_what_helps_follows_from_this_quarter_alone(shown: Mirror, helps: tuple[Help, ...]) -> None:
    assert mirrors.helps(shown) == helps
