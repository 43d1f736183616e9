"""Times that suit both of a pair, wherever they are, and how a time of one's own is read."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.rules import mentor_sessions as rules
from bot.rules.cadence import Away, Schedule
from bot.rules.refusal import Refusal

MONDAY = datetime(2026, 11, 16, 8, tzinfo=UTC)
ANA, NOOR = Schedule("America/New_York"), Schedule("Asia/Dubai")  # one hour in common: 13:00 to 14:00 UTC
KIRAN, SAM = Schedule("Asia/Kolkata"), Schedule("Australia/Adelaide")  # half-hour zones, five hours apart
DALIA = Schedule("Africa/Cairo", working_days="71234")


def slots(one: Schedule, other: Schedule, **more: Any) -> tuple[datetime, ...]:
    given: dict[str, Any] = {"after": MONDAY + rules.NOTICE, "minutes": 60, **more}
    away, others_away = given.pop("away", ((), ()))
    return rules.shared_slots([(one, away), (other, others_away)], **given)


def local(moment: datetime, schedule: Schedule) -> datetime:
    return moment.astimezone(ZoneInfo(schedule.zone))


@pytest.mark.parametrize(("one", "other"), [(ANA, NOOR), (KIRAN, SAM), (ANA, ANA), (KIRAN, NOOR), (DALIA, ANA)])
@pytest.mark.parametrize("minutes", rules.LENGTHS)
def test_both_work_from_the_beginning_to_the_end(one: Schedule, other: Schedule, minutes: int) -> None:
    found = slots(one, other, minutes=minutes)
    assert len(found) == rules.MOST_SLOTS
    assert list(found) == sorted(set(found))
    for moment in found:
        assert MONDAY + rules.NOTICE <= moment <= MONDAY + rules.NOTICE + rules.LOOKED_AHEAD
        for schedule in (one, other):
            begins, ends = local(moment, schedule), local(moment + timedelta(minutes=minutes), schedule)
            assert str(begins.isoweekday()) in schedule.working_days
            assert begins.hour >= 8
            assert (ends.hour, ends.minute) <= (18, 0)


def test_where_days_are_many_each_gives_one_and_the_hours_vary() -> None:
    found = slots(ANA, ANA)
    assert len({moment.date() for moment in found}) == rules.MOST_SLOTS
    assert len({moment.hour for moment in found}) == 2


def test_where_days_are_few_each_gives_two() -> None:
    found = slots(ANA, Schedule("America/New_York", working_days="1"))
    assert [local(moment, ANA).isoweekday() for moment in found] == [1] * 6
    assert len({moment.date() for moment in found}) == 3


def test_hours_that_do_not_meet_give_none() -> None:
    assert slots(Schedule("America/Los_Angeles"), Schedule("Asia/Kolkata")) == ()
    assert slots(ANA, NOOR, minutes=90) == ()


def test_half_hours_meet_half_hours() -> None:
    found = slots(KIRAN, Schedule("Europe/Lisbon", hour=9))
    assert {local(moment, KIRAN).minute for moment in found} <= {0, 30}
    assert all(local(moment, KIRAN).hour * 60 + local(moment, KIRAN).minute >= 13 * 60 + 30 for moment in found)


def test_leave_of_either_holidays_and_what_is_taken_are_left_out() -> None:
    until = date(2026, 11, 30)
    for away in (([Away(date(2026, 11, 1), until)], ()), ((), [Away(date(2026, 11, 1), until)])):
        assert all(moment.date() >= until for moment in slots(ANA, NOOR, away=away))
    assert slots(ANA, NOOR, away=((), [Away(date(2026, 11, 1), None)])) == ()
    thanksgiving = date(2026, 11, 26)
    american = Schedule("America/New_York", country="US")
    assert thanksgiving not in {moment.date() for moment in slots(american, NOOR)}
    first = slots(ANA, NOOR)[0]
    busy = [(first + timedelta(minutes=15), first + timedelta(minutes=30))]
    assert first not in slots(ANA, NOOR, taken=busy)
    assert first in slots(ANA, NOOR, taken=[(first - timedelta(hours=1), first), (first + timedelta(hours=1), first)])


@pytest.mark.parametrize(
    ("after", "before", "since"),
    [
        (datetime(2026, 10, 22, tzinfo=UTC), 12, 13),  # New York leaves summer time on 1 November: 8:00 there
        (datetime(2027, 3, 10, tzinfo=UTC), 13, 12),  # and comes back on 14 March
    ],
)
def test_a_clock_change_moves_the_hours_in_common(after: datetime, before: int, since: int) -> None:
    """Dubai closes at 14:00 UTC all year; New York opens an hour earlier or later."""
    change = date(2026, 11, 1) if after.month == 10 else date(2027, 3, 14)
    earliest: dict[bool, list[int]] = {is_after: [] for is_after in (False, True)}
    for moment in slots(ANA, NOOR, after=after, minutes=30):
        earliest[moment.date() > change].append(moment.hour)
    assert min(earliest[False]) == before
    assert min(earliest[True]) == since


# What was chosen


def start(**given: Any) -> datetime:
    return rules.read_start(**{"slot": "", "on": None, "time": "", "zone": "America/New_York", "now": MONDAY, **given})


def test_a_slot_and_a_time_of_ones_own() -> None:
    slot = datetime(2026, 11, 24, 13, tzinfo=UTC)
    own: dict[str, Any] = {"on": date(2026, 11, 25), "time": "16:45"}
    assert start(slot=slot.isoformat()) == slot
    assert start(**own) == datetime(2026, 11, 25, 21, 45, tzinfo=UTC)
    assert start(slot=slot.isoformat(), **own) == datetime(2026, 11, 25, 21, 45, tzinfo=UTC)  # typed goes first


def test_a_time_of_ones_own_on_a_day_on_which_the_clock_changes() -> None:
    """The gap of 14 March in New York, and the hour of 1 November that comes twice."""
    gap = start(on=date(2027, 3, 14), time="02:30", now=datetime(2027, 3, 1, tzinfo=UTC))
    assert gap == datetime(2027, 3, 14, 7, tzinfo=UTC)
    twice = start(on=date(2026, 11, 1), time="01:30", now=datetime(2026, 10, 20, tzinfo=UTC))
    assert twice == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "on"), ({"slot": "junk"}, "on"), ({"slot": "2026-11-24T10:00:00"}, "on"),
        ({"slot": "2026-11-16T07:00:00+00:00"}, "on"), ({"time": "10:00"}, "on"),
        ({"on": date(2026, 11, 24)}, "time"), ({"on": date(2026, 11, 24), "time": "25:00"}, "time"),
        ({"on": date(2026, 11, 13), "time": "10:00"}, "on"), ({"on": date(2027, 3, 1), "time": "10:00"}, "on"),
        ({"on": date(9999, 12, 31), "time": "10:00"}, "on"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_beside_its_field(given: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        start(**given)
    assert refused.value.field == field


def test_lengths_are_those_listed() -> None:
    assert [rules.read_minutes(str(length)) for length in rules.LENGTHS] == list(rules.LENGTHS)
    for text in ("", "0", "90", "-30", "3O"):
        with pytest.raises(Refusal):
            rules.read_minutes(text)


# Before and after


@pytest.mark.parametrize(
    ("starts_at", "at"),
    [
        (datetime(2026, 11, 24, 13, tzinfo=UTC), datetime(2026, 11, 23, 13, tzinfo=UTC)),  # the day before
        (datetime(2026, 11, 23, 13, tzinfo=UTC), datetime(2026, 11, 20, 13, tzinfo=UTC)),  # Friday, for a Monday
        (datetime(2026, 11, 24, 23, tzinfo=UTC), datetime(2026, 11, 24, 3, tzinfo=UTC)),  # no hour in common
    ],
)
def test_an_agenda_comes_the_day_before_when_both_work(starts_at: datetime, at: datetime) -> None:
    assert rules.agenda_at(starts_at, [(ANA, ()), (NOOR, ())]) == at


def test_points_take_turns() -> None:
    assert rules.points(0) == rules.FIRST_POINTS
    assert [rules.points(n) for n in (1, 2, 3, 4)] == [*rules.POINTS, rules.POINTS[0]]
    assert all(len(three) == 3 for three in (rules.FIRST_POINTS, *rules.POINTS))
