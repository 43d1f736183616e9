"""The job that matches: in a process of its own, taken over when it dies, and by the calendar where one was chosen."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update

from bot.clock import StandingClock
from bot.database import Database
from bot.jobs import match_rounds as jobs
from bot.jobs.tools import Tools
from bot.models.framework import Release
from bot.models.matching import MatchPair, MatchRound
from bot.models.mentors import Mentor, MentorRequest, Proposal
from bot.models.messages import Outbox, Timer
from bot.rules.cadence import Cadence
from bot.rules.match_rounds import Matching, State, Verb
from bot.services import match_rounds
from bot.settings import WEIGHTS
from tests.support import rows
from tests.support.rows import LONG_AGO, NOW

QUARTER = datetime(2027, 1, 4, 9, tzinfo=UTC)  # the first Monday of a quarter


@pytest.fixture
async def tools(db: Database, clock: StandingClock, framework_text: str) -> Tools:
    """Ana, Mia and Bo wait for a mentor; Pia and Zoe of other tracks may be asked. Lea owns the program."""
    async with db.writing() as session:
        session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW))
        cast = await rows.cast(session)
        mentees = [cast.ana, *[await rows.person(session, f"{name} Doe", level="T2") for name in ("Mia", "Bo")]]
        mentors = [await rows.person(session, f"{name} Roe", track="process", level="P3") for name in ("Pia", "Zoe")]
        for one in mentors:
            session.add(Mentor(person_id=one.id, capacity=1, hours=4, is_listed=True, since_on=LONG_AGO))
        for one in mentees:
            session.add(MentorRequest(id=uuid4(), mentee_id=one.id, state="open", asked_at=NOW, waits_since=NOW))
    weights = Matching(Cadence.QUARTERLY, WEIGHTS)
    return Tools(db, clock, client=None, zone="UTC", matching=weights)  # type: ignore[arg-type]


async def opened(db: Database) -> UUID:
    async with db.writing() as session:
        made = await match_rounds.open_one(session, by=None, now=NOW)
    assert made is not None
    return made.id


async def found(db: Database) -> tuple[MatchRound, list[MatchPair]]:
    async with db.reading() as session:
        row = (await session.scalars(select(MatchRound))).one()
        return row, list(await session.scalars(select(MatchPair)))


async def test_everybody_gets_a_mentor_or_a_reason_and_owners_hear_once(tools: Tools) -> None:
    await opened(tools.db)
    await jobs.work(tools)
    await jobs.work(tools)
    row, pairs = await found(tools.db)
    assert (row.state, row.whole) == (State.READY, 3)
    assert len(pairs) == 3
    assert len({pair.mentor_id for pair in pairs if pair.mentor_id}) == 2
    (alone,) = [pair for pair in pairs if pair.mentor_id is None]
    assert alone.why_not
    assert all(pair.reasons and pair.score for pair in pairs if pair.mentor_id)
    async with tools.db.reading() as session:
        told = (await session.scalars(select(Outbox.kind))).all()
    assert told == [match_rounds.READY]


async def test_the_same_people_give_the_same_pairs_when_another_replica_takes_over(tools: Tools) -> None:
    round_id = await opened(tools.db)
    await jobs.work(tools)
    _, first = await found(tools.db)
    later = tools.clock.real() + timedelta(minutes=5)
    async with tools.db.writing() as session:
        await session.execute(update(MatchRound).values(state=State.RUNNING.value))
        await session.execute(update(Timer).values(lease_until=later))
        session.add(MatchPair(round_id=round_id, request_id=uuid4(), why_not="left behind"))
    await jobs.work(tools)
    assert (await found(tools.db))[0].state == State.RUNNING  # somebody else is at it
    async with tools.db.writing() as session:
        await session.execute(update(Timer).values(lease_until=tools.clock.real() - timedelta(minutes=1)))
    await jobs.work(tools)
    row, again = await found(tools.db)
    assert row.state == State.READY
    assert {(one.request_id, one.mentor_id) for one in again} == {(one.request_id, one.mentor_id) for one in first}


async def test_a_process_that_fails_leaves_nothing_behind_and_owners_hear_of_it(
    tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "PROGRAM", "bot.no_such_program")
    await opened(tools.db)
    await jobs.work(tools)
    row, pairs = await found(tools.db)
    assert (row.state, pairs) == (State.FAILED, [])
    assert await opened(tools.db)  # and the next one may begin


async def test_a_job_that_is_stopped_ends_its_process_and_gives_the_round_back(tools: Tools) -> None:
    await opened(tools.db)
    working = asyncio.create_task(jobs.work(tools))
    while (await found(tools.db))[0].state == State.WAITING:
        await asyncio.wait([working], timeout=0.01)
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    assert (await found(tools.db))[0].state == State.RUNNING
    await jobs.work(tools)
    assert (await found(tools.db))[0].state == State.READY


async def test_a_round_that_is_dropped_meanwhile_stays_dropped(tools: Tools) -> None:
    round_id = await opened(tools.db)
    async with tools.db.writing() as session:
        await match_rounds.become(session, round_id, Verb.DROP)
    await jobs.work(tools)
    assert (await found(tools.db))[0].state == State.DROPPED


async def test_two_replicas_pass_a_round_on_once(tools: Tools) -> None:
    await opened(tools.db)
    await jobs.work(tools)
    async with tools.db.writing() as session:
        await session.execute(update(MatchRound).values(state=State.PUBLISHING.value))
    await asyncio.gather(jobs.work(tools), jobs.work(tools))
    assert (await found(tools.db))[0].state == State.PUBLISHED
    async with tools.db.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Proposal)) == 2


async def test_the_calendar_opens_a_round_once_and_makes_up_for_a_late_start(
    tools: Tools, clock: StandingClock
) -> None:
    await jobs.open_scheduled(tools)
    assert await rounds(tools.db) == 0  # not the first week of a quarter
    clock.set(QUARTER + timedelta(days=2))
    for _ in range(2):
        await jobs.open_scheduled(tools)
        assert await rounds(tools.db) == 1
    clock.set(QUARTER)
    await jobs.open_scheduled(replace(tools, matching=Matching(None, WEIGHTS)))
    assert await rounds(tools.db) == 1


async def rounds(db: Database) -> int:
    async with db.reading() as session:
        return await session.scalar(select(func.count()).select_from(MatchRound)) or 0
