"""Deputies: who reads for a manager who is away; only while that is so, and only what was given since then."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Select, and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.models.people import Absence, Deputy
from bot.models.people import Person as PersonRow
from bot.rules import access, cadence
from bot.rules import away as away_rules
from bot.rules import deputies as rules
from bot.rules.cadence import DAY, Away
from bot.rules.deputies import Named, Told
from bot.rules.people import Person
from bot.services import messages, people

NAMED = "deputy.named"
DECLINED = "deputy.declined"
HELP = "deputy.help"

STILL_NEWS = timedelta(days=30)  # the manager may have been away

Manager, StandIn = aliased(PersonRow), aliased(PersonRow)


# Naming one


async def name(
    session: AsyncSession, *, by: Person, deputy: str, until: date | None, now: datetime, today: date
) -> Named:
    """From today on this colleague, by their Slack id, reads for `by` while `by` is away; instead of anybody before."""
    found = (await people.by_slack_id(session, [deputy], on=now.date())).get(deputy)
    chosen = rules.check(found, by=by, is_manager=await people.is_manager(session, by.id, on=today))
    if until is not None:
        away_rules.check_until(until, today=today)
    await end(session, by=by, now=now, today=today)
    row = Deputy(id=uuid4(), person_id=by.id, deputy_id=chosen.id, from_on=today, until_on=until, named_at=now)
    session.add(row)
    await session.flush()
    await messages.tell(session, NAMED, to=chosen.id, about=row.id, at=now)
    await messages.redraw_home(session, [by.id, chosen.id], at=now)
    return Named(row.id, by.id, by.name, chosen.id, chosen.name, until, now)


async def end(session: AsyncSession, *, by: Person, now: datetime, today: date) -> None:
    """Nobody stands in for `by` any more."""
    standing = (Deputy.person_id == by.id, or_(Deputy.until_on.is_(None), Deputy.until_on > today))
    ended = update(Deputy).where(*standing).values(until_on=today).returning(Deputy.deputy_id)
    await messages.redraw_home(session, [by.id, *await session.scalars(ended)], at=now)


async def decline(session: AsyncSession, *, by: Person, deputy: UUID, now: datetime) -> Named:
    """The deputy would rather not. The manager hears that they need another one. Refusal for everybody else."""
    found = (await _named(session, Deputy.id == deputy, now=now)).get(deputy)
    if found is None or found.deputy_id != by.id:
        access.refuse()
    today = await _today_of(session, found.manager_id, now)
    await session.execute(update(Deputy).where(Deputy.id == deputy).values(until_on=today))
    await messages.tell(session, DECLINED, to=found.manager_id, about=deputy, at=now)
    await messages.redraw_home(session, [by.id, found.manager_id], at=now)
    return found


async def _today_of(session: AsyncSession, person: UUID, now: datetime) -> date:
    zone = await session.scalar(select(PersonRow.zone).where(PersonRow.id == person))
    return cadence.local_day(now, zone or "UTC")


# Who stands in for whom


async def of_managers(session: AsyncSession, managers: Collection[UUID], *, now: datetime) -> dict[UUID, Named]:
    """Manager → their deputy today, whether the manager is away or not."""
    found = await _named(session, Deputy.person_id.in_(managers), now=now)
    return {one.manager_id: one for one in found.values()}


async def standing_in(session: AsyncSession, deputies: Collection[UUID], *, now: datetime) -> dict[UUID, list[Named]]:
    """Deputy → the managers they stand in for at this moment, because those are away where they are."""
    named = await _named(session, Deputy.deputy_id.in_(deputies), now=now)
    gone = await away(session, {one.manager_id for one in named.values()}, now=now)
    found: dict[UUID, list[Named]] = defaultdict(list)
    for one in sorted(named.values(), key=lambda one: one.manager):
        if one.manager_id in gone:
            found[one.deputy_id].append(one)
    return found


async def in_place_of(session: AsyncSession, managers: Collection[UUID], *, now: datetime) -> dict[UUID, Named]:
    """Manager who is away at this moment → who stands in for them."""
    named = await of_managers(session, managers, now=now)
    gone = await away(session, named, now=now)
    return {manager: one for manager, one in named.items() if manager in gone}


async def standing(session: AsyncSession, ids: Collection[UUID], *, now: datetime) -> dict[UUID, Named]:
    """Those of these deputies, by the ids of their naming, who stand in at this moment."""
    named = await _named(session, Deputy.id.in_(ids), now=now)
    gone = await away(session, {one.manager_id for one in named.values()}, now=now)
    return {key: one for key, one in named.items() if one.manager_id in gone}


async def some(
    session: AsyncSession, *, after: UUID | None, limit: int, now: datetime
) -> tuple[list[Any], UUID | None]:
    """One page of namings that hold today (`id`, `deputy_id` and the deputy's wishes), and where to go on."""
    page = _rows(now.date() - DAY).order_by(None).order_by(Deputy.id).limit(limit)
    rows = (await session.execute(page.where(Deputy.id > after) if after else page)).all()
    return [row for row in rows if _holds(row, now)], rows[-1].id if len(rows) == limit else None


def _rows(since: date) -> Select[*tuple[Any, ...]]:
    """Namings that may have held since that day, of managers and deputies who are here."""
    return (
        select(
            Deputy.id, Deputy.person_id, Deputy.deputy_id, Deputy.from_on, Deputy.until_on, Deputy.named_at,
            Manager.name.label("manager"), Manager.zone.label("manager_zone"), StandIn.name.label("deputy"),
            StandIn.zone, StandIn.preferred_hour, StandIn.working_days, StandIn.country,
        )
        .join(Manager, Manager.id == Deputy.person_id)
        .join(StandIn, StandIn.id == Deputy.deputy_id)
        .where(
            Manager.is_active, StandIn.is_active, ~StandIn.is_guest, StandIn.slack_id.is_not(None),
            or_(Deputy.until_on.is_(None), Deputy.until_on > since),
        )
        .order_by(Deputy.named_at)
    )  # fmt: skip


def _holds(row: Any, now: datetime) -> bool:
    return Away(row.from_on, row.until_on).covers(cadence.local_day(now, row.manager_zone))


def _value(row: Any) -> Named:
    return Named(row.id, row.person_id, row.manager, row.deputy_id, row.deputy, row.until_on, row.named_at)


async def _named(session: AsyncSession, which: Any, *, now: datetime) -> dict[UUID, Named]:
    rows = await session.execute(_rows(now.date() - DAY).where(which))
    return {row.id: _value(row) for row in rows if _holds(row, now)}


async def away(session: AsyncSession, who: Collection[UUID], *, now: datetime) -> set[UUID]:
    """Those of these people who are away on their own today. A closed company is no reason for a deputy."""
    if not who:
        return set()
    near = and_(
        Absence.from_on <= now.date() + DAY, or_(Absence.until_on.is_(None), Absence.until_on > now.date() - DAY)
    )
    rows = await session.execute(
        select(Absence.person_id, Absence.from_on, Absence.until_on, PersonRow.zone)
        .join(PersonRow, PersonRow.id == Absence.person_id)
        .where(Absence.person_id.in_(who), near)
    )
    return {row.person_id for row in rows if Away(row.from_on, row.until_on).covers(cadence.local_day(now, row.zone))}


# What the messages show


async def load_named(session: AsyncSession, ids: Sequence[UUID], *, now: datetime) -> dict[UUID, Told]:
    """What a deputy hears, while they are named."""
    return await _told(session, await _named(session, Deputy.id.in_(ids), now=now), to_manager=False, now=now)


async def load_declined(session: AsyncSession, ids: Sequence[UUID], *, now: datetime) -> dict[UUID, Told]:
    """What a manager hears whose deputy cannot, unless there is another one by now."""
    rows = (await session.execute(_rows(now.date() - STILL_NEWS).where(Deputy.id.in_(ids)))).all()
    others = await of_managers(session, {row.person_id for row in rows}, now=now)
    declined = {row.id: _value(row) for row in rows if row.person_id not in others}
    return await _told(session, declined, to_manager=True, now=now)


async def _told(
    session: AsyncSession, named: dict[UUID, Named], *, to_manager: bool, now: datetime
) -> dict[UUID, Told]:
    reached = {key: one.manager_id if to_manager else one.deputy_id for key, one in named.items()}
    found = await people.by_id(session, reached.values(), on=now.date())
    away = await people.absences(session, list(found), on=now.date() - DAY)
    return {
        key: Told(one, found[reached[key]].schedule, tuple(away.get(reached[key], ()))) for key, one in named.items()
    }
