"""What if: a level of another track beside where somebody stands now. A comparison, and no plan or promise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from bot.rules import readiness
from bot.rules.cadence import Away
from bot.rules.framework import Band, Competency, Framework, Level, Milestone, Track
from bot.rules.mentors import Offer
from bot.rules.people import Person
from bot.rules.readiness import Piece, Progress
from bot.rules.refusal import Refusal

MOST_KEPT = 3
MOST_MENTORS = 5
NOT_A_MEMBER = "What-if compares with where you stand, and you are not enrolled yet. Whoever runs this can enrol you."


@dataclass(frozen=True)
class WhatIf:
    """A level that somebody keeps. One that is not there any more, in the framework of today, goes by its keys."""

    id: UUID
    track: str
    level: str
    in_brief: bool
    kept_at: datetime
    track_name: str
    level_name: str
    is_there: bool = True


@dataclass(frozen=True)
class Asked:
    """A competency of that level, with what is expected there. `pieces`: of one's own evidence accepted for it."""

    competency: Competency
    expectation: str
    pieces: int = 0


@dataclass(frozen=True)
class Comparison:
    """A level of another track for one person. `band`: of that level; `own`: theirs now.

    `carries`: competencies their own track values too, or which they have shown. `new`: the others.
    """

    track: Track
    level: Level
    band: Band | None
    own: Band | None
    carries: tuple[Asked, ...]
    new: tuple[Asked, ...]
    progress: tuple[Progress, ...]

    @property
    def is_same_band(self) -> bool:
        return self.band is not None and self.band == self.own

    @property
    def met(self) -> tuple[Progress, ...]:
        return tuple(one for one in self.progress if one.is_met)

    @property
    def missing(self) -> tuple[Progress, ...]:
        return tuple(one for one in self.progress if not one.is_met)


@dataclass(frozen=True)
class Looked:
    """A comparison as it is looked at. `kept`: where it is one of those kept; `has_room`: for one more of them.

    `mentors`: who agreed to be listed.
    """

    comparison: Comparison
    kept: WhatIf | None = None
    has_room: bool = True
    mentors: tuple[Offer, ...] = ()
    has_more_mentors: bool = False


@dataclass(frozen=True)
class Page:
    """What one chooses from: levels of the other tracks. `first`: (track, level) where the menu stands."""

    levels: tuple[tuple[Track, Level], ...]
    first: tuple[str, str] | None
    kept: tuple[WhatIf, ...]


def has_room(kept: Sequence[WhatIf]) -> bool:
    return len(kept) < MOST_KEPT


def check_room(kept: int) -> None:
    if kept >= MOST_KEPT:
        raise Refusal(f"{MOST_KEPT} are kept already. Open one of them in `/ladder what-if` and let it go first.")


def place(framework: Framework, track: str, level: str, *, by: Person) -> tuple[Track, Level]:
    """The level to look at. Refusal for one's own track: Home shows that."""
    found = (framework.track(track), framework.level(track, level))
    if found[0] is None or found[1] is None:
        raise Refusal("Choose one of the levels in the list.", field="place")
    if track == by.track:
        raise Refusal("That is your own track: `/ladder` shows what comes next there.", field="place")
    return found[0], found[1]


def first(tracks: Sequence[Track], band: int | None) -> tuple[str, str] | None:
    """Where to begin: the level of the same band on the first of these tracks that has one."""
    return next(((track.key, level.key) for track in tracks for level in track.levels if level.band == band), None)


def compare(
    framework: Framework,
    track: Track,
    level: Level,
    *,
    by: Person,
    pieces: Iterable[Piece],
    today: date,
    away: Iterable[Away] = (),
) -> Comparison:
    """Evidence counts for the milestone it was accepted for, and for one that measures the same thing elsewhere."""
    given = tuple(pieces)
    accepted = [one for one in given if one.is_accepted]
    asked = [
        Asked(one, level.expectations.get(one.key, ""), sum(_shows(framework, piece, one) for piece in accepted))
        for one in track.competencies
    ]
    own = framework.track(by.track or "")
    valued = own.competencies if own else ()
    carried = [bool(one.pieces) or any(_is_same(one.competency, other) for other in valued) for one in asked]
    counted = [replace(piece, milestone=one.key) for one in level.milestones for piece in given
               if _counts(framework, piece, one)]  # fmt: skip
    return Comparison(
        track, level, framework.band(level.band), framework.band(framework.band_of(by.track, by.level) or 0),
        tuple(one for one, is_carried in zip(asked, carried, strict=True) if is_carried),
        tuple(one for one, is_carried in zip(asked, carried, strict=True) if not is_carried),
        readiness.progress(level.milestones, counted, today, away),
    )  # fmt: skip


def _is_same(one: Competency, other: Competency) -> bool:
    return one.key == other.key or _plain(one.name) == _plain(other.name)


def _shows(framework: Framework, piece: Piece, wanted: Competency) -> bool:
    """Whether it was accepted for this competency, on whichever track."""
    milestone, track = framework.milestone(piece.milestone), framework.track_of(piece.milestone)
    if milestone is None or track is None:
        return False
    return any(one.key == milestone.competency and _is_same(one, wanted) for one in track.competencies)


def _counts(framework: Framework, piece: Piece, wanted: Milestone) -> bool:
    if piece.milestone == wanted.key:
        return True
    other = framework.milestone(piece.milestone)
    return other is not None and _measure(other) == _measure(wanted)


def _measure(milestone: Milestone) -> tuple[str, str]:
    return _plain(milestone.measure), _plain(milestone.unit)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
