"""How far a program is set up, and the two files of it: looked at first, then applied, by an owner."""

import asyncio
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.people import Person as PersonRow
from bot.models.people import Placement, ReportingLine
from bot.rules import cadence, framework_changes, framework_file, people_diff
from bot.rules.framework import Framework
from bot.rules.framework_file import FrameworkError
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.rules.setting_up import FILE, OTHERWISE, FrameworkLook, PeopleLook, SettingUp, check_ending
from bot.services import framework as frameworks
from bot.services import messages, people, people_file, roles

RAISE = "To go back to it, raise `version` in the file."


async def load(session: AsyncSession, *, today: date) -> SettingUp:
    """What is there, and what is missing before everybody is well served; two statements."""
    placed = and_(Placement.person_id == PersonRow.id, people.holds(Placement, today))
    managed = and_(ReportingLine.person_id == PersonRow.id, people.holds(ReportingLine, today))
    members = func.count(Placement.id)
    counted = select(
        func.count(PersonRow.id).label("directory"),
        members.label("members"),
        members.filter(ReportingLine.id.is_(None)).label("without_manager"),
        members.filter(PersonRow.country.is_(None)).label("without_country"),
        members.filter(PersonRow.slack_id.is_(None)).label("not_met"),
    )
    here = counted.select_from(PersonRow).outerjoin(Placement, placed).outerjoin(ReportingLine, managed)
    row = (await session.execute(here.where(PersonRow.is_active, ~PersonRow.is_guest))).one()
    framework = await frameworks.current_or_none(session)
    return SettingUp(
        version=framework.version if framework else None,
        **row._mapping,
        rhythm=framework.cadence if framework else None,
        next_round_on=cadence.next_round(framework.cadence, today) if framework else None,
    )


async def look_at_framework(session: AsyncSession, data: bytes, *, by: Person, now: datetime) -> FrameworkLook:
    """What is wrong with a framework file, or what it would change; changes nothing."""
    await roles.require_owner(session, by=by, on=now.date())
    framework, findings = await asyncio.to_thread(framework_file.examine, data)
    if framework is None:
        return FrameworkLook(findings)
    before = await frameworks.current_or_none(session)
    if before is None:
        return FrameworkLook(findings, framework)
    is_loaded = await frameworks.is_loaded(session, framework, data.decode("utf-8-sig"))
    if is_loaded and framework.version != before.version:
        raise Refusal(f"Version {framework.version} was in force before {before.version}. {RAISE}", field=FILE)
    differences = framework_changes.compare(before, framework)
    stranded = await _stranded(session, framework, today=now.date())
    return FrameworkLook(findings, framework, before.version, differences, stranded, is_in_force=is_loaded)


async def _stranded(session: AsyncSession, framework: Framework, *, today: date) -> int:
    """How many hold a level that this framework does not have."""
    held = (
        select(Placement.track, Placement.level, func.count().label("count"))
        .join(PersonRow, PersonRow.id == Placement.person_id)
        .where(people.holds(Placement, today), PersonRow.is_active)
        .group_by(Placement.track, Placement.level)
    )
    rows: list[Any] = [*await session.execute(held)]
    return sum(row.count for row in rows if framework.level(row.track, row.level) is None)


async def apply_framework(session: AsyncSession, data: bytes, *, by: Person, now: datetime) -> Framework:
    """Make the file the release in force."""
    await roles.require_owner(session, by=by, on=now.date())
    try:
        loaded = await frameworks.load(session, data.decode("utf-8-sig"), by=by.id, now=now)
    except FrameworkError:
        raise Refusal(OTHERWISE) from None
    await messages.redraw_program(session, by.id, at=now)
    return loaded


async def look_at_people(session: AsyncSession, data: bytes, *, by: Person, now: datetime) -> PeopleLook:
    """What is wrong with a people file, or what it would change; changes nothing."""
    await roles.require_owner(session, by=by, on=now.date())
    found = await people_file.preview(session, data, today=now.date(), allow_ending=None)
    return PeopleLook(found.findings, found.diff, found.ending)


async def apply_people(
    session: AsyncSession, data: bytes, *, by: Person, now: datetime, zone: str, ending: int | None
) -> str:
    """Change what the file says; in a line, what that was. `ending`: the number that was typed, where one was asked."""
    await roles.require_owner(session, by=by, on=now.date())
    found = await people_file.apply(
        session, data, today=now.date(), now=now, zone=zone, by=by.id, allow_ending=ending or 0
    )
    check_ending(found.ending, ending)
    if found.findings:
        raise Refusal(OTHERWISE)
    await messages.redraw_program(session, by.id, at=now)
    return people_diff.summary(found.diff)
