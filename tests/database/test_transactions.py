"""Two ways into the database, each one transaction: nobody waits for ever, nothing is half done."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.engine import make_url

from bot.clock import monotonic
from bot.database import BUSY_MS, UNREACHABLE, Database, driver_url, insert_new
from bot.models.messages import Inbox
from tests.support import engines

on_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
SEEN = datetime(2026, 11, 16, tzinfo=UTC)
SLACK_WAITS = 3.0


def rows(*keys: str) -> list[dict[str, object]]:
    return [{"event_key": key, "seen_at": SEEN} for key in keys]


async def count(db: Database) -> int:
    async with db.reading() as session:
        return await session.scalar(select(func.count()).select_from(Inbox)) or 0


@on_sqlite
@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1), ("trusted_schema", 0),
        ("busy_timeout", BUSY_MS),
    ],
)  # fmt: skip
async def test_every_connection_to_sqlite_is_prepared(db: Database, pragma: str, value: object) -> None:
    async with db.reading() as one, db.reading() as another:
        for session in (one, another):
            assert await session.scalar(text(f"PRAGMA {pragma}")) == value


@on_postgresql
@pytest.mark.parametrize(
    ("setting", "value"), [("lock_timeout", "2s"), ("statement_timeout", "2s"), ("TimeZone", "UTC")]
)
async def test_nothing_on_postgresql_waits_longer_than_slack(db: Database, setting: str, value: str) -> None:
    async with db.reading() as session:
        assert await session.scalar(text(f"SHOW {setting}")) == value


async def test_a_database_of_our_own_is_nobody_elses_to_read(tmp_path: Path) -> None:
    db = engines.database(f"sqlite:///{tmp_path}/data/ladderbot.db")
    async with db.reading() as session:
        await session.execute(text("SELECT 1"))
    await db.close()
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in (tmp_path / "data").iterdir()} == {0o600}


@pytest.mark.parametrize("url", ["mysql://u:hunter2@db/ladderbot", "oracle://db"])
def test_other_databases_are_refused_with_a_sentence(url: str) -> None:
    with pytest.raises(ValueError, match="runs on sqlite or postgresql") as refused:
        driver_url(url)
    assert "hunter2" not in str(refused.value)


async def test_an_error_takes_back_everything(db: Database) -> None:
    async def fail() -> None:
        async with db.writing() as session:
            await insert_new(session, Inbox, rows("a"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await count(db) == 0
    async with db.writing() as session:  # and the lock is free again
        await insert_new(session, Inbox, rows("a"))
    assert await count(db) == 1


async def test_what_is_new_is_counted_and_what_is_there_stays(db: Database) -> None:
    async with db.writing() as session:
        assert await insert_new(session, Inbox, []) == 0
        assert await insert_new(session, Inbox, rows("a")) == 1
        assert await insert_new(session, Inbox, rows("a")) == 0
        assert await insert_new(session, Inbox, rows("a", "b", "c", "b")) == 2
        assert await insert_new(session, Inbox, rows(*map(str, range(1000)))) == 1000
    assert await count(db) == 1003


async def test_the_same_key_at_once_is_new_for_one_of_them(db: Database) -> None:
    async def press() -> int:
        async with db.writing() as session:
            return await insert_new(session, Inbox, rows("press"))

    assert sorted(await asyncio.gather(*(press() for _ in range(5)))) == [0, 0, 0, 0, 1]


async def test_twenty_writers_at_once_do_not_fail(db: Database) -> None:
    async def write(number: int) -> None:
        async with db.writing() as session:
            seen = await session.scalar(select(func.count()).select_from(Inbox))
            await insert_new(session, Inbox, rows(f"{number} after {seen}"))

    await asyncio.gather(*(write(number) for number in range(20)))
    assert await count(db) == 20


async def test_readers_do_not_wait_for_a_writer(db: Database) -> None:
    async with db.writing() as session:
        await insert_new(session, Inbox, rows("a"))
        assert await asyncio.gather(*(count(db) for _ in range(5))) == [0] * 5
    assert await count(db) == 1


HOLD = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held_by_another_process(url: str) -> Iterator[None]:
    command = [sys.executable, "-c", HOLD, make_url(url).database or ""]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        yield
        process.communicate()


@on_sqlite
async def test_a_database_held_by_another_process_is_an_error_in_time(db: Database, url: str) -> None:
    await count(db)
    with held_by_another_process(url):
        began = monotonic()
        with pytest.raises(UNREACHABLE):
            async with db.writing() as session:
                await insert_new(session, Inbox, rows("a"))
        assert monotonic() - began < SLACK_WAITS
        assert await count(db) == 0  # reading goes on
    async with db.writing() as session:
        await insert_new(session, Inbox, rows("a"))
    assert await count(db) == 1


@on_sqlite
async def test_a_writer_of_our_own_who_takes_too_long_is_an_error_in_time(db: Database) -> None:
    async with db.writing():
        with pytest.raises(TimeoutError):
            async with db.writing(patience=0.05):
                raise AssertionError("not reached")


@on_postgresql
async def test_a_row_held_by_another_transaction_is_an_error_in_time(db: Database) -> None:
    async with db.writing() as session:
        await insert_new(session, Inbox, rows("a"))
    lock = text("SELECT * FROM inbox FOR UPDATE")
    async with db.writing() as session:
        await session.execute(lock)
        began = monotonic()
        with pytest.raises(UNREACHABLE):
            async with db.writing() as other:
                await other.execute(lock)
        assert monotonic() - began < SLACK_WAITS


async def test_a_file_that_is_no_database_is_an_error_we_know(tmp_path: Path) -> None:
    file = tmp_path / "ladderbot.db"
    file.write_bytes(b"not a database" * 100)
    db = engines.database(f"sqlite:///{file}")
    with pytest.raises(UNREACHABLE) as failed:
        await count(db)
    assert isinstance(getattr(failed.value, "orig", None), sqlite3.DatabaseError)
    await db.close()
