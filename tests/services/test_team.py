"""What a manager sees of each of their people, and a deputy in their place; on both engines."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from bot.database import Database
from bot.models.check_ins import Reading
from bot.models.framework import Release
from bot.models.mentorships import Mentorship
from bot.models.people import Absence, Deputy, Person
from bot.rules.team import Report
from bot.services import team
from tests.support import rows
from tests.support.rows import NOW, TODAY, Cast

DAY = timedelta(days=1)
GIVEN: dict[int, dict[str, Any]] = {
    14: {"is_to_talk_about": True}, 7: {}, 3: {"is_private": True}, 1: {"answer": "skipped"},
}  # fmt: skip


@pytest.fixture
async def cast(db: Database, framework_text: str) -> Cast:
    async with db.writing() as session:
        session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW))
        return await rows.cast(session)


async def sees(db: Database, who: Person) -> tuple[Report, ...]:
    async with db.reading() as session:
        return await team.load(session, by=await rows.acting(session, who), now=NOW, today=TODAY)


async def anas_life(db: Database, cast: Cast) -> None:
    """Read and unread, private and skipped check-ins; evidence; a mentor whom Mats may know of, and one he may not."""
    async with db.writing() as session:
        for days, more in GIVEN.items():
            given = {"round_on": TODAY - days * DAY, "submitted_at": NOW - days * DAY, **more}
            one = await rows.check_in(session, cast.ana, manager=cast.mats, **given)
            if days == 14:
                session.add(Reading(check_in_id=one.id, person_id=cast.ana.id, manager_id=cast.mats.id, read_at=NOW))
        await rows.check_in(session, cast.ana, manager=cast.noor, round_on=date(2026, 1, 5))  # of another time
        await rows.evidence(session, cast.ana, submitted_at=NOW - 4 * DAY)
        await rows.evidence(session, cast.ana, submitted_at=NOW - 9 * DAY)
        for mentor, shares in ((cast.noor, True), (cast.lea, False)):
            pair = {"began_at": NOW, "until_on": TODAY + 90 * DAY, "shares_pair": shares}
            session.add(Mentorship(request_id=uuid4(), mentor_id=mentor.id, mentee_id=cast.ana.id, **pair))


async def test_one_line_says_what_waits_and_when_they_last_checked_in(db: Database, cast: Cast) -> None:
    await anas_life(db, cast)
    [ana] = await sees(db, cast.mats)
    assert (ana.name, ana.track, ana.level, ana.band) == ("Ana Pérez", "Technical", "T2", 2)
    assert (ana.unread, ana.waiting, ana.waiting_since, ana.is_talk_due) == (1, 2, NOW - 9 * DAY, True)
    assert (ana.last_on, ana.is_away, ana.mentors) == (TODAY - 7 * DAY, False, ("Noor Rao",))
    assert await sees(db, cast.lea) == ()


async def test_a_deputy_sees_what_was_given_since_and_nothing_of_talks_or_mentors(db: Database, cast: Cast) -> None:
    await anas_life(db, cast)
    async with db.writing() as session:
        session.add(Absence(person_id=cast.mats.id, from_on=TODAY - DAY, until_on=TODAY + DAY))
        session.add(
            Deputy(person_id=cast.mats.id, deputy_id=cast.lea.id, from_on=TODAY - 6 * DAY, named_at=NOW - 6 * DAY)
        )
    [ana] = await sees(db, cast.lea)
    assert (ana.manager, ana.unread, ana.last_on) == ("Mats Berg", 0, None)
    assert (ana.is_talk_due, ana.mentors) == (False, ())
    async with db.writing() as session:
        await rows.check_in(session, cast.ana, manager=cast.mats)
    [ana] = await sees(db, cast.lea)
    assert (ana.unread, ana.last_on) == (1, TODAY)
