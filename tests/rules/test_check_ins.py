"""When a check-in may be given, what it must say, and what it asks about."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import cadence, check_ins
from bot.rules.cadence import Cadence
from bot.rules.check_ins import Moved, Words
from bot.rules.framework import Milestone
from bot.rules.readiness import Progress
from bot.rules.refusal import Refusal

days = st.dates(date(2024, 2, 1), date(2035, 12, 31))
rhythms = st.sampled_from(Cadence)

CURRENT = [
    (Cadence.WEEKLY, "2026-11-16", "2026-11-16"),
    (Cadence.WEEKLY, "2026-11-22", "2026-11-16"),
    (Cadence.FORTNIGHTLY, "2026-11-29", "2026-11-16"),
    (Cadence.FORTNIGHTLY, "2026-11-15", "2026-11-02"),
    (Cadence.MONTHLY, "2026-12-06", "2026-11-02"),
    (Cadence.QUARTERLY, "2026-12-31", "2026-10-05"),
]


@pytest.mark.parametrize(("rhythm", "today", "round_on"), CURRENT)
def test_the_round_in_progress_is_the_one_that_began_last(rhythm: Cadence, today: str, round_on: str) -> None:
    assert check_ins.current_round(rhythm, date.fromisoformat(today)) == date.fromisoformat(round_on)


OPEN = {
    "its first day": ("2026-11-16", "2026-11-16", None),
    "its last day": ("2026-11-16", "2026-11-29", None),
    "the next round has begun": ("2026-11-16", "2026-11-30", "A newer round has begun"),
    "long ago": ("2025-11-17", "2026-11-16", "A newer round has begun"),
    "the day before, on the other side of the date line": ("2026-11-16", "2026-11-15", None),
    "two days before": ("2026-11-16", "2026-11-14", "has not begun yet"),
    "far ahead": ("9999-12-31", "2026-11-16", "has not begun yet"),
    "a weekly round after the rhythm became fortnightly": ("2026-11-23", "2026-11-24", None),
    "the same, when the next fortnight has begun": ("2026-11-23", "2026-11-30", "A newer round has begun"),
}


@pytest.mark.parametrize("name", OPEN)
def test_a_check_in_is_open_until_the_next_round(name: str) -> None:
    round_on, today, refused = OPEN[name]
    given = {"rhythm": Cadence.FORTNIGHTLY, "today": date.fromisoformat(today)}
    if refused is None:
        check_ins.check_is_open(date.fromisoformat(round_on), **given)  # type: ignore[arg-type]
    else:
        with pytest.raises(Refusal, match=refused):
            check_ins.check_is_open(date.fromisoformat(round_on), **given)  # type: ignore[arg-type]


@given(rhythms, days)
def test_every_day_has_one_open_round_and_the_one_before_is_closed(rhythm: Cadence, today: date) -> None:
    now = check_ins.current_round(rhythm, today)
    check_ins.check_is_open(now, rhythm=rhythm, today=today)
    assert now <= today < cadence.next_round(rhythm, now)
    before = check_ins.current_round(rhythm, now - timedelta(days=1))
    with pytest.raises(Refusal):
        check_ins.check_is_open(before, rhythm=rhythm, today=today)


STORY = {"2026-11-02": False, "2026-11-16": True, "2026-11-30": False}
LEARNED = {
    Cadence.WEEKLY: {"2024-01-01": False, "2024-01-08": True, "2026-11-09": True, "2026-11-16": False},
    Cadence.FORTNIGHTLY: {"2024-01-01": False, "2024-01-15": True, **STORY},
    Cadence.MONTHLY: {"2024-01-01": False, "2026-11-02": False, "2026-12-07": True, "2027-01-04": False},
    Cadence.QUARTERLY: {"2024-04-01": True, "2026-07-06": False, "2026-10-05": True, "2027-01-04": False},
}


@pytest.mark.parametrize("rhythm", LEARNED)
def test_what_was_learned_is_asked_every_second_time(rhythm: Cadence) -> None:
    asked = {day: check_ins.asks_learned(rhythm, date.fromisoformat(day)) for day in LEARNED[rhythm]}
    assert asked == LEARNED[rhythm]


@given(rhythms, days)
def test_of_two_rounds_in_a_row_one_asks_what_was_learned(rhythm: Cadence, today: date) -> None:
    now = check_ins.current_round(rhythm, today)
    then = cadence.next_round(rhythm, now)
    assert check_ins.asks_learned(rhythm, now) is not check_ins.asks_learned(rhythm, then)


@pytest.mark.parametrize("field", check_ins.WRITTEN)
def test_three_thousand_characters_are_kept_and_one_more_is_refused_beside_its_field(field: str) -> None:
    check_ins.check_words(Words(**{field: "x" * 3000}))  # type: ignore[arg-type]
    with pytest.raises(Refusal, match=r"longer than 3,000 characters") as refused:
        check_ins.check_words(Words(**{field: "x" * 3001}))  # type: ignore[arg-type]
    assert refused.value.field == field


def test_one_thing_has_to_be_said() -> None:
    with pytest.raises(Refusal, match="Write one sentence") as refused:
        check_ins.check_words(Words(is_private=True))
    assert refused.value.field == "win"


@pytest.mark.parametrize(
    "words",
    [*(Words(**{name: "a"}) for name in check_ins.WRITTEN), Words(moved={"t3-design-reviews": Moved.STUCK})],  # type: ignore[arg-type]
    ids=["a win", "an obstacle", "help wanted", "something learned", "a milestone that moved"],
)
def test_any_one_thing_is_enough(words: Words) -> None:
    check_ins.check_words(words)


def progress(key: str, reached: int, target: int = 4) -> Progress:
    milestone = Milestone(key, key, "depth", "Reviews.", Decimal(target), "reviews", 12, ("A link",))
    return Progress(milestone, Decimal(reached), is_met=reached >= target, waiting=Decimal(0))


FOCUS = {
    "the nearest to being met first": ([("a", 1), ("b", 3), ("c", 2)], ["b", "c", "a"]),
    "three at most": ([("a", 0), ("b", 0), ("c", 0), ("d", 1)], ["d", "a", "b"]),
    "never one that is met": ([("a", 4), ("b", 5), ("c", 0)], ["c"]),
    "nothing left to do": ([("a", 4)], []),
    "no milestones": ([], []),
}


@pytest.mark.parametrize("name", FOCUS)
def test_a_check_in_asks_about_what_is_not_met_yet(name: str) -> None:
    given, expected = FOCUS[name]
    found = check_ins.focus(tuple(progress(key, reached) for key, reached in given))
    assert [one.milestone.key for one in found] == expected


def test_a_chosen_focus_goes_before_the_nearest_and_falls_away_once_met() -> None:
    given = (progress("a", 1), progress("b", 3), progress("c", 0), progress("d", 4))
    assert [one.milestone.key for one in check_ins.focus(given, ["c", "a"])] == ["a", "c"]
    assert [one.milestone.key for one in check_ins.focus(given, ["c", "d"])] == ["c"]
    assert [one.milestone.key for one in check_ins.focus(given, ["d"])] == ["b", "a", "c"]
