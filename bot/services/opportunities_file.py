"""A file of opportunities: what it would change, and changing it, all of it or nothing."""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.opportunities import Opportunity as Row
from bot.models.people import Person as PersonRow
from bot.rules import opportunities as rules
from bot.rules import opportunities_file as file_rules
from bot.rules.csv_lines import Finding
from bot.rules.opportunities import State
from bot.rules.opportunities_file import Colleague, Diff, Known
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.rules.setting_up import OTHERWISE
from bot.services import framework as frameworks
from bot.services import messages, roles
from bot.services import opportunity_rows as rows


@dataclass(frozen=True)
class Preview:
    """What is wrong with a file, or what it changes; with a finding nothing is applied."""

    findings: tuple[Finding, ...]
    diff: Diff


async def preview(session: AsyncSession, data: bytes, *, by: UUID | None, today: date) -> Preview:
    """Look at a CSV file without changing anything. `by`: who offers what names nobody."""
    framework = await frameworks.current_or_none(session)
    open_ones = rows.values(await session.execute(rows.load().where(rows.is_open(today))))
    known = [Known(one.id, one.offered_by, one.offer, one.taken) for one in open_ones]
    here = select(PersonRow.id, PersonRow.email).where(
        PersonRow.is_active, ~PersonRow.is_guest, PersonRow.email.is_not(None)
    )
    colleagues = [Colleague(row.id, (row.email or "").lower()) for row in await session.execute(here)]

    def look() -> Preview:
        return Preview(*file_rules.check(file_rules.read(data), known, colleagues, framework, by=by, today=today))

    return await asyncio.to_thread(look)


async def apply(session: AsyncSession, data: bytes, *, by: UUID | None, now: datetime, today: date) -> Preview:
    """Add and change what the file says; nothing when there is a finding."""
    found = await preview(session, data, by=by, today=today)
    if found.findings:
        return found
    kept = [
        {**rows.kept(one.offer), "offered_by": one.offered_by, "ends_on": rules.ends_on(one.offer, today=today)}
        for one in found.diff
    ]
    new = [
        {"id": uuid4(), "state": State.OPEN.value, "offered_at": now, "link": "", "reason": "", **values}
        for one, values in zip(found.diff, kept, strict=True)
        if one.is_new
    ]
    if new:
        await session.execute(insert(Row), new)
    for one, values in zip(found.diff, kept, strict=True):
        if not one.is_new:
            await session.execute(update(Row).where(Row.id == one.id).values(**values))
    return found


async def look(session: AsyncSession, data: bytes, *, by: Person, now: datetime, today: date) -> Preview:
    """For an owner, in Home."""
    await roles.require_owner(session, by=by, on=now.date())
    return await preview(session, data, by=by.id, today=today)


async def apply_as_owner(session: AsyncSession, data: bytes, *, by: Person, now: datetime, today: date) -> str:
    """What was changed, in a line."""
    await roles.require_owner(session, by=by, on=now.date())
    found = await apply(session, data, by=by.id, now=now, today=today)
    if found.findings:
        raise Refusal(OTHERWISE)
    await messages.redraw_program(session, by.id, at=now)
    return file_rules.summary(found.diff)
