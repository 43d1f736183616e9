"""Who is welcomed, once, and what is owed of it, on both engines."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import StandingClock
from bot.database import Database
from bot.delivery import check_ins as prompts
from bot.delivery import welcomes as delivery
from bot.delivery.message import A_MOMENT, Later
from bot.jobs import welcomes as jobs
from bot.jobs.tools import Tools
from bot.models.attention import Welcome
from bot.models.framework import Release
from bot.models.messages import Occurrence, Outbox
from bot.models.people import Absence, Person, Placement, ReportingLine
from bot.rules.refusal import Refusal
from bot.services import check_in_rounds, welcomes
from bot.services import people as directory
from tests.support import rows
from tests.support.rows import LONG_AGO, NOW, TODAY, Cast

LATER = timedelta(hours=1)
NIGHT = datetime(2026, 11, 16, 1, tzinfo=UTC)  # in Paris and Stockholm; evening in New York, morning in Kolkata


@pytest.fixture
async def cast(db: Database, framework_text: str) -> Cast:
    async with db.writing() as session:
        session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW))
        return await rows.cast(session)


async def plan(db: Database, at: datetime = NOW) -> None:
    await jobs.plan(Tools(db, StandingClock(at), None, "UTC"))  # type: ignore[arg-type]


async def owed(db: Database) -> dict[str, set[Any]]:
    """Kind → to whom, with nobody twice; redrawings left out."""
    async with db.reading() as session:
        kinds = Outbox.kind != welcomes.AGAIN
        found = (await session.execute(select(Outbox.kind, Outbox.recipient).where(kinds))).all()
    assert len(set(found)) == len(found)
    return {kind: {row.recipient for row in found if row.kind == kind} for kind in {row.kind for row in found}}


async def sent(session: AsyncSession) -> None:
    await session.execute(update(Outbox).values(state="sent"))


async def test_members_and_managers_are_welcomed_once_and_in_one_message(db: Database, cast: Cast) -> None:
    for at in (NOW, NOW, NOW + LATER):
        await plan(db, at)
        assert await owed(db) == {welcomes.HELLO: {cast.ana.id, cast.mats.id, cast.noor.id, cast.lea.id}}
    async with db.reading() as session:
        shown = await welcomes.load(session, [cast.ana.id, cast.mats.id], now=NOW)
    assert {one.person.name: one.is_manager for one in shown.values()} == {"Ana Pérez": False, "Mats Berg": True}


async def test_nobody_is_welcomed_before_there_is_a_framework(db: Database) -> None:
    async with db.writing() as session:
        await rows.cast(session)
    await plan(db)
    assert await owed(db) == {}


async def test_guests_leavers_and_people_without_an_account_hear_nothing(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        for name, given in (("Guest", {"is_guest": True}), ("Gone", {"is_active": False}), ("New", {"slack_id": None})):
            who = await rows.person(session, name, **given)
            await rows.person(session, f"Of-{name}", track=None, manager=who)
        await rows.person(session, "Left Behind", track=None, is_active=False, manager=cast.noor)
    await plan(db)
    assert await owed(db) == {welcomes.HELLO: {cast.ana.id, cast.mats.id, cast.noor.id, cast.lea.id}}
    async with db.reading() as session:
        [noor] = (await welcomes.load(session, [cast.noor.id], now=NOW)).values()
    assert not noor.is_manager, "nobody active reports to her"


async def becomes_manager(db: Database, who: Person, of: Person) -> None:
    async with db.writing() as session:
        await session.execute(update(ReportingLine).where(ReportingLine.person_id == of.id).values(until_on=LONG_AGO))
        session.add(ReportingLine(person_id=of.id, manager_id=who.id, from_on=TODAY))


async def test_who_becomes_a_manager_later_gets_that_part_then(db: Database, cast: Cast) -> None:
    await plan(db)
    async with db.writing() as session:
        await sent(session)
    await becomes_manager(db, cast.noor, cast.ana)
    for _ in range(2):
        await plan(db, NOW + LATER)
        assert (await owed(db))[welcomes.MANAGER] == {cast.noor.id}
    async with db.reading() as session:
        loaded = await delivery.load_manager(session, [cast.noor.id], NOW)
        [again] = (await delivery.load_again(session, [cast.noor.id], NOW)).values()
    assert cast.noor.id in loaded
    assert not again.is_manager, "that part stands in a message of its own"


async def test_a_welcome_that_has_not_left_takes_the_managers_part_along(db: Database, cast: Cast) -> None:
    await plan(db, NIGHT)
    await becomes_manager(db, cast.lea, cast.ana)
    await plan(db, NIGHT + LATER)
    assert welcomes.MANAGER not in await owed(db)
    async with db.reading() as session:
        [lea] = (await welcomes.load(session, [cast.lea.id], now=NOW)).values()
    assert lea.is_manager


async def test_a_manager_who_takes_no_part_hears_what_comes_and_is_welcomed_when_they_join(
    db: Database, cast: Cast
) -> None:
    async with db.writing() as session:
        boss = await rows.person(session, "Boss", track=None)
    await becomes_manager(db, boss, cast.ana)
    await plan(db)
    assert (await owed(db))[welcomes.MANAGER] == {boss.id}
    async with db.writing() as session:
        session.add(Placement(person_id=boss.id, track="technical", level="T3", from_on=TODAY))
    await plan(db, NOW + LATER)
    assert boss.id in (await owed(db))[welcomes.HELLO]


async def test_it_comes_at_an_open_hour_and_to_nobody_who_is_away(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        session.add(Absence(person_id=cast.noor.id, from_on=LONG_AGO))
    await plan(db, NIGHT)
    async with db.reading() as session:
        found = await session.execute(select(Outbox.recipient, Outbox.not_before))
        due = {row.recipient: row.not_before for row in found}
        loaded = await delivery.load_hello(session, list(due), NIGHT)
    assert due[cast.lea.id] == datetime(2026, 11, 16, 8, tzinfo=UTC)
    assert due[cast.ana.id] == datetime(2026, 11, 16, 14, tzinfo=UTC)
    assert due[cast.noor.id] == NIGHT + welcomes.LOOK_AGAIN
    assert loaded[cast.lea.id] == Later(due[cast.lea.id])
    assert loaded[cast.noor.id] == Later(due[cast.noor.id])


async def test_a_crowd_is_welcomed_page_by_page(db: Database, cast: Cast) -> None:
    many = 2 * welcomes.PAGE + 3
    crowd = [Person(name=f"P {n}", slack_id=f"U{n}", zone="Europe/Lisbon") for n in range(many)]
    async with db.writing() as session:
        session.add_all(crowd)
        await session.flush()
        session.add_all([Placement(person_id=one.id, track="technical", level="T2", from_on=LONG_AGO) for one in crowd])
    async with db.reading() as session:
        assert len(await welcomes.newcomers(session, now=NOW)) == welcomes.PAGE
    await plan(db)
    async with db.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Welcome)) == many + 4
        assert await session.scalar(select(func.count(Outbox.recipient.distinct()))) == many + 4


async def test_those_left_out_hear_nothing_until_they_manage_somebody(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        await welcomes.leave_out(session, but=[cast.lea.id], now=NOW)
    await plan(db)
    assert await owed(db) == {welcomes.HELLO: {cast.lea.id}}
    await becomes_manager(db, cast.noor, cast.ana)
    await plan(db, NOW + LATER)
    assert (await owed(db))[welcomes.MANAGER] == {cast.noor.id}


async def test_a_prompt_waits_for_the_welcome(db: Database, cast: Cast) -> None:
    prompt = Occurrence(
        kind=check_in_rounds.KIND, person_id=cast.lea.id, on_date=TODAY, due_at=NOW,
        expires_at=NOW + timedelta(days=14), state="told",
    )  # fmt: skip
    async with db.writing() as session:
        session.add(prompt)
    wait = {prompt.id: Later(NOW + A_MOMENT)}
    async with db.reading() as session:
        assert await prompts.load_prompts(session, [prompt.id], NOW) == wait, "nobody has looked for newcomers yet"
    await plan(db)
    for state in ("pending", "sending", "unknown"):
        async with db.writing() as session:
            await session.execute(update(Outbox).values(state=state))
        async with db.reading() as session:
            assert await prompts.load_prompts(session, [prompt.id], NOW) == wait, state
    async with db.writing() as session:
        await sent(session)
    async with db.reading() as session:
        loaded = await prompts.load_prompts(session, [prompt.id], NOW)
    assert not isinstance(loaded[prompt.id], Later)


async def test_a_tap_is_for_oneself_and_for_members_who_were_welcomed(db: Database, cast: Cast) -> None:
    async def says(who: Person, of: Person) -> None:
        async with db.writing() as session:
            await welcomes.say_wrong(session, by=await rows.acting(session, who), of=of.id, now=NOW)

    for who, of in ((cast.ana, cast.ana), (cast.tom, cast.tom)):
        with pytest.raises(Refusal):
            await says(who, of)
    await plan(db)
    with pytest.raises(Refusal):
        await says(cast.noor, cast.ana)
    await says(cast.ana, cast.ana)
    await says(cast.ana, cast.ana)
    assert (await owed(db))[welcomes.WRONG] == {cast.lea.id}


async def test_owners_hear_of_what_is_still_wrong(db: Database, cast: Cast) -> None:
    await plan(db)
    async with db.writing() as session:
        ana = (await directory.by_id(session, [cast.ana.id], on=TODAY))[cast.ana.id]
        await welcomes.say_wrong(session, by=ana, of=ana.id, now=NOW)
        [wrong] = (await welcomes.load_wrong(session, [ana.id], now=NOW)).values()
        assert (wrong.person.manager_name, wrong.level and wrong.level.key) == ("Mats Berg", "T2")
        await welcomes.say_right(session, by=ana, of=ana.id, now=NOW)
        assert await welcomes.load_wrong(session, [ana.id], now=NOW) == {}
