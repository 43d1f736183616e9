"""What became of messages, counted for owners and for one person, and sent once more; on both engines."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.models.framework import Release
from bot.models.looks import Look
from bot.models.messages import Outbox, Pace
from bot.models.people import Person
from bot.rules.attention import OVER
from bot.rules.delivery_log import Fate
from bot.rules.refusal import Refusal
from bot.services import attention, delivery_log, looks, messages, nudges
from tests.services.test_nudges import asked
from tests.support import rows
from tests.support.rows import NOW, TODAY, Cast

DAY = timedelta(days=1)
PROMPT, FEEDBACK = "check_in.prompt", "program_feedback.opens"


@pytest.fixture
async def cast(db: Database, framework_text: str) -> Cast:
    async with db.writing() as session:
        session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW))
        return await rows.cast(session)


async def owed(
    session: AsyncSession, to: Person, state: str = "sent", reason: str | None = None, *, kind: str = PROMPT,
    at: datetime = NOW, about: UUID | None = None, attempts: int = 3,
) -> UUID:  # fmt: skip
    row = messages.owed(kind, to=to.id, about=about or uuid4(), at=at)
    tried = NOW - DAY if attempts else None
    session.add(Outbox(**{**row, "state": state, "reason": reason, "attempts": attempts, "first_tried_at": tried}))
    await session.flush()
    return UUID(str(row["id"]))


async def yes(_: AsyncSession, __: str, ___: UUID) -> bool:
    return True


async def no(_: AsyncSession, __: str, ___: UUID) -> bool:
    return False


async def test_each_kind_is_counted_by_what_became_of_it(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        for state, reason in (
            ("sent", None), ("sending", None), ("pending", "rate limited"), ("failed", "user_not_found"),
            ("skipped", attention.BUNDLED), ("skipped", "not needed"),
        ):  # fmt: skip
            await owed(session, cast.ana, state, reason)
        await owed(session, cast.ana, at=NOW - 8 * DAY)
        await owed(session, cast.mats, "failed", "user_disabled", kind=FEEDBACK)
        lea = await rows.acting(session, cast.lea)
        week = await delivery_log.load(session, by=lea, days=7, now=NOW)
        month = await delivery_log.load(session, by=lea, days=30, now=NOW)
    many = {fate: week.many(fate, "Check-in prompts") for fate in Fate}
    assert many == {
        Fate.SENT: 1, Fate.WAITING: 2, Fate.FAILED: 1, Fate.MOVED: 1, Fate.DROPPED: 0, Fate.LEFT_OUT: 1,
    }  # fmt: skip
    assert month.many(Fate.SENT) == 2
    assert ("Check-in prompts", "user_not_found") in week.reasons(Fate.FAILED)
    assert week.many(Fate.FAILED) == 2
    assert week.locked is None


async def test_while_slack_lets_nothing_through_it_is_said_why_and_that_all_waits(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        await owed(session, cast.ana, "pending", "invalid_auth")
        await owed(session, cast.mats, "pending")
        session.add(Pace(method="chat.postMessage", free_at=NOW, paused_until=NOW + timedelta(minutes=1)))
        log = await delivery_log.load(session, by=await rows.acting(session, cast.lea), days=7, now=NOW)
    assert (log.locked, log.many(Fate.WAITING)) == ("invalid_auth", 2)
    assert log.paused_until == NOW + timedelta(minutes=1)


async def test_a_reminder_that_the_weeks_limit_drops_is_counted_once(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        await asked(session, cast.lea)
        for now in (NOW + 2 * DAY, NOW + 2.5 * DAY, NOW + 7 * DAY, NOW + 7.5 * DAY):
            await nudges.plan_some(session, after=None, since=NOW, now=now, most=1)
        lea = await rows.acting(session, cast.lea)
        log = await delivery_log.load(session, by=lea, days=7, now=NOW)
        found = await delivery_log.of_person(session, by=lea, slack_id="U0LEA", now=NOW)
    assert (log.many(Fate.WAITING), log.many(Fate.DROPPED)) == (1, 1)
    assert [one.fate for one in found.entries] == [Fate.WAITING], "what did not come would tell what waits unanswered"


async def test_counting_reads_the_index_alone(db: Database, cast: Cast, engine: str) -> None:
    if engine != "sqlite":
        pytest.skip("PostgreSQL chooses by what is in the table")
    counted = delivery_log._counted(NOW).compile(compile_kwargs={"literal_binds": True})
    async with db.reading() as session:
        plan = [str(row) for row in await session.execute(text(f"EXPLAIN QUERY PLAN {counted}"))]
    read = [line for line in plan if "outbox" in line]
    assert len(read) == len(delivery_log.STATES)
    assert all("COVERING INDEX ix_outbox_due" in line for line in read)


async def test_of_one_person_without_program_feedback_and_they_see_who_looked(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        await owed(session, cast.ana, "failed", "time-out", at=NOW - DAY)
        await owed(session, cast.ana)
        await owed(session, cast.ana, kind=FEEDBACK)
        await owed(session, cast.ana, "skipped", OVER, kind=attention.BUNDLE)
        await owed(session, cast.ana, kind=messages.HOME)
        await owed(session, cast.mats)
        lea = await rows.acting(session, cast.lea)
        found = await delivery_log.of_person(session, by=lea, slack_id="U0ANA", now=NOW)
        await looks.note(session, await looks.unnoted(session, on=TODAY))
        seen = (await session.execute(select(Look.thing, Look.owner_id, Look.because))).all()
    assert found.name == "Ana Pérez"
    assert [(one.fate, one.reason) for one in found.entries] == [(Fate.SENT, ""), (Fate.FAILED, "time-out")]
    assert [tuple(row) for row in seen] == [("messages", cast.ana.id, "owner")]


async def test_only_owners_look_and_send_again(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        failed = await owed(session, cast.ana, "failed", "user_not_found")
        mats = await rows.acting(session, cast.mats)
        for work in (
            delivery_log.load(session, by=mats, days=7, now=NOW),
            delivery_log.failed(session, by=mats, days=7, now=NOW),
            delivery_log.of_person(session, by=mats, slack_id="U0ANA", now=NOW),
            delivery_log.send_again(session, by=mats, message=failed, wanted=yes, now=NOW),
        ):
            with pytest.raises(Refusal, match="not open to you"):
                await work


async def test_what_failed_is_named_one_by_one_but_nobody_to_whom_program_feedback_went(
    db: Database, cast: Cast
) -> None:
    async with db.writing() as session:
        await owed(session, cast.ana, "failed", "user_not_found")
        await owed(session, cast.mats, "failed", "user_not_found", kind=FEEDBACK, at=NOW - DAY)
        await owed(session, cast.ana, "failed", "user_not_found", at=NOW - 20 * DAY)
        found = await delivery_log.failed(session, by=await rows.acting(session, cast.lea), days=7, now=NOW)
    assert [one.who for one in found] == ["Ana Pérez", None]


@pytest.mark.parametrize(("reason", "attempts"), [("user_not_found", 0), ("time-out", 1)])
async def test_it_goes_out_once_more_and_is_looked_for_where_it_may_have_arrived(
    db: Database, cast: Cast, reason: str, attempts: int
) -> None:
    async with db.writing() as session:
        failed = await owed(session, cast.ana, "failed", reason)
        lea = await rows.acting(session, cast.lea)
        await delivery_log.send_again(session, by=lea, message=failed, wanted=yes, now=NOW)
        with pytest.raises(Refusal, match="on its way already"):
            await delivery_log.send_again(session, by=lea, message=failed, wanted=yes, now=NOW)
        row = await session.get_one(Outbox, failed, populate_existing=True)
    assert (row.state, row.reason, row.attempts) == ("pending", None, attempts)
    assert (row.first_tried_at is not None) == (attempts == 1)


async def test_it_says_why_where_it_does_not_go_out_again(db: Database, cast: Cast) -> None:
    about = uuid4()
    async with db.writing() as session:
        lea = await rows.acting(session, cast.lea)
        unwanted = await owed(session, cast.ana, "failed", "time-out")
        gone = await owed(session, cast.noor, "failed", "user_disabled")
        await session.execute(update(Person).where(Person.id == cast.noor.id).values(is_active=False))
        twice = await owed(session, cast.ana, "failed", "time-out", about=about, at=NOW - DAY)
        await session.execute(update(Outbox).where(Outbox.id == twice).values(dedupe_key="another"))
        await owed(session, cast.ana, "sent", about=about)
        for message, wanted, said in ((unwanted, no, "no use"), (gone, yes, "left"), (twice, yes, "arrived by now")):
            with pytest.raises(Refusal, match=said):
                await delivery_log.send_again(session, by=lea, message=message, wanted=wanted, now=NOW)
        with pytest.raises(Refusal, match="no longer there"):
            await delivery_log.send_again(session, by=lea, message=uuid4(), wanted=yes, now=NOW)
