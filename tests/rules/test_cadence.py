"""When prompts come: every clock change, every zone, and nobody in their quiet hours."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import cadence
from bot.rules.cadence import Away, Cadence, Schedule

ROUNDS = {
    Cadence.WEEKLY: ["2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23", "2026-11-30", "2026-12-07", "2026-12-14"],
    Cadence.FORTNIGHTLY: ["2026-11-02", "2026-11-16", "2026-11-30", "2026-12-14"],
    Cadence.MONTHLY: ["2026-11-02", "2026-12-07"],
    Cadence.QUARTERLY: [],
}


@pytest.mark.parametrize("rhythm", Cadence)
def test_rounds_begin_on_mondays_in_every_rhythm(rhythm: Cadence) -> None:
    found = cadence.rounds(rhythm, date(2026, 11, 1), date(2026, 12, 15))
    assert [day.isoformat() for day in found] == ROUNDS[rhythm]


def test_quarterly_rounds_begin_with_the_first_monday_of_a_quarter() -> None:
    found = cadence.rounds(Cadence.QUARTERLY, date(2026, 1, 1), date(2027, 1, 31))
    assert found == (date(2026, 1, 5), date(2026, 4, 6), date(2026, 7, 6), date(2026, 10, 5), date(2027, 1, 4))


days = st.dates(date(2024, 1, 1), date(2035, 12, 31))


@given(st.sampled_from(Cadence), days)
def test_the_next_round_is_the_first_one_after_a_day(rhythm: Cadence, day: date) -> None:
    found = cadence.next_round(rhythm, day)
    assert cadence.rounds(rhythm, day + cadence.DAY, found) == (found,)


MOMENTS = {
    "an ordinary morning": ("2026-11-16", 9, 0, "America/New_York", "2026-11-16T14:00Z"),
    "a gap in New York": ("2026-03-08", 2, 30, "America/New_York", "2026-03-08T07:00Z"),
    "a gap in Berlin": ("2026-03-29", 2, 30, "Europe/Berlin", "2026-03-29T01:00Z"),
    "the hour before a gap": ("2026-03-29", 1, 59, "Europe/Berlin", "2026-03-29T00:59Z"),
    "the minute after a gap": ("2026-03-29", 3, 0, "Europe/Berlin", "2026-03-29T01:00Z"),
    "a doubled hour in New York": ("2026-11-01", 1, 30, "America/New_York", "2026-11-01T05:30Z"),
    "a doubled hour in Berlin": ("2026-10-25", 2, 30, "Europe/Berlin", "2026-10-25T00:30Z"),
    "a gap at midnight in Cairo": ("2026-04-24", 0, 0, "Africa/Cairo", "2026-04-23T22:00Z"),
    "inside the gap at midnight": ("2026-04-24", 0, 30, "Africa/Cairo", "2026-04-23T22:00Z"),
    "a gap of half an hour": ("2026-10-04", 2, 15, "Australia/Lord_Howe", "2026-10-03T15:30Z"),
    "three quarters of an hour": ("2026-11-16", 9, 0, "Asia/Kathmandu", "2026-11-16T03:15Z"),
    "the last zone to see a day": ("2026-11-16", 9, 0, "Etc/GMT+12", "2026-11-16T21:00Z"),
    "the first zone to see a day": ("2026-11-16", 9, 0, "Etc/GMT-14", "2026-11-15T19:00Z"),
}


@pytest.mark.parametrize("name", MOMENTS)
def test_a_local_time_is_one_moment(name: str) -> None:
    day, hour, minute, zone, moment = MOMENTS[name]
    found = cadence.resolve(date.fromisoformat(day), hour, zone, minute)
    assert found == datetime.fromisoformat(moment)


def test_a_zone_that_does_not_exist_is_not_known() -> None:
    assert not cadence.is_zone("Etc/GMT+14")  # the names of these zones end at +12 and begin at -14
    assert cadence.is_zone("Etc/GMT-14")
    assert not any(cadence.is_zone(name) for name in ("", "Mars/Olympus", "🦄", "../../etc/passwd"))


@pytest.mark.parametrize(("code", "known"), [("DE", True), ("IN", True), ("USA", False), ("XX", False), ("", False)])
def test_a_country_has_two_letters(code: str, known: bool) -> None:
    assert cadence.is_country(code) is known


@given(days, st.integers(0, 23), st.integers(0, 59), st.sampled_from(sorted(available_timezones())))
def test_a_moment_reads_as_its_local_time_or_as_the_first_one_after_a_gap(
    day: date, hour: int, minute: int, zone: str
) -> None:
    wanted = datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001  (a local time has no zone yet)
    moment = cadence.resolve(day, hour, zone, minute)
    local = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    before = (moment - timedelta(minutes=1)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert local == wanted or before < wanted < local


PLAIN = Schedule("Europe/Berlin")
SUNDAY_TO_THURSDAY = Schedule("Africa/Cairo", working_days="71234")
IN_GERMANY = Schedule("Europe/Berlin", country="DE")
FOREVER = Away(date(2026, 1, 1), None)


def off(first: str, until: str) -> Away:
    return Away(date.fromisoformat(first), date.fromisoformat(until))


PROMPT_DAYS = {
    "the Monday": ("2026-11-16", PLAIN, [], "2026-11-16"),
    "Easter Monday in Germany": ("2026-04-06", IN_GERMANY, [], "2026-04-07"),
    "Easter Monday without a country": ("2026-04-06", PLAIN, [], "2026-04-06"),
    "only weekends": ("2026-11-16", Schedule("UTC", working_days="67"), [], "2026-11-21"),
    "Sunday to Thursday": ("2026-11-16", SUNDAY_TO_THURSDAY, [], "2026-11-16"),
    "Sunday to Thursday, away until Friday": (
        "2026-11-16", SUNDAY_TO_THURSDAY, [off("2026-11-10", "2026-11-20")], "2026-11-22",
    ),
    "back on Wednesday": ("2026-11-16", PLAIN, [off("2026-11-01", "2026-11-18")], "2026-11-18"),
    "back on a Saturday": ("2026-11-16", PLAIN, [off("2026-11-01", "2026-11-21")], "2026-11-23"),
    "two absences in a row": (
        "2026-11-16", PLAIN, [off("2026-11-14", "2026-11-18"), off("2026-11-18", "2026-11-20")], "2026-11-20",
    ),
    "away on another day": ("2026-11-16", PLAIN, [off("2026-11-17", "2026-11-20")], "2026-11-16"),
    "away for the whole round": ("2026-11-16", PLAIN, [off("2026-11-10", "2026-11-30")], None),
    "away until further notice": ("2026-11-16", PLAIN, [FOREVER], None),
    "back, and on holiday": ("2026-12-14", IN_GERMANY, [off("2026-12-14", "2026-12-25")], None),
}  # fmt: skip


@pytest.mark.parametrize("name", PROMPT_DAYS)
def test_a_prompt_comes_on_the_first_day_of_a_round_at_work(name: str) -> None:
    round_on, schedule, away, expected = PROMPT_DAYS[name]
    begins = date.fromisoformat(round_on)
    found = cadence.prompt_day(begins, cadence.next_round(Cadence.FORTNIGHTLY, begins), schedule, away)
    assert (found.isoformat() if found else None) == expected


EARLY = Schedule("Europe/Berlin", hour=6)
LATE = Schedule("Europe/Berlin", hour=20)
OPEN = {
    "now": ("2026-11-16T10:17Z", PLAIN, [], "2026-11-16T10:17Z"),
    "the first minute": ("2026-11-16T07:00Z", PLAIN, [], "2026-11-16T07:00Z"),
    "too early": ("2026-11-16T06:59Z", PLAIN, [], "2026-11-16T08:00Z"),
    "the last minute": ("2026-11-16T16:59Z", PLAIN, [], "2026-11-16T16:59Z"),
    "too late": ("2026-11-16T17:00Z", PLAIN, [], "2026-11-17T08:00Z"),
    "Friday evening": ("2026-11-20T19:00Z", PLAIN, [], "2026-11-23T08:00Z"),
    "an early bird": ("2026-11-16T05:30Z", EARLY, [], "2026-11-16T05:30Z"),
    "too early for an early bird": ("2026-11-16T04:30Z", EARLY, [], "2026-11-16T05:00Z"),
    "a night owl": ("2026-11-16T19:59Z", LATE, [], "2026-11-16T19:59Z"),
    "too late for a night owl": ("2026-11-16T20:00Z", LATE, [], "2026-11-17T19:00Z"),
    "a public holiday": ("2026-04-06T10:00Z", IN_GERMANY, [], "2026-04-07T07:00Z"),
    "Thursday evening in Cairo": ("2026-11-19T17:00Z", SUNDAY_TO_THURSDAY, [], "2026-11-22T07:00Z"),
    "away": ("2026-11-16T10:00Z", PLAIN, [off("2026-11-16", "2026-11-18")], "2026-11-18T08:00Z"),
    "away until further notice": ("2026-11-16T10:00Z", PLAIN, [FOREVER], None),
}


@pytest.mark.parametrize("name", OPEN)
def test_whoever_may_not_be_written_to_now_is_written_to_at_the_next_open_hour(name: str) -> None:
    moment, schedule, away, expected = OPEN[name]
    found = cadence.next_open(datetime.fromisoformat(moment), schedule, away)
    assert found == (datetime.fromisoformat(expected) if expected else None)


MORNINGS = {
    "tomorrow": ("2026-11-16T10:00Z", PLAIN, "2026-11-17T08:00Z"),
    "just after midnight": ("2026-11-15T23:30Z", PLAIN, "2026-11-17T08:00Z"),
    "over the weekend": ("2026-11-20T10:00Z", PLAIN, "2026-11-23T08:00Z"),
    "over Good Friday and Easter": ("2026-04-02T10:00Z", IN_GERMANY, "2026-04-07T07:00Z"),
    "over the change of clocks": ("2026-10-23T10:00Z", PLAIN, "2026-10-26T08:00Z"),
}


@pytest.mark.parametrize("name", MORNINGS)
def test_tomorrow_is_the_preferred_hour_of_the_next_working_day(name: str) -> None:
    moment, schedule, expected = MORNINGS[name]
    assert cadence.next_morning(datetime.fromisoformat(moment), schedule) == datetime.fromisoformat(expected)


schedules = st.builds(
    Schedule,
    zone=st.sampled_from(
        [
            "America/New_York",
            "Europe/Berlin",
            "Asia/Kolkata",
            "Asia/Kathmandu",
            "Africa/Cairo",
            "Pacific/Kiritimati",
            "Pacific/Pago_Pago",
            "America/Nuuk",
            "Australia/Lord_Howe",
            "Pacific/Chatham",
            "Antarctica/Troll",
        ]
    ),
    hour=st.integers(5, 21),
    working_days=st.sets(st.sampled_from("1234567"), min_size=1).map(lambda found: "".join(sorted(found))),
    country=st.sampled_from([None, "DE", "IN", "US", "EG"]),
)
moments = st.datetimes(datetime(2025, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
absences = st.builds(
    lambda first, length: Away(first, None if length is None else first + timedelta(days=length)),
    st.dates(date(2024, 12, 1), date(2029, 2, 1)),
    st.none() | st.integers(0, 60),
)


@given(moments, schedules, st.lists(absences, max_size=4))
def test_nobody_is_written_to_in_quiet_hours_on_days_off_or_while_away(
    moment: datetime, schedule: Schedule, away: list[Away]
) -> None:
    found = cadence.next_open(moment, schedule, away)
    if found is None:
        last = cadence.local_day(moment, schedule.zone) + timedelta(days=cadence.FURTHEST_DAYS - 1)
        assert cadence.prompt_day(cadence.local_day(moment, schedule.zone) + cadence.DAY, last, schedule, away) is None
        return
    local = found.astimezone(ZoneInfo(schedule.zone))
    assert found >= moment
    assert min(8, schedule.hour) <= local.hour < max(18, schedule.hour + 1)
    assert cadence.is_working_day(local.date(), schedule)
    assert not any(one.covers(local.date()) for one in away)
    assert cadence.next_open(found, schedule, away) == found
