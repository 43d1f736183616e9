"""Conversations of several: opened once, kept where they belong, and written to without looking into them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import StandingClock
from bot.database import Database
from bot.delivery.message import OPEN, POST, Message
from bot.models.people import Person
from sandbox import Call, Fault, Workspace
from tests.faults import crowd, judge

OPENING, ASKED, TOLD, ALONE = "test.opening", "test.asked", "test.told", "test.alone"
USERS = "U0C0000,U0C0001"


class Pair:
    """Two people and where they meet, once that is known."""

    def __init__(self) -> None:
        self.channel: str | None = None

    async def opened(self, session: AsyncSession, channels: Mapping[UUID, str], now: datetime) -> None:
        (self.channel,) = channels.values()

    def kinds(self) -> dict[str, Message]:
        def where(_: UUID) -> str | None:
            return self.channel

        return {
            OPENING: Message(crowd.load, lambda _: {"users": USERS}, method=OPEN, opened=self.opened),
            ASKED: Message(crowd.load, crowd.draw, place=where, owes_action=True),
            TOLD: Message(crowd.load, crowd.draw, place=where),
            ALONE: Message(crowd.load, crowd.draw),
        }


@pytest.fixture
def pair() -> Pair:
    return Pair()


async def test_posts_wait_for_the_conversation_and_go_one_by_one(
    db: Database, clock: StandingClock, pair: Pair
) -> None:
    known = crowd.users(2)
    first, second = await crowd.enrol(db, known)
    await crowd.owe(db, [first], at=clock.now(), kind=ASKED, each=3)
    async with (
        crowd.slack_for(known, clock, rate_limits=True) as slack,
        crowd.delivering(db, clock, slack.api_url, kinds=pair.kinds()) as engine,
    ):
        await crowd.drain(engine, db, clock, seconds=30)
        assert _posts(slack) == []
        await crowd.owe(db, [first], at=clock.now(), kind=OPENING)
        await crowd.owe(db, [first, second], at=clock.now(), kind=ALONE)
        await crowd.drain(engine, db, clock, seconds=120)
        assert slack.state.conversations[pair.channel or ""].members[:2] == ["U0C0000", "U0C0001"]
        assert [one.channel for one in slack.posted()].count(pair.channel or "") == 3
        assert [one.user for one in slack.posted() if one.channel != pair.channel] == ["U0C0000", "U0C0001"]
        await judge.check(db, slack.history, kinds=(ASKED, ALONE))
    async with db.reading() as session:
        assert pair.channel not in set(await session.scalars(select(Person.dm_channel)))


@pytest.mark.parametrize("kind", ["drop", "server_error", "rate_limited"])
async def test_an_opening_whose_answer_is_lost_is_repeated(
    db: Database, clock: StandingClock, pair: Pair, kind: Any
) -> None:
    known = crowd.users(2)
    await crowd.owe(db, (await crowd.enrol(db, known))[:1], at=clock.now(), kind=OPENING)
    async with (
        crowd.slack_for(known, clock) as slack,
        crowd.delivering(db, clock, slack.api_url, kinds=pair.kinds()) as engine,
    ):
        slack.fault(Fault(OPEN, kind, times=3))
        await crowd.drain(engine, db, clock, seconds=300)
        assert [one.kind for one in slack.state.conversations.values()].count("mpim") == 1
    assert pair.channel is not None
    assert [row.state for row in await judge.outbox(db)] == ["sent"]


async def test_what_may_have_arrived_is_repeated_once_where_somebody_waits_and_never_elsewhere(
    db: Database, clock: StandingClock, pair: Pair
) -> None:
    known = crowd.users(2)
    people = await crowd.enrol(db, known)
    await crowd.owe(db, people[:1], at=clock.now(), kind=OPENING)
    async with (
        crowd.slack_for(known, clock) as slack,
        crowd.delivering(db, clock, slack.api_url, kinds=pair.kinds()) as engine,
    ):
        await crowd.drain(engine, db, clock, seconds=1)
        (asked,) = await crowd.owe(db, people[:1], at=clock.now(), kind=ASKED)
        (told,) = await crowd.owe(db, people[1:], at=clock.now(), kind=TOLD)
        slack.fault(Fault(POST, "drop", times=2))
        await crowd.drain(engine, db, clock, seconds=30)
        assert judge.seen(slack.history) == {asked.hex: 2, told.hex: 1}
        assert {one.channel for one in slack.posted()} == {pair.channel}
    states = {row.id: (row.state, row.reason) for row in await judge.outbox(db)}
    assert (states[asked][0], states[told]) == ("sent", ("failed", "outcome unknown"))


async def test_a_conversation_that_is_gone_is_not_answered_in_anybodys_own(
    db: Database, clock: StandingClock, pair: Pair
) -> None:
    known = crowd.users(2)
    pair.channel = "G0GONE"
    await crowd.owe(db, (await crowd.enrol(db, known, dm_channel="D0C0000"))[:1], at=clock.now(), kind=ASKED)
    async with (
        crowd.slack_for(known, clock) as slack,
        crowd.delivering(db, clock, slack.api_url, kinds=pair.kinds()) as engine,
    ):
        await crowd.drain(engine, db, clock, seconds=5)
        assert slack.posted() == []
    assert [(row.state, row.reason) for row in await judge.outbox(db)] == [("failed", "channel_not_found")]


async def test_without_the_scope_pairs_wait_and_nobody_else(db: Database, clock: StandingClock, pair: Pair) -> None:
    """An installation from before there were mentors has not been given it."""
    known = crowd.users(2)
    people = await crowd.enrol(db, known)
    await crowd.owe(db, people[:1], at=clock.now(), kind=OPENING)
    async with (
        crowd.slack_for(known, clock) as slack,
        crowd.delivering(db, clock, slack.api_url, kinds=pair.kinds()) as engine,
    ):
        slack.scopes.discard("mpim:write")
        await crowd.drain(engine, db, clock, seconds=5)
        assert engine.trouble == "missing_scope"
        await crowd.owe(db, people, at=clock.now(), kind=ALONE)
        await crowd.drain(engine, db, clock, seconds=5)
        assert len(slack.posted()) == 2
        slack.scopes.add("mpim:write")
        await crowd.drain(engine, db, clock, seconds=120)
    assert pair.channel is not None


def _posts(slack: Workspace) -> list[Call]:
    return [entry for entry in slack.history if isinstance(entry, Call) and entry.method == POST]
