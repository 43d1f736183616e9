"""The whole pool of mentees and mentors, from plain values to pairs, against the pipeline anybody would write."""

import os

import numpy as np

from benchmarks import matching_sides, measure
from benchmarks.matching_sides import Pairs
from benchmarks.measure import Line
from benchmarks.setup import Workbench
from tests.support import engines

SIZES = {"1k": 1_000, "5k": 5_000, "20k": 20_000}
TIMES = {"1k": 7, "5k": 3, "20k": 3}
MOST_TIMES, MOST_MIB = 1.3, 300
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def small(_bench: Workbench, engine: str) -> list[Line]:
    return _lines("1k", engine)


def middle(_bench: Workbench, engine: str) -> list[Line]:
    """With what is lost against the optimum over all pairs there could be, and what simpler ways find."""
    lines = _lines("5k", engine)
    return [*lines, *measure.apart(matching_sides.compared, "matching.5k", SIZES["5k"])] if lines else []


def large(_bench: Workbench, engine: str) -> list[Line]:
    return _lines("20k", engine)


def _lines(size: str, engine: str) -> list[Line]:
    """No database is asked, so once is enough."""
    if engine != engines.ENGINES[0]:
        return []
    os.environ |= ONE_THREAD  # for both sides, which run in processes of their own
    name, mentees = f"matching.{size}", SIZES[size]
    turns = [
        (measure.apart(matching_sides.ours, mentees), measure.apart(matching_sides.plain, mentees))
        for _ in range(TIMES[size])
    ]
    ours, plain = [turn[0] for turn in turns], [turn[1] for turn in turns]
    assert len({str(sorted(one.pairs.items())) for one in ours}) == 1, "the same people give the same pairs"
    # The turn with the middle ratio: a machine that slows down in between slows down both sides of a turn.
    mine, theirs = sorted(((a.seconds, b.seconds) for a, b in turns), key=lambda one: one[0] / one[1])[len(turns) // 2]
    return [
        measure.ratio(name, mine, theirs, measure.in_seconds, at_most=MOST_TIMES),
        Line(name, "peak", max(one.mib for one in ours), f"reference {plain[0].mib:.0f} MiB", " MiB", at_most=MOST_MIB),
        _quality(name, mentees, ours[0].pairs, plain[0].pairs),
    ]


def _quality(name: str, mentees: int, ours: Pairs, plain: Pairs) -> Line:
    """The reference minds no load, so its mean may be a little higher; a pair that both found has one score."""
    both = [(ours[one][1], plain[one][1]) for one in ours.keys() & plain.keys() if ours[one][0] == plain[one][0]]
    assert both
    assert max(abs(mine - theirs) for mine, theirs in both) < 1e-5
    text = ", ".join(
        f"{who} mean {np.mean([score for _, score in pairs.values()]):.4f}, {mentees - len(pairs)} unmatched"
        for who, pairs in (("ours", ours), ("reference", plain))
    )
    return Line(name, "pairs", text=text)
