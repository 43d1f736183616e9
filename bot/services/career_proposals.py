"""Career talks that are proposed: by either of the two; by the program twice a year, never many to one manager."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.career_talks import CareerTalk as Row
from bot.models.people import Person as PersonRow
from bot.models.people import Placement, ReportingLine
from bot.rules import access, cadence, weeks
from bot.rules import career_talks as rules
from bot.rules.career_talks import Candidate, Own, Talk
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import career_talk_rows as rows
from bot.services import career_talks, messages, people, relations

PAGE = 200
NO_MANAGER = (
    "Nobody is your manager here at the moment, so there is nobody to talk with yet. Whoever runs this can help."
)


# By one of the two


async def propose(session: AsyncSession, *, by: Person, of: UUID, now: datetime) -> Own:
    """A talk about one's own career, or that of somebody who reports to `by`. Where one is open already, that one."""
    today = now.date()
    found = (await people.by_id(session, [of], on=today)).get(of)
    standing = await relations.to_person(session, by=by, of=of, thing=rows.THING, on=today)
    access.require(standing, "write", rows.THING)
    if found is None or not found.is_member or found.manager_id is None:
        raise Refusal(NO_MANAGER)
    row = {
        "id": uuid4(), "member_id": of, "manager_id": found.manager_id, "proposed_by": by.id, "proposed_at": now,
        "moves": 0, "take": 0, "notes": "",
    }  # fmt: skip
    is_new = await insert_new(session, Row, [row])
    own = await _open_one(session, by=by, of=of, now=now)
    if is_new:
        told = career_talks.kind(career_talks.PROPOSED, is_member=not own.is_member)
        await messages.tell(session, told, to=own.other.id, about=own.talk.id, at=now)
        await career_talks.redraw(session, own.talk, now)
    return own


async def _open_one(session: AsyncSession, *, by: Person, of: UUID, now: datetime) -> Own:
    """Where the manager has changed, it is with the one of today from here on."""
    found = await rows.load(session, Row.member_id == of, Row.closed_at.is_(None), now=now)
    if not found:
        raise Refusal(rules.TAKEN)
    [talk] = found
    if not talk.is_of_today:
        await _pass_on(session, talk, now)
    return await rows.own(session, by=by, talk=talk.id, verb="write", now=now)


# By the program


async def tidy(session: AsyncSession, *, now: datetime) -> None:
    """An open talk whose member has another manager by now is theirs; it waits for one where there is none.

    It ends where its member is none any more, and where nobody has come back to it for so long.
    """
    today = now.date()
    unchanged = select(ReportingLine.id).where(
        ReportingLine.person_id == Row.member_id, ReportingLine.manager_id == Row.manager_id,
        people.holds(ReportingLine, today),
    )  # fmt: skip
    here = select(PersonRow.id).where(PersonRow.is_active)
    stands = unchanged.exists() & Row.member_id.in_(here) & Row.manager_id.in_(here)
    for talk in await rows.load(session, Row.closed_at.is_(None), ~stands, now=now):
        await _pass_on(session, talk, now)
    await _lapse(session, await rows.load(session, Row.closed_at.is_(None), stands, _is_old(now), now=now), now)


def _is_old(now: datetime) -> ColumnElement[bool]:
    """Old enough to have lapsed, if nobody was away."""
    least = now - rules.MONTHS_OPEN * timedelta(days=28)
    return or_(Row.on_date <= least.date(), and_(Row.on_date.is_(None), Row.proposed_at <= least))


async def _lapse(session: AsyncSession, old: Sequence[Talk], now: datetime) -> None:
    who = {person.id for talk in old for person in (talk.member, talk.manager)}
    since = min((talk.on or talk.proposed_at.date() for talk in old), default=now.date())
    away = await people.absences(session, list(who), on=since) if who else {}
    for talk in old:
        if rules.is_lapsed(talk, now.date(), [*away.get(talk.member.id, ()), *away.get(talk.manager.id, ())]):
            await _close(session, talk, now)


async def _pass_on(session: AsyncSession, talk: Talk, now: datetime) -> None:
    """To the manager of today. A day that is past was with the former one, so the new two choose their own."""
    if not talk.member.is_member:
        await _close(session, talk, now)
        return
    await career_talks.withdraw(session, talk.id, (career_talks.PROPOSED, *career_talks.AROUND))
    manager = talk.member.manager_id
    if manager is None or manager == talk.manager.id:
        return
    found = (await people.by_id(session, [manager], on=now.date()))[manager]
    on = talk.on if talk.on is not None and talk.on >= now.date() else None
    away = await people.absences(session, [talk.member.id, manager], on=now.date() - cadence.DAY)
    opens_at = rules.opens_at(on, found.schedule, away.get(manager, ()), now=now) if on else None
    values: dict[str, Any] = {
        "manager_id": manager, "on_date": on, "opens_at": opens_at, "moves": talk.moves + 1,
        **({} if on else {"proposed_at": now, "proposed_by": None}),
    }  # fmt: skip
    await session.execute(update(Row).where(Row.id == talk.id, Row.closed_at.is_(None)).values(**values))
    passed = replace(talk, manager=found, on=on, opens_at=opens_at, moves=talk.moves + 1)
    if on is None:
        await career_talks.redraw(session, passed, now)
    else:
        await career_talks.announce(session, passed, by=talk.member.id, away=away, now=now)


async def _close(session: AsyncSession, talk: Talk, now: datetime) -> None:
    """Without a word: nobody is told that somebody did not answer."""
    await session.execute(update(Row).where(Row.id == talk.id, Row.closed_at.is_(None)).values(closed_at=now))
    await career_talks.withdraw(session, talk.id, (career_talks.PROPOSED, *career_talks.AROUND))
    await career_talks.redraw(session, talk, now)


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
        .join(PersonRow, PersonRow.id == ReportingLine.manager_id)
        .where(people.holds(ReportingLine, today), PersonRow.is_active)
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
        .join(PersonRow, PersonRow.id == ReportingLine.person_id)
        .join(Placement, and_(Placement.person_id == ReportingLine.person_id, people.holds(Placement, today)))
        .join(first, first.c.person_id == ReportingLine.person_id)
        .outerjoin(last, last.c.member_id == ReportingLine.person_id)
        .where(
            ReportingLine.manager_id.in_(managers), people.holds(ReportingLine, today), PersonRow.is_active,
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
