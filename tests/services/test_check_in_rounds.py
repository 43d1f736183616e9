"""Rounds of check-ins: planned once, handed over at an open hour, planned again when wishes or zones change."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.models.framework import Release
from bot.models.messages import Occurrence, Outbox
from bot.models.people import Absence, Person
from bot.rules import cadence
from bot.rules.cadence import Cadence
from bot.services import check_in_rounds as rounds
from bot.services import wishes
from tests.support import engines, rows
from tests.support.engines import Servers

ROUND = date(2026, 11, 16)
FAR = timedelta(days=3)
CHOICE: dict[str, Any] = {"hour": "9", "working_days": list("12345"), "country": "", "cadence": ""}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


SUNDAY = at("2026-11-15T06:00Z")  # before the round has begun anywhere


@pytest.fixture
async def ana(db: Database, framework_text: str) -> Person:
    """An engineer in New York, in a program with a framework."""
    async with db.writing() as session:
        session.add(Release(version="1.0.0", source=framework_text, loaded_at=rows.NOW))
        return await rows.person(session, "Ana Pérez", zone="America/New_York")


async def plan(session: AsyncSession, now: datetime, *, limit: int = rounds.PAGE) -> int:
    """One run of the planner, as the job does it. How many pages it took."""
    after, pages = None, 0
    while pages == 0 or after is not None:
        since, until = now - rounds.BEHIND, now + rounds.AHEAD
        after = await rounds.plan_some(session, after=after, since=since, until=until, limit=limit)
        pages += 1
    return pages


async def planned(session: AsyncSession, **of: Any) -> list[Occurrence]:
    query = select(Occurrence).filter_by(**of).order_by(Occurrence.on_date)
    return list(await session.scalars(query.execution_options(populate_existing=True)))


async def only(session: AsyncSession) -> tuple[str, str | None, datetime]:
    [row] = await planned(session)
    return row.state, row.reason, row.due_at


async def test_planning_twice_plans_once(db: Database, ana: Person) -> None:
    async with db.writing() as session:
        await plan(session, SUNDAY)
        await plan(session, SUNDAY)
        await plan(session, SUNDAY + timedelta(hours=5))
        [row] = await planned(session)
    assert (row.on_date, row.due_at, row.slot, row.state) == (ROUND, at("2026-11-16T14:00Z"), 0, "planned")
    assert row.expires_at == at("2026-11-30T05:00Z")  # the next round begins at midnight in New York


async def test_members_are_planned_page_by_page_and_nobody_else_is(db: Database, ana: Person) -> None:
    async with db.writing() as session:
        members = [ana] + [await rows.person(session, name) for name in ("Ben B", "Cleo C", "Dan D")]
        await rows.person(session, "Eve E", track=None)
        await rows.person(session, "Fay F", is_active=False)
        assert await plan(session, SUNDAY, limit=2) == 3
        assert {row.person_id for row in await planned(session)} == {member.id for member in members}


async def test_without_a_framework_nothing_is_planned(db: Database) -> None:
    async with db.writing() as session:
        person = await rows.person(session, "Ana Pérez")
        await plan(session, SUNDAY)
        await rounds.replan(session, [person.id], now=SUNDAY)
        assert await planned(session) == []


@pytest.mark.parametrize("rhythm", [Cadence.FORTNIGHTLY, Cadence.MONTHLY, Cadence.QUARTERLY])
async def test_whoever_is_away_for_most_of_a_round_is_asked_when_they_are_back(
    db: Database, ana: Person, rhythm: Cadence
) -> None:
    round_on = cadence.next_round(rhythm, ROUND)
    back_on = cadence.next_round(rhythm, round_on) - timedelta(days=5)  # a Wednesday
    halves = [(round_on - FAR, round_on + FAR), (round_on + FAR, back_on)]
    async with db.writing() as session:
        await session.execute(update(Person).values(cadence=rhythm.value))
        session.add_all(Absence(person_id=ana.id, from_on=first, until_on=until) for first, until in halves)
        await plan(session, cadence.resolve(back_on, 9, "UTC") - timedelta(hours=20))
        [row] = await planned(session)
    assert (row.on_date, row.due_at) == (round_on, cadence.resolve(back_on, 9, "America/New_York"))


HANDED = {
    "in the morning": ("2026-11-16T14:00Z", {}, None, "told", "2026-11-16T14:00Z"),
    "after fifty hours of sleep": ("2026-11-18T16:00Z", {}, None, "told", "2026-11-16T14:00Z"),
    "at night": ("2026-11-17T03:00Z", {}, None, "planned", "2026-11-17T14:00Z"),
    "on a day off": ("2026-11-16T15:00Z", {"working_days": "45"}, None, "planned", "2026-11-19T14:00Z"),
    "on a holiday": ("2026-11-26T15:00Z", {"country": "US"}, None, "planned", "2026-11-27T14:00Z"),
    "away": ("2026-11-16T15:00Z", {}, date(2026, 11, 20), "planned", "2026-11-20T14:00Z"),
    "away until the next round": ("2026-11-16T15:00Z", {}, date(2026, 11, 30), "skipped: away", "2026-11-16T14:00Z"),
    "away until further notice": ("2026-11-16T15:00Z", {}, date(2030, 1, 1), "skipped: away", "2026-11-16T14:00Z"),
    "overtaken": ("2026-11-30T05:00Z", {}, None, "skipped: overtaken", "2026-11-16T14:00Z"),
    "left": ("2026-11-16T14:00Z", {"is_active": False}, None, "skipped: left", "2026-11-16T14:00Z"),
}


@pytest.mark.parametrize("name", HANDED)
async def test_handing_over_decides_again(db: Database, ana: Person, name: str) -> None:
    now, changed, until_on, expected, due_at = HANDED[name]
    async with db.writing() as session:
        await plan(session, SUNDAY)
        if changed:
            await session.execute(update(Person).values(**changed))
        if until_on is not None:
            session.add(Absence(person_id=ana.id, from_on=ROUND, until_on=until_on))
            await session.flush()
        assert await rounds.hand_over_some(session, now=at(now)) == 1
        state, reason, due = await only(session)
        told = (await session.execute(select(Outbox.kind, Outbox.recipient, Outbox.expires_at))).all()
    assert (f"{state}: {reason}" if reason else state, due) == (expected, at(due_at))
    assert [tuple(row) for row in told] == ([(rounds.PROMPT, ana.id, at("2026-11-30T05:00Z"))] * (state == "told"))


async def test_whoever_has_answered_already_is_not_asked(db: Database, ana: Person) -> None:
    async with db.writing() as session:
        await plan(session, SUNDAY)
        await rows.check_in(session, ana, round_on=ROUND)
        await rounds.hand_over_some(session, now=at("2026-11-16T14:00Z"))
        assert (await only(session))[:2] == ("skipped", "answered already")


async def test_what_is_due_is_handed_over_once_and_in_pages(db: Database, ana: Person) -> None:
    monday = at("2026-11-16T14:00Z")
    async with db.writing() as session:
        for name in ("Ben B", "Cleo C"):
            await rows.person(session, name, zone="America/New_York")
        await plan(session, SUNDAY)
        handled = [await rounds.hand_over_some(session, now=monday, limit=2) for _ in range(3)]
        assert handled == [2, 1, 0]
        assert await session.scalar(select(func.count()).select_from(Outbox)) == 3


MOVES = {
    "to the east": ("Asia/Kolkata", "2026-11-15T06:00Z", "2026-11-16T03:30Z"),
    "to the west": ("Pacific/Honolulu", "2026-11-15T06:00Z", "2026-11-16T19:00Z"),
    "over the date line to the first zone": ("Pacific/Kiritimati", "2026-11-15T06:00Z", "2026-11-15T19:00Z"),
    "over it when the morning there is past": ("Pacific/Kiritimati", "2026-11-16T13:00Z", "2026-11-15T19:00Z"),
    "over it to the last zone": ("Pacific/Pago_Pago", "2026-11-16T13:00Z", "2026-11-16T20:00Z"),
}


@pytest.mark.parametrize("name", MOVES)
async def test_a_prompt_moves_with_the_person(db: Database, ana: Person, name: str) -> None:
    zone, now, due_at = MOVES[name]
    async with db.writing() as session:
        await plan(session, SUNDAY)
        await session.execute(update(Person).values(zone=zone))
        await rounds.replan(session, [ana.id], now=at(now))
        [row] = await planned(session)
    assert (row.due_at, row.expires_at) == (at(due_at), cadence.resolve(date(2026, 11, 30), 0, zone))


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"])
async def test_a_prompt_that_was_sent_is_not_sent_again_elsewhere(db: Database, ana: Person, zone: str) -> None:
    monday = at("2026-11-16T14:00Z")
    async with db.writing() as session:
        await plan(session, SUNDAY)
        await rounds.hand_over_some(session, now=monday)
        await session.execute(update(Person).values(zone=zone))
        await rounds.replan(session, [ana.id], now=monday)
        await plan(session, monday)
        assert await only(session) == ("told", None, monday)


async def test_a_pause_moves_a_prompt_and_coming_back_early_brings_it_back(db: Database, ana: Person) -> None:
    async with db.writing() as session:
        await plan(session, SUNDAY)
        me = await rows.acting(session, ana)
        today = date(2026, 11, 15)
        await wishes.pause(session, by=me, until=date(2026, 11, 19), now=SUNDAY, today=today)
        assert await only(session) == ("planned", None, at("2026-11-19T14:00Z"))
        await wishes.resume(session, by=me, now=SUNDAY, today=today)
        assert await only(session) == ("planned", None, at("2026-11-16T14:00Z"))


async def test_a_pause_over_the_whole_round_leaves_its_prompt_out_unless_it_ends_early(
    db: Database, ana: Person
) -> None:
    tuesday = at("2026-11-17T19:00Z")
    async with db.writing() as session:
        await plan(session, SUNDAY)
        me = await rows.acting(session, ana)
        await wishes.pause(session, by=me, until=date(2026, 12, 9), now=SUNDAY, today=date(2026, 11, 15))
        await rounds.hand_over_some(session, now=at("2026-11-16T14:00Z"))
        assert (await only(session))[:2] == ("skipped", "away")
        await wishes.resume(session, by=me, now=tuesday, today=date(2026, 11, 17))
        await rounds.hand_over_some(session, now=tuesday)
        assert (await only(session))[:2] == ("told", None)


async def test_other_working_days_move_a_prompt_or_make_it_due(db: Database, ana: Person) -> None:
    wednesday = at("2026-11-18T17:00Z")
    async with db.writing() as session:
        await session.execute(update(Person).values(working_days="67"))
        await plan(session, SUNDAY)
        me = await rows.acting(session, ana)
        assert await planned(session) == []  # Saturday is too far ahead
        await wishes.choose(session, by=me, **CHOICE, now=wednesday)
        await rounds.hand_over_some(session, now=wednesday)
        assert await only(session) == ("told", None, at("2026-11-16T14:00Z"))


async def test_a_slower_rhythm_takes_back_the_prompt_of_tomorrow_and_a_faster_one_brings_it_back(
    db: Database, ana: Person
) -> None:
    sunday = at("2026-11-22T15:00Z")
    async with db.writing() as session:
        for rhythm, state in (("weekly", "planned"), ("monthly", "skipped"), ("weekly", "planned")):
            me = await rows.acting(session, ana)
            await wishes.choose(session, by=me, **{**CHOICE, "cadence": rhythm}, now=sunday)
            [tomorrow] = await planned(session, on_date=date(2026, 11, 23))
            assert tomorrow.state == state


# Eight weeks of several people at once who move, pause, come back and change their working days as they like.
ZONES = ["America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "Europe/Berlin"]
START = at("2026-10-18T00:00Z")
WEEKS = 8
PEOPLE = 6
steps = st.tuples(
    st.integers(0, WEEKS * 7 * 24), st.integers(0, PEOPLE - 1),
    st.one_of(
        st.tuples(st.just("zone"), st.sampled_from(ZONES)),
        st.tuples(st.just("pause"), st.integers(1, 30)),
        st.tuples(st.just("resume"), st.none()),
        st.tuples(st.just("days"), st.sampled_from(["12345", "71234", "67", "3"])),
        st.tuples(st.just("hour"), st.sampled_from(["5", "9", "15", "21"])),
    ),
)  # fmt: skip


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, max_size=40))
def test_whatever_people_do_each_round_asks_them_once(servers: Servers, framework_text: str, steps: list[Any]) -> None:
    asyncio.run(Eight(framework_text).play(servers.url("sqlite"), sorted(steps, key=lambda step: step[0])))


class Eight:
    """Plays eight weeks and holds what must be true of them."""

    def __init__(self, framework_text: str) -> None:
        self.framework_text = framework_text
        self.people: list[UUID] = []
        self.changed: dict[UUID, datetime] = {}

    async def play(self, url: str, steps: Sequence[Any]) -> None:
        db = engines.database(url)
        async with db.writing() as session:
            session.add(Release(version="1.0.0", source=self.framework_text, loaded_at=START))
            rhythms = ("weekly", "every two weeks", "monthly")
            for number in range(PEOPLE):
                one = await rows.person(session, f"P{number}", zone=ZONES[number % 5], cadence=rhythms[number % 3])
                self.people.append(one.id)
                self.changed[one.id] = START
        steps = [(START + timedelta(hours=step[0]), *step[1:]) for step in steps]
        for hour in range(0, WEEKS * 7 * 24, 6):
            now = START + timedelta(hours=hour)
            async with db.writing() as session:
                while steps and steps[0][0] <= now:
                    _, number, (what, value) = steps.pop(0)
                    await self.act(session, self.people[number], what, value, now)
                if hour % 24 == 0:
                    await plan(session, now)
                await self.hand_over(session, now)
        async with db.reading() as session:
            for one in self.people:
                await self.check(session, one)
        await db.close()

    async def hand_over(self, session: AsyncSession, now: datetime) -> None:
        """At every hour on which something is due; each prompt notes the local date on which it was sent."""
        for minute in range(0, 360, 60):
            moment = now + timedelta(minutes=minute)
            due = select(Occurrence.id).where(Occurrence.state == "planned", Occurrence.due_at <= moment).limit(1)
            if await session.scalar(due) is not None:
                await rounds.hand_over_some(session, now=moment)

    async def act(self, session: AsyncSession, who: UUID, what: str, value: Any, now: datetime) -> None:
        row = await session.get_one(Person, who, populate_existing=True)
        me = await rows.acting(session, row, on=now.date())
        today = cadence.local_day(now, me.schedule.zone)
        self.changed[who] = now
        if what == "zone":
            await session.execute(update(Person).where(Person.id == who).values(zone=value))
            await rounds.replan(session, [who], now=now)
        elif what == "pause":
            await wishes.pause(session, by=me, until=today + timedelta(days=value), now=now, today=today)
        elif what == "resume":
            await wishes.resume(session, by=me, now=now, today=today)
        else:
            kept = {"hour": str(row.preferred_hour), "working_days": row.working_days}
            chosen = {**CHOICE, **kept, "cadence": row.cadence, {"days": "working_days"}.get(what, what): value}
            await wishes.choose(session, by=me, **chosen, now=now)

    async def check(self, session: AsyncSession, who: UUID) -> None:
        row = await session.get_one(Person, who)
        me = await rows.acting(session, row)
        query = select(Outbox.not_before, Occurrence.on_date).join(Occurrence, Occurrence.id == Outbox.subject)
        told = [tuple(one) for one in await session.execute(query.where(Outbox.recipient == who))]
        assert len({round_on for _, round_on in told}) == len(told), "twice in one round"
        gaps = sorted(moment for moment, _ in told)
        assert all(later - sooner > timedelta(hours=2) for sooner, later in pairwise(gaps))
        calm = [moment for moment, _ in told if moment > self.changed[who]]
        assert len({cadence.local_day(moment, row.zone) for moment in calm}) == len(calm), "twice on one day"
        for moment in calm:
            assert cadence.next_open(moment, me.schedule) == moment, "in quiet hours"
        found = await session.execute(select(Absence.from_on, Absence.until_on).where(Absence.person_id == who))
        away = [cadence.Away(*one) for one in found]
        rhythm, end = Cadence(row.cadence or ""), START + timedelta(weeks=WEEKS - 1)
        for round_on in cadence.rounds(rhythm, START.date(), end.date()):
            next_on = cadence.next_round(rhythm, round_on)
            first = max(round_on, self.changed[who].astimezone(ZoneInfo(row.zone)).date() + cadence.DAY)
            day = cadence.prompt_day(first, next_on, me.schedule, away) if first < next_on else None
            if day is not None and cadence.resolve(day, row.preferred_hour, row.zone) < end:
                assert round_on in {one for _, one in told}, f"never asked in the round of {round_on}"
