"""What a new release of the framework changes, in lines that people read, and how large a step that is.

*Major* asks something new of a person, *minor* clarifies, adds a way to grow or removes something, *patch* mends words.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.rules.framework import Framework, Level, Milestone, Track

Size = Literal["major", "minor", "patch"]
Line = tuple[Size, str]
SIZES: tuple[Size, ...] = ("major", "minor", "patch")


@dataclass(frozen=True)
class Differences:
    """`lines`: the largest steps first. `gone`: (track, level) that the new release does not have."""

    lines: tuple[Line, ...] = ()
    gone: frozenset[tuple[str, str]] = frozenset()

    @property
    def size(self) -> Size:
        return self.lines[0][0] if self.lines else "patch"


NO_DIFFERENCES = Differences()


def compare(before: Framework, after: Framework) -> Differences:
    found = [*_bands(before, after), *_tracks(before, after)]
    levels = {(track.key, level.key) for track in before.tracks for level in track.levels}
    gone = {one for one in levels if after.level(*one) is None}
    return Differences(tuple(sorted(found, key=lambda line: SIZES.index(line[0]))), frozenset(gone))


def next_version(before: str, size: Size) -> str:
    """The version that a step of this size leads to."""
    numbers = [int(number) for number in before.split(".")]
    place = SIZES.index(size)
    return ".".join(str(number) for number in [*numbers[:place], numbers[place] + 1, 0, 0][:3])


def is_large_enough(before: str, after: str, size: Size) -> bool:
    """Whether the version was raised as far as the changes ask for."""
    wanted, given = next_version(before, size), after
    return [int(number) for number in given.split(".")] >= [int(number) for number in wanted.split(".")]


def _bands(before: Framework, after: Framework) -> Iterator[Line]:
    for band in after.bands:
        old = before.band(band.number)
        if old is None:
            yield "minor", f"Band {band.number} is new: {band.name}"
        elif old.standing != band.standing:
            yield "minor", f"Band {band.number} has another standing or reward"
    yield from (("minor", f"Band {one.number} goes") for one in before.bands if after.band(one.number) is None)


def _tracks(before: Framework, after: Framework) -> Iterator[Line]:
    for track in after.tracks:
        old = before.track(track.key)
        if old is None:
            yield "minor", f"The track {track.name} is new, with {len(track.levels)} levels"
        else:
            yield from _managing(before.manages_people(old), after.manages_people(track), track)
            yield from _levels(old, track)
    yield from (("minor", f"The track {one.name} goes") for one in before.tracks if after.track(one.key) is None)


def _managing(before: bool, after: bool, track: Track) -> Iterator[Line]:
    if before != after:
        yield "minor", f"The track {track.name} is {'now' if after else 'no longer'} about managing people"


def _levels(before: Track, after: Track) -> Iterator[Line]:
    old, new = ({level.key: level for level in track.levels} for track in (before, after))
    for key, level in new.items():
        if key not in old:
            yield "minor", f"The level {key} is new: {level.name}"
        else:
            yield from _level(old[key], level)
    yield from (("minor", f"The level {key} goes") for key in old if key not in new)


def _level(before: Level, after: Level) -> Iterator[Line]:
    if before.band != after.band:
        yield "major", f"{after.key} moves from band {before.band} to band {after.band}"
    old, new = ({one.key: one for one in level.milestones} for level in (before, after))
    for key, milestone in new.items():
        if key not in old:
            yield "major", f"{after.key} asks for a new milestone: {milestone.title}"
        else:
            yield from _milestone(after.key, old[key], milestone)
    yield from (("minor", f"{after.key} does not ask for this any more: {old[key].title}") for key in old.keys() - new)
    if _words(before) != _words(after):
        yield "patch", f"{after.key} has other words"


def _milestone(level: str, before: Milestone, after: Milestone) -> Iterator[Line]:
    told = f"{level}, {after.title}"
    if before.target != after.target:
        size: Size = "major" if after.target > before.target else "minor"
        yield size, f"{told}: {after.target.normalize():f} {after.unit}, not {before.target.normalize():f}"
    if before.window_months != after.window_months:
        size = "major" if after.window_months < before.window_months else "minor"
        yield size, f"{told}: inside {after.window_months} months, not {before.window_months}"
    if (before.title, before.measure, before.unit, before.evidence) != (
        after.title, after.measure, after.unit, after.evidence,
    ):  # fmt: skip
        yield "patch", f"{told}: other words"


def _words(level: Level) -> tuple[object, ...]:
    return level.name, level.impact, level.autonomy, level.influence, dict(level.expectations)
