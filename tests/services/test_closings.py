"""Days on which the company is closed, on both engines."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.database import Database
from bot.models.changes import Change
from bot.models.framework import Release
from bot.models.messages import Occurrence, Outbox
from bot.models.people import Absence
from bot.rules.refusal import Refusal
from bot.services import check_in_rounds as rounds
from bot.services import closings, people
from tests.support import rows
from tests.support.rows import NOW, TODAY

DAY = timedelta(days=1)


async def close(db: Database, first: date, last: date) -> None:
    async with db.writing() as session:
        await closings.add(session, first, last, now=NOW)


async def test_closing_days_are_kept_listed_logged_and_taken_back(db: Database) -> None:
    await close(db, TODAY, TODAY + 3 * DAY)
    await close(db, TODAY - 9 * DAY, TODAY - DAY)
    async with db.writing() as session:
        assert await closings.ahead(session, today=TODAY) == [(TODAY, TODAY + 3 * DAY)]
        await closings.remove(session, TODAY, now=NOW)
        assert await closings.ahead(session, today=TODAY) == []
        logged = (await session.scalars(select(Change.after).where(Change.what == closings.WHAT))).all()
    assert sorted(logged) == ["", "2026-11-07 to 2026-11-15", "2026-11-16 to 2026-11-19"]


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (TODAY, TODAY - DAY, "before the first one"),
        (TODAY, TODAY + 61 * DAY, "Is the year right"),
        (TODAY + 7 * DAY, TODAY + 7 * DAY, "there already"),
    ],
)
async def test_what_cannot_be_meant_is_refused(db: Database, first: date, last: date, sentence: str) -> None:
    await close(db, TODAY + 7 * DAY, TODAY + 8 * DAY)
    with pytest.raises(Refusal, match=sentence):
        await close(db, first, last)


async def test_what_is_not_there_cannot_be_taken_back(db: Database) -> None:
    with pytest.raises(Refusal, match="no closing days that begin on 2026-11-16"):
        async with db.writing() as session:
            await closings.remove(session, TODAY, now=NOW)


async def test_everybody_is_away_beside_their_own_absences(db: Database) -> None:
    await close(db, TODAY, TODAY)
    async with db.writing() as session:
        cast = await rows.cast(session)
        session.add(Absence(person_id=cast.ana.id, from_on=TODAY + DAY, until_on=TODAY + 2 * DAY))
        await session.flush()
        away = await people.absences(session, [cast.ana.id, cast.mats.id], on=TODAY)
        later = await people.absences(session, [cast.ana.id, cast.mats.id], on=TODAY + DAY)
    assert {who: [one.from_on for one in found] for who, found in away.items()} == {
        cast.ana.id: [TODAY + DAY, TODAY],
        cast.mats.id: [TODAY],
    }
    assert list(later) == [cast.ana.id]


async def test_a_prompt_that_is_due_on_a_closing_day_waits_for_the_first_open_one(
    db: Database, framework_text: str
) -> None:
    """Planned before anybody said so: Monday's prompt comes on Wednesday, and nothing counts against anyone."""
    async with db.writing() as session:
        session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW - 9 * DAY))
        ana = await rows.person(session, "Ana Pérez", zone="Europe/Berlin")
        await rounds.plan_some(session, after=None, since=NOW - 2 * DAY, until=NOW + DAY)
    await close(db, TODAY, TODAY + DAY)
    async with db.writing() as session:
        await rounds.hand_over_some(session, now=NOW + timedelta(hours=1))
        assert (await session.scalars(select(Outbox.id))).all() == []
        moved = await session.scalar(select(Occurrence.due_at).where(Occurrence.person_id == ana.id))
    assert moved is not None
    assert moved.date() == TODAY + 2 * DAY
