"""What is in a manager's week, and when it is worth a message; on both engines."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import delete, select, update

from bot.database import Database
from bot.models.check_ins import CheckIn, Reading
from bot.models.framework import Release
from bot.models.mentors import MentorRequest, Proposal
from bot.models.mentorships import MentorSession, Mentorship
from bot.models.milestones import NoChance
from bot.models.people import Absence, Person
from bot.rules.deputies import Named
from bot.rules.weeks import Ask, Pair, Praise, Return, Week, Wish
from bot.services import framework as frameworks
from bot.services import manager_weeks, people
from tests.support import rows
from tests.support.rows import NOW, TODAY, Cast

DAY = timedelta(days=1)
REVIEWS, CAUSES = "t3-design-reviews", "t3-root-causes"


@pytest.fixture
async def cast(db: Database, framework_text: str) -> Cast:
    async with db.writing() as session:
        session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW))
        return await rows.cast(session)


async def week(db: Database, **more: Any) -> Week:
    """What Mats would hear now."""
    async with db.reading() as session:
        mats = (await people.by_slack_id(session, ["U0MATS"], on=rows.TODAY))["U0MATS"]
        [found] = await manager_weeks.load(session, [mats.id], now=NOW, **more)
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
    assert (found.talks, found.due, found.load, found.is_news(NOW)) == (1, (), 0, False)


async def test_a_talk_is_due_once_the_next_round_has_begun(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        for weeks in (2, 4, 6):
            await rows.check_in(
                session, cast.ana, manager=cast.mats, round_on=TODAY - timedelta(weeks=weeks), is_to_talk_about=True,
                answer="skipped",
            )  # fmt: skip
    found = await week(db)
    assert (found.talks, found.due, found.load, found.is_news(NOW)) == (3, ("Ana Pérez",), 1, False)
    async with db.writing() as session:
        await session.execute(update(CheckIn).where(CheckIn.round_on < TODAY - 15 * DAY).values(talked_at=NOW))
    found = await week(db)
    assert (found.talks, found.due, found.is_news(NOW)) == (1, ("Ana Pérez",), True)  # since today: two weeks a round
    async with db.writing() as session:
        await session.execute(update(Person).where(Person.id == cast.ana.id).values(cadence="monthly"))
    assert (await week(db)).due == ()


async def pair(db: Database, cast: Cast, **more: Any) -> None:
    """Noor mentors Ana."""
    given = {"began_at": NOW - 40 * DAY, "until_on": TODAY + 90 * DAY, "shares_pair": True, **more}
    async with db.writing() as session:
        await session.execute(delete(Mentorship))
        session.add(Mentorship(request_id=uuid4(), mentor_id=cast.noor.id, mentee_id=cast.ana.id, **given))


ROOM: dict[str, tuple[dict[str, Any], bool]] = {
    "new": ({"began_at": NOW - 3 * DAY}, True),
    "new, not shared": ({"began_at": NOW - 3 * DAY, "shares_pair": False}, False),
    "going on": ({}, False),
    "asked because it was quiet": ({"quiet_asked_at": NOW - DAY}, True),
    "the same, not shared": ({"quiet_asked_at": NOW - DAY, "shares_pair": False}, False),
    "resting": ({"quiet_asked_at": NOW - DAY, "paused_until": TODAY + DAY}, False),
    "over": ({"quiet_asked_at": NOW - DAY, "ended_at": NOW}, False),
}


@pytest.mark.parametrize("name", ROOM)
async def test_a_pair_needs_room_when_its_mentee_lets_the_manager_know_of_it(
    db: Database, cast: Cast, name: str
) -> None:
    given, is_told = ROOM[name]
    await pair(db, cast, **given)
    told = (Pair("Ana Pérez", "Noor Rao"),) if is_told else ()
    assert ((await week(db)).pairs, (await week(db, features=frozenset({"check_ins"}))).pairs) == (told, ())
    async with db.writing() as session:
        [found] = await session.scalars(select(Mentorship))
        both = {"mentor_id": cast.noor.id, "mentee_id": cast.ana.id}
        session.add(MentorSession(mentorship_id=found.id, starts_at=NOW + DAY, **both))
    assert (await week(db)).pairs == ()  # they have found an hour themselves


BACK = {
    "today": (17, 0, True),
    "on Friday": (17, 3, True),
    "more than a week ago": (30, 8, False),
    "from a few days only": (3, 0, False),
}


@pytest.mark.parametrize("name", BACK)
async def test_whoever_is_back_from_a_longer_leave_is_named_once(db: Database, cast: Cast, name: str) -> None:
    began, ended, is_told = BACK[name]
    async with db.writing() as session:
        until = TODAY - ended * DAY
        for who in (cast.ana, cast.noor, cast.mats):
            session.add(Absence(person_id=who.id, from_on=TODAY - began * DAY, until_on=until))
    found = await week(db)
    assert (found.back, found.is_news(NOW)) == (((Return("Ana Pérez", until),) if is_told else ()), is_told)


async def test_what_a_manager_alone_can_answer_is_named_and_no_reason_to_write(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        asked = await rows.review(session, await rows.evidence(session, cast.noor), cast.mats)
        given = await rows.evidence(session, cast.lea)
        await rows.review(session, given, cast.mats, verdict="accepted")
        request = MentorRequest(mentee_id=cast.lea.id, state="open", asked_at=NOW)
        session.add(request)
        await session.flush()
        later = {"asked_at": NOW, "expires_at": NOW + DAY, "mentor_id": cast.mats.id, "state": "proposed"}
        proposal = Proposal(request_id=request.id, way="best", **later)
        session.add(proposal)
    found = await week(db)
    assert found.reviews == (Ask("Noor Rao", asked.id),)
    assert found.requests == (Ask("Lea Roux", proposal.id),)
    assert (found.load, found.is_news(NOW)) == (0, False)
    found = await week(db, features=frozenset({"check_ins"}))
    assert (found.reviews, found.requests) == ((), ())


async def test_a_deputy_hears_nothing_that_is_the_managers_own(db: Database, cast: Cast) -> None:
    await pair(db, cast, quiet_asked_at=NOW - DAY)
    async with db.writing() as session:
        session.add(Absence(person_id=cast.ana.id, from_on=TODAY - 20 * DAY, until_on=TODAY))
        await rows.check_in(session, cast.ana, manager=cast.mats, round_on=TODAY - 14 * DAY, is_to_talk_about=True)
        await rows.review(session, await rows.evidence(session, cast.noor), cast.mats)
    mine = await week(db)
    assert (len(mine.pairs), len(mine.back), len(mine.due), len(mine.reviews)) == (1, 1, 1, 1)
    named = Named(uuid4(), cast.mats.id, "Mats Berg", cast.noor.id, "Noor Rao", None, NOW - 30 * DAY)
    deputys = await week(db, read_by={cast.mats.id: named})
    assert (deputys.answers, deputys.load) == (1, 1)
    assert not any((deputys.pairs, deputys.back, deputys.due, deputys.talks, deputys.reviews, deputys.requests))
