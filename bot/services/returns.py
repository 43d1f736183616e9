"""Back from a longer leave: one card on the first working day, with what happened and what waits."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.check_ins import CheckIn, Reading
from bot.models.evidence import Review
from bot.models.framework import Release
from bot.models.people import Absence, Closing, Placement, ReportingLine
from bot.models.people import Person as PersonRow
from bot.rules import cadence
from bot.rules import returns as rules
from bot.rules.cadence import DAY, Away, Schedule
from bot.rules.features import ALL
from bot.rules.less import Topic
from bot.rules.people import Person
from bot.rules.returns import Back, Leave
from bot.rules.weeks import Return
from bot.services import attention, less_rows, messages, people
from bot.services import framework as frameworks

BACK = "away.back"
AHEAD = timedelta(hours=24)
BEHIND = timedelta(days=7)
STILL_FREE = timedelta(days=16)  # weekends, holidays and a closed company may follow a leave
LONGEST = timedelta(days=cadence.FURTHEST_DAYS)
PAGE = 500

Returned = tuple[Return, datetime]


async def plan_some(
    session: AsyncSession, *, after: UUID | None, since: datetime, now: datetime, limit: int = PAGE
) -> UUID | None:
    """Owe one page of people the card of their return, from `since` to 24 hours from now, at their own hour.

    Returns where to go on, None at the end. Planning twice plans once: the key is the person and the day. Whoever stays
    away longer is found out when it is sent.
    """
    page = _returning(since, now).order_by(PersonRow.id).limit(limit)
    rows = (await session.execute(page.where(PersonRow.id > after) if after else page)).all()
    away, closed = await _absences(session, [row.id for row in rows], now=now)
    owed = []
    for row in rows:
        schedule = Schedule(row.zone, row.preferred_hour, row.working_days, row.country)
        first, last = cadence.local_day(since, row.zone), cadence.local_day(now + AHEAD, row.zone)
        for leave in rules.returns(away[row.id], schedule, closed, first=first, last=last):
            at = cadence.resolve(leave.back_on, schedule.hour, schedule.zone)
            key = f"{BACK}:{row.id.hex}:{leave.back_on}"
            owed.append(messages.owed(BACK, to=row.id, about=row.id, at=at, key=key))
    await messages.tell_many(session, owed)
    return rows[-1].id if len(rows) == limit else None


def _returning(since: datetime, now: datetime) -> Select[*tuple[Any, ...]]:
    """Everybody who was away until a day of these, and wants to be reminded."""
    ended = select(Absence.person_id).where(
        Absence.until_on > since.date() - STILL_FREE, Absence.until_on <= now.date() + 2 * DAY
    )
    return select(
        PersonRow.id, PersonRow.zone, PersonRow.preferred_hour, PersonRow.working_days, PersonRow.country
    ).where(
        PersonRow.id.in_(ended), PersonRow.is_active, ~PersonRow.is_guest, PersonRow.slack_id.is_not(None),
        ~less_rows.is_off(PersonRow.id, Topic.REMINDERS, now.date()),
    )  # fmt: skip


async def _absences(
    session: AsyncSession, ids: Sequence[UUID], *, now: datetime
) -> tuple[dict[UUID, list[Away]], list[Away]]:
    """Each one's own absences of the last year, and the days on which the company was closed."""
    since = now.date() - LONGEST
    found: dict[UUID, list[Away]] = defaultdict(list)
    rows = select(Absence.person_id, Absence.from_on, Absence.until_on).where(
        Absence.person_id.in_(ids), (Absence.until_on > since) | Absence.until_on.is_(None)
    )
    for row in await session.execute(rows):
        found[row.person_id].append(Away(row.from_on, row.until_on))
    closed = await session.execute(select(Closing.from_on, Closing.until_on).where(Closing.until_on > since))
    return found, [Away(row.from_on, row.until_on) for row in closed]


async def load(
    session: AsyncSession, ids: Sequence[UUID], *, now: datetime, features: Collection[str] = ALL
) -> dict[UUID, Back]:
    """The cards of those who are back, and not away again; nothing for those who have switched reminders off."""
    found = await people.by_id(session, ids, on=now.date())
    away, closed = await _absences(session, list(found), now=now)
    off = await less_rows.switched_off(session, list(found), Topic.REMINDERS, on=now.date())
    leaves = {
        person.id: leave
        for person in found.values()
        if person.id not in off and (leave := _last_leave(person.schedule, away[person.id], closed, now)) is not None
    }
    waiting = {one.person_id: one for one in await attention.waiting(session, list(leaves), now=now, features=features)}
    return {
        person: await _back(session, found[person], waiting[person], leave.from_on) for person, leave in leaves.items()
    }


async def lately(session: AsyncSession, managers: Collection[UUID], *, now: datetime) -> dict[UUID, list[Returned]]:
    """Manager → who of their people came back from a longer leave within the last seven days, and is here."""
    since = now.date() - BEHIND - STILL_FREE
    ended = select(Absence.person_id).where(Absence.until_on > since, Absence.until_on <= now.date() + DAY)
    rows = (
        await session.execute(
            select(
                ReportingLine.manager_id, PersonRow.id, PersonRow.name, PersonRow.zone, PersonRow.preferred_hour,
                PersonRow.working_days, PersonRow.country,
            )
            .join(ReportingLine, ReportingLine.person_id == PersonRow.id)
            .where(
                ReportingLine.manager_id.in_(managers), people.holds(ReportingLine, now.date()), PersonRow.is_active,
                PersonRow.id.in_(ended),
            )
            .order_by(PersonRow.name)
        )
    ).all()  # fmt: skip
    away, closed = await _absences(session, [row.id for row in rows], now=now)
    found: dict[UUID, list[Returned]] = defaultdict(list)
    for row in rows:
        schedule = Schedule(row.zone, row.preferred_hour, row.working_days, row.country)
        leave = _last_leave(schedule, away[row.id], closed, now)
        if leave is not None and leave.back_on > now.date() - BEHIND:
            at = cadence.resolve(leave.back_on, schedule.hour, schedule.zone)
            found[row.manager_id].append((Return(row.name, leave.back_on), at))
    return found


def _last_leave(schedule: Schedule, away: Sequence[Away], closed: Sequence[Away], now: datetime) -> Leave | None:
    today = cadence.local_day(now, schedule.zone)
    if any(absence.covers(today) for absence in away):
        return None
    found = rules.returns(away, schedule, closed, first=today - BEHIND, last=today)
    return found[-1] if found else None


async def _back(session: AsyncSession, person: Person, waiting: Any, since: date) -> Back:
    """Cards are few, so each has its own handful of statements."""
    began = cadence.resolve(since, 0, person.schedule.zone)
    framework = await frameworks.current_or_none(session)
    placed = (Placement.person_id == person.id, Placement.from_on >= since, Placement.until_on.is_(None))
    is_placed = await session.scalar(select(Placement.id).where(*placed).limit(1)) is not None
    line = (ReportingLine.person_id == person.id, ReportingLine.from_on >= since, ReportingLine.until_on.is_(None))
    has_new_manager = await session.scalar(select(ReportingLine.id).where(*line).limit(1)) is not None
    level = framework.level(person.track or "", person.level or "") if framework and is_placed else None
    handed_on = select(func.count()).where(
        Review.reviewer_id == person.id, Review.handed_to.is_not(None), Review.decided_at >= began
    )
    read_by, read = await _read_for(session, person.id, began)
    return Back(
        waiting,
        handed_on=await session.scalar(handed_on) or 0,
        read_by=read_by,
        read=read,
        manager=person.manager_name if has_new_manager else None,
        level=f"{level.name} ({level.key})" if level else None,
        release=await _new_release(session, began),
    )


async def _read_for(session: AsyncSession, manager: UUID, began: datetime) -> tuple[str | None, int]:
    """Who read answers of their people in their place, and how many; the one who read most."""
    found = await session.execute(
        select(PersonRow.name, func.count().label("read"))
        .join(Reading, Reading.manager_id == PersonRow.id)
        .join(CheckIn, CheckIn.id == Reading.check_in_id)
        .where(CheckIn.manager_id == manager, Reading.manager_id != manager, Reading.read_at >= began)
        .group_by(PersonRow.name)
        .order_by(func.count().desc(), PersonRow.name)
        .limit(1)
    )
    row = found.first()
    return (row.name, row.read) if row is not None else (None, 0)


async def _new_release(session: AsyncSession, began: datetime) -> str | None:
    newest = select(Release.version).where(Release.loaded_at >= began).order_by(Release.loaded_at.desc())
    return await session.scalar(newest.limit(1))
