"""One request, one mentor at a time, on both engines: whoever is faster wins, and the other is told why."""

import asyncio
from collections.abc import Awaitable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from bot.database import Database
from bot.models.framework import Release
from bot.models.mentors import Mentor as MentorRow
from bot.models.mentors import MentorRequest, Proposal
from bot.models.mentorships import ClosingSurvey, Mentorship
from bot.models.messages import Outbox
from bot.models.people import Absence
from bot.models.people import Person as PersonRow
from bot.rules.mentor_forms import TypedOffer, TypedWish
from bot.rules.mentors import AGAIN_DAYS, Match, ProposalState, Way
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import mentor_pool, mentor_requests, mentors, passing_on, proposals
from bot.settings import WEIGHTS
from tests.support import rows
from tests.support.rows import NOW, TODAY

DAY = timedelta(days=1)
LATER = NOW + timedelta(hours=1)


class Pool:
    """Two mentees, Ana and Kim, and mentors from other tracks; each act is one transaction."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.people: dict[str, Person] = {}

    async def open(self, framework_text: str) -> "Pool":
        async with self.db.writing() as session:
            session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW))
            boss = await rows.person(session, "Max Boss", track="management", level="M4")
            cast = [
                boss,
                await rows.person(session, "Ana Pérez", level="T1", manager=boss),
                await rows.person(session, "Kim Kil", level="T1"),
                await rows.person(session, "Pia Rossi", track="process", level="P3"),
                await rows.person(session, "Cid Cruz", track="customer", level="C2"),
            ]
            for row in cast:
                self.people[row.name.split()[0].lower()] = await rows.acting(session, row)
        return self

    async def offer(self, who: str, *, capacity: int = 1, avoid: tuple[str, ...] = ()) -> None:
        typed = TypedOffer(str(capacity), "2", [], ["problem-solving"], [], "", True, None, avoid)
        async with self.db.writing() as session:
            await mentors.offer(session, by=self.people[who], typed=typed, now=NOW, today=TODAY)

    async def ask(self, who: str, *choices: str, avoid: tuple[str, ...] = ()) -> UUID:
        wish = TypedWish("To see further.", [], "14", "any-other", [], [f"U0{one.upper()}" for one in choices], avoid)
        async with self.db.writing() as session:
            made = await mentor_requests.ask(session, by=self.people[who], typed=wish, now=NOW, today=TODAY)
        return made.id

    async def pass_on(self, *, at: Any = NOW) -> None:
        """What the job does, once."""
        async with self.db.writing() as session:
            await passing_on.let_go(session, now=at)
        async with self.db.reading() as session:
            found = await passing_on.look(session, now=at, weights=WEIGHTS)
        async with self.db.writing() as session:
            await passing_on.send_on(session, found, now=at)

    async def proposals(self, **which: Any) -> list[Proposal]:
        async with self.db.reading() as session:
            found = await session.scalars(select(Proposal).filter_by(**which).order_by(Proposal.asked_at))
            return list(found)

    async def open_one(self) -> Proposal:
        (found,) = await self.proposals(state="proposed")
        return found

    async def accept(self, who: str, proposal: UUID, *, at: Any = LATER) -> None:
        async with self.db.writing() as session:
            await proposals.accept(session, by=self.people[who], proposal=proposal, now=at, today=TODAY)

    async def withdraw(self, who: str, request: UUID) -> None:
        async with self.db.writing() as session:
            await mentor_requests.withdraw(session, by=self.people[who], request=request, now=LATER, today=TODAY)

    async def count(self, table: Any, **which: Any) -> int:
        async with self.db.reading() as session:
            return len((await session.scalars(select(table).filter_by(**which))).all())


@pytest.fixture
async def pool(db: Database, framework_text: str) -> Pool:
    return await Pool(db).open(framework_text)


async def refused(act: Awaitable[None]) -> str:
    with pytest.raises(Refusal) as caught:
        await act
    return caught.value.sentence


async def test_the_last_place_is_given_once_however_many_accept_at_once(pool: Pool) -> None:
    await pool.offer("pia", capacity=2)
    await pool.ask("ana")
    await pool.ask("kim")
    await pool.pass_on()
    await pool.offer("pia", capacity=1)
    asked = await pool.proposals(state="proposed")
    assert len(asked) == 2
    ended = await asyncio.gather(*(pool.accept("pia", one.id) for one in asked), return_exceptions=True)
    (sentence,) = [one.sentence for one in ended if isinstance(one, Refusal)]
    assert "1 of 1 mentees now, so there is no place left" in sentence
    assert ended.count(None) == 1
    assert await pool.count(Mentorship, ended_at=None) == 1
    assert await pool.count(MentorRequest, state="matched") == 1
    assert await pool.count(Outbox, kind=proposals.ACCEPTED) == 1


async def test_accepted_twice_at_once_is_one_pair(pool: Pool) -> None:
    await pool.offer("pia", capacity=2)
    await pool.ask("ana")
    await pool.pass_on()
    one = await pool.open_one()
    ended = await asyncio.gather(*(pool.accept("pia", one.id) for _ in range(3)), return_exceptions=True)
    assert ended.count(None) == 1
    assert {end.sentence for end in ended if isinstance(end, Refusal)} == {proposals.OVER[ProposalState.ACCEPTED]}
    assert await pool.count(Mentorship) == 1


async def test_accepting_and_taking_back_at_once_is_one_of_the_two(pool: Pool) -> None:
    await pool.offer("pia")
    request = await pool.ask("ana")
    await pool.pass_on()
    one = await pool.open_one()
    ended = await asyncio.gather(pool.accept("pia", one.id), pool.withdraw("ana", request), return_exceptions=True)
    assert sum(isinstance(end, Refusal) for end in ended) == 1
    (after,) = await pool.proposals()
    is_pair = await pool.count(Mentorship) == 1
    assert (after.state, await pool.count(MentorRequest, state="matched")) == (
        ("accepted", 1) if is_pair else ("withdrawn", 0)
    )


async def test_what_is_over_cannot_be_accepted_and_says_why(pool: Pool) -> None:
    await pool.offer("pia")
    request = await pool.ask("ana")
    await pool.pass_on()
    one = await pool.open_one()
    assert "not open to you" in await refused(pool.accept("cid", one.id))
    assert "gone on to somebody else" in await refused(pool.accept("pia", one.id, at=one.expires_at))
    await pool.withdraw("ana", request)
    assert "was taken back" in await refused(pool.accept("pia", one.id))
    assert "closed already" in await refused(pool.withdraw("ana", request))
    assert "not open to you" in await refused(pool.withdraw("kim", request))
    assert await pool.count(Mentorship) == 0


async def test_it_waits_for_three_working_days_of_the_mentor(pool: Pool) -> None:
    await pool.offer("pia")
    async with pool.db.writing() as session:
        away = Absence(person_id=pool.people["pia"].id, from_on=date(2026, 11, 17), until_on=date(2026, 11, 19))
        session.add(away)
    await pool.ask("ana")
    await pool.pass_on()
    assert (await pool.open_one()).expires_at == NOW + 7 * DAY  # Thursday, Friday, and Monday after the weekend


async def test_who_may_not_be_asked_is_nobody_of_the_line_avoided_away_or_lately_a_pair(pool: Pool) -> None:
    for name in ("max", "pia", "cid"):
        await pool.offer(name, avoid=("U0ANA",) if name == "cid" else ())
    mentor = pool.people["pia"].id
    async with pool.db.writing() as session:
        pair = Mentorship(
            request_id=UUID(int=1), mentor_id=mentor, mentee_id=pool.people["ana"].id, began_at=NOW - 100 * DAY,
            until_on=TODAY, ended_at=NOW - 10 * DAY,
        )  # fmt: skip
        session.add(pair)
    request = await pool.ask("ana")
    assert await best(pool, request) == set()
    await pool.pass_on()
    assert await pool.proposals() == []
    async with pool.db.writing() as session:
        for person in (mentor, pool.people["ana"].id):
            word = {"worth": 5, "fit": 5, "wants_again": True, "given_at": NOW}
            session.add(ClosingSurvey(mentorship_id=pair.id, person_id=person, **word))
    assert await best(pool, request) == {"pia"}
    async with pool.db.writing() as session:
        session.add(Absence(person_id=mentor, from_on=TODAY, until_on=None))
    assert await best(pool, request) == set()


async def best(pool: Pool, request: UUID, *, today: date = TODAY) -> set[str]:
    """Who may be asked for a request."""
    async with pool.db.reading() as session:
        (mentee,), found = await mentor_pool.load(session, requests=[request], today=today)
    names = {one.id: name for name, one in pool.people.items()}
    return {names[one.person] for one in found if one.person not in mentee.barred}


async def test_a_pair_of_long_ago_may_be_one_again(pool: Pool) -> None:
    await pool.offer("pia")
    async with pool.db.writing() as session:
        session.add(
            Mentorship(
                request_id=UUID(int=1), mentor_id=pool.people["pia"].id, mentee_id=pool.people["ana"].id,
                began_at=NOW - 600 * DAY, until_on=TODAY, ended_at=NOW - (AGAIN_DAYS + 1) * DAY,
            )
        )  # fmt: skip
    assert await best(pool, await pool.ask("ana")) == {"pia"}


async def test_the_pool_of_a_round_is_everybody_who_asks_and_may_be_asked(pool: Pool) -> None:
    await pool.offer("pia")
    await pool.offer("cid", capacity=2)
    await pool.ask("ana", avoid=("U0PIA",))
    await pool.ask("kim")
    async with pool.db.writing() as session:
        await session.execute(update(PersonRow).where(PersonRow.name == "Kim Kil").values(is_active=False))
        (mentee,), found = await mentor_pool.load(session, today=TODAY)
    assert mentee.person == pool.people["ana"].id
    assert mentee.wish.band == 1
    assert pool.people["pia"].id in mentee.barred
    assert {one.capacity: one.standing.track for one in found} == {1: "process", 2: "customer"}


async def test_a_round_proposes_what_is_still_free(pool: Pool) -> None:
    await pool.offer("pia")
    ana, kim = await pool.ask("ana"), await pool.ask("kim")
    mentor = pool.people["pia"].id
    async with pool.db.writing() as session:
        matches = [Match(ana, mentor, 0.9, ("other",)), Match(kim, mentor, 0.8)]
        assert await proposals.propose(session, matches, way=Way.ROUND, now=NOW) == {ana}
        assert await proposals.propose(session, matches, way=Way.ROUND, now=NOW) == set()
    one = await pool.open_one()
    assert (one.way, one.score, one.reasons) == ("round", 0.9, "other")


async def test_a_mentee_whose_mentor_has_left_looks_again_and_comes_first(pool: Pool) -> None:
    await pool.offer("pia")
    await pool.ask("ana")
    await pool.pass_on()
    await pool.accept("pia", (await pool.open_one()).id)
    ana = pool.people["ana"].id
    async with pool.db.writing() as session:
        pair = (await session.scalars(select(Mentorship))).one()
        made = await mentor_requests.reopen(session, mentee=ana, from_mentorship=pair.id, now=LATER)
        assert await mentor_requests.reopen(session, mentee=ana, from_mentorship=pair.id, now=LATER) == made
        assert await mentor_requests.reopen(session, mentee=pair.mentor_id, from_mentorship=pair.id, now=LATER) is None
        row = await session.get_one(MentorRequest, made)
        assert (row.goal, row.state, row.comes_first) == ("To see further.", "open", True)


async def test_who_stops_is_asked_no_more_and_who_begins_again_is(pool: Pool) -> None:
    await pool.offer("pia")
    pia = pool.people["pia"]
    async with pool.db.writing() as session:
        await mentors.stop(session, by=pia, now=NOW, today=TODAY)
    assert "do not offer" in await refused(stop(pool, pia))
    assert await best(pool, await pool.ask("ana")) == set()
    await pool.offer("pia")
    assert await pool.count(MentorRow, ended_on=None) == 1


async def stop(pool: Pool, who: Person) -> None:
    async with pool.db.writing() as session:
        await mentors.stop(session, by=who, now=NOW, today=TODAY)


async def test_the_request_of_somebody_who_has_left_is_over(pool: Pool) -> None:
    await pool.offer("pia")
    await pool.ask("ana")
    await pool.pass_on()
    async with pool.db.writing() as session:
        await session.execute(update(PersonRow).where(PersonRow.name == "Ana Pérez").values(is_active=False))
    await pool.pass_on(at=LATER)
    assert [one.state for one in await pool.proposals()] == ["withdrawn"]
    assert await pool.count(MentorRequest, state="withdrawn") == 1
    async with pool.db.reading() as session:
        assert not await passing_on.is_due(session, now=LATER)
