"""What has been kept for its time goes, page by page; what has not, stays."""

import logging
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import StandingClock
from bot.database import Base, Database
from bot.jobs import keeping as jobs
from bot.jobs.tools import Tools
from bot.models.changes import Change
from bot.models.check_ins import CheckIn, MilestoneProgress
from bot.models.evidence import Evidence, Review
from bot.models.messages import Inbox, Occurrence, Outbox
from bot.models.people import Absence, Person
from bot.models.stories import SuccessStory
from bot.services import keeping
from tests.support import rows
from tests.support.rows import NOW, TODAY

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


def aged(name: str, at: datetime, who: Person) -> Base:
    """A row of the table whose time runs from `at`."""
    made: dict[str, Base] = {
        "inbox": Inbox(event_key=f"event {at}", seen_at=at),
        "change": Change(at=at, what="framework"),
        "outbox": Outbox(dedupe_key=f"key {at}", kind="welcome", recipient=who.id, subject=uuid4(), not_before=at),
        "occurrence": Occurrence(
            kind="check-in", person_id=who.id, on_date=at.date(), slot=at.second, due_at=at, expires_at=at, state="told"
        ),
        "check_in": CheckIn(
            person_id=who.id, round_on=at.date() + timedelta(days=at.second), answer="answered", submitted_at=at
        ),
        "success_story": SuccessStory(
            author_id=who.id, track="technical", level="T2", did="", helped="", state="withdrawn", offered_at=at,
            decided_at=at,
        ),
    }  # fmt: skip
    return made[name]


@pytest.mark.parametrize(
    ("table", "days"),
    [("inbox", 1), ("outbox", 30), ("change", 730), ("occurrence", 730), ("check_in", 730), ("success_story", 730)],
)
async def test_a_row_goes_once_its_days_are_over_and_not_a_second_before(db: Database, table: str, days: int) -> None:
    async with db.writing() as session:
        ana = await rows.person(session, "Ana Pérez")
        for at in (NOW, NOW - days * DAY, NOW - days * DAY - SECOND):
            session.add(aged(table, at, ana))
        await session.flush()
        gone = await keeping.retire(session, now=NOW, today=TODAY)
        assert {name: count for name, count in gone.items() if count} == {table: 1}
        assert not any((await keeping.retire(session, now=NOW, today=TODAY)).values())
        gone = await keeping.retire(session, now=NOW + SECOND, today=TODAY)
        assert gone[table] == 1


async def test_an_absence_goes_two_years_after_the_return_and_never_while_it_lasts(db: Database) -> None:
    async with db.writing() as session:
        ana = await rows.person(session, "Ana Pérez")
        for until in (None, TODAY - timedelta(days=730), TODAY - timedelta(days=731)):
            session.add(Absence(person_id=ana.id, from_on=rows.LONG_AGO, until_on=until))
        await session.flush()
        assert (await keeping.retire(session, now=NOW, today=TODAY))["absence"] == 1
        assert set(await session.scalars(select(Absence.until_on))) == {None, TODAY - timedelta(days=730)}


async def test_evidence_goes_with_its_reviews_three_years_after_the_decision(db: Database) -> None:
    async with db.writing() as session:
        cast = await rows.cast(session)
        decided = NOW - timedelta(days=1095)
        for did, at in (("never decided", None), ("today", decided), ("old", decided - SECOND)):
            claim = await rows.evidence(session, cast.ana, did=did, decided_at=at, submitted_at=NOW - 2000 * DAY)
            await rows.review(session, claim, cast.noor, reason=did)
        assert (await keeping.retire(session, now=NOW, today=TODAY))["evidence"] == 1
        assert set(await session.scalars(select(Evidence.did))) == {"never decided", "today"}
        assert set(await session.scalars(select(Review.reason))) == {"never decided", "today"}


async def test_a_check_in_takes_its_milestones_along(db: Database) -> None:
    async with db.writing() as session:
        ana = await rows.person(session, "Ana Pérez")
        said = await rows.check_in(session, ana, submitted_at=NOW - 800 * DAY)
        session.add(MilestoneProgress(check_in_id=said.id, milestone="t3", person_id=ana.id, moved="same"))
        await session.flush()
        await keeping.retire(session, now=NOW, today=TODAY)
        assert await _count(session, MilestoneProgress) == 0


@pytest.mark.parametrize(
    ("left_on", "is_active", "is_erased"),
    [
        (TODAY - timedelta(days=90), False, True),
        (TODAY - timedelta(days=89), False, False),
        (TODAY - timedelta(days=90), True, False),
        (None, False, False),
    ],
)
async def test_leavers_are_erased_after_ninety_days(
    db: Database, left_on: date | None, is_active: bool, is_erased: bool
) -> None:
    async with db.writing() as session:
        tom = await rows.person(session, "Tom Ngata", left_on=left_on, is_active=is_active)
        await rows.check_in(session, tom)
        gone = await keeping.retire(session, now=NOW, today=TODAY)
        assert gone["person"] == is_erased
        assert (tom.name == keeping.FORMER) is is_erased
        assert await _count(session, CheckIn) == (not is_erased)
        assert (await keeping.retire(session, now=NOW, today=TODAY))["person"] == 0


async def test_pages_are_small_and_the_job_takes_all_of_them(
    db: Database, clock: StandingClock, caplog: pytest.LogCaptureFixture
) -> None:
    async with db.writing() as session:
        session.add_all([Inbox(event_key=f"U0ANA:{number}", seen_at=NOW - 2 * DAY) for number in range(1500)])
        for number in range(60):
            name = f"Leaver{number} Gone"
            await rows.person(session, name, track=None, left_on=TODAY - timedelta(days=100), is_active=False)
        page = await keeping.retire(session, now=NOW, today=TODAY, limit=100)
    assert (page["inbox"], page["person"]) == (100, keeping.LEAVERS_AT_ONCE)
    caplog.set_level(logging.INFO)
    await jobs.retire(Tools(db=db, clock=clock, client=None, zone="UTC"))  # type: ignore[arg-type]
    assert [record.getMessage() for record in caplog.records if record.name == jobs.__name__] == [
        "kept long enough and deleted: inbox 1400, person 10"
    ]
    async with db.reading() as session:
        assert await _count(session, Inbox) == 0
        assert set(await session.scalars(select(Person.name))) == {keeping.FORMER}


async def _count(session: AsyncSession, table: type[Base]) -> int:
    return await session.scalar(select(func.count()).select_from(table)) or 0
