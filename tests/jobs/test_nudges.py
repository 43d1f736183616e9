"""The job that plans reminders: once, within its limit, and not at all where none are wanted."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.clock import StandingClock
from bot.database import Database
from bot.jobs import nudges
from bot.jobs.tools import Tools
from bot.models.framework import Release
from bot.models.messages import Outbox
from bot.services import attention
from tests.support import rows
from tests.support.rows import NOW

DAY = timedelta(days=1)


@pytest.mark.parametrize(("most", "lists", "dropped"), [(2, 2, 0), (1, 1, 1), (0, 0, 0)])
async def test_it_plans_once_and_within_its_limit(
    db: Database, clock: StandingClock, framework_text: str, most: int, lists: int, dropped: int
) -> None:
    async with db.writing() as session:
        session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW))
        cast = await rows.cast(session)
        await rows.review(session, await rows.evidence(session, cast.ana), cast.noor)
    tools = Tools(db, clock, client=None, zone="UTC", nudges_a_week=most)  # type: ignore[arg-type]
    for _ in range(12):
        await nudges.plan(tools)
        tools = replace(tools, seen=await nudges.plan(tools))
        clock.set(clock.now() + DAY)
    async with db.reading() as session:
        theirs = (Outbox.kind == attention.BUNDLE, Outbox.recipient == cast.noor.id)
        states = (await session.scalars(select(Outbox.state).where(*theirs).order_by(Outbox.not_before))).all()
        assert states == ["pending"] * lists + ["skipped"] * dropped, "what the limit drops is kept to be counted"
    assert tools.seen == clock.now() - DAY


async def test_after_a_long_sleep_what_is_past_is_not_made_up_for(
    db: Database, clock: StandingClock, framework_text: str
) -> None:
    async with db.writing() as session:
        session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW))
        cast = await rows.cast(session)
        await rows.review(session, await rows.evidence(session, cast.ana), cast.noor)
    tools = Tools(db, clock, client=None, zone="UTC")  # type: ignore[arg-type]
    seen = await nudges.plan(tools)
    clock.set(NOW + 5 * DAY)
    await nudges.plan(replace(tools, seen=seen))
    async with db.reading() as session:
        assert await session.scalar(select(func.count()).where(Outbox.kind == attention.BUNDLE)) == 0
