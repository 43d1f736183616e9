"""What a new release of the framework changes, and how large a step that is."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from bot.rules import framework_file
from bot.rules.framework import Framework, Level, Milestone
from bot.rules.framework_changes import compare, is_large_enough, next_version

TEXT = (Path(__file__).parent.parent.parent / "framework.yml").read_text()
BEFORE = framework_file.read(TEXT)
TRACK = BEFORE.tracks[0]
LEVEL = next(level for level in TRACK.levels if level.milestones)
FIRST = LEVEL.milestones[0]


def with_level(change: Callable[[Level], Level]) -> Framework:
    levels = tuple(change(one) if one.key == LEVEL.key else one for one in TRACK.levels)
    return replace(BEFORE, tracks=(replace(TRACK, levels=levels), *BEFORE.tracks[1:]))


def with_first(**more: object) -> Framework:
    changed: Milestone = replace(FIRST, **more)  # type: ignore[arg-type]
    return with_level(lambda level: replace(level, milestones=(changed, *level.milestones[1:])))


def with_milestones(*milestones: Milestone) -> Framework:
    return with_level(lambda level: replace(level, milestones=milestones))


NEW = replace(FIRST, key="another", title="Another one")
CASES = [
    ("nothing", BEFORE, "patch", []),
    ("a milestone more", with_milestones(*LEVEL.milestones, NEW), "major", ["asks for a new milestone: Another one"]),
    ("a milestone less", with_milestones(*LEVEL.milestones[1:]), "minor", ["does not ask for this any more"]),
    ("more of it", with_first(target=FIRST.target + Decimal("0.5")), "major", [f"not {FIRST.target.normalize():f}"]),
    ("less of it", with_first(target=FIRST.target / 2), "minor", [f"not {FIRST.target.normalize():f}"]),
    ("less time", with_first(window_months=1), "major", ["inside 1 months"]),
    ("more time", with_first(window_months=60), "minor", ["inside 60 months"]),
    ("words", with_first(measure="Counted otherwise."), "patch", ["other words"]),
    ("words of a level", with_level(lambda level: replace(level, impact="Wider.")), "patch", ["has other words"]),
    ("another band", with_level(lambda level: replace(level, band=9)), "major", ["to band 9"]),
    (
        "a track to manage",
        replace(BEFORE, tracks=(replace(TRACK, manages_people=True), *BEFORE.tracks[1:])),
        "minor",
        [f"The track {TRACK.name} is now about managing people"],
    ),
    ("a track less", replace(BEFORE, tracks=BEFORE.tracks[1:]), "minor", [f"The track {TRACK.name} goes"]),
    ("a band less", replace(BEFORE, bands=BEFORE.bands[1:]), "minor", ["Band 1 goes"]),
]


@pytest.mark.parametrize(("after", "size", "said"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_each_change_is_told_with_its_size(after: Framework, size: str, said: list[str]) -> None:
    found = compare(BEFORE, after)
    assert found.size == size
    assert len(found.lines) == len(said)
    for (_, line), part in zip(found.lines, said, strict=True):
        assert part in line


def test_the_largest_step_comes_first_and_counts() -> None:
    changed = with_milestones(replace(FIRST, measure="Counted otherwise."), NEW)
    sizes = [size for size, _ in compare(BEFORE, changed).lines]
    assert sizes == sorted(sizes, key=["major", "minor", "patch"].index)
    assert sizes[0] == "major"


def test_levels_that_go_are_named_for_those_who_hold_them() -> None:
    after = replace(BEFORE, tracks=BEFORE.tracks[1:])
    assert compare(BEFORE, after).gone == {(TRACK.key, level.key) for level in TRACK.levels}
    assert compare(after, BEFORE).gone == frozenset()


@pytest.mark.parametrize(
    ("before", "size", "after"),
    [
        ("1.2.3", "major", "2.0.0"),
        ("1.2.3", "minor", "1.3.0"),
        ("1.2.3", "patch", "1.2.4"),
        ("0.9.9", "minor", "0.10.0"),
    ],
)
def test_the_version_a_step_leads_to(before: str, size: str, after: str) -> None:
    assert next_version(before, size) == after  # type: ignore[arg-type]
    assert is_large_enough(before, after, size)  # type: ignore[arg-type]
    assert is_large_enough(before, "10.0.0", size)  # type: ignore[arg-type]
    assert not is_large_enough(before, before, size)  # type: ignore[arg-type]
