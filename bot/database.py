"""The engine, reading() and writing(), and the types that keep moments in UTC and people's words sealed.

One code path for SQLite (one process) and PostgreSQL (any number of replicas). A transaction that will write never
starts as a reader: on SQLite it takes the process's writer lock and then BEGIN IMMEDIATE.
"""

import asyncio
import os
import secrets
import select
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime as SADateTime
from sqlalchemy import Dialect, Insert, LargeBinary, MetaData, Uuid, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import DBAPIError, DisconnectionError, InvalidRequestError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import TypeDecorator, TypeEngine

from bot import clock
from bot import sqlite as sqlite_driver
from bot.keyring import Keyring

BUSY_MS = 1_500  # a longer wait inside SQLite cannot be interrupted
LOCK_SECONDS = 1.0  # with BUSY_MS: a handler hears "busy" well inside Slack's three seconds
TIMEOUT_MS = 2_000  # the same for PostgreSQL: lock, statement and pool

UNREACHABLE = (DBAPIError, PoolTimeout, TimeoutError, OSError)
"""What a database that is down, locked or full raises."""


class UTCDateTime(TypeDecorator[datetime]):
    """A moment: aware on the way in, UTC on the way out. SQLite alone would forget the zone."""

    impl = SADateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


UNCOMPARABLE = "Sealed text cannot be compared or sorted in SQL."


class _Uncomparable(TypeDecorator[str]):
    """What sealed text is compared with: never sent."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        raise InvalidRequestError(UNCOMPARABLE)


class EncryptedText(TypeDecorator[str]):
    """People's words, sealed under a fixed label that outlives the names of table and column."""

    impl = LargeBinary
    cache_ok = True

    class comparator_factory(TypeDecorator.Comparator[str]):  # noqa: N801  (SQLAlchemy's name)
        def operate(self, op: Any, *other: Any, **kwargs: Any) -> ColumnElement[Any]:
            # SQLAlchemy itself compares columns for equality; comparing with a value is refused when it is bound.
            if getattr(op, "__name__", "") in ("is_", "is_not", "eq", "ne"):
                return super().operate(op, *other, **kwargs)
            raise InvalidRequestError(UNCOMPARABLE)

    def __init__(self, label: str) -> None:
        super().__init__()
        self.label = label

    def coerce_compared_value(self, op: Any, value: Any) -> "TypeEngine[Any]":
        return _Uncomparable()

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else _keyring(dialect).seal(self.label, value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else _keyring(dialect).open(self.label, value)


def _keyring(dialect: Dialect) -> Keyring:
    keyring: Keyring = dialect.keyring  # type: ignore[attr-defined]
    return keyring


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: dict[Any, TypeEngine[Any] | type[TypeEngine[Any]]] = {  # noqa: RUF012  (SQLAlchemy's name)
        datetime: UTCDateTime,
        UUID: Uuid,
    }


class Database:
    """One engine; `reading()` and `writing()` are the only ways in, each one transaction."""

    def __init__(self, url: str, keyring: Keyring) -> None:
        self.engine = _engine(driver_url(url), keyring)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        # PostgreSQL gives each statement of a reader a snapshot of its own anyway: no trips for BEGIN and ROLLBACK.
        self._reader = self.engine if self.is_sqlite else self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._writer = asyncio.Lock()

    @asynccontextmanager
    async def reading(self, *, patience: float | None = None) -> AsyncIterator[AsyncSession]:
        """`patience`: seconds for one statement, where it looks at so much that the usual ones are not enough."""
        async with AsyncSession(self._reader, expire_on_commit=False) as session:
            if patience is None or self.is_sqlite:
                yield session
                return
            await session.execute(text(f"SET statement_timeout = {patience * 1000:.0f}"))
            try:
                yield session
            finally:
                with suppress(*UNREACHABLE):  # then nobody gets this connection again anyway
                    await session.execute(text("RESET statement_timeout"))

    @asynccontextmanager
    async def writing(self, *, patience: float = LOCK_SECONDS) -> AsyncIterator[AsyncSession]:
        """Commit at the end, roll back on any error. `patience`: seconds to wait for this process's other writers."""
        if not self.is_sqlite:
            async with AsyncSession(self.engine, expire_on_commit=False) as session, session.begin():
                yield session
            return
        await asyncio.wait_for(self._writer.acquire(), patience)
        try:
            async with AsyncSession(self.engine, expire_on_commit=False) as session, session.begin():
                await session.connection(execution_options={"begins": "IMMEDIATE"})
                yield session
        finally:
            self._writer.release()

    async def close(self) -> None:
        await self.engine.dispose()


def driver_url(url: str) -> URL:
    """The same URL with the asynchronous driver this project uses."""
    parsed = make_url(url)
    name = parsed.get_backend_name()
    if name not in ("sqlite", "postgresql"):
        raise ValueError(f"DATABASE_URL speaks of {name}; Ladderbot runs on sqlite or postgresql.")
    return parsed.set(drivername="sqlite+aiosqlite" if name == "sqlite" else "postgresql+psycopg")


def sync_url(url: str) -> URL:
    """The same database for migrations, which are synchronous."""
    parsed = driver_url(url)
    if parsed.get_backend_name() == "sqlite":
        prepare_file(Path(parsed.database or ""))
        return parsed.set(drivername="sqlite+pysqlite")
    return parsed


def ordered_id() -> UUID:
    """An id that sorts by when it was made, so that what is written together lies together in every index.

    UUIDv7 with a fraction of the millisecond (RFC 9562, sections 5.7 and 6.2, method 3). Only for rows whose moment is
    no secret.
    """
    milliseconds, rest = divmod(clock.nanoseconds(), 1_000_000)
    fraction = rest * 4096 // 1_000_000
    return UUID(int=milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0b10 << 62 | secrets.randbits(62))


async def insert_new(session: AsyncSession, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert rows and count them; those that are there already (by any unique constraint) are left as they are."""
    if not rows:
        return 0
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = insert(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    return (await (await session.connection()).execute(statement, list(rows))).rowcount


def _engine(url: URL, keyring: Keyring) -> AsyncEngine:
    if url.get_backend_name() == "sqlite":
        file = Path(url.database or "ladderbot.db")
        prepare_file(file)
        engine = create_async_engine(
            url,
            hide_parameters=True,
            pool_size=8,
            max_overflow=0,
            pool_timeout=TIMEOUT_MS / 1000,
            async_creator=partial(sqlite_driver.connect, str(file)),
        )
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
    else:
        options = f"-c lock_timeout={TIMEOUT_MS} -c statement_timeout={TIMEOUT_MS} -c timezone=UTC"
        engine = create_async_engine(
            url,
            hide_parameters=True,
            pool_size=10,
            max_overflow=10,
            pool_timeout=TIMEOUT_MS / 1000,
            connect_args={"options": options, "connect_timeout": 2},
        )
        event.listen(engine.sync_engine, "checkout", _refuse_closed)
    event.listen(engine.sync_engine, "before_execute", _refuse_copied_ciphertext)
    engine.dialect.keyring = keyring  # type: ignore[attr-defined]
    return engine


def prepare_file(file: Path) -> None:
    """A database file of our own making is nobody else's to read."""
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600))


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "trusted_schema=OFF",
        "cache_size=-16384",  # KiB: a round writes all over the file
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _refuse_closed(connection: Any, _record: Any, _proxy: Any) -> None:
    """A server that went away has closed its end: seen here without a trip to it, and the pool connects anew."""
    end = select.poll()
    end.register(connection.driver_connection.fileno(), select.POLLIN)
    if end.poll(0):
        raise DisconnectionError


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('begins', 'DEFERRED')}")


def _refuse_copied_ciphertext(_connection: Connection, clause: Any, *_rest: Any) -> None:
    """INSERT … SELECT would copy a value under a label that does not open it."""
    if isinstance(clause, Insert) and clause.select is not None:
        columns = clause.select.selected_columns
        if any(isinstance(column.type, EncryptedText) for column in columns):
            raise InvalidRequestError("Sealed text cannot be copied by INSERT … SELECT.")
