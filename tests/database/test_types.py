"""Moments keep their zone and words are sealed, on both engines."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from uuid import RFC_4122

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Executable, LargeBinary, cast, func, insert, select, type_coerce
from sqlalchemy.exc import InvalidRequestError, StatementError
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, keyring
from bot.database import Database, ordered_id
from bot.keyring import KeyProblem
from bot.models.check_ins import CheckIn
from bot.models.messages import Inbox, KeyCheck
from tests.support import engines, rows

CANARY = "canary: I would like to lead the audit"
ABROAD = timezone(timedelta(hours=5, minutes=45))


@pytest.mark.parametrize("seconds", [0, 1, 1_000_000])
async def test_a_moment_comes_back_as_the_same_moment_in_utc(db: Database, seconds: int) -> None:
    moment = datetime(2026, 3, 29, 2, 30, tzinfo=ABROAD) + timedelta(seconds=seconds, microseconds=1)
    async with db.writing() as session:
        session.add(Inbox(event_key="press", seen_at=moment))
    async with db.reading() as session:
        read = await session.scalar(select(Inbox.seen_at).where(Inbox.seen_at <= moment))
    assert read == moment
    assert read is not None
    assert read.tzinfo is UTC


async def test_a_moment_without_a_zone_is_refused(db: Database) -> None:
    naive = datetime(2026, 3, 29, 2, 30)  # noqa: DTZ001  (that is the point)
    async with db.reading() as session:
        session.add(Inbox(event_key="press", seen_at=naive))
        with pytest.raises(StatementError, match="a moment without a zone"):
            await session.flush()


async def test_moments_of_all_zones_sort_as_moments(db: Database) -> None:
    base = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
    zones = [timezone(timedelta(hours=hours)) for hours in (-11, 0, 14)]
    async with db.writing() as session:
        for number, zone in enumerate(zones):
            moment = (base + timedelta(minutes=number)).astimezone(zone)
            session.add(Inbox(event_key=str(number), seen_at=moment))
        await session.flush()
        assert list(await session.scalars(select(Inbox.event_key).order_by(Inbox.seen_at))) == ["0", "1", "2"]


async def written(session: AsyncSession, win: str = CANARY) -> CheckIn:
    return await rows.check_in(session, await rows.person(session, "Ana Pérez"), win=win)


async def raw(session: AsyncSession) -> bytes:
    found = await session.scalar(select(type_coerce(CheckIn.__table__.c.win, LargeBinary)))
    assert isinstance(found, bytes)
    return found


async def test_words_are_ciphertext_in_the_database(db: Database) -> None:
    async with db.writing() as session:
        await written(session)
    async with db.reading() as session:
        stored = await raw(session)
        assert await session.scalar(select(CheckIn.win)) == CANARY
    assert stored[0] == 1  # the id of the key
    assert len(stored) == 1 + 12 + len(CANARY) + 16
    assert not any(word.encode() in stored for word in ("canary", "would", "lead", "audit"))


async def test_the_same_words_are_sealed_differently_each_time(db: Database) -> None:
    async with db.writing() as session:
        row = await written(session)
        row.obstacle = CANARY
        first = await raw(session)
        row.win = CANARY + "!"
        await session.flush()
        row.win = CANARY
        await session.flush()
        assert await raw(session) != first


@pytest.mark.parametrize("text", ["", " ", "\n", "🦄" * 3000, "\u202e", "'; DROP TABLE check_in;--"])
async def test_every_text_opens_as_it_was_written(db: Database, text: str) -> None:
    async with db.writing() as session:
        await written(session, text)
    async with db.reading() as session:
        assert await session.scalar(select(CheckIn.win)) == text
        assert await raw(session)


REFUSED: dict[str, Callable[[], Executable]] = {
    "equal to a word": lambda: select(CheckIn.id).where(CheckIn.win == CANARY),
    "unequal to a word": lambda: select(CheckIn.id).where(CheckIn.win != CANARY),
    "one of some": lambda: select(CheckIn.id).where(CheckIn.win.in_([CANARY])),
    "like a word": lambda: select(CheckIn.id).where(CheckIn.win.like("%canary%")),
    "containing a word": lambda: select(CheckIn.id).where(CheckIn.win.contains("canary")),
    "greater than a word": lambda: select(CheckIn.id).where(CheckIn.win > "a"),
    "sorted": lambda: select(CheckIn.id).order_by(CheckIn.win.desc()),
    "joined to a word": lambda: select(CheckIn.win + "!"),
    "copied": lambda: insert(KeyCheck).from_select(["id", "sealed"], select(func.length("a"), CheckIn.win)),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_sealed_words_are_not_compared_sorted_or_copied(db: Database, name: str) -> None:
    async with db.writing() as session:
        await written(session)
    with pytest.raises((InvalidRequestError, StatementError), match="Sealed text cannot be"):
        async with db.reading() as session:
            await session.execute(REFUSED[name]())


async def test_words_moved_to_another_column_do_not_open(db: Database) -> None:
    async with db.writing() as session:
        await written(session)
        table = CheckIn.__table__
        moved = table.update().values(obstacle=cast(table.c.win, LargeBinary))  # type: ignore[attr-defined]
        await session.execute(moved)
        with pytest.raises(KeyProblem, match=r"check_in\.obstacle does not open"):
            await session.scalar(select(CheckIn.obstacle))


@pytest.mark.parametrize(("number", "sentence"), [("1", "wrong key"), ("2", "sealed with field key 01")])
async def test_words_do_not_open_with_another_key(db: Database, url: str, number: str, sentence: str) -> None:
    async with db.writing() as session:
        await written(session)
    other = Database(url, keyring.parse(f"{number}:{keyring.new_key()}"))
    try:
        async with other.reading() as session:
            with pytest.raises(KeyProblem, match=sentence) as refused:
                await session.scalar(select(CheckIn.win))
    finally:
        await other.close()
    assert "canary" not in str(refused.value)


async def test_an_error_of_the_database_quotes_nobody(db: Database) -> None:
    async with db.writing() as session:
        person = await rows.person(session, "Ana Pérez")
        await rows.check_in(session, person)
    with pytest.raises(Exception, match="check_in") as failed:
        async with db.writing() as session:
            await rows.check_in(session, person, win=CANARY)
    assert "canary" not in str(failed.value)


letters = st.characters(codec="utf-8")


@given(st.text(letters), st.text(letters, max_size=30))
def test_what_is_sealed_opens_under_its_label_and_no_other(text: str, label: str) -> None:
    sealed = engines.KEYS.seal(label, text)
    assert engines.KEYS.open(label, sealed) == text
    with pytest.raises(KeyProblem):
        engines.KEYS.open(label + "x", sealed)
    with pytest.raises(KeyProblem):
        engines.KEYS.open(label, sealed[:-1])


def test_ids_sort_by_when_they_were_made_and_never_repeat() -> None:
    made = []
    for _ in range(200):
        made.append(ordered_id())
        until = clock.nanoseconds() + 250  # a little more than the fraction that an id can tell apart
        while clock.nanoseconds() < until:
            pass
    assert made == sorted(made)
    assert len({*made}) == 200
    assert {(one.version, one.variant) for one in made} == {(7, RFC_4122)}
