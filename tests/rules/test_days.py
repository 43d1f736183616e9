"""Days as people type them."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import days
from bot.rules.refusal import Refusal

MONDAY = date(2026, 11, 16)

READ = {
    "tomorrow": "2026-11-17",
    "Tomorrow.": "2026-11-17",
    "until tomorrow": "2026-11-17",
    "monday": "2026-11-23",
    "until Monday": "2026-11-23",
    "next monday": "2026-11-23",
    "on the Tuesday": "2026-11-17",
    "sun": "2026-11-22",
    "next week": "2026-11-23",
    "24 December": "2026-12-24",
    "24. Dec": "2026-12-24",
    "december 24": "2026-12-24",
    "until  24   december": "2026-12-24",
    "16 november": "2027-11-16",
    "2 january": "2027-01-02",
    "2026-12-24": "2026-12-24",
    "2026-11-01": "2026-11-01",  # a day that has come already is refused by the wish itself
    "9999-12-31": "9999-12-31",
}


@pytest.mark.parametrize("text", READ)
def test_a_day_is_read(text: str) -> None:
    assert days.read(text, today=MONDAY) == date.fromisoformat(READ[text])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "until",
        "soon",
        "mo",
        "32 december",
        "31 february",
        "29 february",
        "0 december",
        "-1 december",
        "² december",
        "99999999999 december",
        "9" * 5000 + " december",
        "december " + "9" * 5000,
        "٣ december ٣",
        "2026-13-01",
        "24/12/2026",
        "next",
        "next december",
        "monday tuesday",
        "24 december 2026 at noon",
        "🦄",
        "<!channel>",
        "\x00",
        "'; DROP TABLE users;--",
        "%s {0.__class__}",
        "../../etc/passwd",
        "24 xyz",
        "10000-01-01",
    ],
)
def test_anything_else_is_refused_with_examples(text: str) -> None:
    with pytest.raises(Refusal, match="Name a day, such as: Monday"):
        days.read(text, today=MONDAY)


@given(
    st.text(max_size=40) | st.from_regex(r"(until )?\w{0,12} ?\w{0,12}", fullmatch=True),
    st.dates(max_value=date(9000, 1, 1)),
)
def test_whatever_is_typed_is_a_day_or_refused(text: str, today: date) -> None:
    with suppress(Refusal):
        assert isinstance(days.read(text, today=today), date)


@given(st.sampled_from(days.WEEKDAYS), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_a_weekday_is_the_next_one_after_today(name: str, today: date) -> None:
    found = days.read(name, today=today)
    assert timedelta(0) < found - today <= timedelta(days=7)
    assert found.weekday() == days.WEEKDAYS.index(name)
