"""A people file: what it would change, and changing it, all of it or nothing."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import bindparam, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.people import Person, Placement, ReportingLine
from bot.rules import people_file as rules
from bot.rules.people_csv import Finding
from bot.rules.people_diff import Changed, Diff, Known, State, summary, too_many_ending
from bot.services import directory, manager_changes, roles, welcomes
from bot.services import framework as frameworks
from bot.services.people import holds

Dated = type[Placement] | type[ReportingLine]
SETTINGS = {"name", "email", "country", "department", "working_days", "cadence"}
PLANNED_BY = {"track", "country", "working_days", "cadence"}  # what decides when prompts come


@dataclass(frozen=True)
class Preview:
    """What is wrong with a file, or what it changes; with a finding nothing is applied.

    `ending`: how many members would leave the program, where they are too many at once not to ask.
    """

    findings: tuple[Finding, ...]
    diff: Diff
    ending: int = 0


async def preview(session: AsyncSession, data: bytes, *, today: date, allow_ending: int | None = 0) -> Preview:
    """Look at a CSV file without changing anything. `allow_ending`: see `rules.people_file.check`."""
    framework = await frameworks.current_or_none(session)
    people = await everybody(session, today=today)

    def look() -> Preview:
        findings, diff = rules.check(rules.read(data), people, framework, allow_ending=allow_ending)
        return Preview(findings, diff, too_many_ending(diff, people))

    return await asyncio.to_thread(look)  # seconds, for a large company, during which others are served


async def apply(
    session: AsyncSession,
    data: bytes,
    *,
    today: date,
    now: datetime,
    zone: str,
    by: UUID | None = None,
    allow_ending: int = 0,
) -> Preview:
    """Change what the file says, from today on; nothing when there is a finding. `zone`: of people who are new."""
    found = await preview(session, data, today=today, allow_ending=allow_ending)
    if found.findings or not found.diff:
        return found
    diff = found.diff
    ids: dict[object, UUID] = {one.who: one.who if isinstance(one.who, UUID) else uuid4() for one in diff}
    await _add_people(session, [one for one in diff if one.is_new], ids, zone)
    await _set(session, [one for one in diff if not one.is_new and one.what & SETTINGS], ids)
    placed = {ids[one.who]: _placement(one.after) for one in diff if one.is_placed}
    await _replace(session, Placement, placed, today=today)
    lines = {ids[one.who]: _line(one.after, ids) for one in diff if "manager" in one.what}
    await _replace(session, ReportingLine, lines, today=today)
    await manager_changes.tell(session, lines, _managers(diff, ids), now=now)
    await _plan(session, diff, ids, now=now)
    await welcomes.look_soon(session, now=now)
    recorded = {ids[one.who] for one in diff if one.is_placed or "manager" in one.what}
    await welcomes.record_changed(session, recorded, now=now)
    await roles.note_change(session, "people file", before="", after=summary(diff)[:200], by=by, now=now)
    return found


async def everybody(session: AsyncSession, *, today: date) -> list[Known]:
    """The whole directory as a people file sees it, by name; three statements."""
    columns = (
        Person.id, Person.slack_id, Person.is_active, Person.name, Person.email, Person.country, Person.department,
        Person.working_days, Person.cadence,
    )  # fmt: skip
    people = (await session.execute(select(*columns).order_by(Person.name, Person.id))).all()
    placed = select(Placement.person_id, Placement.track, Placement.level).where(holds(Placement, today))
    placements = {row.person_id: (row.track, row.level) for row in await session.execute(placed)}
    managed = select(ReportingLine.person_id, ReportingLine.manager_id).where(holds(ReportingLine, today))
    managers = {row.person_id: row.manager_id for row in await session.execute(managed)}
    return [_known(row, placements.get(row.id, (None, None)), managers.get(row.id)) for row in people]


def _known(row: Any, placement: tuple[str | None, str | None], manager: UUID | None) -> Known:
    track, level = placement
    state = State(
        name=row.name, email=row.email, track=track, level=level, manager=manager, country=row.country,
        department=row.department, working_days=row.working_days, cadence=row.cadence,
    )  # fmt: skip
    return Known(row.id, row.slack_id, state, row.is_active)


async def _add_people(session: AsyncSession, new: Sequence[Changed], ids: Mapping[object, UUID], zone: str) -> None:
    """They have no Slack id yet: the next sync finds them by their e-mail."""
    rows = [
        {
            "id": ids[one.who], "email": one.after.email, "name": one.after.name, "zone": zone,
            "country": one.after.country, "department": one.after.department,
            "working_days": one.after.working_days, "cadence": one.after.cadence,
        }
        for one in new
    ]  # fmt: skip
    if rows:
        await (await session.connection()).execute(insert(Person), rows)


async def _set(session: AsyncSession, changed: Sequence[Changed], ids: Mapping[object, UUID]) -> None:
    names = sorted(SETTINGS)
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    rows = [{"key": ids[one.who], **{f"new_{name}": getattr(one.after, name) for name in names}} for one in changed]
    if rows:
        by_key = update(Person).where(Person.id == bindparam("key"))
        await (await session.connection()).execute(by_key.values(**values), rows)


def _placement(after: State) -> dict[str, Any] | None:
    return None if after.track is None else {"track": after.track, "level": after.level}


def _line(after: State, ids: Mapping[object, UUID]) -> dict[str, Any] | None:
    if after.manager is None:
        return None
    known = after.manager if isinstance(after.manager, UUID) else None
    return {"manager_id": known or ids[after.manager]}


def _managers(diff: Diff, ids: Mapping[object, UUID]) -> set[UUID]:
    """Whoever is not the manager of somebody any more, or is it from now on."""
    states = (state for one in diff if "manager" in one.what for state in (one.before, one.after))
    return {one for state in states if isinstance(one := ids.get(state.manager, state.manager), UUID)}


async def _replace(
    session: AsyncSession, table: Dated, wanted: Mapping[UUID, dict[str, Any] | None], *, today: date
) -> None:
    """From today on, these values hold for these people, or nothing (None). What is dated ahead still comes."""
    if not wanted:
        return
    held, ahead = await _rows(session, table, today=today)
    steps = _steps(wanted, held, ahead, today)
    by_key = update(table).where(table.id == bindparam("key"))
    connection = await session.connection()
    if steps.closed:
        await connection.execute(by_key.values(until_on=today), steps.closed)
    if steps.undone:
        await connection.execute(delete(table).where(table.id == bindparam("key")), steps.undone)
    if steps.amended:
        names = [name for name in steps.amended[0] if name != "key"]
        values: dict[str, Any] = {name.removeprefix("new_"): bindparam(name) for name in names}
        await connection.execute(by_key.values(**values), steps.amended)
    if steps.opened:
        await connection.execute(insert(table), steps.opened)


@dataclass
class _Steps:
    """Parameters of the statements that change dated rows."""

    closed: list[dict[str, Any]] = field(default_factory=list)
    undone: list[dict[str, Any]] = field(default_factory=list)
    amended: list[dict[str, Any]] = field(default_factory=list)
    opened: list[dict[str, Any]] = field(default_factory=list)


def _steps(
    wanted: Mapping[UUID, dict[str, Any] | None], held: Mapping[UUID, Any], ahead: Mapping[UUID, date], today: date
) -> _Steps:
    """A row that began today has not held for a day: it is changed in place, or deleted."""
    steps = _Steps()
    for person, values in wanted.items():
        row = held.get(person)
        began_today = row is not None and row.from_on == today
        if row is not None and not began_today:
            steps.closed.append({"key": row.id})
        if values is None and row is not None and began_today:
            steps.undone.append({"key": row.id})
        elif values is not None and row is not None and began_today:
            steps.amended.append({"key": row.id, **{f"new_{name}": value for name, value in values.items()}})
        elif values is not None:
            until_on = row.until_on if row is not None else ahead.get(person)
            steps.opened.append({"id": uuid4(), "person_id": person, "from_on": today, "until_on": until_on, **values})
    return steps


async def _rows(session: AsyncSession, table: Dated, *, today: date) -> tuple[dict[UUID, Any], dict[UUID, date]]:
    """Each one's row that holds today, and the first day that is planned ahead."""
    to_come = or_(table.until_on.is_(None), table.until_on > today)
    columns = (table.id, table.person_id, table.from_on, table.until_on)
    held: dict[UUID, Any] = {}
    ahead: dict[UUID, date] = {}
    for row in await session.execute(select(*columns).where(to_come).order_by(table.from_on)):
        if row.from_on <= today:
            held[row.person_id] = row
        else:
            ahead.setdefault(row.person_id, row.from_on)
    return held, ahead


async def _plan(session: AsyncSession, diff: Diff, ids: Mapping[object, UUID], *, now: datetime) -> None:
    """Prompts come when the file now says, and none to those whom it took out of the program."""
    await directory.skip_planned(session, [ids[one.who] for one in diff if one.is_ending], why=directory.LEFT_PROGRAM)
    entering = [ids[one.who] for one in diff if one.before.track is None and one.after.track is not None]
    await directory.plan_skipped(session, entering, now=now)
    await directory.replan(session, [ids[one.who] for one in diff if one.what & PLANNED_BY], now=now)
