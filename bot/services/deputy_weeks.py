"""A manager's week and help wanted, for whoever stands in: planned for the deputy's days, sent only while it is so."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.rules import weeks as rules
from bot.rules.cadence import DAY, Schedule
from bot.rules.deputies import InPlace, Named
from bot.rules.less import Topic
from bot.rules.weeks import HelpWanted, Week
from bot.services import deputies, help_wanted, less_rows, manager_weeks, messages, people

WEEK = "deputy.week"
AHEAD = timedelta(hours=24)
PAGE = 1000


async def plan_some(
    session: AsyncSession, *, after: UUID | None, since: datetime, now: datetime, limit: int = PAGE
) -> UUID | None:
    """Owe one page of deputies the weeks of their managers; whether those are away is asked when it is sent.

    Returns where to go on, None at the end. Planning twice plans once.
    """
    rows, following = await deputies.some(session, after=after, limit=limit, now=now)
    away = await people.absences(session, [row.deputy_id for row in rows], on=since.date() - DAY)
    owed = []
    for row in rows:
        schedule = Schedule(row.zone, row.preferred_hour, row.working_days, row.country)
        for monday, at in rules.due(schedule, away.get(row.deputy_id, ()), since=since, until=now + AHEAD):
            ends, key = rules.ends(monday, schedule), f"{WEEK}:{row.id.hex}:{rules.key(monday)}"
            if ends > now:
                owed.append(messages.owed(WEEK, to=row.deputy_id, about=row.id, at=at, key=key, until=ends))
    await messages.tell_many(session, owed)
    return following


async def load_weeks(session: AsyncSession, ids: Sequence[UUID], *, now: datetime) -> dict[UUID, InPlace]:
    """The weeks of managers who are away at this moment; what is for themselves alone waits for them."""
    named = await _wanted(session, ids, now)
    weeks = await manager_weeks.load(session, list(named), now=now, read_by=named)
    found = {week.manager_id: week for week in weeks if week.is_news(now)}
    return await _in_place(session, named, found, now)


async def load_help(session: AsyncSession, ids: Sequence[UUID], *, now: datetime) -> dict[UUID, InPlace]:
    named = await _wanted(session, ids, now)
    found = {one.manager_id: one for one in await help_wanted.waiting(session, list(named), now=now, read_by=named)}
    return await _in_place(session, named, found, now)


async def _wanted(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> dict[UUID, Named]:
    """Manager who is away → their deputy, of these namings, where the deputy has not switched it off."""
    named = (await deputies.standing(session, ids, now=now)).values()
    off = await less_rows.switched_off(session, [one.deputy_id for one in named], Topic.WEEK, on=now.date())
    return {one.manager_id: one for one in named if one.deputy_id not in off}


async def _in_place(
    session: AsyncSession, named: dict[UUID, Named], found: dict[UUID, Week] | dict[UUID, HelpWanted], now: datetime
) -> dict[UUID, InPlace]:
    who = [named[manager].deputy_id for manager in found]
    reached = await people.by_id(session, who, on=now.date())
    away = await people.absences(session, who, on=now.date() - DAY)
    told = {}
    for manager, one in found.items():
        deputy = reached[named[manager].deputy_id]
        told[named[manager].id] = InPlace(named[manager], one, deputy.schedule, tuple(away.get(deputy.id, ())))
    return told
