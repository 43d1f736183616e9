"""Being away and coming back: statuses, leaves, and clocks that stand still."""

from datetime import UTC, date, datetime

import pytest

from bot.rules import away, cadence, returns
from bot.rules.cadence import Away, Schedule
from bot.rules.refusal import Refusal
from bot.rules.returns import Leave

MONDAY = date(2026, 11, 16)
HERE = Schedule("Europe/Berlin")
STATUSES = away.statuses([":palm_tree:", "baby", ":FACE_with_thermometer:", "", ":"])


def on(day: int, month: int = 11) -> date:
    return date(2026, month, day)


@pytest.mark.parametrize(
    ("status", "is_away"),
    [
        (":palm_tree:", True), (":palm_tree::skin-tone-2:", True), (":baby:", True), ("baby", True),
        (":face_with_thermometer:", True), (":house_with_garden:", False), ("", False), (None, False), (7, False),
        ("::", False), ("on the :palm_tree: today", False),
    ],
)  # fmt: skip
def test_only_the_statuses_of_the_settings_say_that_somebody_is_away(status: object, is_away: bool) -> None:
    assert away.says_away(status, STATUSES) is is_away


@pytest.mark.parametrize(
    ("expires_at", "until"),
    [
        (None, None),
        (datetime(2026, 11, 22, 23, tzinfo=UTC), on(23)),  # midnight in Berlin: back on the day that begins then
        (datetime(2026, 11, 22, 22, 59, 59, tzinfo=UTC), on(23)),
        (datetime(2026, 11, 23, 8, tzinfo=UTC), on(24)),  # nine in the morning: that day is still free
    ],
)
def test_a_status_holds_for_all_of_its_last_day(expires_at: datetime | None, until: date | None) -> None:
    assert away.until_of(expires_at, HERE.zone) == until


@pytest.mark.parametrize("until", [on(16), on(13), date(2027, 11, 18)])
def test_a_day_that_has_come_or_is_too_far_off_is_refused(until: date) -> None:
    with pytest.raises(Refusal):
        away.check_until(until, today=MONDAY)
    away.check_until(date(2027, 11, 17), today=MONDAY)


def test_away_for_long_covers_today_and_five_working_days() -> None:
    assert away.is_long([Away(on(16), on(24))], HERE, today=MONDAY)
    assert not away.is_long([Away(on(16), on(23))], HERE, today=MONDAY)
    assert not away.is_long([Away(on(17), on(30))], HERE, today=MONDAY)
    assert away.is_long([Away(on(16), on(20)), Away(on(20), None)], HERE, today=MONDAY)


CASES = {
    "a week": ([Away(on(9), on(14))], [], [Leave(on(9), on(16))]),
    "four days": ([Away(on(9), on(13))], [], []),
    "two absences that meet": ([Away(on(9), on(11)), Away(on(11), on(16))], [], [Leave(on(9), on(16))]),
    "two with a day between": ([Away(on(5), on(10)), Away(on(11), on(16))], [], []),
    "four days and a closed one between": (
        [Away(on(9), on(11)), Away(on(12), on(16))], [Away(on(11), on(12))], [],
    ),
    "back when the company opens": (
        [Away(on(9), on(16))], [Away(on(16), on(18))], [Leave(on(9), on(18))],
    ),
    "the company alone": ([], [Away(on(2), on(16))], []),
    "still away": ([Away(on(2), None)], [], []),
    "ended before it began": ([Away(on(9), on(9))], [], []),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_somebody_is_back_from_five_working_days_or_more(case: str) -> None:
    own, closed, expected = CASES[case]
    assert returns.returns(own, HERE, closed, first=on(10), last=on(20)) == expected


def test_working_days_after_a_moment_skip_weekends_and_leave() -> None:
    friday = datetime(2026, 11, 13, 15, 20, tzinfo=UTC)
    assert cadence.after_working_days(friday, 3, HERE) == datetime(2026, 11, 18, 15, 20, tzinfo=UTC)
    leave = [Away(on(16), on(18))]
    assert cadence.after_working_days(friday, 3, HERE, leave) == datetime(2026, 11, 20, 15, 20, tzinfo=UTC)


def test_working_days_keep_the_local_time_when_clocks_change() -> None:
    thursday = datetime(2026, 10, 22, 7, 30, tzinfo=UTC)  # half past nine in Berlin, before summer time ends
    assert cadence.after_working_days(thursday, 3, HERE) == datetime(2026, 10, 27, 8, 30, tzinfo=UTC)


def test_what_waits_for_somebody_away_until_further_notice_does_not_run_out_within_a_year() -> None:
    friday = datetime(2026, 11, 13, 15, tzinfo=UTC)
    assert cadence.after_working_days(friday, 1, HERE, [Away(on(14), None)]) > datetime(2027, 11, 13, tzinfo=UTC)
