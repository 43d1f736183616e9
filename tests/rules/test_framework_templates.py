"""The two frameworks we ship: without a finding, and as large as their first lines promise."""

from pathlib import Path

import pytest

from bot.rules import framework_file
from bot.rules.framework import Framework

ROOT = Path(__file__).parent.parent.parent
TEMPLATES = ("framework.yml", "framework-small.yml")


def framework(name: str) -> Framework:
    return framework_file.read((ROOT / name).read_bytes())


@pytest.mark.parametrize("name", TEMPLATES)
def test_nothing_is_found_in_what_we_ship(name: str) -> None:
    assert framework_file.findings((ROOT / name).read_bytes()) == ()


def test_the_small_one_has_two_tracks_of_four_levels_and_five_competencies() -> None:
    small = framework("framework-small.yml")
    assert [track.key for track in small.tracks] == ["technical", "management"]
    assert [[level.band for level in track.levels] for track in small.tracks] == [[1, 2, 3, 4]] * 2
    assert sum(len(track.competencies) for track in small.tracks) == 5


def test_the_large_one_has_five_tracks_and_five_bands() -> None:
    large = framework("framework.yml")
    assert (len(large.tracks), len(large.bands)) == (5, 5)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_competency_and_every_level_but_the_first_has_milestones(name: str) -> None:
    for track in framework(name).tracks:
        asked = {milestone.competency for level in track.levels for milestone in level.milestones}
        assert asked == {competency.key for competency in track.competencies}
        assert all(len(level.milestones) >= 2 for level in track.levels[1:])


def test_a_milestone_that_both_know_means_the_same_in_both() -> None:
    """A company that outgrows the small one takes its evidence along."""
    small, large = framework("framework-small.yml"), framework("framework.yml")
    for level in (level for track in small.tracks for level in track.levels):
        for milestone in level.milestones:
            known = large.milestone(milestone.key)
            assert known in (None, milestone)
