"""What people may wish for themselves, on both engines."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
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
from bot.rules.cadence import Away, Cadence, Schedule
from bot.rules.people import Person as Member
from bot.rules.refusal import Refusal
from bot.services import check_in_rounds as rounds
from bot.services import wishes
from tests.support import engines, rows
from tests.support.engines import Servers
from tests.support.rows import NOW, TODAY

CHOICE: dict[str, Any] = {"hour": "8", "working_days": ["1", "2"], "country": "de", "cadence": "weekly"}
DAY = timedelta(days=1)


@pytest.fixture
async def ana(db: Database) -> Person:
    async with db.writing() as session:
        return await rows.person(session, "Ana Pérez", zone="Europe/Berlin")


async def absences(db: Database, person: Person) -> list[Away]:
    async with db.reading() as session:
        found = await session.execute(select(Absence.from_on, Absence.until_on).where(Absence.person_id == person.id))
        return sorted((Away(*row) for row in found), key=lambda one: (one.from_on, one.until_on or date.max))


async def pause(db: Database, person: Person, until: date, *, today: date = TODAY) -> None:
    async with db.writing() as session:
        me = await rows.acting(session, person)
        await wishes.pause(session, by=me, until=until, now=NOW, today=today)


@pytest.mark.parametrize("until", [TODAY, TODAY - DAY, date(1, 1, 1)])
async def test_a_pause_ends_on_a_day_ahead(db: Database, ana: Person, until: date) -> None:
    with pytest.raises(Refusal, match="That day has come already"):
        await pause(db, ana, until)
    assert await absences(db, ana) == []


@pytest.mark.parametrize("until", [TODAY + 367 * DAY, date(9999, 12, 31)])
async def test_a_pause_ends_within_a_year(db: Database, ana: Person, until: date) -> None:
    with pytest.raises(Refusal, match="more than a year ahead"):
        await pause(db, ana, until)
    assert await absences(db, ana) == []


async def test_a_pause_begins_today_and_a_new_one_takes_its_place(db: Database, ana: Person) -> None:
    await pause(db, ana, TODAY + 30 * DAY)
    await pause(db, ana, TODAY + 9 * DAY, today=TODAY + 2 * DAY)
    assert await absences(db, ana) == [
        Away(TODAY, TODAY + 2 * DAY), Away(TODAY + 2 * DAY, TODAY + 9 * DAY),
    ]  # fmt: skip


async def test_coming_back_ends_every_pause_and_nobody_elses(db: Database, ana: Person) -> None:
    async with db.writing() as session:
        ben = await rows.person(session, "Ben B")
        session.add(Absence(person_id=ana.id, from_on=TODAY - 9 * DAY, until_on=None))
    await pause(db, ben, TODAY + 5 * DAY)
    await pause(db, ana, TODAY + 5 * DAY)
    async with db.writing() as session:
        me = await rows.acting(session, ana)
        await wishes.resume(session, by=me, now=NOW, today=TODAY + DAY)
        await wishes.resume(session, by=me, now=NOW, today=TODAY + DAY)
    assert not any(one.covers(TODAY + DAY) for one in await absences(db, ana))
    assert await absences(db, ben) == [Away(TODAY, TODAY + 5 * DAY)]


async def choose(db: Database, person: Person, **changed: Any) -> Member:
    async with db.writing() as session:
        me = await rows.acting(session, person)
        await wishes.choose(session, by=me, **{**CHOICE, **changed}, now=NOW)
        return await rows.acting(session, person)


async def test_wishes_are_kept(db: Database, ana: Person) -> None:
    kept = await choose(db, ana)
    assert (kept.schedule, kept.cadence) == (Schedule("Europe/Berlin", 8, "12", "DE"), Cadence.WEEKLY)
    kept = await choose(db, ana, hour="21", working_days=["7", "1", "7", "x"], country=" ", cadence="")
    assert (kept.schedule, kept.cadence) == (Schedule("Europe/Berlin", 21, "17", None), None)


@pytest.mark.parametrize(
    ("field", "value"),
    [("hour", value) for value in ("", "4", "22", "-1", "99", "²", "9.5", "nine", "9; DROP TABLE person")]
    + [("working_days", value) for value in ([], ["8"], [""], ["mo"])]
    + [("country", value) for value in ("XX", "USA", "D", "🦄", "'; --")]
    + [("cadence", value) for value in ("daily", "WEEKLY", "never")],
)
async def test_what_cannot_be_wished_is_refused_beside_its_field(
    db: Database, ana: Person, field: str, value: object
) -> None:
    with pytest.raises(Refusal) as refused:
        await choose(db, ana, **{field: value})
    assert refused.value.field == field
    async with db.reading() as session:
        assert (await rows.acting(session, ana)).schedule == Schedule("Europe/Berlin")


# Eight weeks of several people at once who move, pause, come back and change their working days as they like.
ZONES = ["America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "Europe/Berlin"]
START = datetime(2026, 10, 18, tzinfo=UTC)
WEEKS = 8
STEP = 8  # hours between two looks at what people wish
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


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, min_size=20, max_size=40))
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
                row = await rows.person(session, f"P{number}", zone=ZONES[number % 5], cadence=rhythms[number % 3])
                self.people.append(row.id)
                self.changed[row.id] = START
        steps = [(START + timedelta(hours=step[0]), *step[1:]) for step in steps]
        for hour in range(0, WEEKS * 7 * 24, STEP):
            now = self.now = START + timedelta(hours=hour)
            async with db.writing() as session:
                while steps and steps[0][0] <= now:
                    _, number, (what, value) = steps.pop(0)
                    await self.act(session, self.people[number], what, value, now)
                if hour % 24 == 0:
                    await rounds.plan_some(session, after=None, since=now - rounds.BEHIND, until=now + rounds.AHEAD)
                await self.hand_over(session, until=now + timedelta(hours=STEP))
        async with db.reading() as session:
            for one in self.people:
                await self.check(session, one)
        await db.close()

    async def hand_over(self, session: AsyncSession, *, until: datetime) -> None:
        """At every moment at which something is due."""
        due = select(func.min(Occurrence.due_at)).where(Occurrence.state == "planned", Occurrence.due_at < until)
        while (moment := await session.scalar(due)) is not None:
            self.now = max(self.now, moment)
            await rounds.hand_over_some(session, now=self.now)

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
            chosen = {"country": "", **kept, "cadence": row.cadence, {"days": "working_days"}.get(what, what): value}
            await wishes.choose(session, by=me, **chosen, now=now)

    async def check(self, session: AsyncSession, who: UUID) -> None:
        row = await session.get_one(Person, who)
        me = await rows.acting(session, row)
        query = select(Outbox.not_before, Occurrence.on_date).join(Occurrence, Occurrence.id == Outbox.subject)
        told = [(moment, on) for moment, on in await session.execute(query.where(Outbox.recipient == who))]
        assert len({round_on for _, round_on in told}) == len(told), "twice in one round"
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
