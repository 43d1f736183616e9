"""Another track beside where somebody stands: what carries over, what is met, and in which words."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from bot.rules import what_ifs
from bot.rules.cadence import Schedule
from bot.rules.framework import Framework
from bot.rules.people import Person
from bot.rules.readiness import Piece
from bot.rules.refusal import Refusal
from bot.rules.what_ifs import Comparison

TODAY = date(2026, 11, 16)
ANA = Person(UUID(int=1), "U0ANA", "Ana", Schedule("UTC"), track="technical", level="T2")


def piece(milestone: str, amount: int = 50, *, is_accepted: bool = True) -> Piece:
    return Piece(milestone, Decimal(amount), TODAY, is_accepted)


def compared(framework: Framework, level: str, *pieces: Piece) -> Comparison:
    track, wanted = what_ifs.place(framework, "process", level, by=ANA)
    return what_ifs.compare(framework, track, wanted, by=ANA, pieces=pieces, today=TODAY)


def names(asked: tuple[what_ifs.Asked, ...]) -> list[str]:
    return [one.competency.name for one in asked]


@pytest.mark.parametrize("place", [("technical", "T3"), ("process", "T3"), ("process", ""), ("", ""), ("sales", "S1")])
def test_only_a_level_of_another_track_can_be_looked_at(place: tuple[str, str], framework: Framework) -> None:
    with pytest.raises(Refusal):
        what_ifs.place(framework, *place, by=ANA)


def test_the_same_band_is_the_same_standing(framework: Framework) -> None:
    assert compared(framework, "P2").is_same_band
    assert not compared(framework, "P4").is_same_band
    assert what_ifs.first(framework.tracks[3:], 2) == ("process", "P2")
    assert what_ifs.first(framework.tracks[3:], 99) is None


def test_what_has_another_name_and_was_never_shown_is_new(framework: Framework) -> None:
    found = compared(framework, "P3", piece("t3-root-causes"))
    assert found.carries == ()
    assert names(found.new) == ["Optimization", "Standardization", "Scalable thinking"]
    assert all(one.expectation for one in found.new)


def test_a_competency_of_the_same_name_carries_over(framework: Framework) -> None:
    own = framework.tracks[0]
    renamed = replace(own.competencies[1], name="  scalable THINKING ")
    tracks = (replace(own, competencies=(own.competencies[0], renamed, own.competencies[2])), *framework.tracks[1:])
    found = compared(replace(framework, tracks=tracks), "P3", piece("t3-root-causes"), piece("t3-design-reviews"))
    assert [(one.competency.name, one.pieces) for one in found.carries] == [("Scalable thinking", 1)]


def test_what_was_shown_there_before_carries_over_and_meets_its_milestones(framework: Framework) -> None:
    waiting = piece("p3-shared-standards", is_accepted=False)
    found = compared(framework, "P3", piece("p3-end-to-end-gains"), waiting)
    assert names(found.carries) == ["Optimization"]
    assert [one.milestone.key for one in found.met] == ["p3-end-to-end-gains"]
    assert [one.milestone.key for one in found.missing] == ["p3-shared-standards", "p3-volume-trials"]


def test_evidence_counts_where_another_milestone_measures_the_same(framework: Framework) -> None:
    theirs = framework.milestone("p3-volume-trials")
    assert theirs is not None
    process = framework.tracks[3]
    level = next(one for one in process.levels if one.key == "P3")
    twin = replace(framework.tracks[0].levels[2].milestones[0], measure=theirs.measure.upper(), unit=theirs.unit)
    own = replace(framework.tracks[0], levels=(replace(framework.tracks[0].levels[2], milestones=(twin,)),))
    found = what_ifs.compare(
        replace(framework, tracks=(own, *framework.tracks[1:])), process, level, by=ANA, pieces=[piece(twin.key)],
        today=TODAY,
    )  # fmt: skip
    assert [one.milestone.key for one in found.met] == [theirs.key]
