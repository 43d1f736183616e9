"""The career ladder as plain values, and what makes it sound.

A framework comes from one YAML file (see `framework_file`). Reward is written on the band, which all tracks share, so
no track can be worth more than another.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from bot.rules.cadence import Cadence

Severity = Literal["error", "warning"]
Place = tuple[str | int, ...]  # where in the file: ("tracks", 0, "levels", 2, "band")

# What fits into each field. Plain dataclasses ignore this; `framework_file` holds what people write to it. Texts have
# no control characters and nothing that turns the reading direction: they are drawn in Slack.
_PRINTABLE = r"^[^\p{Cc}\u{2028}-\u{202E}\u{2066}-\u{2069}]*$"
_Text = StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=500, pattern=_PRINTABLE)
Text = Annotated[str, _Text]
Name = Annotated[str, _Text, Field(max_length=60)]
Title = Annotated[str, _Text, Field(max_length=75)]  # Slack's limit for the text of an option
Unit = Annotated[str, _Text, Field(max_length=30)]
Key = Annotated[str, StringConstraints(strict=True, max_length=60, pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
LevelKey = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Z]{1,3}[0-9]{1,2}$")]
Version = Annotated[str, StringConstraints(strict=True, pattern=r"^(0|[1-9][0-9]{0,5})(\.(0|[1-9][0-9]{0,5})){2}$")]
Whole = Annotated[int, Field(strict=True)]
Amount = Annotated[Decimal, Field(strict=True), BeforeValidator(lambda it: Decimal(it) if type(it) is int else it)]


@dataclass(frozen=True)
class Milestone:
    """An observable thing that shows readiness: `target` `unit` inside any `window_months` months."""

    key: Key
    title: Title
    competency: Text
    measure: Text
    target: Annotated[Amount, Field(gt=0, le=1_000_000)]
    unit: Unit
    window_months: Annotated[Whole, Field(ge=1, le=60)]
    evidence: Annotated[tuple[Text, ...], Field(min_length=1)]


@dataclass(frozen=True)
class Level:
    """A rung on a track. `expectations` go by competency key; `milestones` show readiness *for* this level."""

    key: LevelKey
    name: Name
    band: Whole
    impact: Text
    autonomy: Text
    influence: Text
    expectations: Mapping[str, Text] = field(hash=False)
    milestones: tuple[Milestone, ...] = ()


@dataclass(frozen=True)
class Competency:
    """What a track values."""

    key: Key
    name: Name
    about: Text


@dataclass(frozen=True)
class Track:
    """A way to grow. `cadence` is None where the program's own applies; `manages_people` where the file is silent."""

    key: Key
    name: Name
    purpose: Text
    competencies: Annotated[tuple[Competency, ...], Field(min_length=1)]
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]
    cadence: Cadence | None = None
    manages_people: Annotated[bool | None, Field(strict=True)] = None

    @property
    def letter(self) -> str:
        """What the keys of its levels begin with: T for T1, T2, T3."""
        return Counter(level.key.rstrip("0123456789") for level in self.levels).most_common(1)[0][0]


@dataclass(frozen=True)
class Band:
    """Equal standing: levels of this band have the same reward on every track."""

    number: Annotated[Whole, Field(ge=1, le=20)]
    name: Name
    standing: Text


@dataclass(frozen=True)
class Framework:
    """One release of the ladder."""

    version: str
    name: str
    bands: tuple[Band, ...]
    tracks: tuple[Track, ...]
    cadence: Cadence = Cadence.FORTNIGHTLY

    def track(self, key: str) -> Track | None:
        return self._tracks.get(key)

    def manages_people(self, track: Track) -> bool:
        """Whether this track is about managing people, as the file says; where it says so of no track, by its name."""
        if any(one.manages_people is not None for one in self.tracks):
            return bool(track.manages_people)
        return "management" in {*track.key.split("-"), *track.name.casefold().split()}

    def band(self, number: int) -> Band | None:
        return next((band for band in self.bands if band.number == number), None)

    def band_of(self, track_key: str | None, level_key: str | None) -> int | None:
        """The band of a level; None for a level that does not exist, and for whoever holds none."""
        level = self.level(track_key or "", level_key or "")
        return level.band if level else None

    def is_at_top(self, band: int | None) -> bool:
        """Whether it is one of the two highest bands."""
        return band in sorted({one.number for one in self.bands})[-2:]

    def level(self, track_key: str, level_key: str) -> Level | None:
        return self._levels.get((track_key, level_key))

    def next_level(self, track_key: str, level_key: str) -> Level | None:
        """The next band up on the same track; None at the top and for a level that does not exist."""
        track, level = self.track(track_key), self.level(track_key, level_key)
        if track is None or level is None:
            return None
        above = (other for other in track.levels if other.band > level.band)
        return min(above, key=lambda other: other.band, default=None)

    def milestone(self, key: str) -> Milestone | None:
        found = self._milestones.get(key)
        return found[2] if found else None

    def level_of(self, milestone_key: str) -> Level | None:
        found = self._milestones.get(milestone_key)
        return found[1] if found else None

    def track_of(self, milestone_key: str) -> Track | None:
        found = self._milestones.get(milestone_key)
        return found[0] if found else None

    def track_name(self, key: str) -> str:
        """One that is not there any more goes by its key."""
        found = self.track(key)
        return found.name if found else key

    @cached_property
    def _tracks(self) -> dict[str, Track]:
        return {track.key: track for track in self.tracks}

    @cached_property
    def _levels(self) -> dict[tuple[str, str], Level]:
        return {(track.key, level.key): level for track in self.tracks for level in track.levels}

    @cached_property
    def _milestones(self) -> dict[str, tuple[Track, Level, Milestone]]:
        return {
            milestone.key: (track, level, milestone)
            for track in self.tracks
            for level in track.levels
            for milestone in level.milestones
        }


@dataclass(frozen=True)
class Flaw:
    """What keeps a framework from being sound, and where: `place` ends with the field to look at."""

    place: Place
    sentence: str
    suggestion: str
    severity: Severity = "error"


def flaws(framework: Framework) -> Iterator[Flaw]:
    """Everything wrong between the parts of a framework whose parts are each well-formed."""
    yield from _repeated_keys(framework)
    yield from _bands_without_counterpart(framework)
    for place, track, level in _levels(framework):
        yield from _level_out_of_place(place, track, level, {band.number for band in framework.bands})
        yield from _expectations(place, track, level)
        yield from _milestones_off_track(place, track, level)
    for t, track in enumerate(framework.tracks):
        yield from _falling_bands(("tracks", t, "levels"), track)
    yield from _managing_everywhere(framework)


def _levels(framework: Framework) -> Iterator[tuple[Place, Track, Level]]:
    for t, track in enumerate(framework.tracks):
        for n, level in enumerate(track.levels):
            yield ("tracks", t, "levels", n), track, level


def _repeated_keys(framework: Framework) -> Iterator[Flaw]:
    tracks = [(("tracks", t), track) for t, track in enumerate(framework.tracks)]
    levels = list(_levels(framework))
    yield from _repeated("band", [(("bands", n, "number"), band.number) for n, band in enumerate(framework.bands)])
    yield from _repeated("track", [((*place, "key"), track.key) for place, track in tracks])
    yield from _repeated("letter", [((*place, "levels"), track.letter) for place, track in tracks])
    yield from _repeated("level", [((*place, "key"), level.key) for place, _, level in levels])
    for place, track in tracks:
        named = enumerate(track.competencies)
        yield from _repeated("competency", [((*place, "competencies", n, "key"), one.key) for n, one in named])
    # Evidence names a milestone by its key alone, so the key belongs to one milestone in the whole file.
    milestones = (((*place, "milestones", n, "key"), m) for place, _, lv in levels for n, m in enumerate(lv.milestones))
    yield from _repeated("milestone", [(place, milestone.key) for place, milestone in milestones])


def _repeated(what: str, found: Iterable[tuple[Place, Hashable]]) -> Iterator[Flaw]:
    seen: set[Hashable] = set()
    for place, key in found:
        if key in seen:
            yield Flaw(place, f"The {what} {key} is there twice.", f"use another one here, or remove this {what}.")
        seen.add(key)


def _bands_without_counterpart(framework: Framework) -> Iterator[Flaw]:
    for n, band in enumerate(framework.bands):
        tracks = {track.name for _, track, level in _levels(framework) if level.band == band.number}
        if len(tracks) < 2:
            where = f"only on the track {tracks.pop()}" if tracks else "on no track"
            sentence = f"Band {band.number} has a level {where}, so there is nothing it is equal to."
            yield Flaw(("bands", n, "number"), sentence, f"add a level of band {band.number} to another track.")


def _level_out_of_place(place: Place, track: Track, level: Level, bands: set[int]) -> Iterator[Flaw]:
    if level.key.rstrip("0123456789") != track.letter:
        sentence = f"The level {level.key} is on the track {track.name}, whose levels begin with {track.letter}."
        yield Flaw((*place, "key"), sentence, f"write {track.letter}{level.band}.")
    if level.band not in bands:
        known = ", ".join(str(number) for number in sorted(bands))
        sentence = f"The band {level.band} of level {level.key} is not described under bands."
        yield Flaw((*place, "band"), sentence, f"use one of {known}, or describe band {level.band}.")
    if not level.milestones and level is not track.levels[0]:
        sentence = f"The level {level.key} has no milestones, so nothing shows readiness for it."
        yield Flaw((*place, "key"), sentence, "add two to four milestones.", "warning")


def _expectations(place: Place, track: Track, level: Level) -> Iterator[Flaw]:
    keys = [competency.key for competency in track.competencies]
    for key in keys:
        if key not in level.expectations:
            sentence = f"The level {level.key} says nothing about {key}."
            yield Flaw((*place, "expectations"), sentence, f"add `{key}:` with one sentence under expectations.")
    for key in level.expectations:
        if key not in keys:
            sentence = f"{key} is not a competency of the track {track.name}."
            yield Flaw((*place, "expectations", key), sentence, f"use one of {', '.join(keys)}.")


def _milestones_off_track(place: Place, track: Track, level: Level) -> Iterator[Flaw]:
    keys = [competency.key for competency in track.competencies]
    for n, milestone in enumerate(level.milestones):
        if milestone.competency not in keys:
            sentence = f"The milestone {milestone.key} names {milestone.competency}, which {track.name} does not have."
            at = (*place, "milestones", n, "competency")
            yield Flaw(at, sentence, f"use one of {', '.join(keys)}.")


def _falling_bands(place: Place, track: Track) -> Iterator[Flaw]:
    for n, (below, level) in enumerate(zip(track.levels, track.levels[1:], strict=False), start=1):
        if level.band <= below.band:
            sentence = f"The level {level.key} has band {level.band}, but {below.key} before it has {below.band}."
            yield Flaw((*place, n, "band"), sentence, "list levels from the lowest band to the highest, one a band.")


def _managing_everywhere(framework: Framework) -> Iterator[Flaw]:
    if all(track.manages_people for track in framework.tracks):
        sentence = "Every track is about managing people, so nobody can grow without it."
        yield Flaw(("tracks", 0, "manages_people"), sentence, "leave it out on the tracks of specialists.")
