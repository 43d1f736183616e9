"""You said, we did: who may promise, what comes back to whom and when, and how it ends."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.models.messages import Outbox
from bot.models.people import Person, RoleGrant
from bot.models.promises import Promise as Row
from bot.rules import promises as rules
from bot.rules.less import Topic
from bot.rules.people import Role
from bot.rules.promises import AGAIN, FURTHEST, LONGEST, Promise, State
from bot.rules.refusal import Refusal
from bot.services import attention, keeping, less, promises
from tests.support import rows
from tests.support.rows import LONG_AGO, NOW, TODAY, Cast

SAID, DID, CHANNEL = "CANARY-SAID", "CANARY-DID", "C0PROGRAM"
DUE_ON = TODAY + timedelta(days=7)
THEN = NOW + timedelta(days=7)
CYCLE = "ab" * 16


async def made(session: AsyncSession, cast: Cast, *, by: Person | None = None, **more: Any) -> Promise:
    """Lea, who owns the program, promises something for a week from today."""
    given = {"said": SAID, "did": DID, "due_on": DUE_ON, "cycle_id": CYCLE, "channel": CHANNEL, **more}
    who = await rows.acting(session, by or cast.lea)
    return await promises.make(session, by=who, now=NOW, today=TODAY, **given)


async def told(session: AsyncSession, kind: str) -> list[tuple[str, datetime]]:
    """Who is told, and from when on."""
    found = select(Person.name, Outbox.not_before).join(Person, Person.id == Outbox.recipient)
    return [(row.name, row.not_before) for row in await session.execute(found.where(Outbox.kind == kind))]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"said": "  "}, "said"),
        ({"did": ""}, "did"),
        ({"did": "x" * (LONGEST + 1)}, "did"),
        ({"due_on": None}, "due_on"),
        ({"due_on": TODAY}, "due_on"),
        ({"due_on": TODAY + FURTHEST + timedelta(days=1)}, "due_on"),
    ],
)
def test_a_promise_says_what_and_by_when(given: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        rules.check(**{"said": SAID, "did": DID, "due_on": DUE_ON, "today": TODAY, **given})
    assert refused.value.field == field


@pytest.mark.parametrize(("days", "time"), [(-1, None), (0, 0), (13, 0), (14, 1), (29, 2)])
def test_an_open_promise_comes_back_on_its_day_and_every_two_weeks(days: int, time: int | None) -> None:
    assert rules.comes_back(DUE_ON, DUE_ON + timedelta(days=days)) == time


async def test_only_owners_promise_keep_and_drop_and_everybody_reads(db: Database) -> None:
    async with db.writing() as session:
        cast = await rows.cast(session)
        one, mats = await made(session, cast), await rows.acting(session, cast.mats)
        acts = [
            made(session, cast, by=cast.mats),
            promises.keep(session, one.id, by=mats, did=DID, channel=None, now=NOW),
            promises.drop(session, one.id, by=mats, why_not=DID, channel=None, now=NOW),
        ]
        for act in acts:
            with pytest.raises(Refusal):
                await act
        assert await promises.shown(session, on=TODAY) == (one,)
        assert (await told(session, promises.MADE)) == [("Lea Roux", NOW)]


async def test_what_is_kept_stays_kept_and_is_found_by_its_cycle(db: Database) -> None:
    async with db.writing() as session:
        cast = await rows.cast(session)
        lea = await rows.acting(session, cast.lea)
        one, other = (
            await made(session, cast, channel=None),
            await made(session, cast, due_on=DUE_ON - timedelta(days=1)),
        )
        kept = await promises.keep(session, one.id, by=lea, did="It is done.", channel=CHANNEL, now=NOW)
        assert (kept.state, kept.did, kept.closed_at, kept.channel) == (State.KEPT, "It is done.", NOW, CHANNEL)
        with pytest.raises(Refusal, match="kept or dropped already"):
            await promises.drop(session, one.id, by=lea, why_not="No.", channel=None, now=NOW)
        dropped = await promises.drop(session, other.id, by=lea, why_not="No money.", channel=None, now=NOW)
        assert (dropped.state, dropped.why_not, dropped.channel) == (State.DROPPED, "No money.", CHANNEL)
        assert await promises.kept_of(session, CYCLE) == [kept]
        assert await told(session, promises.KEPT) == await told(session, promises.DROPPED) == [("Lea Roux", NOW)]


async def test_it_comes_back_on_the_day_where_the_owner_is_and_not_before(db: Database) -> None:
    async with db.writing() as session:
        cast = await rows.cast(session)
        await session.execute(update(Person).where(Person.id == cast.lea.id).values(zone="Pacific/Auckland"))
        one = await made(session, cast)
        evening = datetime(DUE_ON.year, DUE_ON.month, DUE_ON.day - 1, 10, 59, tzinfo=NOW.tzinfo)
        await promises.plan_due(session, now=evening)
        assert await promises.waiting_for(session, [cast.lea.id], now=evening) == {}
        midnight = evening + timedelta(minutes=1)
        for _ in range(2):
            await promises.plan_due(session, now=midnight)
        assert await told(session, promises.DUE) == [("Lea Roux", midnight)]
        assert list(await promises.load_due(session, [one.id], now=midnight)) == [one.id]
        (waiting,) = await attention.waiting(session, [cast.lea.id], now=midnight)
        assert (waiting.promises, waiting.load) == (1, 1)
        await promises.plan_due(session, now=midnight + AGAIN)
        assert len(await told(session, promises.DUE)) == 2


async def test_once_its_maker_owns_nothing_another_owner_looks_after_it(db: Database) -> None:
    async with db.writing() as session:
        cast = await rows.cast(session)
        session.add(RoleGrant(person_id=cast.noor.id, role=Role.OWNER.value, from_on=LONG_AGO))
        one = await made(session, cast)
        await session.execute(update(RoleGrant).where(RoleGrant.person_id == cast.lea.id).values(until_on=TODAY))
        await promises.plan_due(session, now=THEN)
        assert await told(session, promises.DUE) == [("Noor Rao", THEN)]
        noor = await rows.acting(session, cast.noor)
        await promises.keep(session, one.id, by=noor, did=DID, channel=None, now=THEN)
        assert await told(session, promises.DUE) == []
        assert await promises.load_due(session, [one.id], now=THEN) == {}


async def test_whoever_wants_no_reminders_gets_none(db: Database) -> None:
    async with db.writing() as session:
        cast = await rows.cast(session)
        one, lea = await made(session, cast), await rows.acting(session, cast.lea)
        await less.choose(session, by=lea, topics={Topic.REMINDERS}, now=NOW, today=TODAY)
        assert await promises.load_due(session, [one.id], now=THEN) == {}


async def test_a_promise_outlives_its_maker_and_goes_two_years_after_it_is_closed(db: Database) -> None:
    async with db.writing() as session:
        cast = await rows.cast(session)
        one, lea = await made(session, cast), await rows.acting(session, cast.lea)
        await promises.keep(session, one.id, by=lea, did=DID, channel=None, now=NOW)
        await keeping.erase(session, cast.lea.id, now=NOW)
        assert (await session.scalars(select(Row.did))).all() == [DID]
        later = NOW + timedelta(days=731)
        await keeping.retire(session, now=later, today=date(2028, 11, 17))
        assert (await session.scalars(select(Row.id))).all() == []
