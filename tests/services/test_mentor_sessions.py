"""Sessions of a pair: planned once, moved by either, answered by each; quiet pairs; and credit, once a session."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.models.framework import Release
from bot.models.mentorships import MentorSession, Mentorship
from bot.models.messages import Outbox
from bot.models.people import Absence
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import mentor_agendas, mentor_credit, mentor_sessions, milestones, quiet_pairs
from tests.support import rows
from tests.support.rows import NOW, TODAY

CLOSED = "not open to you, or it is no longer there"
OVER = "has come to its end"
TUESDAY: dict[str, Any] = {"slot": "2026-11-24T13:00:00+00:00", "on": None, "time": ""}
FRIDAY: dict[str, Any] = {"slot": "2026-11-27T13:00:00+00:00", "on": None, "time": ""}
TUESDAY_AT = datetime.fromisoformat(TUESDAY["slot"])
AFTER = TUESDAY_AT + timedelta(hours=1)
PLANNED, AGENDA = mentor_sessions.PLANNED, mentor_sessions.AGENDA
MET = [mentor_sessions.MET_MENTEE, mentor_sessions.MET_MENTOR]
QUIET = [quiet_pairs.QUIET_MENTEE, quiet_pairs.QUIET_MENTOR]


class Pair:
    """Noor mentors Ana; Lea has nothing to do with it. Each act is one transaction."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.people: dict[str, Person] = {}
        self.id = uuid4()

    async def open(self, framework_text: str, **more: Any) -> "Pair":
        async with self.db.writing() as session:
            session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW))
            for name, row in vars(await rows.cast(session)).items():
                self.people[name] = await rows.acting(session, row)
            session.add(self._row("noor", "ana", self.id, **more))
        return self

    def _row(self, mentor: str, mentee: str, key: UUID, **more: Any) -> Mentorship:
        given = {"rhythm_days": 14, "began_at": NOW, "until_on": date(2027, 5, 1), "request_id": uuid4(), **more}
        return Mentorship(id=key, mentor_id=self.people[mentor].id, mentee_id=self.people[mentee].id, **given)

    async def another(self, mentor: str, mentee: str, **more: Any) -> UUID:
        key = uuid4()
        async with self.db.writing() as session:
            session.add(self._row(mentor, mentee, key, **more))
        return key

    async def plan(self, by: str, typed: dict[str, Any] = TUESDAY, **more: Any) -> UUID:
        given: dict[str, Any] = {"mentorship": self.id, "typed": typed, "minutes": "45", "now": NOW, **more}
        async with self.db.writing() as session:
            own = await mentor_sessions.plan(session, by=self.people[by], **given)
        return own.session.id

    async def move(
        self, by: str, key: UUID, *, moves: int = 0, typed: dict[str, Any] = FRIDAY, now: datetime = NOW
    ) -> None:
        given: dict[str, Any] = {"mentor_session": key, "moves": moves, "typed": typed, "minutes": "30", "now": now}
        async with self.db.writing() as session:
            await mentor_sessions.move(session, by=self.people[by], **given)

    async def says(self, by: str, key: UUID, met: bool, *, now: datetime = AFTER) -> bool:
        async with self.db.writing() as session:
            own = await mentor_sessions.say_met(session, by=self.people[by], mentor_session=key, met=met, now=now)
        return own.session.is_confirmed

    async def takes(self, by: str, key: UUID, took: str) -> None:
        async with self.db.writing() as session:
            await mentor_sessions.take_away(session, by=self.people[by], mentor_session=key, took=took, now=AFTER)

    async def held(self, on: date, **said: Any) -> UUID:
        """A session on that day; without a word to the contrary both say that they met."""
        given = {"minutes": 45, "moves": 0, "mentor_met": True, "mentee_met": True, **said}
        at = datetime(on.year, on.month, on.day, 13, tzinfo=NOW.tzinfo)
        pair = {"mentor_id": self.people["noor"].id, "mentee_id": self.people["ana"].id}
        row = MentorSession(
            id=uuid4(), mentorship_id=self.id, starts_at=at, mentor_took="", mentee_took="", **pair, **given
        )
        async with self.db.writing() as session:
            session.add(row)
        return row.id

    async def is_asked(self, now: datetime, *, limit: int = 500) -> list[str]:
        """The daily look for quiet pairs; which questions it owes."""
        async with self.db.writing() as session:
            await session.execute(delete(Outbox))
        after: UUID | None = None
        while True:
            async with self.db.writing() as session:
                after = await quiet_pairs.ask_some(session, after=after, now=now, limit=limit)
            if after is None:
                return [kind for kind, _, _ in await self.owed()]

    async def owed(self) -> list[tuple[str, str, datetime]]:
        names = {person.id: name for name, person in self.people.items()}
        async with self.db.reading() as session:
            found = await session.execute(select(Outbox.kind, Outbox.recipient, Outbox.not_before))
            return sorted((kind, names[who], at) for kind, who, at in found if kind != "home" and "_again" not in kind)

    async def change(self, **values: Any) -> None:
        async with self.db.writing() as session:
            await session.execute(update(Mentorship).where(Mentorship.id == self.id).values(**values))

    async def sessions(self) -> list[MentorSession]:
        async with self.db.reading() as session:
            return list((await session.scalars(select(MentorSession).order_by(MentorSession.starts_at))).all())


@pytest.fixture
async def pair(db: Database, framework_text: str) -> Pair:
    return await Pair(db).open(framework_text)


# Plan and move


async def test_a_session_owes_its_messages_from_planning_to_the_question_after(pair: Pair) -> None:
    key = await pair.plan("ana")
    (row,) = await pair.sessions()
    assert (row.id, row.starts_at, row.minutes, row.moves) == (key, TUESDAY_AT, 45, 0)
    ends_at = TUESDAY_AT + timedelta(minutes=45)
    assert await pair.owed() == [
        (AGENDA, "ana", TUESDAY_AT - timedelta(hours=20)), (MET[0], "ana", ends_at),
        (MET[1], "noor", ends_at), (PLANNED, "ana", NOW),
    ]  # fmt: skip


async def test_moving_takes_back_what_was_owed_for_the_old_time(pair: Pair) -> None:
    key = await pair.plan("ana")
    await pair.move("noor", key)
    (row,) = await pair.sessions()
    assert (row.starts_at.isoformat(), row.minutes, row.moves) == (FRIDAY["slot"], 30, 1)
    owed = await pair.owed()
    assert sorted(kind for kind, _, _ in owed) == sorted([AGENDA, *MET, PLANNED])
    assert {at.date() for kind, _, at in owed if kind in MET} == {date(2026, 11, 27)}


async def test_of_two_who_plan_at_once_the_second_is_told(pair: Pair) -> None:
    done = await asyncio.gather(pair.plan("ana"), pair.plan("noor", FRIDAY), return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["Refusal", "UUID"]
    assert len(await pair.sessions()) == 1
    assert [kind for kind, _, _ in await pair.owed()].count(PLANNED) == 1


async def test_of_two_who_move_at_once_the_second_is_told(pair: Pair) -> None:
    key = await pair.plan("ana")
    done = await asyncio.gather(pair.move("ana", key), pair.move("noor", key, typed=FRIDAY), return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["NoneType", "Refusal"]
    assert [row.moves for row in await pair.sessions()] == [1]


async def test_times_that_are_taken_by_another_session_are_not_offered(pair: Pair) -> None:
    other = await pair.another("noor", "lea")
    await pair.plan("lea", {**TUESDAY, "slot": "2026-11-24T10:00:00+00:00"}, mentorship=other)
    async with pair.db.reading() as session:
        given = await mentor_sessions.choices(session, by=pair.people["lea"], mentorship=other, now=NOW)
        assert given.coming is not None
        assert given.slots
        assert datetime(2026, 11, 24, 10, tzinfo=NOW.tzinfo) not in given.slots
        free = await mentor_sessions.choices(session, by=pair.people["ana"], mentorship=pair.id, now=NOW)
        assert (free.me.name, free.other.name, free.coming) == ("Ana Pérez", "Noor Rao", None)


async def test_nobody_else_learns_or_changes_anything_and_the_end_closes_it(pair: Pair) -> None:
    key = await pair.plan("ana")
    acts: list[Callable[[Person, AsyncSession], Awaitable[Any]]] = [
        lambda by, session: mentor_sessions.choices(session, by=by, mentorship=pair.id, now=NOW),
        lambda by, session: mentor_sessions.choices_to_move(session, by=by, mentor_session=key, now=NOW),
        lambda by, session: mentor_sessions.plan(
            session, by=by, mentorship=pair.id, typed=TUESDAY, minutes="45", now=NOW
        ),
        lambda by, session: mentor_sessions.move(
            session, by=by, mentor_session=key, moves=0, typed=FRIDAY, minutes="45", now=NOW
        ),
        lambda by, session: mentor_agendas.read(session, by=by, mentor_session=key, now=NOW),
        lambda by, session: mentor_sessions.look(session, by=by, mentor_session=key, now=NOW),
        lambda by, session: mentor_sessions.say_met(session, by=by, mentor_session=key, met=True, now=AFTER),
        lambda by, session: mentor_sessions.take_away(session, by=by, mentor_session=key, took="x", now=AFTER),
    ]
    before = await pair.owed()
    for act in acts:
        for name in ("lea", "mats"):  # mats manages ana
            with pytest.raises(Refusal, match=CLOSED):
                async with pair.db.writing() as session:
                    await act(pair.people[name], session)
    await pair.change(ended_at=NOW)
    for act in acts:
        for name, sentence in (("ana", OVER), ("noor", OVER), ("lea", CLOSED)):
            with pytest.raises(Refusal, match=sentence):
                async with pair.db.writing() as session:
                    await act(pair.people[name], session)
    assert await pair.owed() == before


# Afterwards


@pytest.mark.parametrize(
    ("mentor", "mentee", "is_confirmed"), [(True, True, True), (True, False, False), (False, False, False)]
)
async def test_both_have_to_say_that_they_met(pair: Pair, mentor: bool, mentee: bool, is_confirmed: bool) -> None:
    key = await pair.plan("ana")
    assert await pair.says("noor", key, mentor) is False
    assert await pair.says("ana", key, mentee) is is_confirmed


async def test_an_answer_may_change_and_what_has_been_confirmed_is_not_moved(pair: Pair) -> None:
    key = await pair.plan("ana")
    with pytest.raises(Refusal, match="still ahead"):
        await pair.says("ana", key, True, now=TUESDAY_AT)
    await pair.says("ana", key, False)
    await pair.says("noor", key, True)
    assert await pair.says("ana", key, True)
    with pytest.raises(Refusal, match="planned or moved in another window"):
        await pair.move("noor", key, now=AFTER)
    async with pair.db.reading() as session:
        with pytest.raises(Refusal, match="has been answered"):
            await mentor_sessions.choices_to_move(session, by=pair.people["ana"], mentor_session=key, now=AFTER)


async def test_one_that_did_not_take_place_is_moved_and_asked_anew(pair: Pair) -> None:
    key = await pair.plan("ana")
    await pair.says("ana", key, False)
    await pair.move("ana", key, now=AFTER)
    (row,) = await pair.sessions()
    assert (row.mentee_met, row.mentor_met, row.moves) == (None, None, 1)
    assert {at.date() for kind, _, at in await pair.owed() if kind in MET} == {date(2026, 11, 27)}


async def test_what_each_took_away_is_on_the_next_agenda_of_the_two(pair: Pair) -> None:
    first = await pair.plan("ana")
    await pair.says("ana", first, True)
    await pair.takes("ana", first, "Ask before I build.")
    await pair.takes("noor", first, "Listen longer.")
    async with pair.db.writing() as session:
        second = await mentor_sessions.plan(
            session, by=pair.people["noor"], mentorship=pair.id, typed=FRIDAY, minutes="30", now=AFTER
        )
        ana = pair.people["ana"]
        keys = [one.key for one in await milestones.ahead(session, by=ana)][:2]
        await milestones.choose_focus(session, by=ana, milestones=keys, now=NOW)
        found = await mentor_agendas.read(session, by=ana, mentor_session=second.session.id, now=AFTER)
        asked = await mentor_sessions.unanswered(session, [ana.id, pair.people["noor"].id], now=AFTER)
    assert len(found.focus) == 2
    assert found.last is not None
    assert (found.last.mentee_took, found.last.mentor_took) == ("Ask before I build.", "Listen longer.")
    assert [(who, own.is_mentor) for who, many in asked.items() for own in many] == [(pair.people["noor"].id, True)]


# Quiet pairs


def day(number: int) -> datetime:
    """So many days after the pair began."""
    return NOW + timedelta(days=number)


async def test_a_quiet_pair_is_asked_twice_and_then_left_in_peace(pair: Pair) -> None:
    asked = [number for number in range(0, 200, 1) if await pair.is_asked(day(number)) == QUIET]
    assert asked == [21, 21 + 28]


async def test_asking_twice_on_a_day_asks_once(pair: Pair) -> None:
    assert await pair.is_asked(day(21)) == QUIET
    assert await pair.is_asked(day(21)) == []


async def test_leave_of_either_stops_the_clock(pair: Pair) -> None:
    async with pair.db.writing() as session:
        for name, first, last in (("ana", 5, 10), ("noor", 8, 15)):
            begin, end = day(first).date(), day(last).date()
            session.add(Absence(person_id=pair.people[name].id, from_on=begin, until_on=end))
    assert [number for number in range(40) if await pair.is_asked(day(number)) == QUIET] == [31]


@pytest.mark.parametrize(
    ("held", "asked"),
    [
        ({}, 10 + 21),  # both said yes
        ({"mentor_met": None, "mentee_met": None}, 10 + 21),  # nobody said anything
        ({"mentor_met": None}, 10 + 21),
        ({"mentor_met": False}, 21),  # where the two differ, it counts as not met
        ({"mentor_met": False, "mentee_met": False}, 21),
    ],
)
async def test_what_was_held_begins_the_count_anew(pair: Pair, held: dict[str, Any], asked: int) -> None:
    await pair.held(day(10).date(), **held)
    assert [number for number in range(11, 40) if await pair.is_asked(day(number))][:1] == [asked]


async def test_what_is_planned_paused_or_over_is_not_quiet(pair: Pair) -> None:
    await pair.held(day(60).date(), mentor_met=None, mentee_met=None)
    assert await pair.is_asked(day(50)) == []
    async with pair.db.writing() as session:
        await session.execute(delete(MentorSession))
    await pair.change(paused_until=day(60).date())
    assert await pair.is_asked(day(59)) == []
    assert await pair.is_asked(day(60)) == []  # the clock begins when they go on
    assert await pair.is_asked(day(81)) == QUIET
    await pair.change(paused_until=None, quiet_asked_at=None, quiet_asks=0, ended_at=NOW)
    assert await pair.is_asked(day(82)) == []


async def test_only_those_still_quiet_hear_of_it(pair: Pair) -> None:
    await pair.is_asked(day(21))
    who = {name: pair.people[name].id for name in ("ana", "noor")}
    async with pair.db.reading() as session:
        for is_mentee, name in ((True, "ana"), (False, "noor")):
            found = await quiet_pairs.load(session, [pair.id], is_mentee=is_mentee, now=day(21))
            assert [(one.me.id, one.other.id != who[name]) for one in found.values()] == [(who[name], True)]
        assert set(await quiet_pairs.asked(session, list(who.values()), now=day(22))) == set(who.values())
    await pair.plan("ana", {**TUESDAY, "slot": day(30).isoformat()}, now=day(21))
    async with pair.db.reading() as session:
        assert await quiet_pairs.load(session, [pair.id], is_mentee=True, now=day(21)) == {}
        assert await quiet_pairs.asked(session, list(who.values()), now=day(22)) == {}


async def test_all_pages_are_looked_at(pair: Pair) -> None:
    for mentor, mentee in (("noor", "lea"), ("mats", "lea"), ("lea", "tom"), ("mats", "noor")):
        await pair.another(mentor, mentee)
    assert sorted(await pair.is_asked(day(21), limit=2)) == sorted(QUIET * 5)


# Credit


CLAIM: dict[str, Any] = {
    "milestone": "t3-design-reviews", "did": "Mentored a colleague: 3 sessions.", "impact": "They lead a review now.",
    "links": "", "done_on": TODAY,
}  # fmt: skip


async def used(pair: Pair, amount: str, *, by: str = "noor", reviewers: Sequence[str] = ("U0MATS", "U0LEA")) -> None:
    async with pair.db.writing() as session:
        await mentor_credit.use(
            session, by=pair.people[by], mentorship=pair.id, typed={**CLAIM, "amount": amount}, reviewers=reviewers,
            now=NOW, today=TODAY,
        )  # fmt: skip


async def left(pair: Pair) -> list[int]:
    async with pair.db.reading() as session:
        return [one.sessions for one in await mentor_credit.waiting(session, by=pair.people["noor"], now=NOW)]


async def test_sessions_count_once_each_and_only_where_the_mentee_agrees(pair: Pair) -> None:
    for number in range(1, 4):
        await pair.held(date(2026, 11, number))
    await pair.held(date(2026, 11, 5), mentee_met=None)
    await pair.held(date(2026, 11, 6), mentor_met=False)
    assert await left(pair) == []
    with pytest.raises(Refusal, match=CLOSED):
        await used(pair, "1")
    await pair.change(shares_credit=True)
    assert await left(pair) == [3]
    for by in ("ana", "lea"):
        with pytest.raises(Refusal, match=CLOSED):
            await used(pair, "1", by=by)
    with pytest.raises(Refusal, match="Both of you confirmed 3") as refused:
        await used(pair, "4")
    assert refused.value.field == "amount"
    await used(pair, "2")
    counted = [row.credited_on for row in await pair.sessions()]
    assert counted == [TODAY, TODAY, None, None, None]
    assert await left(pair) == [1]
    first = (await pair.sessions())[0]
    with pytest.raises(Refusal, match="counted as evidence"):
        await pair.says("ana", first.id, False)
    await used(pair, "1")
    assert await left(pair) == []
    with pytest.raises(Refusal, match=CLOSED):
        await used(pair, "1")


async def test_a_claim_that_is_refused_counts_nothing(pair: Pair) -> None:
    await pair.held(date(2026, 11, 2))
    await pair.change(shares_credit=True)
    with pytest.raises(Refusal) as refused:
        await used(pair, "1", reviewers=["U0NOOR"])
    assert refused.value.field == "reviewers"
    assert await left(pair) == [1]


async def test_two_windows_count_the_same_sessions_once(pair: Pair) -> None:
    for number in range(1, 4):
        await pair.held(date(2026, 11, number))
    await pair.change(shares_credit=True)
    done = await asyncio.gather(used(pair, "3"), used(pair, "3"), return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["NoneType", "Refusal"]
    async with pair.db.reading() as session:
        counted = await session.scalar(
            select(func.count()).select_from(MentorSession).where(MentorSession.credited_on.is_not(None))
        )
    assert counted == 3
