"""Telling somebody something once, and doing a thing once, on both engines."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update

from bot.database import Database
from bot.models.messages import Inbox, Outbox
from bot.rules.refusal import Refusal
from bot.services import messages
from bot.services.messages import Repeated
from tests.support import rows

NOW = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
THING = uuid4()


@pytest.fixture
async def ana(db: Database) -> UUID:
    async with db.writing() as session:
        return (await rows.person(session, "Ana Pérez")).id


async def owed(db: Database) -> list[str]:
    async with db.reading() as session:
        return list(await session.scalars(select(Outbox.kind).order_by(Outbox.kind)))


async def test_telling_twice_tells_once(db: Database, ana: UUID) -> None:
    for _ in range(2):
        async with db.writing() as session:
            await messages.tell(session, "kind", to=ana, about=THING, at=NOW)
            await messages.tell(session, "kind", to=ana, about=THING, at=NOW)
            assert session.info[messages.TOLD]
    async with db.reading() as session:
        row = (await session.scalars(select(Outbox))).one()
    assert (row.kind, row.recipient, row.subject, row.state, row.attempts) == ("kind", ana, THING, "pending", 0)
    assert (row.not_before, row.expires_at, row.lease_owner) == (NOW, None, None)


async def test_another_kind_thing_person_or_key_is_another_message(db: Database, ana: UUID) -> None:
    async with db.writing() as session:
        ben = (await rows.person(session, "Ben B")).id
        await messages.tell(session, "a", to=ana, about=THING, at=NOW)
        await messages.tell(session, "b", to=ana, about=THING, at=NOW)
        await messages.tell(session, "c", to=ben, about=THING, at=NOW)
        await messages.tell(session, "a", to=ana, about=uuid4(), at=NOW)
        await messages.tell(session, "a", to=ana, about=THING, at=NOW, key="again")
    assert await owed(db) == ["a", "a", "a", "b", "c"]


async def test_telling_nobody_is_nothing(db: Database) -> None:
    async with db.writing() as session:
        await messages.tell_many(session, [])
        assert messages.TOLD not in session.info
    assert await owed(db) == []


async def test_every_refresh_counts(db: Database, ana: UUID) -> None:
    async with db.writing() as session:
        for _ in range(3):
            await messages.refresh(session, "again", to=ana, about=THING, at=NOW)
    assert await owed(db) == ["again"] * 3


async def test_what_has_not_been_sent_can_be_withdrawn(db: Database, ana: UUID) -> None:
    async with db.writing() as session:
        await messages.tell(session, "a", to=ana, about=THING, at=NOW, key="sent")
        await session.execute(update(Outbox).values(state="sent"))
        await messages.tell(session, "a", to=ana, about=THING, at=NOW)
        await messages.tell(session, "b", to=ana, about=THING, at=NOW)
        await messages.withdraw(session, "a", about=THING)
    assert await owed(db) == ["a", "b"]


async def press(db: Database, ana: UUID, key: str, *, refused: bool = False) -> None:
    """What a handler does: once, its effect, and perhaps a Refusal."""
    async with db.writing() as session:
        await messages.once(session, key, at=NOW)
        await messages.tell(session, "effect", to=ana, about=uuid4(), at=NOW)
        if refused:
            raise Refusal("Write one sentence.")


async def test_a_press_has_its_effect_once(db: Database, ana: UUID) -> None:
    await press(db, ana, "one")
    with pytest.raises(Repeated):
        await press(db, ana, "one")
    await press(db, ana, "another")
    assert await owed(db) == ["effect"] * 2


async def test_five_presses_at_once_have_one_effect(db: Database, ana: UUID) -> None:
    done = await asyncio.gather(*(press(db, ana, "one") for _ in range(5)), return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["NoneType"] + ["Repeated"] * 4
    assert await owed(db) == ["effect"]


async def test_a_refusal_leaves_no_trace_so_that_a_corrected_form_goes_through(db: Database, ana: UUID) -> None:
    with pytest.raises(Refusal):
        await press(db, ana, "form", refused=True)
    async with db.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Inbox)) == 0
    assert await owed(db) == []
    await press(db, ana, "form")
    assert await owed(db) == ["effect"]
