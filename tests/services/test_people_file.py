"""A people file in the database: all of it from today on, or nothing."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.models.changes import Change
from bot.models.framework import Release
from bot.models.messages import Occurrence
from bot.models.people import Person, Placement, ReportingLine
from bot.services import check_in_rounds, people_file
from bot.services.people_file import Preview
from tests.support import rows
from tests.support.rows import LONG_AGO, NOW, TODAY, Cast

ZONE = "Europe/Lisbon"


@pytest.fixture
async def cast(db: Database, framework_text: str) -> Cast:
    async with db.writing() as session:
        session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW))
        return await rows.cast(session)


async def imported(db: Database, text: str, *, days: int = 0, allow_ending: int = 0) -> Preview:
    later = timedelta(days=days)
    async with db.writing() as session:
        return await people_file.apply(
            session, text.encode(), today=TODAY + later, now=NOW + later, zone=ZONE, allow_ending=allow_ending
        )


async def read(session: AsyncSession, *columns: Any, of: Person | UUID) -> Sequence[Any]:
    """The rows of somebody, oldest first."""
    table = columns[0].class_
    key = of if isinstance(of, UUID) else of.id
    found = await session.execute(select(*columns).where(table.person_id == key).order_by(table.from_on))
    return [tuple(row) for row in found]


async def placements(db: Database, of: Person | UUID) -> Sequence[Any]:
    async with db.reading() as session:
        return await read(session, Placement.track, Placement.level, Placement.from_on, Placement.until_on, of=of)


async def managers(db: Database, of: Person | UUID) -> Sequence[Any]:
    async with db.reading() as session:
        return await read(
            session, ReportingLine.manager_id, ReportingLine.from_on, ReportingLine.until_on, of=of
        )  # fmt: skip


async def log_of(db: Database) -> Sequence[str]:
    async with db.reading() as session:
        return (await session.scalars(select(Change.after).where(Change.what == "people file"))).all()


async def prompts(db: Database, of: Person) -> Sequence[Any]:
    """Somebody's prompts of the round that begins today."""
    async with db.reading() as session:
        found = await session.execute(
            select(Occurrence.state, Occurrence.reason, Occurrence.due_at).where(
                Occurrence.person_id == of.id, Occurrence.on_date == TODAY
            )
        )
        return [tuple(row) for row in found]


async def planned(db: Database) -> None:
    async with db.writing() as session:
        await check_in_rounds.plan_some(
            session, after=None, since=NOW - timedelta(hours=24), until=NOW + timedelta(hours=48)
        )


async def test_a_preview_writes_nothing(db: Database, cast: Cast) -> None:
    async with db.reading() as session:
        found = await people_file.preview(session, b"email,level\nana@example.com,T3", today=TODAY)
    assert [change.after for one in found.diff for change in one.changes] == ["T3"]
    assert await placements(db, cast.ana) == [("technical", "T2", LONG_AGO, None)]


async def test_a_change_closes_the_row_and_opens_one_from_today(db: Database, cast: Cast) -> None:
    await imported(db, "email,level,manager\nana@example.com,T3,lea@example.com")
    assert await placements(db, cast.ana) == [
        ("technical", "T2", LONG_AGO, TODAY),
        ("technical", "T3", TODAY, None),
    ]
    assert await managers(db, cast.ana) == [(cast.mats.id, LONG_AGO, TODAY), (cast.lea.id, TODAY, None)]
    assert await log_of(db) == ["1 person changes: 1 track or level, 1 manager"]


async def test_a_second_change_on_one_day_leaves_no_row_without_a_day(db: Database, cast: Cast) -> None:
    await imported(db, "email,level,manager\nana@example.com,T3,lea@example.com")
    await imported(db, "email,level,manager\nana@example.com,T4,noor@example.com")
    assert await placements(db, cast.ana) == [
        ("technical", "T2", LONG_AGO, TODAY),
        ("technical", "T4", TODAY, None),
    ]
    await imported(db, "email,track,manager\nana@example.com,none,none")
    assert await placements(db, cast.ana) == [("technical", "T2", LONG_AGO, TODAY)]
    assert await managers(db, cast.ana) == [(cast.mats.id, LONG_AGO, TODAY)]


async def test_what_is_dated_ahead_still_comes(db: Database, cast: Cast) -> None:
    ahead = TODAY + timedelta(days=30)
    async with db.writing() as session:
        row = (await session.scalars(select(Placement).where(Placement.person_id == cast.ana.id))).one()
        row.until_on = ahead
        session.add(Placement(person_id=cast.ana.id, track="technical", level="T4", from_on=ahead))
        session.add(Placement(person_id=cast.tom.id, track="technical", level="T4", from_on=ahead))
    await imported(db, "email,track,level\nana@example.com,,T3\ntom@example.com,technical,T1")
    assert (await placements(db, cast.ana))[1:] == [
        ("technical", "T3", TODAY, ahead),
        ("technical", "T4", ahead, None),
    ]
    assert (await placements(db, cast.tom))[0] == ("technical", "T1", TODAY, ahead)


async def test_applying_twice_changes_nothing_more(db: Database, cast: Cast) -> None:
    text = "email,name,track,level,manager,country,working_days,cadence\n"
    text += "ana@example.com,,technical,T3,lea@example.com,DE,sun-thu,weekly\n"
    text += "new@example.com,New,technical,T1,ana@example.com,,,"
    await imported(db, text)
    before = await placements(db, cast.ana), await managers(db, cast.ana)
    again = await imported(db, text, days=1)
    assert again == Preview((), ())
    assert (await placements(db, cast.ana), await managers(db, cast.ana)) == before
    assert len(await log_of(db)) == 1


async def test_a_blank_cell_changes_nothing(db: Database, cast: Cast) -> None:
    found = await imported(db, "email,name,track,level,manager,country,working_days,cadence\nana@example.com,,,,,,,")
    assert found == Preview((), ())
    assert await log_of(db) == []


async def test_with_one_finding_nothing_is_applied(db: Database, cast: Cast) -> None:
    text = "email,manager,level\nana@example.com,,T3\nnew@example.com,,\nmats@example.com,ana@example.com,"
    found = await imported(db, text)
    assert [finding.sentence.partition(":")[0] for finding in found.findings] == ["The managers run in a circle"]
    assert await placements(db, cast.ana) == [("technical", "T2", LONG_AGO, None)]
    assert await log_of(db) == []
    async with db.reading() as session:
        assert await session.scalar(select(Person).where(Person.email == "new@example.com")) is None


async def test_people_can_come_before_their_accounts(db: Database, cast: Cast) -> None:
    text = "email,name,track,level,manager,country\nKiran@example.com,Kiran D,technical,T1,yuki@example.com,in\n"
    await imported(db, text + "yuki@example.com,,,,ana@example.com,")
    async with db.reading() as session:
        kiran = (await session.scalars(select(Person).where(Person.email == "kiran@example.com"))).one()
        yuki = (await session.scalars(select(Person).where(Person.email == "yuki@example.com"))).one()
    assert (kiran.slack_id, kiran.name, kiran.zone, kiran.country) == (None, "Kiran D", ZONE, "IN")
    assert (kiran.is_active, kiran.is_guest, kiran.preferred_hour, kiran.working_days) == (True, False, 9, "12345")
    assert yuki.name == "yuki"
    assert await placements(db, kiran) == [("technical", "T1", TODAY, None)]
    assert await managers(db, kiran) == [(yuki.id, TODAY, None)]
    assert await managers(db, yuki) == [(cast.ana.id, TODAY, None)]


async def test_wishes_are_set_and_the_planned_prompt_moves(db: Database, cast: Cast) -> None:
    await planned(db)
    ((state, _, due_at),) = await prompts(db, cast.lea)
    await imported(db, "email,working_days,country,cadence\nlea@example.com,tue-fri,FR,weekly")
    async with db.reading() as session:
        lea = await session.get_one(Person, cast.lea.id)
    assert (lea.working_days, lea.country, lea.cadence, lea.name) == ("2345", "FR", "weekly", "Lea Roux")
    assert await prompts(db, cast.lea) == [(state, None, due_at + timedelta(days=1))]


async def test_leaving_the_program_ends_what_is_planned_and_coming_back_begins_again(db: Database, cast: Cast) -> None:
    await planned(db)
    before = await prompts(db, cast.ana)
    await imported(db, "email,track\nana@example.com,none")
    assert await placements(db, cast.ana) == [("technical", "T2", LONG_AGO, TODAY)]
    assert [row[:2] for row in await prompts(db, cast.ana)] == [("skipped", "left the program")]
    await imported(db, "email,track,level\nana@example.com,technical,T2")
    assert await prompts(db, cast.ana) == before


async def test_ending_many_at_once_stops_and_asks(db: Database, cast: Cast) -> None:
    text = "email,track\nana@example.com,none\nnoor@example.com,none"
    found = await imported(db, text)
    assert "--allow-ending 2" in str(found.findings[0])
    assert (await placements(db, cast.ana))[0][3] is None
    assert (await imported(db, text, allow_ending=2)).findings == ()
    assert (await placements(db, cast.ana))[0][3] == TODAY


async def test_many_people_are_few_statements(db: Database, cast: Cast) -> None:
    text = "email,name,track,level,manager\n"
    text += "\n".join(f"p{n}@example.com,P {n},technical,T2,p{n // 7}@example.com" for n in range(1, 400))
    text += "\np0@example.com,P 0,technical,T2,"
    statements: list[str] = []
    event.listen(db.engine.sync_engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    found = await imported(db, text)
    assert len(found.diff) == 400
    assert len(statements) < 30
