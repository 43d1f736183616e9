"""What Slack tells us about people, in the database."""

import logging
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event, select

from bot.database import Database
from bot.models.framework import Release
from bot.models.messages import Occurrence
from bot.models.people import Person, Placement
from bot.rules.directory import Account
from bot.services import check_in_rounds, directory
from bot.services.directory import SyncResult
from tests.support import rows
from tests.support.rows import NOW, TODAY, Cast

ANA = Account("U0ANA", "Ana Pérez", "America/New_York", "ana@example.com")
MATS = Account("U0MATS", "Mats Berg", "Europe/Stockholm", "mats@example.com")
NOOR = Account("U0NOOR", "Noor Rao", "Asia/Kolkata", "noor@example.com")
LEA = Account("U0LEA", "Lea Roux", "Europe/Paris", "lea@example.com")
EVERYBODY = (ANA, MATS, NOOR, LEA)


@pytest.fixture
async def cast(db: Database, framework_text: str) -> Cast:
    """The company with its prompts of this round planned."""
    async with db.writing() as session:
        session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW))
        cast = await rows.cast(session)
        since, until = NOW - timedelta(hours=24), NOW + timedelta(hours=48)
        await check_in_rounds.plan_some(session, after=None, since=since, until=until)
    return cast


async def synced(db: Database, *accounts: Account, is_complete: bool = True, allow_ending: int = 0) -> SyncResult:
    async with db.writing() as session:
        return await directory.sync(
            session, accounts, today=TODAY, now=NOW, is_complete=is_complete, allow_ending=allow_ending
        )


async def told(db: Database, **user: Any) -> SyncResult:
    """A `user_change` event about Ana."""
    profile = {"display_name": "", "real_name": "Ana Pérez", "email": "ana@example.com", "status_text": "lunch"}
    shown = {"id": "U0ANA", "tz": "America/New_York", "profile": profile, **user}
    async with db.writing() as session:
        return await directory.changed(session, shown, zone="UTC", today=TODAY, now=NOW)


async def person(db: Database, *, slack_id: str) -> Person | None:
    async with db.reading() as session:
        return (await session.scalars(select(Person).where(Person.slack_id == slack_id))).one_or_none()


async def prompts(db: Database, of: UUID) -> list[Any]:
    """Somebody's prompts of the round that begins today."""
    async with db.reading() as session:
        found = await session.execute(
            select(Occurrence.state, Occurrence.reason, Occurrence.due_at).where(
                Occurrence.person_id == of, Occurrence.on_date == TODAY
            )
        )
        return [tuple(row) for row in found]


def writes(db: Database) -> list[str]:
    """Fills with every statement that writes."""
    seen: list[str] = []

    def note(*told: Any) -> None:
        if not told[2].startswith(("SELECT", "BEGIN")):
            seen.append(told[2])

    event.listen(db.engine.sync_engine, "before_cursor_execute", note)
    return seen


async def test_the_same_again_writes_nothing(db: Database, cast: Cast) -> None:
    written = writes(db)
    assert await synced(db, *EVERYBODY) == SyncResult()
    assert await told(db) == SyncResult()
    assert written == []


async def test_somebody_new_is_in_the_directory_but_not_in_the_program(db: Database, cast: Cast) -> None:
    guest = Account("W0GUEST", "Gus", "Asia/Kathmandu", None, is_guest=True)
    assert await synced(db, *EVERYBODY, guest) == SyncResult(new=1)
    row = await person(db, slack_id="W0GUEST")
    assert row is not None
    assert (row.name, row.zone, row.email, row.is_guest, row.is_active) == ("Gus", "Asia/Kathmandu", None, True, True)
    async with db.reading() as session:
        assert await session.scalar(select(Placement).where(Placement.person_id == row.id)) is None
    assert await synced(db, *EVERYBODY, guest) == SyncResult()


async def test_somebody_imported_before_is_found_by_e_mail(db: Database, cast: Cast) -> None:
    tom = Account("U0TOM", "Tom N", "Pacific/Auckland", "tom@example.com")
    assert await synced(db, *EVERYBODY, tom) == SyncResult(changed=1)
    row = await person(db, slack_id="U0TOM")
    assert row is not None
    assert (row.id, row.name) == (cast.tom.id, "Tom N")


async def test_an_address_passes_from_one_to_another(db: Database, cast: Cast) -> None:
    changed = (
        Account("U0ANA", "Ana Pérez", "America/New_York", "mats@example.com"),
        Account("U0MATS", "Mats Berg", "Europe/Stockholm", "ana@example.com"),
    )
    assert await synced(db, *changed, NOOR, LEA) == SyncResult(changed=2)
    row = await person(db, slack_id="U0ANA")
    assert row is not None
    assert row.email == "mats@example.com"


async def test_another_zone_moves_what_is_planned(db: Database, cast: Cast) -> None:
    ((_, _, before),) = await prompts(db, cast.ana.id)
    others = await prompts(db, cast.noor.id)
    assert await told(db, tz="America/Los_Angeles") == SyncResult(changed=1)
    assert await prompts(db, cast.ana.id) == [("planned", None, before + timedelta(hours=3))]
    assert await prompts(db, cast.noor.id) == others


async def test_an_event_without_a_zone_moves_nothing(db: Database, cast: Cast) -> None:
    assert await told(db, tz="") == SyncResult()
    assert await told(db, tz="Etc/GMT+14") == SyncResult()


@pytest.mark.parametrize("told_by", ["an event", "a list that shows them deactivated", "a list without them"])
async def test_leavers_stop_at_once_and_resume_when_they_are_back(db: Database, cast: Cast, told_by: str) -> None:
    before = await prompts(db, cast.ana.id)
    match told_by:
        case "an event":
            ended = await told(db, deleted=True, tz=None)
        case "a list that shows them deactivated":
            gone = Account("U0ANA", "Ana Pérez", "UTC", is_active=False, tells_zone=False)
            ended = await synced(db, gone, MATS, NOOR, LEA)
        case _:
            ended = await synced(db, MATS, NOOR, LEA)
    assert ended == SyncResult(ended=1)
    row = await person(db, slack_id="U0ANA")
    assert row is not None
    assert (row.is_active, row.left_on, row.zone) == (False, TODAY, "America/New_York")
    assert [found[:2] for found in await prompts(db, cast.ana.id)] == [("skipped", "left")]
    async with db.reading() as session:
        placement = (await session.scalars(select(Placement).where(Placement.person_id == cast.ana.id))).one()
    assert placement.until_on is None

    assert await synced(db, MATS, NOOR, LEA) == SyncResult()
    assert await synced(db, *EVERYBODY) == SyncResult(changed=1)
    row = await person(db, slack_id="U0ANA")
    assert row is not None
    assert (row.is_active, row.left_on) == (True, None)
    assert await prompts(db, cast.ana.id) == before


async def test_what_we_skip_ends_with_the_next_complete_list_only(db: Database, cast: Cast) -> None:
    written = writes(db)
    assert await told(db, is_stranger=True) == SyncResult()
    assert await told(db, id="USLACKBOT") == SyncResult()
    assert await told(db, id="U0NEW", deleted=True) == SyncResult()
    assert await synced(db) == SyncResult()
    assert await synced(db, MATS, is_complete=False) == SyncResult()
    assert written == []


async def test_a_list_that_ends_many_ends_nobody(db: Database, cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    kiran = Account("U0KIRAN", "Kiran", "Asia/Kolkata")
    with caplog.at_level(logging.ERROR):
        assert await synced(db, LEA, NOOR, kiran) == SyncResult(new=1, ended=2, stopped=True)
    assert "would end 2 of 4 members" in caplog.text
    assert "ladderbot people sync --allow-ending 2" in caplog.text
    assert (await synced(db, LEA, NOOR, kiran, allow_ending=3)).stopped
    row = await person(db, slack_id="U0ANA")
    assert row is not None
    assert row.is_active
    assert await synced(db, LEA, NOOR, kiran, allow_ending=2) == SyncResult(ended=2)


async def test_many_people_are_few_statements(db: Database, cast: Cast) -> None:
    crowd = [Account(f"U1{n:04}", f"P {n}", "Asia/Kolkata", f"p{n}@example.com") for n in range(500)]
    await synced(db, *EVERYBODY, *crowd)
    written = writes(db)
    renamed = [Account(one.slack_id, one.name + "!", one.zone, one.email) for one in crowd[:250]]
    assert await synced(db, *EVERYBODY, *renamed) == SyncResult(changed=250, ended=250)
    assert len(written) <= 4
