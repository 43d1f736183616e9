"""Once a day: delete what has been kept for its time, and erase who left long enough ago."""

import logging
from collections import Counter
from datetime import date, datetime

from bot.database import Database
from bot.jobs import timers
from bot.jobs.tools import Tools
from bot.rules import cadence
from bot.services import keeping

log = logging.getLogger(__name__)


async def retire(tools: Tools) -> None:
    now = tools.clock.now()
    gone = await retire_all(tools.db, now=now, today=cadence.local_day(now, tools.zone))
    log.info("kept long enough and deleted: %s", said(gone))


async def retire_all(db: Database, *, now: datetime, today: date) -> Counter[str]:
    """Page by page until nothing is left to delete, so that nobody waits behind it. Table → rows that went."""
    gone: Counter[str] = Counter()
    while True:
        async with db.writing(patience=timers.PATIENCE) as session:
            page = await keeping.retire(session, now=now, today=today)
        if not any(page.values()):
            break
        gone.update(page)
    if gone:
        await clear_log(db)
    return gone


async def clear_log(db: Database) -> None:
    """SQLite's write-ahead log holds what was deleted until it is written back: do that now. Others: nothing to do."""
    if db.is_sqlite:
        async with db.engine.connect() as connection:
            raw = await connection.get_raw_connection()
            assert raw.driver_connection is not None  # noqa: S101  (it has just been opened)
            await raw.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def said(counts: Counter[str]) -> str:
    """Counts in a line; nothing else about rows is ever logged."""
    return ", ".join(f"{table} {count}" for table, count in sorted(counts.items()) if count) or "nothing"
