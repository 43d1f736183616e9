"""The pipeline anybody would write: scores in chunks with numpy, the best fifty of each, one call of scipy.

It knows the parts of a score only from what they say, so that it checks ours as well. No place costs more than another,
nobody is barred, and whoever it leaves over stays so.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from benchmarks.matching_pool import COMPETENCIES, LANGUAGES, PLACES, TRACKS, Sides
from bot.rules.fit import Wish
from bot.settings import WEIGHTS

CHUNK, BEST = 256, 50
ALONE, ABOVE, NEVER = 100.0, 10.0, -9.0
BY_GAP = {1: 0.8, 2: 1.0, 3: 0.7}
SHARE = {name: weight / sum(WEIGHTS.values()) for name, weight in WEIGHTS.items()}
BANDS = range(6)

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


@dataclass(frozen=True)
class Found:
    """The best of each mentee with their scores, and the place each is given; those after all places: nobody."""

    mentors: Ints
    scores: Floats
    places: Ints


def match(sides: Sides) -> Found:
    mentors, scores = _scored(sides)
    return Found(mentors, scores, _matched(mentors, scores, len(sides[1])))


def _scored(sides: Sides) -> tuple[Ints, Floats]:
    mentees, mentors = sides
    wishes = {wish: number for number, wish in enumerate({one.wish for one in mentees})}
    weeks = {week: number for number, week in enumerate({one.hours for side in sides for one in side})}
    bands = np.array([[_band(wish, band) for band in BANDS] for wish in wishes], np.float32)
    tracks = np.array([[_track(wish, track) for track in TRACKS] for wish in wishes], np.float32)
    hours = np.array([[_hours(mine, theirs) for theirs in weeks] for mine in weeks], np.float32)
    path = np.zeros((len(TRACKS), len(mentors)), np.float32)
    skills = np.zeros((len(COMPETENCIES), len(mentors)), np.float32)
    for column, mentor in enumerate(mentors):
        path[[TRACKS.index(track) for track in mentor.standing.past_tracks], column] = SHARE["path"]
        skills[[COMPETENCIES.index(key) for key in mentor.skills.valued], column] = 0.5
        skills[[COMPETENCIES.index(key) for key in mentor.skills.helps], column] = 1
    wanted = np.zeros((len(mentees), len(COMPETENCIES)), np.float32)
    for row, mentee in enumerate(mentees):
        wanted[row, [COMPETENCIES.index(key) for key in mentee.wanted]] = SHARE["strength"] / len(mentee.wanted)
    wish = np.array([wishes[one.wish] for one in mentees])
    track = np.array([TRACKS.index(one.wish.track or "") for one in mentees])
    week = np.array([weeks[one.hours] for one in mentees])
    spoken = np.array([_bits(one.languages) for one in mentees], np.uint8)
    their_band = np.array([one.standing.band for one in mentors])
    their_track = np.array([TRACKS.index(one.standing.track or "") for one in mentors])
    their_week = np.array([weeks[one.hours] for one in mentors])
    their_languages = np.array([_bits(one.languages) for one in mentors], np.uint8)
    best, found = [], []
    for start in range(0, len(mentees), CHUNK):
        rows = slice(start, start + CHUNK)
        scores = wanted[rows] @ skills
        scores += bands[wish[rows]][:, their_band]
        scores += tracks[wish[rows]][:, their_track]
        scores += path[track[rows]]
        scores += hours[week[rows]][:, their_week]
        scores += np.where(spoken[rows, None] & their_languages, np.float32(SHARE["language"]), np.float32(NEVER))
        scores += np.float32(SHARE["load"])
        columns = np.argpartition(scores, -BEST, axis=1)[:, -BEST:].astype(np.int32)
        best.append(columns)
        found.append(np.take_along_axis(scores, columns, axis=1))
    return np.concatenate(best), np.concatenate(found)


def _band(wish: Wish, band: int) -> float:
    gap = band - (wish.band or 0)
    return SHARE["band"] * (0.6 if wish.is_at_top and gap == 0 else BY_GAP[gap]) if _reaches(wish, gap) else NEVER


def _reaches(wish: Wish, gap: int) -> bool:
    return gap in BY_GAP or (wish.is_at_top and gap == 0)


def _track(wish: Wish, track: str) -> float:
    if track == wish.track:
        return SHARE["track"] / 2 if wish.is_same_track_welcome else NEVER
    return SHARE["track"] if wish.wanted_track in (None, track) else NEVER


def _hours(mine: int, theirs: int) -> float:
    shared = (mine & theirs).bit_count() / 2
    return SHARE["hours"] * min(1.0, shared / 20) if shared >= 4 else NEVER


def _bits(languages: frozenset[str]) -> int:
    return sum(1 << LANGUAGES.index(language) for language in languages)


def _matched(mentors: Ints, scores: Floats, many: int) -> Ints:
    rows = np.repeat(np.arange(len(mentors)), BEST)
    columns, costs = mentors.ravel(), ABOVE - scores.ravel().astype(np.float64)
    is_allowed = costs < ABOVE
    rows, columns, costs = rows[is_allowed], columns[is_allowed], costs[is_allowed]
    nobody = np.arange(len(mentors))
    graph = csr_array(
        (
            np.concatenate([costs] * PLACES + [np.full(len(mentors), ALONE)]),
            (
                np.concatenate([rows] * PLACES + [nobody]),
                np.concatenate([columns * PLACES + nth for nth in range(PLACES)] + [many * PLACES + nobody]),
            ),
        ),
        shape=(len(mentors), many * PLACES + len(mentors)),
    )
    places: Ints = min_weight_full_bipartite_matching(graph)[1]
    return places
