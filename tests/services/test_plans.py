"""Growth plans between a member, the manager of the day and a helper, on both engines."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from bot.database import Database
from bot.models.framework import Release
from bot.models.messages import Outbox
from bot.models.people import Person, ReportingLine
from bot.rules.check_ins import Words
from bot.rules.features import ALL
from bot.rules.plans import NO_TICKS, Had, Kind, Plan, Ticks, Typed, Wanted
from bot.rules.refusal import Refusal
from bot.rules.weeks import Hours
from bot.services import check_ins, manager_weeks, plan_aims, plan_support, plans
from tests.support import rows
from tests.support.rows import LONG_AGO, NOW, TODAY, Cast

DAY = timedelta(days=1)
LAST_DAY = TODAY + 60 * DAY
TYPED = Typed("A course on queues", Kind.COURSE, "I can explain ours", TODAY + 7 * DAY)


@pytest.fixture
async def cast(db: Database, framework_text: str) -> Cast:
    async with db.writing() as session:
        session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW))
        return await rows.cast(session)


async def adds(db: Database, who: Person, typed: Typed = TYPED) -> UUID:
    async with db.writing() as session:
        return await plans.add(session, by=await rows.acting(session, who), typed=typed, now=NOW, today=TODAY)


async def plan(db: Database, who: Person, of: Person) -> Plan:
    async with db.reading() as session:
        return await plans.of(session, by=await rows.acting(session, who), of=of.id, today=TODAY)


async def protects(db: Database, who: Person, of: Person, hours: int = 3) -> Plan:
    async with db.writing() as session:
        by = await rows.acting(session, who)
        return await plan_support.protect(session, by=by, of=of.id, hours=hours, until=LAST_DAY, now=NOW, today=TODAY)


async def checks_in(db: Database, who: Person, ticks: Ticks, *, is_private: bool = False) -> None:
    async with db.writing() as session:
        me = await rows.acting(session, who)
        words = Words(is_private=is_private)
        await check_ins.submit(session, by=me, round_on=TODAY, words=words, now=NOW, ticks=ticks)


async def week(db: Database, manager: Person, *, days: int = 0) -> Sequence[Hours]:
    async with db.reading() as session:
        [found] = await manager_weeks.load(session, [manager.id], now=NOW + days * DAY, features=ALL)
        return found.hours


async def passes_to(db: Database, member: Person, manager: Person) -> None:
    """From today on somebody else is their manager."""
    async with db.writing() as session:
        theirs = update(ReportingLine).where(ReportingLine.person_id == member.id)
        await session.execute(theirs.values(until_on=TODAY))
        session.add(ReportingLine(person_id=member.id, manager_id=manager.id, from_on=TODAY))


async def told(db: Database, kind: str) -> list[UUID]:
    async with db.reading() as session:
        return list(await session.scalars(select(Outbox.recipient).where(Outbox.kind == kind)))


async def test_a_plan_is_read_by_its_member_and_the_manager_of_today(db: Database, cast: Cast) -> None:
    await adds(db, cast.ana)
    for who in (cast.ana, cast.mats):
        assert [one.title for one in (await plan(db, who, cast.ana)).actions] == [TYPED.title]
    for who in (cast.noor, cast.lea):
        with pytest.raises(Refusal, match="not open to you"):
            await plan(db, who, cast.ana)
        with pytest.raises(Refusal, match="not open to you"):
            await protects(db, who, cast.ana)
    await protects(db, cast.mats, cast.ana)
    await passes_to(db, cast.ana, cast.noor)
    with pytest.raises(Refusal, match="not open to you"):
        await plan(db, cast.mats, cast.ana)
    inherited = (await plan(db, cast.noor, cast.ana)).protected
    assert inherited is not None
    assert (inherited.hours, inherited.until, inherited.manager) == (3, LAST_DAY, "Mats Berg")
    assert await week(db, cast.noor) == (Hours("Ana Pérez", 3, LAST_DAY, "Mats Berg"),)
    assert await week(db, cast.noor, days=15) == ()
    await protects(db, cast.noor, cast.ana, hours=1)  # from now on it is theirs
    assert await week(db, cast.noor) == ()


async def test_a_check_in_ticks_moves_and_drops_ones_own_actions_and_no_others(db: Database, cast: Cast) -> None:
    done, moved, far, dropped, kept = [await adds(db, cast.ana) for _ in range(5)]
    noors = await adds(db, cast.noor)
    wanted = (
        (moved, Wanted.IN_TWO_WEEKS), (far, Wanted.IN_A_QUARTER), (dropped, Wanted.DROP), (noors, Wanted.DROP)
    )  # fmt: skip
    await checks_in(db, cast.ana, Ticks(done=(done, noors, uuid4()), wanted=wanted))
    found = (await plan(db, cast.ana, cast.ana)).actions
    assert [(one.id, one.due_on, one.done_on) for one in found] == [
        (kept, TYPED.due_on, None),
        (moved, TODAY + 14 * DAY, None),
        (far, TODAY + 91 * DAY, None),
        (done, TYPED.due_on, TODAY),
    ]
    assert [one.is_open for one in (await plan(db, cast.noor, cast.noor)).actions] == [True]
    async with db.reading() as session:
        form = await check_ins.open_form(session, by=await rows.acting(session, cast.ana), today=TODAY)
    assert [(one.id, one.title) for one in form.plan.actions] == [(one, TYPED.title) for one in (kept, moved, far)]
    with pytest.raises(Refusal, match="Write one sentence"):
        await checks_in(db, cast.ana, NO_TICKS)


async def test_hours_that_were_not_there_are_a_wish_in_the_managers_week(db: Database, cast: Cast) -> None:
    await protects(db, cast.mats, cast.ana)
    async with db.reading() as session:
        form = await check_ins.open_form(session, by=await rows.acting(session, cast.ana), today=TODAY)
    assert form.plan.protected is not None
    await checks_in(db, cast.ana, Ticks(had=Had.NO), is_private=True)
    assert await week(db, cast.mats) == ()
    await checks_in(db, cast.ana, Ticks(had=Had.NO))
    assert await week(db, cast.mats) == (Hours("Ana Pérez", 3, LAST_DAY),)
    assert await week(db, cast.mats, days=15) == ()
    await checks_in(db, cast.ana, Ticks(had=Had.PARTLY))
    assert await week(db, cast.mats) == ()


async def test_a_helper_is_told_once_and_reads_nothing_once_not_named_any_more(db: Database, cast: Cast) -> None:
    action = await adds(db, cast.ana, replace(TYPED, helper="U0NOOR"))
    assert await told(db, plans.HELP_ASKED) == [cast.noor.id]
    for helper in ("U0ANA", "U0NOBODY"):
        with pytest.raises(Refusal):
            await adds(db, cast.ana, replace(TYPED, helper=helper))
    async with db.writing() as session:
        me = await rows.acting(session, cast.ana)
        again = replace(TYPED, title="Another course", helper="U0LEA")
        await plans.change(session, by=me, action=action, typed=again, now=NOW, today=TODAY)
    assert await told(db, plans.HELP_ASKED) == [cast.lea.id]
    async with db.writing() as session:
        await plan_support.decline(session, by=await rows.acting(session, cast.lea), action=action)
        for who in (cast.lea, cast.noor):
            with pytest.raises(Refusal, match="not open to you"):
                await plan_support.asked(session, by=await rows.acting(session, who), action=action)


async def test_a_chance_is_taken_into_the_plan_once_while_there_is_room(db: Database, cast: Cast) -> None:
    chance = uuid4()
    async with db.writing() as session:
        me = await rows.acting(session, cast.ana)
        given: dict[str, Any] = {"by": me, "kind": Kind.WORKSHOP, "now": NOW, "today": TODAY}
        aim = (await plan_aims.on_offer(session, by=me, today=TODAY))[0]
        await plan_aims.choose(session, by=me, aims=[aim.key], now=NOW)
        given["competencies"] = ["unknown", aim.competency]
        first = await plans.offer_into(session, opportunity_id=chance, title="x" * 500, until=LONG_AGO, **given)
        assert (await plans.own(session, by=me, action=first)).aim == aim.key, "it stands beside what it helps with"
        assert await plans.offer_into(session, opportunity_id=chance, title="x", until=None, **given) == first
        for number in range(9):
            await plans.offer_into(session, opportunity_id=uuid4(), title=f"{number}", until=None, **given)
        with pytest.raises(Refusal, match="10 open actions"):
            await plans.offer_into(session, opportunity_id=uuid4(), title="one more", until=None, **given)
        await plans.finish(session, by=me, action=first, now=NOW, today=TODAY)
        with pytest.raises(Refusal, match="done or dropped already"):
            await plans.finish(session, by=me, action=first, now=NOW, today=TODAY)
        with pytest.raises(Refusal, match="not in your plan"):
            await plans.finish(session, by=await rows.acting(session, cast.noor), action=first, now=NOW, today=TODAY)
