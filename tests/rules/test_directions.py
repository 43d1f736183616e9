"""What somebody wants for now: what may be said, and where it leads."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from bot.rules import directions as rules
from bot.rules.cadence import Schedule
from bot.rules.directions import Direction, Managing, Share, Typed, Wants
from bot.rules.framework import Framework
from bot.rules.people import Person
from bot.rules.refusal import Refusal

TODAY = date(2026, 11, 16)
ANA = Person(UUID(int=1), "U0ANA", "Ana", Schedule("UTC"), track="technical", level="T2")


def typed(**more: object) -> Typed:
    return Typed(**{"wants": "another track", "track": "process", "managing": "no thanks", "words": "", **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"wants": ""}, "wants"),
        ({"wants": "to be the boss"}, "wants"),
        ({"managing": ""}, "managing"),
        ({"words": "x" * 1001}, "words"),
        ({"track": "technical"}, "track"),
        ({"track": "sales"}, "track"),
    ],
)
def test_what_cannot_be_said_is_refused_beside_its_field(
    more: dict[str, str], field: str, framework: Framework
) -> None:
    with pytest.raises(Refusal) as refused:
        rules.read(typed(**more), by=ANA, today=TODAY, framework=framework)
    assert refused.value.field == field


def test_a_track_belongs_to_trying_another_one(framework: Framework) -> None:
    for wants in Wants:
        said = rules.read(typed(wants=wants), by=ANA, today=TODAY, framework=framework)
        assert said == Direction(ANA.id, wants, Managing.NO, "", TODAY, "process" if wants == "another track" else None)
        assert rules.is_content(said) is (wants is Wants.DEEPEN)
    assert not rules.is_content(None)


@pytest.mark.parametrize(("shares", "is_shared"), [((), False), ((Share.MENTOR,), False), ((Share.MANAGER,), True)])
def test_it_is_shared_with_a_manager_only_where_that_is_ticked(shares: tuple[Share, ...], is_shared: bool) -> None:
    said = Direction(ANA.id, Wants.NOT_SURE, Managing.MAYBE, "", TODAY, shares=frozenset(shares))
    assert said.is_shared is is_shared


@pytest.mark.parametrize(
    ("managing", "track", "first", "has_management"),
    [
        (None, None, "leadership", True),
        (Managing.YES, None, "management", True),
        (Managing.MAYBE, "process", "process", True),
        (Managing.NO, "process", "process", False),
        (Managing.NO, None, "leadership", False),
        (Managing.NO, "management", "management", True),  # named by the person, so it is no suggestion of ours
    ],
)
def test_nobody_is_led_to_managing_who_did_not_ask_for_it(
    managing: Managing | None, track: str | None, first: str, has_management: bool, framework: Framework
) -> None:
    said = None if managing is None else Direction(ANA.id, Wants.OTHER_TRACK, managing, "", TODAY, track)
    found = [one.key for one in rules.suggested(said, own="technical", framework=framework)]
    assert found[0] == first
    assert ("management" in found) is has_management
    assert "technical" not in found


def test_a_track_is_about_managing_as_the_file_says_and_by_its_name_where_it_says_nothing(framework: Framework) -> None:
    def managing(said: dict[str, bool]) -> list[str]:
        tracks = tuple(replace(one, manages_people=said.get(one.key)) for one in framework.tracks)
        ladder = replace(framework, tracks=tracks)
        return [one.key for one in ladder.tracks if ladder.manages_people(one)]

    assert managing({}) == ["management"]
    assert managing({"leadership": True}) == ["leadership"]
    assert managing({"management": False}) == []
