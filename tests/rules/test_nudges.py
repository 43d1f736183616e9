"""When something unanswered is named again: weekends, holidays, leave, and the limit of a week."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import cadence, nudges
from bot.rules.cadence import Away, Schedule

MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)
DAY = timedelta(days=1)
NAMED = {  # asked on a Monday at nine, unless it says otherwise
    "an ordinary fortnight": ("2026-11-16T09:00Z", Schedule("UTC"), None, "2026-11-19 2026-11-24"),
    "asked on a Friday": ("2026-11-20T16:00Z", Schedule("UTC"), None, "2026-11-25 2026-11-30"),
    "asked on a Sunday": ("2026-11-22T12:00Z", Schedule("UTC"), None, "2026-11-25 2026-11-30"),
    "a holiday between": ("2026-11-23T09:00Z", Schedule("UTC", country="US"), None, "2026-11-27 2026-12-02"),
    "away for a week": ("2026-11-16T09:00Z", Schedule("UTC"), ("2026-11-17", "2026-11-24"), "2026-11-26 2026-12-01"),
    "away between the two": (
        "2026-11-16T09:00Z",
        Schedule("UTC"),
        ("2026-11-20", "2026-11-27"),
        "2026-11-19 2026-12-01",
    ),
    "away until further notice": ("2026-11-16T09:00Z", Schedule("UTC"), ("2026-11-17", None), ""),
    "gone after the first": ("2026-11-16T09:00Z", Schedule("UTC"), ("2026-11-20", None), "2026-11-19"),
    "two days a week": ("2026-11-16T09:00Z", Schedule("UTC", working_days="25"), None, "2026-11-24 2026-12-04"),
    "no working day": ("2026-11-16T09:00Z", Schedule("UTC", working_days=""), None, ""),
    "already Tuesday there": ("2026-11-16T20:00Z", Schedule("Asia/Kolkata"), None, "2026-11-20 2026-11-25"),
}


@pytest.mark.parametrize(("asked", "schedule", "away", "days"), NAMED.values(), ids=NAMED)
def test_it_is_named_on_the_third_and_on_the_sixth_working_day(
    asked: str, schedule: Schedule, away: tuple[str, str | None] | None, days: str
) -> None:
    absences = [Away(date.fromisoformat(away[0]), date.fromisoformat(away[1]) if away[1] else None)] if away else []
    found = nudges.moments(datetime.fromisoformat(asked), schedule, absences)
    assert [cadence.local_day(at, schedule.zone).isoformat() for at in found] == days.split()
    assert all(at == cadence.resolve(cadence.local_day(at, schedule.zone), 9, schedule.zone) for at in found)


@given(
    asked=st.integers(0, 365 * 24).map(lambda hours: MONDAY + timedelta(hours=hours)),
    days=st.sets(st.sampled_from("1234567"), min_size=1).map("".join),
    zone=st.sampled_from(["UTC", "Asia/Kolkata", "America/New_York", "Africa/Cairo", "Pacific/Auckland"]),
    hour=st.integers(5, 21),
)
def test_it_is_named_twice_at_most_later_and_on_days_one_works(
    asked: datetime, days: str, zone: str, hour: int
) -> None:
    schedule = Schedule(zone, hour, days)
    first, second = nudges.moments(asked, schedule)
    assert asked < first < second
    for at in (first, second):
        assert cadence.is_working_day(cadence.local_day(at, zone), schedule)
        assert cadence.next_open(at, schedule) == at


def test_what_the_next_round_overtakes_is_not_named() -> None:
    window: dict[str, Any] = {"since": MONDAY, "until": MONDAY + 30 * DAY}
    assert len(nudges.due(MONDAY, Schedule("UTC"), (), **window)) == 2
    assert len(nudges.due(MONDAY, Schedule("UTC"), (), expires_at=MONDAY + 7 * DAY, **window)) == 1


WITHIN = {
    "nothing yet": ((), 2, True),
    "one, lately": ((-1,), 2, True),
    "two, lately": ((-6, -1), 2, False),
    "one of two is a week ago": ((-7, -1), 2, True),
    "one is planned already": ((-1, 1), 2, False),
    "none is allowed": ((), 0, False),
}


@pytest.mark.parametrize(("told", "most", "is_within"), WITHIN.values(), ids=WITHIN)
def test_seven_days_have_a_limit(told: tuple[int, ...], most: int, is_within: bool) -> None:
    assert nudges.within(MONDAY, [MONDAY + n * DAY for n in told], most=most) == is_within


def test_a_nudge_ends_with_its_day() -> None:
    assert nudges.ends(MONDAY, Schedule("Asia/Kolkata")) == datetime(2026, 11, 16, 18, 30, tzinfo=UTC)
