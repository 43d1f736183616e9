"""Rounds of matching on both engines: one at a time, each decision once, and only by owners."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from bot.database import Database
from bot.models.changes import Change
from bot.models.framework import Release
from bot.models.matching import MatchPair, MatchRound
from bot.models.mentors import MentorRequest
from bot.rules import match_rounds as rules
from bot.rules.match_rounds import BECOMES, NOT_NOW, PAGE, State, Verb
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import match_rounds
from tests.support import rows
from tests.support.rows import NOW, TODAY

Cast = dict[str, Person]


@pytest.fixture
async def cast(db: Database, framework_text: str) -> Cast:
    """Ana waits for a mentor; Lea owns the program."""
    async with db.writing() as session:
        session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW))
        made = vars(await rows.cast(session))
        session.add(MentorRequest(mentee_id=made["ana"].id, state="open", asked_at=NOW, waits_since=NOW))
        await session.flush()
        return {name: await rows.acting(session, row) for name, row in made.items()}


async def made(db: Database, state: State) -> UUID:
    async with db.writing() as session:
        row = MatchRound(id=uuid4(), state=state.value, opened_at=NOW)
        session.add(row)
    return row.id


async def opens(db: Database, by: Person) -> None:
    async with db.writing() as session:
        await match_rounds.open_round(session, by=by, now=NOW, today=TODAY)


async def publishes(db: Database, by: Person, round_id: UUID) -> None:
    async with db.writing() as session:
        await match_rounds.publish(session, by=by, round_id=round_id, now=NOW, today=TODAY)


def sentences(answers: list[BaseException | None]) -> list[str]:
    return [str(one) for one in answers if isinstance(one, Refusal)]


async def test_two_who_open_one_at_once_open_one(db: Database, cast: Cast) -> None:
    answers = await asyncio.gather(*(opens(db, cast["lea"]) for _ in range(4)), return_exceptions=True)
    assert answers.count(None) == 1
    assert sentences(answers) == [rules.ONE_AT_A_TIME] * 3
    async with db.reading() as session:
        assert await session.scalar(select(func.count()).select_from(MatchRound)) == 1


async def test_of_those_who_publish_at_once_one_does(db: Database, cast: Cast) -> None:
    round_id = await made(db, State.READY)
    answers = await asyncio.gather(*(publishes(db, cast["lea"], round_id) for _ in range(4)), return_exceptions=True)
    assert answers.count(None) == 1
    assert sentences(answers) == [NOT_NOW[State.PUBLISHING]] * 3
    async with db.reading() as session:
        assert await session.scalar(select(func.count()).where(Change.what == match_rounds.CHANGE)) == 1


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", Verb)
async def test_a_round_changes_as_the_table_says_and_not_otherwise(db: Database, state: State, verb: Verb) -> None:
    round_id = await made(db, state)
    after = BECOMES.get((state, verb))
    if after is None:
        async with db.writing() as session:
            with pytest.raises(Refusal, match=NOT_NOW[state][:30]):
                await match_rounds.become(session, round_id, verb)
    else:
        async with db.writing() as session:
            await match_rounds.become(session, round_id, verb)
    async with db.reading() as session:
        assert await session.scalar(select(MatchRound.state)) == (after or state)


async def test_nobody_but_owners_reads_or_changes_a_round(db: Database, cast: Cast) -> None:
    round_id = await made(db, State.READY)
    given: dict[str, Any] = {"now": NOW, "today": TODAY}
    for name in ("ana", "mats", "noor", "tom"):
        me = cast[name]
        async with db.writing() as session:
            for attempt in (
                match_rounds.open_round(session, by=me, **given),
                match_rounds.page(session, by=me, round_id=round_id, number=0, today=TODAY),
                match_rounds.some_pairs(session, by=me, round_id=round_id, today=TODAY),
                match_rounds.take_out(session, by=me, round_id=round_id, request=round_id, today=TODAY),
                match_rounds.publish(session, by=me, round_id=round_id, **given),
                match_rounds.drop(session, by=me, round_id=round_id, **given),
            ):
                with pytest.raises(Refusal, match="not open to you"):
                    await attempt
    async with db.reading() as session:
        assert await session.scalar(select(MatchRound.state)) == State.READY


async def test_pairs_come_in_pages_and_those_to_look_at_closely_first(db: Database, cast: Cast) -> None:
    round_id = await made(db, State.READY)
    async with db.writing() as session:
        for number in range(PAGE + 2):
            one = await rows.person(session, f"N{number:03} Doe")
            request = MentorRequest(id=uuid4(), mentee_id=one.id, state="open", asked_at=NOW)
            session.add(request)
            await session.flush()
            score = None if number == 0 else (0.3 if number == PAGE else 0.8)
            mentor = cast["noor"].id if score else None
            session.add(MatchPair(round_id=round_id, request_id=request.id, mentor_id=mentor, score=score))
    async with db.reading() as session:
        first = await match_rounds.page(session, by=cast["lea"], round_id=round_id, number=0, today=TODAY)
        last = await match_rounds.page(session, by=cast["lea"], round_id=round_id, number=99, today=TODAY)
    assert (first.matched, first.unmatched, first.last) == (PAGE + 1, 1, 1)
    assert [pair.is_to_look_at for pair in first.pairs[:2]] == [True, False]
    assert [pair.mentor is None for pair in last.pairs] == [False, True]
