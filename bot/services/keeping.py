"""What follows from what the tables declare: export, erasure, retention, and new keys for people's words.

No table but `person` is named here: a table that declares its `Keeping` is exported, erased and retired by that.
Before an erasure, evidence that is still in review is withdrawn, so that nobody is asked to read an empty page, and
mentorships end, so that nobody is left with a mentor who is not here; stories and thanks are withdrawn, also from the
channel.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    Column,
    CursorResult,
    Date,
    LargeBinary,
    Table,
    and_,
    delete,
    func,
    literal,
    or_,
    select,
    tuple_,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from bot import models
from bot.database import Base, EncryptedText
from bot.keyring import Keyring
from bot.models.keeping import Keeping
from bot.models.people import Person as PersonRow
from bot.rules import csv_cells
from bot.rules.people import Person
from bot.services import evidence, mentorship_ends, recognition, stories

A_COLLEAGUE = "a colleague"
FORMER = "Former colleague"
LEAVERS_STAY = timedelta(days=90)
LEAVERS_AT_ONCE = 50  # each may have years of rows, and a statement on PostgreSQL has two seconds
MOST_IDS = 1000  # in one statement


@dataclass(frozen=True)
class Kept:
    """One table and what it declares. `about`: its sentence."""

    table: Table
    keeping: Keeping
    about: str

    @property
    def sealed(self) -> list[Column[Any]]:
        return [column for column in self.table.columns if isinstance(column.type, EncryptedText)]

    @property
    def key(self) -> list[Column[Any]]:
        return list(self.table.primary_key)


def tables() -> list[Kept]:
    """Every table that declares what it keeps, parents before children."""
    declared = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
    return [
        Kept(table, declared[table].keeping, declared[table].__doc__ or "")
        for table in models.TABLES.sorted_tables
        if hasattr(declared.get(table), "keeping")
    ]


async def export(
    session: AsyncSession, person: Person, *, among: Iterable[Kept] | None = None
) -> dict[str, list[dict[str, Any]]]:
    """Table → rows, ready for JSON: all that names the person. Others are "a colleague"; their words stay theirs.

    `among`: only these tables.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for kept in tables() if among is None else among:
        named = [kept.table.c[name] == person.id for name in kept.keeping.of]
        if named:
            rows = await session.execute(select(kept.table).where(or_(*named)).order_by(*kept.key))
            mine = [_theirs(kept, row, person.id) for row in rows.mappings()]
            found[kept.table.name] = [row for row in mine if row]
    others = await _people_among(session, _ids_in(found)) - {person.id}
    return {
        table: [{name: _plain(value, others) for name, value in row.items()} for row in rows]
        for table, rows in found.items()
        if rows
    }


def _theirs(kept: Kept, row: Mapping[Any, Any], person: UUID) -> dict[str, Any]:
    """The whole row of the first person in `of`. Anybody else named in it gets it without the words of others.

    Where all words are somebody else's (a check-in that a manager may read), nothing: a skipped or private one would
    show through what is left.
    """
    columns = {column.name: row[column] for column in kept.table.columns}
    keeping = kept.keeping
    if columns[keeping.of[0]] == person:
        return columns
    of_others = [
        column.name for column in kept.sealed if columns[keeping.words_of.get(column.name, keeping.of[0])] != person
    ]
    if kept.sealed and len(of_others) == len(kept.sealed):
        return {}
    return {name: value for name, value in columns.items() if name not in of_others}


def _ids_in(found: Mapping[str, Iterable[Mapping[str, Any]]]) -> list[UUID]:
    return list({value for rows in found.values() for row in rows for value in row.values() if isinstance(value, UUID)})


async def _people_among(session: AsyncSession, ids: Sequence[UUID]) -> set[UUID]:
    known: set[UUID] = set()
    for start in range(0, len(ids), MOST_IDS):
        known |= set(await session.scalars(select(PersonRow.id).where(PersonRow.id.in_(ids[start : start + MOST_IDS]))))
    return known


def _plain(value: Any, others: set[UUID]) -> Any:
    if isinstance(value, UUID):
        return A_COLLEAGUE if value in others else str(value)
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date | datetime) else value


def write_export(data: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, bytes]:
    """File name → contents: everything as JSON, and each table as CSV."""
    files = {"ladderbot-export.json": json.dumps(data, ensure_ascii=False, indent=2).encode("utf-8", "replace")}
    for table, rows in data.items():
        header = list(dict.fromkeys(name for row in rows for name in row))
        files[f"{table}.csv"] = csv_cells.write(([row.get(name) for name in header] for row in rows), header)
    return files


async def erase(session: AsyncSession, person_id: UUID, *, now: datetime) -> dict[str, int]:
    """Table → rows that went or lost their words. What is left of the person is a row without anything that names them.

    All in the caller's transaction; a second time changes nothing. Rows in which somebody else comes first stay and
    point to the nameless row, with the words in them: the reason of a verdict belongs to the decision it explains.
    """
    return await _erase(session, [person_id], now=now)


async def _erase(session: AsyncSession, ids: Sequence[UUID], *, now: datetime) -> dict[str, int]:
    await evidence.withdraw_all(session, ids, now=now)
    await mentorship_ends.end_of_leavers(session, ids, now=now)
    await stories.withdraw_all(session, ids, now=now)
    await recognition.withdraw_all(session, ids, now=now)
    changed: dict[str, int] = {}
    for kept in reversed(tables()):
        if not kept.keeping.of or kept.table is PersonRow.__table__:
            continue
        theirs = kept.table.c[kept.keeping.of[0]].in_(ids)
        if kept.keeping.on_erase == "delete":
            changed[kept.table.name] = await _count(session, delete(kept.table).where(theirs))
        elif kept.keeping.on_erase == "empty words":
            empty = {column.name: "" for column in kept.sealed}
            changed[kept.table.name] = await _count(session, update(kept.table).where(theirs).values(empty))
        elif kept.keeping.on_erase == "empty own words":
            changed[kept.table.name] = await _empty_own(session, kept, ids)
    tombstone = update(PersonRow).where(PersonRow.id.in_(ids)).values(_tombstone())
    changed[PersonRow.__tablename__] = await _count(session, tombstone)
    return changed


async def _empty_own(session: AsyncSession, kept: Kept, ids: Sequence[UUID]) -> int:
    emptied = 0
    for column in kept.sealed:
        writer = kept.table.c[kept.keeping.words_of.get(column.name, kept.keeping.of[0])]
        emptied += await _count(session, update(kept.table).where(writer.in_(ids)).values({column.name: ""}))
    return emptied


def _tombstone() -> dict[str, Any]:
    """Every column of a person but the id: nothing where nothing may stand, the default where there is one."""
    values = {
        column.name: getattr(column.default, "arg", None)
        for column in PersonRow.__table__.columns
        if not column.primary_key
    }
    return {**values, "name": FORMER, "zone": "UTC", "is_active": False}


async def retire(session: AsyncSession, *, now: datetime, today: date, limit: int = 1000) -> dict[str, int]:
    """Delete what has been kept long enough, and erase who left long enough ago: at most `limit` rows of each table.

    Returns table → rows that went ("person": people erased); to be called again until all are zero. `today` is the
    program's day, for what is counted in days. A row whose `after` is empty (evidence not decided yet) stays.
    """
    gone: dict[str, int] = {}
    for kept in reversed(tables()):
        if kept.keeping.days is not None and kept.keeping.after is not None:
            gone[kept.table.name] = await _retire(session, kept, now=now, today=today, limit=limit)
    left = select(PersonRow.id).where(PersonRow.left_on <= today - LEAVERS_STAY, ~PersonRow.is_active)
    leavers = (await session.scalars(left.limit(min(limit, LEAVERS_AT_ONCE)))).all()
    if leavers:
        await _erase(session, leavers, now=now)
    return {**gone, PersonRow.__tablename__: len(leavers)}


async def _retire(session: AsyncSession, kept: Kept, *, now: datetime, today: date, limit: int) -> int:
    after = kept.table.c[kept.keeping.after or ""]
    point: date = today if isinstance(after.type, Date) else now
    old = select(*kept.key).where(after < point - timedelta(days=kept.keeping.days or 0)).limit(limit)
    return await _count(session, delete(kept.table).where(tuple_(*kept.key).in_(old)))


async def rotate(session: AsyncSession, *, limit: int = 200) -> int:
    """Seal up to `limit` values anew that are not sealed with the first key; how many. Zero means that all are.

    Each value is replaced only while it is what was read, so every one of them opens at every moment, and stopping
    half-way loses nothing. What is nobody's comes last: the known text that is checked at the start opens with the
    old key for as long as anybody's words need it.
    """
    done = 0
    for kept in sorted(tables(), key=lambda kept: not kept.keeping.of):
        for column in kept.sealed:
            if done < limit:
                done += await _rotate(session, kept, column, limit=limit - done)
    return done


async def _rotate(session: AsyncSession, kept: Kept, column: Column[Any], *, limit: int) -> int:
    dialect = session.get_bind().dialect
    ring: Keyring = dialect.keyring  # type: ignore[attr-defined]
    raw = type_coerce(column, LargeBinary)  # past the column's type, which would open it
    is_old = func.substr(raw, 1, 1) != literal(bytes([ring.first]), LargeBinary)
    found = (await session.execute(select(*kept.key, raw.label("raw")).where(is_old).limit(limit))).all()
    label = cast("EncryptedText", column.type).label
    for *key, old in found:
        new = ring.seal(label, ring.open(label, old))
        same = and_(*(part == value for part, value in zip(kept.key, key, strict=True)), raw == old)
        await session.execute(update(kept.table).where(same).values({column: literal(new, LargeBinary)}))
    return len(found)


async def _count(session: AsyncSession, statement: Any) -> int:
    return max(cast("CursorResult[Any]", await session.execute(statement)).rowcount, 0)
