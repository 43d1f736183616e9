"""The two sides of matching, each run in a process that holds nothing else; and ours beside the best there could be."""

from collections.abc import Callable
from dataclasses import dataclass
from time import process_time
from typing import TypeVar
from uuid import UUID

import numpy as np
from scipy.optimize import linear_sum_assignment

from benchmarks import matching_plain, matching_pool, measure
from benchmarks.matching_pool import PLACES
from benchmarks.measure import Line
from bot.rules import match_figures, match_scores, matching
from bot.rules.match_pool import NEVER, Floats, Ints, Pool
from bot.settings import WEIGHTS

CHUNK, MOST_GAP, ENOUGH = 512, 0.05, 5_000

Pairs = dict[UUID, tuple[UUID, float]]  # request → mentor and score


@dataclass(frozen=True)
class Side:
    """How one side did: seconds of a processor, and the most memory."""

    seconds: float
    mib: float
    pairs: Pairs


Made = TypeVar("Made")


def _timed(mentees: int, match: Callable[[], Made]) -> tuple[Made, float]:
    """What it makes, and the middle of its times: what is over in a blink is done again, on both sides alike."""
    times = []
    for _ in range(max(1, ENOUGH // mentees)):
        began = process_time()
        made = match()
        times.append(process_time() - began)
    return made, measure.middle(times)


def ours(mentees: int) -> Side:
    sides = matching_pool.people(mentees)

    def match() -> tuple[Pool, Ints]:
        pool = Pool.of(*sides, weights=WEIGHTS)
        chunks = [matching.score_chunk(pool, start, start + CHUNK) for start in range(0, mentees, CHUNK)]
        return pool, matching.assign(pool, chunks)

    (pool, pairs), seconds = _timed(mentees, match)
    mib = measure.peak_mib()
    rows = np.flatnonzero(pairs != matching.NOBODY).astype(np.int32)
    scores = match_scores.of_pairs(pool, rows, pairs[rows])
    return Side(seconds, mib, _named(pool, rows, pairs, scores.tolist()))


def _named(pool: Pool, rows: Ints, pairs: Ints, scores: list[float]) -> Pairs:
    return {pool.requests.id(row): (pool.offers.id(pairs[row]), score) for row, score in zip(rows, scores, strict=True)}


def plain(mentees: int) -> Side:
    sides = matching_pool.people(mentees)
    found, seconds = _timed(mentees, lambda: matching_plain.match(sides))
    mib = measure.peak_mib()
    pairs: Pairs = {}
    for row, place in enumerate(found.places.tolist()):
        if place < len(sides[1]) * PLACES:
            score = found.scores[row][found.mentors[row] == place // PLACES].item()
            pairs[sides[0][row].request] = (sides[1][place // PLACES].person, score)
    return Side(seconds, mib, pairs)


def compared(name: str, mentees: int) -> list[Line]:
    pool = Pool.of(*matching_pool.people(mentees), weights=WEIGHTS)
    chunks = [matching.score_chunk(pool, 0, mentees)]
    pairs = matching.assign(pool, chunks)
    shown = match_figures.figures(pool, chunks, pairs)
    ways = {"ours": shown, "greedy": shown["greedy"], "first come": shown["first_come"]}
    text = ", ".join(f"{way} {one['mean']:.4f} and {mentees - one['matched']}" for way, one in ways.items())
    reached, most = _reached(pool, pairs)
    said = f"reached {reached:.3f}, the most {most:.3f}"
    return [
        Line(name, "gap", 100 * (most - reached) / most, said, " %", at_most=MOST_GAP),
        Line(name, "mean and unmatched", text=text),
    ]


def _reached(pool: Pool, pairs: Ints) -> tuple[float, float]:
    """What these pairs reach in all, and what the best of all pairs would, with every place of every mentor."""
    worth = _worth(pool)
    load = pool.shares["load"] * (1 - match_scores.loads(np.arange(PLACES, dtype=np.int32)))
    rows, places = linear_sum_assignment(np.hstack([worth - step for step in load]), maximize=True)
    taken = np.bincount(pairs, minlength=len(pool.offers))
    cost = sum(step * int((taken > nth).sum()) for nth, step in enumerate(load))
    most = float(np.hstack([worth - step for step in load])[rows, places].sum())
    return float(worth[np.arange(len(pairs)), pairs].sum() - cost), most


def _worth(pool: Pool) -> Floats:
    """[request, mentor], each pair there could be; far below anything for those there could not."""
    every = np.arange(len(pool.requests), dtype=np.int32)
    mentors = np.arange(len(pool.offers), dtype=np.int32)
    worth = [match_scores.of_pairs(pool, np.full_like(mentors, row), mentors) for row in every]
    return np.where(np.stack(worth) > NEVER, np.stack(worth), np.float32(-100))
