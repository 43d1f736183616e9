"""What people see of themselves, and how their wishes are read back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.cadence import Cadence, Schedule
from bot.views import people
from tests.support.frameworks import FRAMEWORK
from tests.views import drawn, examples


@pytest.mark.parametrize("name", ["me", "not enrolled", "wishes"])
def test_with_nothing_yet(name: str) -> None:
    drawn.check(examples.empty_views()[name])


@pytest.mark.parametrize("text", drawn.LONGEST, ids=lambda text: text[:4])
def test_ones_own_place_holds_nobodys_words(text: str) -> None:
    view = examples.views(text)["me"]
    drawn.check(view)
    assert text not in str(view)
    assert drawn.words(view) == []


def test_every_level_of_the_framework_can_be_shown() -> None:
    for track in FRAMEWORK.tracks:
        for level in track.levels:
            upward = FRAMEWORK.next_level(track.key, level.key)
            drawn.check(examples.me(who=examples.person(track=track.key, level=level.key), upward=upward))


@settings(max_examples=40)
@given(
    hour=st.integers(5, 21), days=st.sets(st.sampled_from("1234567"), min_size=1),
    cadence=st.none() | st.sampled_from(list(Cadence)), country=st.none() | st.sampled_from(["DE", "IN"]),
)  # fmt: skip
def test_wishes_are_read_back(hour: int, days: set[str], cadence: Cadence | None, country: str | None) -> None:
    schedule = Schedule("Asia/Kolkata", hour, "".join(sorted(days)), country)
    view = people.wishes(schedule, cadence, Cadence.FORTNIGHTLY)
    drawn.check(view)
    assert people.read_wishes(drawn.sent(view)) == {
        "hour": str(hour), "working_days": sorted(days), "country": country or "", "cadence": cadence or "",
    }  # fmt: skip


def test_help_names_every_command_and_every_word() -> None:
    from bot import handlers  # noqa: PLC0415  (views know no handlers; this test does)

    for command in handlers.COMMANDS:
        assert f"`{command}`" in people.HELP
    known = {"me", "help", "checkin", "evidence", "history"}  # `/ladder` itself, and words of commands
    for word in set(handlers.WORDS) - known:
        assert f"/ladder {word}" in people.HELP


@settings(max_examples=30)
@given(name=drawn.names)
def test_homes_of_everybody(name: str) -> None:
    for home in examples.homes("🦄" * 3_000, name):
        drawn.check(home)
