"""A mentorship from its first hour to its end: what the two agree and share, who hears what, and how it ends."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.models.mentors import MentorRequest
from bot.models.mentorships import ClosingSurvey
from bot.models.mentorships import Mentorship as Row
from bot.models.messages import Outbox
from bot.models.people import Absence
from bot.models.people import Person as PersonRow
from bot.rules.mentors import Request, RequestState, Way
from bot.rules.mentorships import Agreement, EndedFor, Mentorship, Share, Survey
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import directory, keeping, mentorship_ends, mentorships, relations
from bot.services.mentorship_ends import ENDED_MENTEE, ENDED_MENTOR, TERM_MENTEE, TERM_MENTOR
from tests.support import rows
from tests.support.rows import NOW, TODAY

DAY = timedelta(days=1)
UNTIL = date(2027, 5, 17)
BEGAN = {"mentorship.open": ["Ana"]}
ENDED = {ENDED_MENTEE: ["Ana"], ENDED_MENTOR: ["Mats"]}


async def pair(session: AsyncSession, **more: Any) -> tuple[Mentorship, Person, Person]:
    """Ana, with Mats as her mentor from today on; `more`: columns that differ. Nothing of it is owed any more."""
    cast = await rows.cast(session)
    mentee, mentor = await rows.acting(session, cast.ana), await rows.acting(session, cast.mats)
    wish = MentorRequest(mentee_id=mentee.id, goal="Lead a project.", state=RequestState.MATCHED.value, asked_at=NOW)
    session.add(wish)
    await session.flush()
    request = Request(
        wish.id,
        mentee,
        "Lead a project.",
        ("peer-mentoring",),
        None,
        False,
        (),
        14,
        (),
        RequestState.MATCHED,
        False,
        NOW,
    )
    made = await mentorships.begin(session, request=request, mentor=mentor, way=Way.BEST, now=NOW, today=TODAY)
    assert await told(session) == BEGAN
    if more:
        await session.execute(update(Row).values(**more))
    await session.execute(Outbox.__table__.delete())  # type: ignore[attr-defined]
    return replace(made, **{name: value for name, value in more.items() if hasattr(made, name)}), mentee, mentor


async def told(session: AsyncSession) -> dict[str, list[str]]:
    """Kind → the first names of those to whom it is owed."""
    owed = select(Outbox.kind, PersonRow.name).join(PersonRow, PersonRow.id == Outbox.recipient)
    found: dict[str, list[str]] = {}
    for row in await session.execute(owed.order_by(Outbox.kind, PersonRow.name)):
        found.setdefault(row.kind, []).append(row.name.split()[0])
    return found


async def one(session: AsyncSession, by: Person, of: Mentorship, now: datetime = NOW) -> Mentorship:
    found, _ = await mentorships.look(session, by=by, mentorship=of.id, now=now)
    return found


async def tick(session: AsyncSession, now: datetime) -> None:
    await mentorship_ends.end_some(session, after=None, now=now)
    await mentorship_ends.ask_some(session, after=None, now=now)


async def state(session: AsyncSession) -> Row:
    session.expire_all()
    return (await session.scalars(select(Row))).one()


async def test_a_pair_begins_with_its_conversation_and_is_a_pair_once(db: Database) -> None:
    async with db.writing() as session:
        made, mentee, mentor = await pair(session)
        assert (made.until_on, made.rhythm_days, made.goal) == (UNTIL, 14, "Lead a project.")
        await mentorships.opened(session, {made.id: "G0PAIR"}, NOW)
        await mentorships.opened(session, {made.id: "G0PAIR"}, NOW)  # the answer came twice
        assert await told(session) == {"mentorship.hello": ["Ana"]}
        assert (await one(session, mentor, made)).channel == "G0PAIR"
        again = Request(uuid4(), mentee, "", (), None, False, (), 14, (), RequestState.MATCHED, False, NOW)
        with pytest.raises(Refusal, match="a pair already"):
            await mentorships.begin(session, request=again, mentor=mentor, way=Way.OFFER, now=NOW, today=TODAY)


async def test_nobody_else_sees_or_changes_a_mentorship(db: Database) -> None:
    async with db.writing() as session:
        made, _, _ = await pair(session)
        noor = await rows.acting(session, (await session.scalars(_named("Noor"))).one())
        agreed = Agreement("", 14, UNTIL)
        for act in (
            mentorships.look(session, by=noor, mentorship=made.id, now=NOW),
            mentorships.change(session, by=noor, mentorship=made.id, agreed=agreed, take=1, now=NOW),
            mentorships.share(session, by=noor, mentorship=made.id, shares=list(Share), now=NOW),
            mentorship_ends.end(session, by=noor, mentorship=made.id, now=NOW),
            mentorship_ends.pause(session, by=noor, mentorship=made.id, until=TODAY + DAY, now=NOW),
            mentorship_ends.prolong(session, by=noor, mentorship=made.id, now=NOW),
            mentorship_ends.open_survey(session, by=noor, mentorship=made.id, now=NOW),
            mentorship_ends.find_new(session, by=noor, mentorship=made.id, now=NOW),
        ):
            with pytest.raises(Refusal, match="not open to you"):
                await act
        assert await mentorships.mine(session, by=noor, now=NOW) == []
        assert await told(session) == {}


def _named(first: str) -> Any:
    return select(PersonRow).where(PersonRow.name.startswith(first))


async def test_either_changes_the_agreement_and_whoever_had_the_old_one_before_them_hears_so(db: Database) -> None:
    async with db.writing() as session:
        made, mentee, mentor = await pair(session)
        agreed = Agreement("Lead two projects.", 28, date(2027, 1, 29))
        found = await mentorships.change(session, by=mentor, mentorship=made.id, agreed=agreed, take=1, now=NOW)
        assert (found.goal, found.rhythm_days, found.until_on, found.take) == (
            "Lead two projects.",
            28,
            agreed.until_on,
            2,
        )
        assert await told(session) == {"mentorship.changed": ["Ana"], "mentorship.hello_again": ["Ana"]}
        with pytest.raises(Refusal, match="in another window"):
            await mentorships.change(session, by=mentee, mentorship=made.id, agreed=agreed, take=1, now=NOW)


async def test_only_the_mentee_shares_and_it_ends_with_the_pair(db: Database) -> None:
    async with db.writing() as session:
        made, mentee, mentor = await pair(session)
        with pytest.raises(Refusal, match="Ana Pérez's to decide"):
            await mentorships.share(session, by=mentor, mentorship=made.id, shares=[Share.CHECK_INS], now=NOW)
        shares = [Share.CHECK_INS, Share.PAIR]
        found = await mentorships.share(session, by=mentee, mentorship=made.id, shares=shares, now=NOW)
        assert found.shares == set(shares)
        to_ana: dict[str, Any] = {"by": mentor, "of": mentee.id, "on": TODAY}
        assert "mentor if shared" in await relations.to_person(session, thing="check-in", **to_ana)
        assert "mentor if shared" not in await relations.to_person(session, thing="evidence", **to_ana)
        await mentorship_ends.end(session, by=mentor, mentorship=made.id, now=NOW)
        assert "mentor if shared" not in await relations.to_person(session, thing="check-in", **to_ana)
        row = await state(session)
        assert not any([row.shares_check_ins, row.shares_evidence, row.shares_pair, row.shares_credit])


async def test_an_end_is_told_to_both_once_and_says_nothing_of_who_ended_it(db: Database) -> None:
    async with db.writing() as session:
        made, mentee, mentor = await pair(session)
        first = await mentorship_ends.end(session, by=mentee, mentorship=made.id, now=NOW)
        second = await mentorship_ends.end(session, by=mentor, mentorship=made.id, now=NOW + DAY)
        assert first == second
        assert (first.ended_at, first.ended_for) == (NOW, EndedFor.CHOICE)
        assert await told(session) == ENDED
        with pytest.raises(Refusal, match="has come to its end"):
            await mentorships.look(session, by=mentor, mentorship=made.id, now=NOW)
        with pytest.raises(Refusal, match="has come to its end"):
            await mentorship_ends.pause(session, by=mentor, mentorship=made.id, until=TODAY + DAY, now=NOW)
        assert await mentorships.mine(session, by=mentor, now=NOW) == []


async def test_both_end_it_at_the_same_moment(db: Database) -> None:
    """Two transactions that have both seen it going on."""
    async with db.writing() as session:
        made, mentee, mentor = await pair(session)

    async def ends(by: Person) -> None:
        async with db.writing() as session:
            await mentorship_ends.end(session, by=by, mentorship=made.id, now=NOW)

    await asyncio.gather(ends(mentee), ends(mentor), ends(mentee))
    async with db.reading() as session:
        assert await told(session) == ENDED


async def test_a_pause_is_before_the_end_and_over_when_somebody_says_so(db: Database) -> None:
    async with db.writing() as session:
        made, mentee, mentor = await pair(session)
        for until in (None, TODAY, UNTIL):
            with pytest.raises(Refusal) as refused:
                await mentorship_ends.pause(session, by=mentee, mentorship=made.id, until=until, now=NOW)
            assert refused.value.field == "until"
        await mentorship_ends.pause(session, by=mentee, mentorship=made.id, until=TODAY + 30 * DAY, now=NOW)
        assert (await one(session, mentor, made)).rests(TODAY)
        assert await told(session) == {"mentorship.changed": ["Ana"], "mentorship.hello_again": ["Ana"]}
        await mentorship_ends.wake(session, by=mentor, mentorship=made.id, now=NOW)
        await mentorship_ends.wake(session, by=mentee, mentorship=made.id, now=NOW)
        assert not (await one(session, mentor, made)).rests(TODAY)
        assert (await told(session))["mentorship.changed"] == ["Ana", "Ana"]


async def test_the_two_are_asked_a_week_before_and_it_ends_if_nobody_says_a_word(db: Database) -> None:
    async with db.writing() as session:
        await pair(session, until_on=TODAY + 8 * DAY)
        await tick(session, NOW)
        assert await told(session) == {}
        await tick(session, NOW + DAY)
        await tick(session, NOW + 2 * DAY)
        assert await told(session) == {TERM_MENTEE: ["Ana"], TERM_MENTOR: ["Mats"]}
        await tick(session, NOW + 7 * DAY)
        assert (await state(session)).ended_at is None
        await tick(session, NOW + 8 * DAY)
        row = await state(session)
        assert (row.ended_at, row.ended_for) == (NOW + 8 * DAY, "term")
        assert await told(session) == {TERM_MENTEE: ["Ana"], TERM_MENTOR: ["Mats"], **ENDED}


async def test_one_who_wants_to_go_on_is_enough(db: Database) -> None:
    async with db.writing() as session:
        made, mentee, mentor = await pair(session, until_on=TODAY + 3 * DAY)
        await tick(session, NOW)
        assert (await one(session, mentee, made)).ends_on == TODAY + 7 * DAY  # a week, however late it was asked
        longer = await mentorship_ends.prolong(session, by=mentor, mentorship=made.id, now=NOW)
        assert longer.until_on == TODAY + 94 * DAY
        again = await mentorship_ends.prolong(session, by=mentee, mentorship=made.id, now=NOW)
        assert again.until_on == longer.until_on
        await tick(session, NOW + 20 * DAY)
        assert (await state(session)).ended_at is None
        await tick(session, NOW + 88 * DAY)
        assert (await told(session))[TERM_MENTEE] == ["Ana", "Ana"]


async def test_leave_and_rest_stop_the_clock(db: Database) -> None:
    """Whoever is away is neither asked nor left without a mentor meanwhile."""
    async with db.writing() as session:
        _, _, mentor = await pair(session, until_on=TODAY + 5 * DAY)
        session.add(Absence(person_id=mentor.id, from_on=TODAY, until_on=TODAY + 60 * DAY))
        await session.flush()
        await tick(session, NOW + 30 * DAY)
        assert await told(session) == {}
        await session.execute(update(Row).values(paused_until=TODAY + 70 * DAY))
        await tick(session, NOW + 65 * DAY)
        assert await told(session) == {}
        await tick(session, NOW + 71 * DAY)
        await tick(session, NOW + 72 * DAY)
        assert await told(session) == {TERM_MENTEE: ["Ana"], TERM_MENTOR: ["Mats"]}
        await tick(session, NOW + 78 * DAY)
        assert (await state(session)).ended_for == "term"


async def test_whose_mentor_leaves_comes_first_for_somebody_new(db: Database) -> None:
    async with db.writing() as session:
        await pair(session)
        for _ in range(2):
            mats = {"id": "U0MATS", "name": "mats", "deleted": True, "profile": {"email": "mats@example.com"}}
            await directory.changed(session, mats, zone="UTC", today=TODAY, now=NOW)
        assert (await state(session)).ended_for == "left"
        assert await told(session) == ENDED
        (wish,) = await _open_wishes(session)
        assert (wish.goal, wish.comes_first) == ("Lead a project.", True)


async def test_nobody_looks_for_a_mentor_for_a_mentee_who_has_left(db: Database) -> None:
    async with db.writing() as session:
        _, mentee, mentor = await pair(session)
        await mentorship_ends.end_of_leavers(session, [mentee.id, mentor.id], now=NOW)
        assert (await state(session)).ended_for == "left"
        assert await _open_wishes(session) == []


async def _open_wishes(session: AsyncSession) -> Sequence[MentorRequest]:
    return (await session.scalars(select(MentorRequest).where(MentorRequest.state == "open"))).all()


async def test_a_new_match_is_looked_for_once_and_only_for_the_mentee(db: Database) -> None:
    async with db.writing() as session:
        made, mentee, mentor = await pair(session)
        with pytest.raises(Refusal, match="goes on"):
            await mentorship_ends.find_new(session, by=mentee, mentorship=made.id, now=NOW)
        await mentorship_ends.end(session, by=mentor, mentorship=made.id, now=NOW)
        for _ in range(2):
            await mentorship_ends.find_new(session, by=mentee, mentorship=made.id, now=NOW)
        assert [wish.comes_first for wish in await _open_wishes(session)] == [False]
        with pytest.raises(Refusal):
            await mentorship_ends.find_new(session, by=mentor, mentorship=made.id, now=NOW)


async def test_each_says_how_it_was_for_themselves_and_may_say_it_anew(db: Database) -> None:
    async with db.writing() as session:
        made, mentee, mentor = await pair(session)
        with pytest.raises(Refusal, match="goes on"):
            await mentorship_ends.give_survey(
                session, by=mentee, mentorship=made.id, said=Survey(5, 5, wants_again=True), now=NOW
            )
        await mentorship_ends.end(session, by=mentor, mentorship=made.id, now=NOW)
        for worth, by in ((2, mentee), (5, mentor), (4, mentee)):
            said = Survey(worth, 3, wants_again=worth > 3)
            await mentorship_ends.give_survey(session, by=by, mentorship=made.id, said=said, now=NOW)
        session.expire_all()
        given = {row.person_id: (row.worth, row.wants_again) for row in await session.scalars(select(ClosingSurvey))}
        assert given == {mentee.id: (4, True), mentor.id: (5, True)}


async def test_erasing_one_of_the_two_ends_it_and_takes_only_their_own_words(db: Database) -> None:
    async with db.writing() as session:
        _, mentee, mentor = await pair(session)
        await keeping.erase(session, mentor.id, now=NOW)
        row = await state(session)
        assert (row.goal, row.ended_for) == ("Lead a project.", "left")
        await keeping.erase(session, mentee.id, now=NOW)
        assert (await state(session)).goal == ""
