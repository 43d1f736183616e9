"""A round of matching of 20,000 requests and 8,000 mentors: whether anybody else who is served notices it."""

import asyncio
import random
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import uuid4

from sqlalchemy import func, insert, select

from benchmarks import measure, setup
from benchmarks.measure import Line, Stalls
from benchmarks.setup import Workbench
from bot.app import Ladderbot
from bot.clock import StandingClock
from bot.database import Database
from bot.models.matching import MatchPair, MatchRound
from bot.models.mentors import Mentor, MentorRequest
from bot.models.people import Person, Placement
from bot.rules.match_rounds import State
from bot.services import framework, match_rounds
from tests.support import engines

MENTEES, MENTORS, PLACES = 20_000, 8_000, 3
MOST_STALL_MS = 50
MENTEE_LEVELS, MENTOR_LEVELS = (1, 2, 3), (2, 3, 4)
TRACKS = (("technical", "T"), ("leadership", "L"), ("process", "P"), ("customer", "C"))


def stall(bench: Workbench, engine: str) -> list[Line]:
    """From an owner's press to the pairs: nobody else may wait longer than this for an answer."""
    template = bench.template(engine, company, MENTEES)
    with setup.copied(template) as url:
        seconds, stalls = measure.apart(ours, url)
    said = f"reckoning {measure.milliseconds(stalls.busy)}, {measure.in_seconds(seconds)} in all"
    name = f"matching.20k.{engine}"
    return [Line(name, "stall", stalls.longest * 1000, said, " ms", at_most=MOST_STALL_MS)]


def ours(url: str) -> tuple[float, Stalls]:
    return asyncio.run(_ours(url))


async def _ours(url: str) -> tuple[float, Stalls]:
    db, clock = engines.database(url), StandingClock(setup.MONDAY)
    async with Ladderbot(setup.settings_for(setup.NOWHERE), db, clock, is_ticking=False) as bot:
        async with db.writing() as session:
            await match_rounds.open_one(session, by=None, now=clock.now())
        async with measure.watching() as stalls:
            began = perf_counter()
            await bot.work()
            seconds = perf_counter() - began
    await _check(db)
    await db.close()
    return seconds, stalls


async def _check(db: Database) -> None:
    async with db.reading() as session:
        state = await session.scalar(select(MatchRound.state))
        pairs = await session.scalar(select(func.count()).select_from(MatchPair))
    assert (state, pairs) == (State.READY, MENTEES), (state, pairs)


def company(url: str, mentees: int) -> None:
    asyncio.run(_company(url, mentees))


async def _company(url: str, mentees: int) -> None:
    """People of four tracks all over the world; who waits is one to three bands below who offers."""
    chance = random.Random(20)
    text = await asyncio.to_thread((Path(__file__).parent.parent / "framework.yml").read_text)
    db = engines.database(url)
    async with db.writing() as session:
        await framework.load(session, text, by=None, now=setup.SUNDAY)
        parsed = await framework.current(session)
        keys = [one.key for track in parsed.tracks for one in track.competencies]
        asking, offering = [_people(count) for count in (mentees, MENTORS)]
        connection = await session.connection()
        await connection.execute(insert(Person), [*asking, *offering])
        await connection.execute(insert(Placement), [_placed(one, MENTEE_LEVELS, chance) for one in asking])
        await connection.execute(insert(Placement), [_placed(one, MENTOR_LEVELS, chance) for one in offering])
        await connection.execute(insert(MentorRequest), [_request(one, keys, chance) for one in asking])
        await connection.execute(insert(Mentor), [_offer(one, keys, chance) for one in offering])
    await setup.tidied(db)
    await db.close()


def _people(count: int) -> list[dict[str, Any]]:
    made = [setup.person(number) for number in range(count)]
    return [{**one, "slack_id": f"U{one['id'].hex[:20]}", "email": None, "dm_channel": None} for one in made]


def _placed(one: dict[str, Any], levels: tuple[int, ...], chance: random.Random) -> dict[str, Any]:
    track, letter = chance.choice(TRACKS)
    level = f"{letter}{chance.choice(levels)}"
    return {"id": uuid4(), "person_id": one["id"], "track": track, "level": level, "from_on": setup.LONG_AGO}


def _request(one: dict[str, Any], keys: list[str], chance: random.Random) -> dict[str, Any]:
    wanted = " ".join(chance.sample(keys, 3))
    asked_at = setup.SUNDAY - timedelta(minutes=chance.randrange(10_000))
    return {
        "id": uuid4(), "mentee_id": one["id"], "competencies": wanted, "state": "open", "asked_at": asked_at,
        "waits_since": setup.SUNDAY,
    }  # fmt: skip


def _offer(one: dict[str, Any], keys: list[str], chance: random.Random) -> dict[str, Any]:
    helps = " ".join(chance.sample(keys, 4))
    return {
        "person_id": one["id"], "capacity": PLACES, "hours": 4, "competencies": helps, "is_listed": True,
        "since_on": setup.LONG_AGO,
    }  # fmt: skip
