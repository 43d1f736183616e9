"""When a manager hears of their week: holidays, weeks of every shape, leave."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import cadence, weeks
from bot.rules.cadence import Away, Schedule

TOLD_ON = {
    "an ordinary week": ("2026-11-16", "12345", None, "2026-11-18"),
    "a holiday before it": ("2026-05-25", "12345", "DE", "2026-05-28"),  # Whit Monday
    "the holiday itself": ("2026-11-11", "12345", "FR", "2026-11-12"),  # Armistice Day, a Wednesday
    "a holiday after it": ("2026-11-26", "12345", "US", "2026-11-25"),  # Thanksgiving, a Thursday
    "Christmas in Germany": ("2026-12-21", "12345", "DE", "2026-12-23"),
    "Christmas Eve is no holiday": ("2025-12-22", "12345", "DE", "2025-12-24"),
    "a Sunday to Thursday week": ("2026-11-16", "71234", None, "2026-11-18"),
    "Sunday to Thursday with a holiday": ("2026-07-20", "71234", "EG", "2026-07-22"),
    "Sunday counts last": ("2026-11-16", "7134", None, "2026-11-19"),
    "Sunday is the third": ("2026-11-16", "724", None, "2026-11-22"),
    "three days, late in the week": ("2026-11-16", "345", None, "2026-11-20"),
    "two days a week": ("2026-11-16", "25", None, "2026-11-20"),
    "one day a week": ("2026-11-16", "1", None, "2026-11-16"),
    "no day a week": ("2026-11-16", "", None, None),
    "a day that is a holiday": ("2026-11-09", "3", "FR", None),
}


@pytest.mark.parametrize(("monday", "days", "country", "told_on"), TOLD_ON.values(), ids=TOLD_ON)
def test_a_week_is_told_on_the_third_day_one_works(
    monday: str, days: str, country: str | None, told_on: str | None
) -> None:
    begins = weeks.monday_of(date.fromisoformat(monday))
    found = weeks.told_on(begins, Schedule("UTC", working_days=days, country=country))
    assert (found.isoformat() if found else None) == told_on


AWAY = {
    "at work": (None, "2026-11-18T08:00Z"),
    "back on Wednesday": (("2026-11-10", "2026-11-18"), "2026-11-18T08:00Z"),
    "back on Friday": (("2026-11-16", "2026-11-20"), "2026-11-20T08:00Z"),
    "back on Monday": (("2026-11-16", "2026-11-23"), None),
    "back some day": (("2026-11-16", None), None),
    "leaves on Thursday": (("2026-11-19", "2026-12-01"), "2026-11-18T08:00Z"),
}


@pytest.mark.parametrize(("away", "moment"), AWAY.values(), ids=AWAY)
def test_leave_moves_it_within_its_week_only(away: tuple[str, str | None] | None, moment: str | None) -> None:
    absences = [_away(*away)] if away else []
    found = weeks.moment(date(2026, 11, 16), Schedule("Europe/Stockholm"), absences)
    assert found == (datetime.fromisoformat(moment) if moment else None)


def _away(from_on: str, until_on: str | None) -> Away:
    return Away(date.fromisoformat(from_on), date.fromisoformat(until_on) if until_on else None)


def test_it_comes_at_the_hour_one_prefers() -> None:
    for zone, hour, moment in (
        ("Asia/Kathmandu", 9, "2026-11-18T03:15Z"),
        ("Pacific/Kiritimati", 5, "2026-11-17T15:00Z"),
        ("America/Los_Angeles", 21, "2026-11-19T05:00Z"),
    ):
        assert weeks.moment(date(2026, 11, 16), Schedule(zone, hour)) == datetime.fromisoformat(moment)


def test_a_week_has_the_name_of_its_iso_week() -> None:
    names = ((date(2026, 11, 16), "2026-W47"), (date(2026, 12, 28), "2026-W53"), (date(2024, 12, 30), "2025-W01"))
    assert all(weeks.key(monday) == name for monday, name in names)


START = datetime(2026, 11, 13, 12, tzinfo=UTC)
zones = st.sampled_from(["Pacific/Kiritimati", "Asia/Kathmandu", "UTC", "America/New_York", "Etc/GMT+12"])
working = st.sets(st.sampled_from("1234567"), min_size=1).map("".join)


@given(zones, st.integers(5, 21), working, st.lists(st.integers(1, 60), min_size=1, max_size=12))
def test_however_often_one_looks_each_week_is_due_once(zone: str, hour: int, days: str, hours: list[int]) -> None:
    schedule, seen, found = Schedule(zone, hour, days), START, []
    for wait in hours:
        found += weeks.due(schedule, [], since=seen, until=seen + timedelta(hours=wait))
        seen += timedelta(hours=wait)
    assert found == weeks.due(schedule, [], since=START, until=seen)
    assert len({monday for monday, _ in found}) == len(found)
    for monday, at in found:
        assert monday <= cadence.local_day(at, zone) < monday + weeks.WEEK


NEWS = {"now": (0, True), "a week ago": (7, True), "two weeks ago": (14, True), "a day longer": (15, False)}


@pytest.mark.parametrize(("days", "is_news"), NEWS.values(), ids=NEWS)
def test_two_weekly_messages_name_a_thing_then_there_is_silence(days: int, is_news: bool) -> None:
    now = datetime(2026, 11, 18, 8, tzinfo=UTC)
    manager = (uuid4(), "Mats", Schedule("Europe/Stockholm"), ())
    assert weeks.Week(*manager, answers=1, newest=now - timedelta(days=days)).is_news(now) is is_news
    assert not weeks.Week(*manager, talks=1).is_news(now)
