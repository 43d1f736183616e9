"""What is in a manager's week, and when it is worth a message; on both engines."""

from datetime import timedelta
from typing import Any

import pytest

from bot.database import Database
from bot.models.check_ins import Reading
from bot.models.framework import Release
from bot.models.milestones import NoChance
from bot.rules.weeks import Praise, Week, Wish
from bot.services import framework as frameworks
from bot.services import manager_weeks, people
from tests.support import rows
from tests.support.rows import NOW, Cast

DAY = timedelta(days=1)
REVIEWS, CAUSES = "t3-design-reviews", "t3-root-causes"


@pytest.fixture
async def cast(db: Database, framework_text: str) -> Cast:
    async with db.writing() as session:
        session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW))
        return await rows.cast(session)


async def week(db: Database) -> Week:
    """What Mats would hear now."""
    async with db.reading() as session:
        mats = (await people.by_slack_id(session, ["U0MATS"], on=rows.TODAY))["U0MATS"]
        [found] = await manager_weeks.load(session, [mats.id], now=NOW)
    return found


async def titles(db: Database, *keys: str) -> list[str]:
    async with db.reading() as session:
        framework = await frameworks.current(session)
    return [milestone.title for key in keys if (milestone := framework.milestone(key))]


async def accepted(db: Database, cast: Cast, **more: Any) -> None:
    async with db.writing() as session:
        await rows.evidence(session, more.pop("of", cast.ana), **{"state": "accepted", "decided_at": NOW - DAY, **more})


async def test_accepted_evidence_of_the_last_seven_days_is_worth_a_word_of_praise(db: Database, cast: Cast) -> None:
    [title] = await titles(db, REVIEWS)
    await accepted(db, cast, decided_at=NOW - 8 * DAY)
    await accepted(db, cast, state="declined")
    await accepted(db, cast, of=cast.noor)  # who reports to somebody else
    await accepted(db, cast, of=cast.mats)
    assert (await week(db)).load == 0
    for _ in range(2):
        await accepted(db, cast)
    found = await week(db)
    assert (found.praise, found.load, found.newest) == ((Praise("Ana Pérez", title),), 1, NOW - DAY)
    assert found.is_news(NOW)


async def test_wishes_for_work_are_told_while_they_are_new_and_named_with_the_rest(db: Database, cast: Cast) -> None:
    wished = await titles(db, CAUSES, REVIEWS)
    async with db.writing() as session:
        session.add(NoChance(person_id=cast.ana.id, milestone=CAUSES, said_at=NOW - 30 * DAY))
        session.add(NoChance(person_id=cast.ana.id, milestone="gone-since", said_at=NOW - 20 * DAY))
        session.add(NoChance(person_id=cast.noor.id, milestone=REVIEWS, said_at=NOW))
    found = await week(db)
    assert (found.wishes, found.load, found.is_news(NOW)) == ((Wish("Ana Pérez", (wished[0],)),), 1, False)
    async with db.writing() as session:
        session.add(NoChance(person_id=cast.ana.id, milestone=REVIEWS, said_at=NOW - 2 * DAY))
    found = await week(db)
    assert (found.wishes, found.is_news(NOW)) == ((Wish("Ana Pérez", tuple(wished)),), True)


NEWS = {
    "an answer": ({"submitted_at": NOW - 3 * DAY}, None, True),
    "an old answer": ({"submitted_at": NOW - 15 * DAY}, None, False),
    "an old answer, changed since": ({"submitted_at": NOW - 15 * DAY, "edited_at": NOW - DAY}, None, True),
    "on the day": ({"submitted_at": NOW - 14 * DAY}, None, True),
    "evidence": (None, NOW - 3 * DAY, True),
    "old evidence": (None, NOW - 15 * DAY, False),
    "old evidence, and a new answer": ({"submitted_at": NOW - DAY}, NOW - 15 * DAY, True),
    "nothing": (None, None, False),
}


@pytest.mark.parametrize("name", NEWS)
async def test_two_messages_about_one_thing_then_silence(db: Database, cast: Cast, name: str) -> None:
    answer, sent, is_news = NEWS[name]
    async with db.writing() as session:
        if answer:
            await rows.check_in(session, cast.ana, manager=cast.mats, **answer)
        if sent:
            await rows.evidence(session, cast.ana, submitted_at=sent)
            await rows.evidence(session, cast.ana, submitted_at=NOW - 40 * DAY)
    assert (await week(db)).is_news(NOW) is is_news


async def test_what_is_on_the_list_is_counted_and_no_reason_to_write(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        listed = await rows.check_in(session, cast.ana, manager=cast.mats, is_to_talk_about=True)
        session.add(Reading(check_in_id=listed.id, person_id=cast.ana.id, manager_id=cast.mats.id, read_at=NOW))
    found = await week(db)
    assert (found.talks, found.load, found.is_news(NOW)) == (1, 0, False)
