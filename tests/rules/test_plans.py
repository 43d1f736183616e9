"""What a growth plan takes and refuses, and what is told of many plans."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from bot.rules import plan_aims, plan_counts, plans
from bot.rules.cadence import Schedule
from bot.rules.directions import Direction, Managing, Wants
from bot.rules.people import Person
from bot.rules.plans import Action, InCheckIn, Kind, Reflection, State, Typed
from bot.rules.refusal import Refusal
from tests.support.frameworks import FRAMEWORK

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 16)
DAY = timedelta(days=1)
ANA = Person(UUID(int=1), "U0ANA", "Ana", Schedule("UTC"), track="technical", level="T2")
TYPED = Typed("A course on queues", Kind.COURSE, "I can explain ours", TODAY, aim="T2/x")


def refused(field: str | None, call: Any, *args: Any, **more: Any) -> str:
    with pytest.raises(Refusal) as caught:
        call(*args, **more)
    assert caught.value.field == field
    return str(caught.value)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "🦄" * 151}, "title"),
        ({"kind": ""}, "kind"),
        ({"kind": "promotion"}, "kind"),
        ({"shows": ""}, "shows"),
        ({"shows": "א" * 1001}, "shows"),
        ({"aim": "T9/y"}, "aim"),
        ({"due_on": None}, "due_on"),
        ({"due_on": TODAY - DAY}, "due_on"),
        ({"due_on": TODAY + plans.FURTHEST + DAY}, "due_on"),
        ({"due_on": date.max}, "due_on"),
    ],
)
def test_what_an_action_does_not_take_is_said_at_its_field(typed: dict[str, Any], field: str) -> None:
    refused(field, plans.check_action, replace(TYPED, **typed), aims={"T2/x"}, today=TODAY)


def test_an_action_for_today_with_the_longest_words_in_any_script_is_taken() -> None:
    typed = replace(TYPED, title="م" * 150, shows="🌱" * 1000, aim="")
    assert plans.check_action(typed, aims=(), today=TODAY) == (Kind.COURSE, TODAY)


def test_a_plan_has_room_for_ten_open_actions() -> None:
    plans.check_room(9)
    assert "Finish or drop one" in refused(None, plans.check_room, 10)


def test_aims_are_of_any_track_three_at_most_and_each_once() -> None:
    offered = {one.key for one in plan_aims.every_aim(FRAMEWORK)}
    keys = sorted(offered)
    assert len(offered) == len(plan_aims.every_aim(FRAMEWORK))  # a key names one thing
    assert all(len(key) <= 80 for key in keys)
    assert plan_aims.check_aims([*keys[:3], keys[0]], offered) == tuple(keys[:3])
    refused("aims", plan_aims.check_aims, keys[:4], offered)
    refused("aims", plan_aims.check_aims, ["unknown"], offered)


def direction(wants: Wants, track: str | None = None) -> Direction:
    return Direction(ANA.id, wants, Managing.NO, "", TODAY, track)


@pytest.mark.parametrize(
    ("said", "places"),
    [
        (None, [("technical", "T3"), ("technical", "T2")]),
        (direction(Wants.NOT_SURE), [("technical", "T3"), ("technical", "T2")]),
        (direction(Wants.DEEPEN), [("technical", "T2"), ("technical", "T3")]),
        (direction(Wants.OTHER_TRACK), [("technical", "T3"), ("technical", "T2")]),
        (direction(Wants.OTHER_TRACK, "process"), [("process", "P2"), ("technical", "T3"), ("technical", "T2")]),
        (direction(Wants.OTHER_TRACK, "gone"), [("technical", "T3"), ("technical", "T2")]),
    ],
)
def test_where_to_grow_begins_with_what_somebody_wants(said: Direction | None, places: list[plan_aims.Place]) -> None:
    assert list(plan_aims.places(FRAMEWORK, said, by=ANA)) == places


def test_where_there_is_room_comes_first_then_what_is_missing_and_what_is_met_is_left_out() -> None:
    aims = plan_aims.aims_of(FRAMEWORK, "technical", "T3")
    met = {one.key for one in aims if one.is_milestone and one.competency == aims[0].competency}
    ordered = plan_aims.in_order(aims, gaps=[("T3", aims[2].competency), ("T2", aims[1].competency)], met=met)
    assert met
    assert {one.key for one in aims} - {one.key for one in ordered} == met
    assert (ordered[0].key, ordered[-1].key) == (aims[2].key, aims[0].key)
    assert [one.key for one in ordered if one.has_room] == [aims[2].key]


def test_a_reflection_is_a_line_in_any_of_the_three() -> None:
    plans.check_reflection(Reflection(for_whom="Whoever is on call."))
    refused(None, plans.check_reflection, Reflection())
    refused("differently", plans.check_reflection, Reflection(differently="x" * 1001))


@pytest.mark.parametrize(
    ("hours", "until", "field"),
    [
        (0, TODAY, "hours"),
        (11, TODAY, "hours"),
        (None, TODAY, "hours"),
        (3, TODAY - DAY, "until"),
        (3, None, "until"),
        (3, TODAY + 367 * DAY, "until"),
    ],
)
def test_protected_time_is_one_to_ten_hours_within_a_year(hours: int | None, until: date | None, field: str) -> None:
    refused(field, plans.check_protected, hours, until, today=TODAY)
    assert plans.check_protected(10, TODAY, today=TODAY) == (10, TODAY)


def test_a_check_in_asks_about_the_three_that_are_past_their_day_the_longest() -> None:
    actions = tuple(Action(UUID(int=n), "x", Kind.PROJECT, State.OPEN, TODAY + (n - 4) * DAY) for n in range(6))
    assert [one.id.int for one in InCheckIn(actions).overdue(TODAY)] == [0, 1, 2]
    assert InCheckIn(actions[4:]).overdue(TODAY) == ()


@pytest.mark.parametrize(
    ("until", "due_on"),
    [(None, TODAY + 90 * DAY), (TODAY - DAY, TODAY), (TODAY + DAY, TODAY + DAY), (date.max, TODAY + plans.FURTHEST)],
)
def test_a_chance_is_meant_to_be_done_by_its_last_day(until: date | None, due_on: date) -> None:
    assert plans.day_of_chance(until, today=TODAY) == due_on


@pytest.mark.parametrize(
    ("members", "planned", "told"),
    [(40, 12, 12), (40, 4, None), (40, 5, 5), (40, 36, None), (40, 40, 40), (40, 0, None), (4, 4, None), (0, 0, None)],
)
def test_owners_hear_a_number_that_tells_of_nobody(members: int, planned: int, told: int | None) -> None:
    assert plan_counts.counts(members=members, planned=planned, protected=0).planned == told
