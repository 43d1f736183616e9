"""Who fits whom: what forbids a pair, what speaks for it, and in which words.

Every part is a function of a few plain values of each side. `matching` works it out once for each distinct value and
looks it up for everybody else, so one request and a whole round are judged alike. What people read of it is in
`fit_words`, the hours of a week in `work_hours`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID
from zlib import crc32

from bot.rules.work_hours import shared_hours

LEAST_HOURS = 4.0  # working hours in common a week, below which two people hardly find a time
ENOUGH_HOURS = 20.0  # half of a week; more of them is not better
FURTHEST_BANDS = 3
BANDS = {0: 0.6, 1: 0.8, 2: 1.0, 3: 0.7}  # how well a distance in bands suits; 0 only for the two highest
VALUED = 0.5  # of a competency that the mentor's track values, though they do not name it
UNKNOWN = 0.5  # of whatever one side says nothing about: it speaks neither for nor against a pair
SAME_TRACK = 0.5  # somebody of one's own track, where that is welcome too
LOAD = 10  # k mentees cost k(k+1)/LOAD of the part: the second one little, the fourth all of it
MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class Wish:
    """Where a mentee stands on the ladder, and where their mentor should. `is_at_top`: in one of the two highest bands.

    `wanted_track`: None for any other than their own.
    """

    track: str | None
    band: int | None
    wanted_track: str | None = None
    is_same_track_welcome: bool = False
    is_at_top: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a mentor stands on the ladder, and on which tracks they stood before. None: not in the program."""

    track: str | None
    band: int | None
    past_tracks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Skills:
    """Competencies a mentor helps with, and those their track values; by key."""

    helps: frozenset[str] = frozenset()
    valued: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mentee:
    """A request. `hours`: of `work_hours.week_of`. `choices`: mentors they asked for, in order.

    `comes_first`: they have waited before.
    `barred`: whoever may not be their mentor: avoided by either, reporting line in either direction, former pairs.
    """

    request: UUID
    person: UUID
    wish: Wish
    wanted: tuple[str, ...]
    languages: frozenset[str]
    hours: int
    asked_at: datetime
    choices: tuple[UUID, ...] = ()
    barred: frozenset[UUID] = frozenset()
    comes_first: bool = False


@dataclass(frozen=True, slots=True)
class Mentor:
    """Somebody who offers their time. `taken` of `capacity` places are filled, or asked for."""

    person: UUID
    standing: Standing
    skills: Skills
    languages: frozenset[str]
    hours: int
    capacity: int
    taken: int = 0


@dataclass(frozen=True)
class Fit:
    """How well a mentor fits: `score` and each of its `parts` from 0 to 1. `reasons`: see `fit_words`."""

    mentor: UUID
    score: float
    parts: Mapping[str, float]
    reasons: tuple[str, ...]


class Bar(StrEnum):
    """What keeps two people from being a pair, in the order in which it is said."""

    SELF = "self"
    BARRED = "barred"
    TRACK = "track"
    BAND = "band"
    HOURS = "hours"
    LANGUAGE = "language"
    FULL = "full"


WISHES = (Bar.TRACK, Bar.BAND, Bar.HOURS, Bar.LANGUAGE, Bar.FULL)
"""What may be said of somebody nobody fits. Never who avoids whom, not even as a count."""


def bars(mentee: Mentee, mentor: Mentor) -> tuple[Bar, ...]:
    """Everything that forbids this pair; nothing: they may be one."""
    return tuple(_bars(mentee, mentor))


def barred_by(mentee: Mentee, mentor: Mentor) -> Bar | None:
    """The first of what forbids this pair."""
    return next(_bars(mentee, mentor), None)


def _bars(mentee: Mentee, mentor: Mentor) -> Iterator[Bar]:
    if mentee.person == mentor.person:
        yield Bar.SELF
    if mentor.person in mentee.barred:
        yield Bar.BARRED
    if not is_track_right(mentee.wish, mentor.standing):
        yield Bar.TRACK
    if not is_band_right(mentee.wish, mentor.standing):
        yield Bar.BAND
    if not can_meet(mentee.hours, mentor.hours):
        yield Bar.HOURS
    if not can_talk(mentee.languages, mentor.languages):
        yield Bar.LANGUAGE
    if mentor.taken >= mentor.capacity:
        yield Bar.FULL


def is_track_right(wish: Wish, standing: Standing) -> bool:
    """Another track than the mentee's own, or the one they asked for."""
    if wish.track is not None and standing.track == wish.track:
        return wish.is_same_track_welcome or wish.wanted_track == wish.track
    return wish.wanted_track is None or standing.track == wish.wanted_track


def is_band_right(wish: Wish, standing: Standing) -> bool:
    """One to three bands above; the same one is enough in the two highest. A colleague outside the ladder has none."""
    if wish.band is None or standing.band is None:
        return True
    return (not wish.is_at_top) <= standing.band - wish.band <= FURTHEST_BANDS


def can_meet(mine: int, theirs: int) -> bool:
    return shared_hours(mine, theirs) >= LEAST_HOURS


def can_talk(spoken: frozenset[str], offered: frozenset[str]) -> bool:
    return not spoken or not offered or not spoken.isdisjoint(offered)


def track(wish: Wish, standing: Standing) -> float:
    """Another way to grow is the point of it; the same track counts as much only for whoever asked for it."""
    is_same = standing.track is not None and standing.track == wish.track
    return SAME_TRACK if is_same and wish.wanted_track != standing.track else 1.0


def path(wish: Wish, standing: Standing) -> float:
    """Whether the mentor has gone from the mentee's track to their own."""
    return float(wish.track is not None and wish.track != standing.track and wish.track in standing.past_tracks)


def band(wish: Wish, standing: Standing) -> float:
    """Two bands above is best: far enough to know the way, near enough to remember it."""
    if wish.band is None or standing.band is None:
        return UNKNOWN
    return BANDS.get(standing.band - wish.band, 0.0)


def hours(mine: int, theirs: int) -> float:
    return min(1.0, shared_hours(mine, theirs) / ENOUGH_HOURS)


def language(spoken: frozenset[str], offered: frozenset[str]) -> float:
    if not spoken or not offered:
        return UNKNOWN
    return float(not spoken.isdisjoint(offered))


def strength(wanted: tuple[str, ...], skills: Skills) -> float:
    """How much of what the mentee wants to grow in the mentor helps with."""
    if not wanted:
        return UNKNOWN
    return sum(help_with(competency, skills) for competency in wanted) / len(wanted)


def help_with(competency: str, skills: Skills) -> float:
    if competency in skills.helps:
        return 1.0
    return VALUED if competency in skills.valued else 0.0


def load(taken: int) -> float:
    """Whoever has fewer mentees goes first. In a round, the next place of a mentor has the load of one mentee more."""
    return max(0.0, 1.0 - taken * (taken + 1) / LOAD)


def parts(mentee: Mentee, mentor: Mentor) -> dict[str, float]:
    """Each part by name, from 0 to 1, not weighted yet."""
    return {
        "strength": strength(mentee.wanted, mentor.skills),
        "track": track(mentee.wish, mentor.standing),
        "path": path(mentee.wish, mentor.standing),
        "band": band(mentee.wish, mentor.standing),
        "hours": hours(mentee.hours, mentor.hours),
        "language": language(mentee.languages, mentor.languages),
        "load": load(mentor.taken),
    }


def explain(mentee: Mentee, mentor: Mentor, *, weights: Mapping[str, int]) -> Fit:
    """How well they fit, whether or not something forbids it. `weights`: of each part, in any unit."""
    found = parts(mentee, mentor)
    return Fit(mentor.person, _score(found, weights), found, _reasons(mentee, mentor, found))


def _score(found: Mapping[str, float], weights: Mapping[str, int]) -> float:
    return sum(weights[name] * value for name, value in found.items()) / sum(weights.values())


def best(
    mentee: Mentee, mentors: Iterable[Mentor], *, weights: Mapping[str, int], most: int | None = None
) -> list[Fit]:
    """Mentors who may be asked, the best first. Of two who fit alike, no one goes before the other every time."""

    def place(mentor: Mentor) -> tuple[float, int, UUID]:
        drawn = crc32(mentee.request.bytes + mentor.person.bytes)
        return -_score(parts(mentee, mentor), weights), drawn, mentor.person

    allowed = sorted((mentor for mentor in mentors if barred_by(mentee, mentor) is None), key=place)
    return [explain(mentee, mentor, weights=weights) for mentor in allowed[:most]]


def _reasons(mentee: Mentee, mentor: Mentor, found: Mapping[str, float]) -> tuple[str, ...]:
    """The three most telling ones, or two where there are no more."""
    wish, standing = mentee.wish, mentor.standing
    helped = next((key for key in mentee.wanted if key in mentor.skills.helps), None)
    valued = next((key for key in mentee.wanted if key in mentor.skills.valued), None)
    shared = shared_hours(mentee.hours, mentor.hours)
    holds = {
        "path": found["path"] == 1,
        f"helps:{helped}": helped is not None,
        "wanted": wish.wanted_track is not None and standing.track == wish.wanted_track,
        f"valued:{valued}": helped is None and valued is not None,
        "near": wish.band is not None and standing.band is not None and 1 <= standing.band - wish.band <= 2,
        f"hours:{shared:g}": shared >= LEAST_HOURS,
        "language": found["language"] == 1,
        "other": standing.track is not None and standing.track != wish.track,
        "time": mentor.taken < mentor.capacity,
    }
    return tuple(reason for reason, is_so in holds.items() if is_so)[:MOST_REASONS]


@dataclass(frozen=True)
class Nearest:
    """The one thing that stands between a mentee and most mentors, and how many these are."""

    bar: Bar
    opens: int


def nearest(mentee: Mentee, mentors: Iterable[Mentor]) -> Nearest | None:
    """Which single wish would open most mentors; None: no single one would."""
    only = Counter(found[0] for mentor in mentors if len(found := bars(mentee, mentor)) == 1)
    opens = {bar: only[bar] for bar in WISHES}
    most = max(WISHES, key=lambda bar: opens[bar])
    return Nearest(most, opens[most]) if opens[most] else None
