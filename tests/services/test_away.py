"""Being away without having said so here, coming back, and who stands in meanwhile, in the database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from bot.database import Database
from bot.models.framework import Release
from bot.models.messages import Occurrence, Outbox
from bot.models.people import Absence, Person
from bot.rules.directory import Account
from bot.rules.less import Topic
from bot.rules.refusal import Refusal
from bot.services import away, check_in_rounds, deputies, directory, less, people, relations, returns, wishes
from tests.support import rows
from tests.support.rows import NOW, TODAY, Cast

ANA = Account("U0ANA", "Ana Pérez", "America/New_York", "ana@example.com")
NEXT_MONDAY = date(2026, 11, 23)
FRIDAY = datetime(2026, 11, 21, 4, 59, 59, tzinfo=UTC)  # the last second of Friday 20 November in New York


def day(number: int) -> date:
    return date(2026, 11, number)


@pytest.fixture
async def cast(db: Database, framework_text: str) -> Cast:
    """The company with its prompts of this round planned."""
    async with db.writing() as session:
        session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW - timedelta(days=90)))
        cast = await rows.cast(session)
        since, until = NOW - timedelta(hours=24), NOW + timedelta(hours=48)
        await check_in_rounds.plan_some(session, after=None, since=since, until=until)
    return cast


async def synced(db: Database, *accounts: Account, now: datetime = NOW) -> None:
    async with db.writing() as session:
        await directory.sync(session, accounts, today=now.date(), now=now, is_complete=False)


async def absences(db: Database, of: Person) -> list[tuple[date, date | None, bool]]:
    async with db.reading() as session:
        found = await session.execute(
            select(Absence.from_on, Absence.until_on, Absence.is_from_status)
            .where(Absence.person_id == of.id)
            .order_by(Absence.from_on, Absence.is_from_status)
        )
        return [(row.from_on, row.until_on, row.is_from_status) for row in found]


async def prompt_day(db: Database, of: Person) -> date:
    async with db.reading() as session:
        due = await session.scalar(select(Occurrence.due_at).where(Occurrence.person_id == of.id))
        assert due is not None
        return due.date()


def writes(db: Database) -> list[str]:
    """Fills with every statement that writes."""
    seen: list[str] = []

    def note(*told: Any) -> None:
        if not told[2].startswith(("SELECT", "BEGIN")):
            seen.append(told[2])

    event.listen(db.engine.sync_engine, "before_cursor_execute", note)
    return seen


# By a status


async def test_a_status_is_an_absence_while_it_stands(db: Database, cast: Cast) -> None:
    on_leave = replace(ANA, is_away=True, away_until=FRIDAY)
    await synced(db, on_leave)
    assert await absences(db, cast.ana) == [(TODAY, day(21), True)]
    assert await prompt_day(db, cast.ana) == day(23)
    written = writes(db)
    await synced(db, on_leave)
    assert written == []
    await synced(db, replace(on_leave, away_until=FRIDAY + timedelta(days=3)))
    assert await absences(db, cast.ana) == [(TODAY, day(24), True)]
    await synced(db, ANA)
    assert await absences(db, cast.ana) == [(TODAY, TODAY, True)]
    assert await prompt_day(db, cast.ana) == TODAY


async def test_a_status_without_an_end_holds_until_it_is_changed(db: Database, cast: Cast) -> None:
    await synced(db, replace(ANA, is_away=True))
    assert await absences(db, cast.ana) == [(TODAY, None, True)]
    tuesday = NOW + timedelta(days=1)
    await synced(db, ANA, now=tuesday)
    assert await absences(db, cast.ana) == [(TODAY, day(17), True)]


async def test_a_status_that_is_over_is_none(db: Database, cast: Cast) -> None:
    await synced(db, replace(ANA, is_away=True, away_until=NOW - timedelta(days=1)))
    assert await absences(db, cast.ana) == []


async def test_a_status_touches_no_absence_but_its_own(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        ana = await rows.acting(session, cast.ana)
        await wishes.pause(session, by=ana, until=day(27), now=NOW, today=TODAY)
    await synced(db, replace(ANA, is_away=True, away_until=FRIDAY))
    await synced(db, ANA)
    assert await absences(db, cast.ana) == [(TODAY, day(27), False), (TODAY, TODAY, True)]


async def test_whoever_says_they_are_back_stays_back_while_the_old_status_stands(db: Database, cast: Cast) -> None:
    on_leave = replace(ANA, is_away=True)
    await synced(db, on_leave)
    async with db.writing() as session:
        await wishes.resume(session, by=await rows.acting(session, cast.ana), now=NOW, today=TODAY)
    for days in (0, 1, 9):
        await synced(db, on_leave, now=NOW + timedelta(days=days))
        assert await absences(db, cast.ana) == [(TODAY, TODAY, True)]
    await synced(db, ANA, now=NOW + timedelta(days=9))
    await synced(db, on_leave, now=NOW + timedelta(days=10))
    assert (await absences(db, cast.ana))[-1] == (day(26), None, True)


async def test_a_sync_of_many_statuses_is_a_few_statements(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        for number in range(300):
            name, slack_id = f"P{number} Roe", f"U0P{number}"
            session.add(Person(name=name, slack_id=slack_id, email=f"p{number}@example.com", zone="UTC"))
    many = [Account(f"U0P{n}", f"P{n} Roe", "UTC", f"p{n}@example.com", is_away=True) for n in range(300)]
    written = writes(db)
    await synced(db, *many)
    assert len([one for one in written if "absence" in one]) == 1
    async with db.reading() as session:
        found = (await session.scalars(select(Absence.person_id))).all()
    assert len(found) == 300


# By somebody else


async def set_away(db: Database, by: Person, whom: str, until: date = NEXT_MONDAY) -> None:
    async with db.writing() as session:
        await away.set_away(session, by=await rows.acting(session, by), person=whom, until=until, now=NOW)


async def test_a_manager_and_an_owner_can_set_somebody_away_and_nobody_else(db: Database, cast: Cast) -> None:
    await set_away(db, cast.mats, "U0ANA")
    await set_away(db, cast.lea, "U0ANA", until=day(25))
    assert await absences(db, cast.ana) == [(TODAY, TODAY, False), (TODAY, day(25), False)]
    for by, whom in ((cast.noor, "U0ANA"), (cast.ana, "U0MATS"), (cast.mats, "U0NOOR"), (cast.lea, "U0NOBODY")):
        with pytest.raises(Refusal):
            await set_away(db, by, whom)
    for until in (TODAY, day(13), date(2028, 1, 1)):
        with pytest.raises(Refusal):
            await set_away(db, cast.mats, "U0ANA", until=until)
    assert await absences(db, cast.noor) == []


async def test_setting_oneself_away_is_a_pause(db: Database, cast: Cast) -> None:
    await set_away(db, cast.noor, "U0NOOR")
    assert await absences(db, cast.noor) == [(TODAY, day(23), False)]
    async with db.reading() as session:
        assert (await session.scalars(select(Outbox.kind).where(Outbox.kind == away.SET))).all() == []


# Coming back


async def leave(db: Database, of: Person, first: date, until: date | None) -> None:
    async with db.writing() as session:
        session.add(Absence(person_id=of.id, from_on=first, until_on=until))


async def cards(db: Database, *, now: datetime = NOW) -> list[tuple[Any, datetime]]:
    """Plan twice; what is owed."""
    async with db.writing() as session:
        for _ in range(2):
            await returns.plan_some(session, after=None, since=now - timedelta(hours=1), now=now)
        found = await session.execute(
            select(Outbox.recipient, Outbox.not_before).where(Outbox.kind == returns.BACK).order_by(Outbox.not_before)
        )
        return [(row.recipient, row.not_before) for row in found]


async def test_a_return_is_planned_once_for_the_first_working_day_at_the_own_hour(db: Database, cast: Cast) -> None:
    await leave(db, cast.ana, day(9), day(14))  # back on the Monday
    await leave(db, cast.noor, day(10), day(17))  # back on the Tuesday
    await leave(db, cast.mats, day(11), TODAY)  # three working days are none
    assert await cards(db) == [
        (cast.ana.id, datetime(2026, 11, 16, 14, tzinfo=UTC)),
        (cast.noor.id, datetime(2026, 11, 17, 3, 30, tzinfo=UTC)),
    ]


async def test_whoever_says_back_in_the_middle_of_a_day_has_a_card_at_once(db: Database, cast: Cast) -> None:
    await leave(db, cast.ana, day(2), None)
    assert await cards(db) == []
    afternoon = NOW + timedelta(hours=12)
    async with db.writing() as session:
        await wishes.resume(session, by=await rows.acting(session, cast.ana), now=afternoon, today=TODAY)
    assert [who for who, _ in await cards(db, now=afternoon)] == [cast.ana.id]


async def shown(db: Database, of: Person, *, now: datetime) -> Any:
    async with db.reading() as session:
        return (await returns.load(session, [of.id], now=now)).get(of.id)


async def test_a_card_is_left_out_for_who_stays_away_or_wants_no_reminders(db: Database, cast: Cast) -> None:
    await leave(db, cast.ana, day(9), day(14))
    monday = NOW + timedelta(hours=6)
    assert (await shown(db, cast.ana, now=monday)).waiting.name == "Ana Pérez"
    await leave(db, cast.ana, TODAY, day(18))
    assert await shown(db, cast.ana, now=monday) is None
    wednesday = monday + timedelta(days=2)
    assert await shown(db, cast.ana, now=wednesday) is not None
    async with db.writing() as session:
        ana = await rows.acting(session, cast.ana)
        await less.choose(session, by=ana, topics={Topic.REMINDERS}, now=wednesday, today=day(18))
    assert await shown(db, cast.ana, now=wednesday) is None
    assert [who for who, _ in await cards(db, now=wednesday)] == []


# Deputies


async def named(db: Database, by: Person, whom: str, *, until: date | None = None, now: datetime = NOW) -> None:
    async with db.writing() as session:
        me = await rows.acting(session, by)
        await deputies.name(session, by=me, deputy=whom, until=until, now=now, today=now.date())


async def stands_in(db: Database, of: Person, *, now: datetime = NOW) -> list[str]:
    async with db.reading() as session:
        found = await deputies.standing_in(session, [of.id], now=now)
        return [one.manager for one in found.get(of.id, ())]


async def test_a_deputy_stands_in_only_while_the_manager_is_away(db: Database, cast: Cast) -> None:
    await named(db, cast.mats, "U0NOOR")
    assert await stands_in(db, cast.noor) == []
    await leave(db, cast.mats, day(17), day(19))
    tuesday, wednesday = (datetime(2026, 11, n, 12, tzinfo=UTC) for n in (17, 18))
    assert await stands_in(db, cast.noor) == []
    assert await stands_in(db, cast.noor, now=tuesday) == ["Mats Berg"]
    assert await stands_in(db, cast.noor, now=wednesday) == ["Mats Berg"]
    midnight = datetime(2026, 11, 18, 23, tzinfo=UTC)  # in Stockholm
    assert await stands_in(db, cast.noor, now=midnight - timedelta(seconds=1)) == ["Mats Berg"]
    assert await stands_in(db, cast.noor, now=midnight) == []


async def test_another_deputy_takes_the_place_of_the_first_and_a_day_ends_it(db: Database, cast: Cast) -> None:
    await leave(db, cast.mats, TODAY, None)
    await named(db, cast.mats, "U0NOOR")
    await named(db, cast.mats, "U0LEA", until=day(18))
    assert (await stands_in(db, cast.noor), await stands_in(db, cast.lea)) == ([], ["Mats Berg"])
    assert await stands_in(db, cast.lea, now=NOW + timedelta(days=2)) == []


async def test_who_cannot_be_a_deputy_is_refused(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        await rows.person(session, "Gus Guest", track=None, is_guest=True)
        await rows.person(session, "Lou Left", track=None, is_active=False)
    for by, whom in (
        (cast.mats, "U0MATS"),
        (cast.mats, "U0GUS"),
        (cast.mats, "U0LOU"),
        (cast.mats, "U0NOBODY"),
        (cast.ana, "U0NOOR"),
    ):
        with pytest.raises(Refusal):
            await named(db, by, whom)


async def test_a_deputy_who_leaves_stands_in_no_more(db: Database, cast: Cast) -> None:
    await leave(db, cast.mats, TODAY, None)
    await named(db, cast.mats, "U0NOOR")
    gone = Account("U0NOOR", "Noor Rao", "Asia/Kolkata", is_active=False)
    await synced(db, gone)
    assert await stands_in(db, cast.noor) == []
    async with db.reading() as session:
        ana = (await people.by_id(session, [cast.ana.id], on=TODAY))[cast.ana.id]
        assert (await relations.readers(session, by=ana, on=TODAY)).deputy is None
