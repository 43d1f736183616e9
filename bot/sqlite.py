"""SQLite's connection, with one trip to its thread for each statement.

aiosqlite goes there four times: for a cursor, the statement, its rows, and to close. Each trip wakes two threads, which
for the short statements of a press takes longer than the statements.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, Self

import aiosqlite


async def connect(file: str) -> aiosqlite.Connection:
    """For `create_async_engine(async_creator=…)`. Every transaction is begun by us."""
    opened = _Connection(partial(sqlite3.connect, file, isolation_level=None, check_same_thread=False), 64)
    opened._thread.daemon = True  # as SQLAlchemy does: whoever is stopped does not wait for it
    return await opened


class _Cursor(aiosqlite.Cursor):
    """Has all rows once the statement has run; closed by then."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        super().__init__(connection, None)  # type: ignore[arg-type]
        self._rows: Sequence[Any] = ()

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> Self:
        await self._conn._execute(self._run, sqlite3.Cursor.execute, sql, parameters or ())  # type: ignore[no-untyped-call]
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> Self:
        await self._conn._execute(self._run, sqlite3.Cursor.executemany, sql, parameters)  # type: ignore[no-untyped-call]
        return self

    def _run(self, execute: Any, sql: str, parameters: Any) -> None:
        self._cursor = self._conn._conn.cursor()
        try:
            execute(self._cursor, sql, parameters)
            self._rows = self._cursor.fetchall()
        finally:
            self._cursor.close()

    async def fetchall(self) -> Sequence[Any]:
        return self._rows

    async def close(self) -> None:
        """Is closed already."""


class _Connection(aiosqlite.Connection):
    def cursor(self) -> _Cursor:  # type: ignore[override]  # entered like the one it stands for
        return _Cursor(self)
