"""Career talks that the program proposes: twice a year, and never many to one manager at once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Select, and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.career_talks import CareerTalk as Row
from bot.models.people import Person, Placement, ReportingLine
from bot.rules import cadence, weeks
from bot.rules import career_talks as rules
from bot.rules.career_talks import Candidate, Talk
from bot.services import career_talk_rows as rows
from bot.services import career_talks, messages, people

PAGE = 200


async def pass_on(session: AsyncSession, *, now: datetime) -> None:
    """An open talk whose member has another manager by now is theirs; without a manager, or a member, it ends."""
    today = now.date()
    unchanged = select(ReportingLine.id).where(
        ReportingLine.person_id == Row.member_id, ReportingLine.manager_id == Row.manager_id,
        people.holds(ReportingLine, today),
    )  # fmt: skip
    here = select(Person.id).where(Person.is_active)
    stale = Row.closed_at.is_(None), ~(unchanged.exists() & Row.member_id.in_(here) & Row.manager_id.in_(here))
    for talk in await rows.load(session, *stale, now=now):
        await _pass_on(session, talk, now)


async def _pass_on(session: AsyncSession, talk: Talk, now: datetime) -> None:
    manager = talk.member.manager_id if talk.member.is_member else None
    values: dict[str, Any] = {"closed_at": now} if manager is None else {"manager_id": manager}
    await session.execute(update(Row).where(Row.id == talk.id, Row.closed_at.is_(None)).values(**values))
    await career_talks.withdraw(session, talk.id, (career_talks.PROPOSED, *career_talks.AROUND))
    if manager is None or talk.on is None:
        return
    found = (await people.by_id(session, [manager], on=now.date()))[manager]
    away = await people.absences(session, [talk.member.id, manager], on=now.date() - cadence.DAY)
    opens_at = rules.opens_at(talk.on, found.schedule, away.get(manager, ()), now=now)
    await session.execute(update(Row).where(Row.id == talk.id).values(opens_at=opens_at))
    passed = replace(talk, manager=found, opens_at=opens_at)
    await career_talks.announce(session, passed, by=talk.member.id, away=away, now=now)


async def propose_some(session: AsyncSession, *, after: UUID | None, now: datetime, limit: int = PAGE) -> UUID | None:
    """One page of managers: whose people are due. Returns where to go on, None at the end.

    The member hears of it at their own morning; the manager in their week, where it is one line among others.
    """
    today = now.date()
    managers = await _managers(session, after, today, limit)
    due = await _due(session, managers, today)
    begun = await _begun(session, managers, weeks.monday_of(today), now)
    for one in rules.to_propose(due, begun):
        await _propose(session, one, now)
    return managers[-1] if len(managers) == limit else None


async def _propose(session: AsyncSession, one: Candidate, now: datetime) -> None:
    key = uuid4()
    both = {"member_id": one.member_id, "manager_id": one.manager_id}
    row = {"id": key, **both, "proposed_at": now, "moves": 0, "take": 0, "notes": ""}
    if await insert_new(session, Row, [row]):
        told = career_talks.kind(career_talks.PROPOSED, is_member=True)
        await messages.tell(session, told, to=one.member_id, about=key, at=now)
        await messages.redraw_home(session, [one.member_id], at=now)


async def _managers(session: AsyncSession, after: UUID | None, today: date, limit: int) -> list[UUID]:
    page = (
        select(ReportingLine.manager_id)
        .join(Person, Person.id == ReportingLine.manager_id)
        .where(people.holds(ReportingLine, today), Person.is_active)
        .distinct()
        .order_by(ReportingLine.manager_id)
        .limit(limit)
    )
    return list(await session.scalars(page.where(ReportingLine.manager_id > after) if after else page))


async def _due(session: AsyncSession, managers: Sequence[UUID], today: date) -> list[Candidate]:
    """Those whose last talk, or start, is half a year ago, and who are here, like their manager."""
    found = [
        Candidate(row.person_id, row.manager_id, max(row.began, row.closed_at.date()) if row.closed_at else row.began)
        for row in await session.execute(_without_a_talk(managers, today))
    ]
    long_ago = [one for one in found if one.since <= today - rules.HALF_A_YEAR]
    if not long_ago:
        return []
    since = min(one.since for one in long_ago)
    who = {person for one in long_ago for person in (one.member_id, one.manager_id)}
    away = await people.absences(session, list(who), on=since)
    here = {person for person in who if not any(absence.covers(today) for absence in away.get(person, ()))}
    return [one for one in long_ago if one.manager_id in here and rules.is_due(one, today, away.get(one.member_id, ()))]


def _without_a_talk(managers: Sequence[UUID], today: date) -> Select[*tuple[Any, ...]]:
    """Each member who reports to one of these: when they began, and when their last talk was closed."""
    began = select(Placement.person_id, func.min(Placement.from_on).label("began")).group_by(Placement.person_id)
    first = began.subquery()
    last = select(Row.member_id, func.max(Row.closed_at).label("closed_at")).group_by(Row.member_id).subquery()
    is_open = select(Row.id).where(Row.member_id == ReportingLine.person_id, Row.closed_at.is_(None))
    return (
        select(ReportingLine.person_id, ReportingLine.manager_id, first.c.began, last.c.closed_at)
        .join(Person, Person.id == ReportingLine.person_id)
        .join(Placement, and_(Placement.person_id == ReportingLine.person_id, people.holds(Placement, today)))
        .join(first, first.c.person_id == ReportingLine.person_id)
        .outerjoin(last, last.c.member_id == ReportingLine.person_id)
        .where(
            ReportingLine.manager_id.in_(managers), people.holds(ReportingLine, today), Person.is_active,
            ~is_open.exists(),
        )
    )  # fmt: skip


async def _begun(session: AsyncSession, managers: Sequence[UUID], monday: date, now: datetime) -> dict[UUID, int]:
    """Manager → how many talks the program has proposed to them since Monday."""
    since = cadence.resolve(monday, 0, "UTC")
    counted: dict[UUID, int] = defaultdict(int)
    query = select(Row.manager_id).where(Row.manager_id.in_(managers), Row.proposed_by.is_(None))
    for manager in await session.scalars(query.where(Row.proposed_at >= since, Row.proposed_at <= now)):
        counted[manager] += 1
    return counted
