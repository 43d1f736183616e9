"""Rounds of check-ins: planned once, handed over at an open hour, planned again when wishes or zones change."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
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
from tests.support import rows

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


HANDED: dict[str, tuple[str, dict[str, Any], date | None, str, str]] = {
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
