"""What is kept about the person who asks: all of it, as the export has it, in words that people read."""

import asyncio
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy.ext.asyncio import AsyncSession

from bot.rules import access
from bot.rules.my_data import Pile
from bot.rules.people import Person
from bot.services import keeping
from bot.services.keeping import Kept


async def piles(session: AsyncSession, *, by: Person) -> list[Pile]:
    """Each kind of thing that is kept about the person, with how many."""
    found = await keeping.export(session, by)
    return [_pile(kept, len(found[kept.table.name])) for kept in keeping.tables() if kept.table.name in found]


async def pile(session: AsyncSession, *, by: Person, table: str) -> Pile:
    """One of them with all its rows, the newest first where the table has a moment to go by."""
    kept = next((one for one in keeping.tables() if one.table.name == table), None)
    rows = (await keeping.export(session, by, among=[kept])).get(table) if kept is not None else None
    if kept is None or rows is None:
        access.refuse()
    after = kept.keeping.after
    newest = sorted(rows, key=lambda row: str(row.get(after) or ""), reverse=True) if after else rows
    return _pile(kept, len(rows), tuple(_told(kept, row) for row in newest))


async def export(session: AsyncSession, *, by: Person) -> bytes:
    """Everything as one archive: JSON, and a table for each kind of thing."""
    return await asyncio.to_thread(_zipped, keeping.write_export(await keeping.export(session, by)))


def _zipped(files: Mapping[str, bytes]) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for name, contents in files.items():
            archive.writestr(name, contents)
    return held.getvalue()


def _pile(kept: Kept, count: int, rows: tuple[tuple[tuple[str, str], ...], ...] = ()) -> Pile:
    return Pile(kept.table.name, kept.keeping.seen_by, kept.keeping.until, count, rows)


def _told(kept: Kept, row: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What says something: no ids of ours, nothing empty."""
    ids = {"id", *kept.keeping.of}
    return tuple(
        (kept.keeping.columns[name], _value(value))
        for name, value in row.items()
        if name not in ids and value not in (None, "")
    )


def _value(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
