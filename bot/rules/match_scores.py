"""The scores of `fit` for many at once, and the best mentors of each request."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.rules import fit
from bot.rules.match_pool import NEVER, Floats, Ints, Pool

NOBODY = -1
FEWEST, MOST, STEP = 25, 50, 400  # mentors looked at for each request: one more for each 400 requests there are
BLOCK = 1 << 18  # scores reckoned together: 1 MiB, which a processor keeps at hand
CHOSEN = (0.5, 0.4, 0.3)  # on top for the first, second and third mentor somebody named; hardly anything outweighs it
FEW = 4
LINE = 8.0  # more than scores differ by, so that no line runs into the next
TIE = 1e-5  # the most that is drawn to decide between two who fit alike


@dataclass(frozen=True)
class Candidates:
    """For each request the mentors who suit best, best first; NOBODY where there are fewer.

    `scores` are those of `fit`, and more for somebody they chose.
    """

    mentors: Ints
    scores: Floats


def together(chunks: Sequence[Candidates]) -> Candidates:
    return Candidates(np.concatenate([one.mentors for one in chunks]), np.concatenate([one.scores for one in chunks]))


def candidates(pool: Pool, rows: Ints) -> Candidates:
    """The best mentors with a free place, for each of these rows of requests."""
    many = min(MOST, FEWEST + len(pool.requests) // STEP)
    mentors = np.full((len(rows), many), NOBODY, np.int32)
    scores = np.full((len(rows), many), NEVER, np.float32)
    judge, step = _Judge(pool), BLOCK // (len(pool.offers) + 1) + 1
    for at in range(0, len(rows), step):
        some = rows[at : at + step]
        columns = judge.suitable(some)
        found = judge.scores(some, columns)
        lines, best, nth = _best(found + judge.ties(some, columns), many)
        mentors[at + lines, nth] = columns[best]
        scores[at + lines, nth] = found[lines, best]
    return Candidates(mentors, scores)


def _best(scores: Floats, many: int) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """(line, where, which from the best on) of the best of each line, so many.

    They are among those not below the last best of some, such as the highest of each few; so few are left to sort.
    """
    lines, columns = scores.shape
    highest = scores[:, : columns // FEW * FEW].reshape(lines, FEW, -1).max(axis=1)
    is_good = scores > NEVER
    if highest.shape[1] > many:
        is_good &= scores >= np.partition(highest, -many, axis=1)[:, [-many]]
    line, where = np.nonzero(is_good)
    order = np.argsort(line * LINE - scores[line, where])
    line, where = line[order], where[order]
    nth = np.arange(len(line)) - np.searchsorted(line, line)
    is_best = nth < many
    return line[is_best], where[is_best], nth[is_best]


class _Judge:
    """Scores some requests of a pool against some of its mentors: [row, column]."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._is_free = pool.offers.free > 0
        self._load = (pool.shares["load"] * loads(pool.offers.taken)).astype(np.float32)
        self._drawn = _drawn(pool.requests.ids), _drawn(pool.offers.ids)

    def suitable(self, rows: Ints) -> NDArray[np.intp]:
        """Free mentors whose standing suits one of these at least."""
        wishes = np.unique(self._pool.requests.wishes.at[rows])
        suits: NDArray[np.bool_] = (self._pool.standings[wishes] > NEVER).max(axis=0)
        return np.flatnonzero(self._is_free & suits[self._pool.offers.standings.at])

    def scores(self, rows: Ints, columns: NDArray[np.intp]) -> Floats:
        """As `fit` scores them, and more for somebody they chose; NEVER where something forbids the pair."""
        requests = self._pool.requests
        counts = requests.wanted.counts(rows)
        wanted = np.zeros((len(rows), len(self._pool.offers.help)), np.float32)
        places, _, competencies = requests.wanted.flat(rows)
        np.add.at(wanted, (places, competencies), self._pool.shares["strength"] / counts[places])
        found: Floats = wanted @ self._pool.offers.help[:, columns]
        found[counts == 0] = self._pool.shares["strength"] * fit.UNKNOWN
        found += self._alike(rows, columns)
        self._name(rows, columns, found)
        return found

    def ties(self, rows: Ints, columns: NDArray[np.intp]) -> Floats:
        """What is drawn for each pair, so that of two mentors who fit alike not the same one always goes first."""
        mine, theirs = self._drawn
        drawn: Floats = np.multiply.outer(mine[rows], theirs[columns]).astype(np.float32)
        drawn *= np.float32(TIE / 2**32)
        return drawn

    def _alike(self, rows: Ints, columns: NDArray[np.intp]) -> Floats:
        """All parts but strength, which are the same for neighbours who want alike."""
        requests, offers = self._pool.requests, self._pool.offers
        codes = [column.at[rows] for column in (requests.wishes, requests.hours, requests.languages)]
        firsts = np.flatnonzero(np.stack([np.diff(code, prepend=-1) for code in codes]).any(axis=0))
        wishes, hours, languages = (code[firsts, None] for code in codes)
        found = self._pool.standings[wishes, offers.standings.at[columns]]
        found += self._pool.hours[hours, offers.hours.at[columns]]
        found += self._pool.languages[languages, offers.languages.at[columns]]
        found += self._load[columns]
        repeated: Floats = np.repeat(found, np.diff(np.append(firsts, len(rows))), axis=0)
        return repeated

    def _name(self, rows: Ints, columns: NDArray[np.intp], found: Floats) -> None:
        """Those whom somebody chose, and those who are barred."""
        column_of = np.full(len(self._pool.offers), NOBODY)
        column_of[columns] = np.arange(len(columns))
        for links, change in ((self._pool.requests.choices, CHOSEN), (self._pool.requests.barred, (NEVER,))):
            places, nth, mentors = links.flat(rows)
            is_there = column_of[mentors] != NOBODY
            added = np.array(change, np.float32)[np.minimum(nth, len(change) - 1)]
            found[places[is_there], column_of[mentors][is_there]] += added[is_there]


def of_pairs(pool: Pool, rows: Ints, mentors: Ints) -> Floats:
    """The score of `fit` for each of these requests and its mentor."""
    requests, offers = pool.requests, pool.offers
    found: Floats = (pool.shares["load"] * loads(offers.taken)[mentors]).astype(np.float32)
    found += pool.standings[requests.wishes.at[rows], offers.standings.at[mentors]]
    found += pool.hours[requests.hours.at[rows], offers.hours.at[mentors]]
    found += pool.languages[requests.languages.at[rows], offers.languages.at[mentors]]
    counts = requests.wanted.counts(rows)
    places, _, competencies = requests.wanted.flat(rows)
    np.add.at(found, places, pool.shares["strength"] * offers.help[competencies, mentors[places]] / counts[places])
    found[counts == 0] += pool.shares["strength"] * fit.UNKNOWN
    return found


def loads(taken: Ints) -> Floats:
    """The load part for each of these numbers of mentees."""
    return np.array([fit.load(number) for number in range(int(taken.max(initial=0)) + 1)], np.float32)[taken]


def _drawn(ids: bytes) -> NDArray[np.uint32]:
    """A number for each id that looks like chance and is always the same; the product of two decides between equals."""
    words = np.frombuffer(ids, np.uint32).reshape(-1, 4)
    mixed = words @ np.array([0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F], np.uint32)
    mixed ^= mixed >> 15
    mixed *= np.uint32(0x2C1B3C6D)
    mixed ^= mixed >> 12
    return mixed | np.uint32(1)
