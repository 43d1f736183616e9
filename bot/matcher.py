"""The process in which everybody who waits is matched: `python -m bot.matcher`, started by the job of matching rounds.

One order comes in as a line of JSON, and answers go out as lines of JSON, so that whoever reads them is held up by
none. It only reads the database. Whoever started it may end it at any time.
"""

import asyncio
import json
import os
import secrets
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from bot.database import Database
from bot.keyring import KEY_BYTES, Keyring
from bot.rules import fit, match_figures, match_gaps, matching
from bot.rules.fit import Fit, Mentee, Mentor
from bot.rules.match_pool import Ints, Pool
from bot.rules.match_scores import NOBODY
from bot.services import mentor_pool

AT_ONCE = 256  # requests scored together
IN_A_LINE = 500
NICER = 5  # those who wait for an answer go first

Answer = dict[str, Any]
Sides = tuple[list[Mentee], list[Mentor]]


def main() -> None:
    os.nice(NICER)
    order = json.loads(sys.stdin.readline())
    for answer in answers(order):
        _say(answer)
    _say({"ended": True})


def _say(answer: Answer) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def answers(order: Answer) -> Iterator[Answer]:
    """How far it is, again and again; then every request with its mentor or why there is none; then the figures."""
    weights = order["weights"]
    mentees, mentors = asyncio.run(_load(order))
    whole = len(mentees)
    pool = Pool.of(mentees, mentors, weights=weights)
    chunks = []
    for start in range(0, whole, AT_ONCE):
        yield {"done": start, "whole": whole}
        chunks.append(matching.score_chunk(pool, start, start + AT_ONCE))
    if not chunks:
        yield {"figures": {}}
        return
    yield {"done": whole, "whole": whole}
    found = matching.assign(pool, chunks)
    for pairs in _lines(_pairs(pool, found, (mentees, mentors), weights)):
        yield {"pairs": pairs}
    yield {"figures": match_figures.figures(pool, chunks, found)}


async def _load(order: Answer) -> Sides:
    db = _database(order)
    async with db.reading() as session:
        sides = await mentor_pool.load(session, today=date.fromisoformat(order["today"]))
    await db.close()
    return sides


def _database(order: Answer) -> Database:
    """No sealed word is read here, so there is no key that opens one."""
    return Database(order["url"], Keyring({1: secrets.token_bytes(KEY_BYTES)}))


def _pairs(pool: Pool, found: Ints, sides: Sides, weights: Mapping[str, int]) -> Iterator[Answer]:
    mentees = {mentee.request: mentee for mentee in sides[0]}
    mentors = {mentor.person: mentor for mentor in sides[1]}
    reasons = match_gaps.why_not(pool, found)
    for row, place in enumerate(found.tolist()):
        mentee = mentees[pool.requests.id(row)]
        if place == NOBODY:
            yield _pair(mentee, why_not=reasons[row])
        else:
            yield _pair(mentee, fit.explain(mentee, mentors[pool.offers.id(place)], weights=weights))


def _pair(mentee: Mentee, found: Fit | None = None, why_not: str | None = None) -> Answer:
    return {
        "request_id": mentee.request.hex,
        "mentor_id": found.mentor.hex if found else None,
        "score": round(found.score, 4) if found else None,
        "reasons": " ".join(found.reasons) if found else "",
        "why_not": why_not,
    }


def _lines(pairs: Iterator[Answer]) -> Iterator[list[Answer]]:
    line: list[Answer] = []
    for pair in pairs:
        line.append(pair)
        if len(line) == IN_A_LINE:
            yield line
            line = []
    if line:
        yield line


if __name__ == "__main__":
    main()
