"""What growth plans add up to: numbers for owners, and lines for a manager's week."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.models.people import Person as PersonRow
from bot.models.people import Placement, ReportingLine
from bot.models.plans import PlanAction, PlanAim, ProtectedTime
from bot.rules import cadence
from bot.rules import plan_counts as rules
from bot.rules.plan_counts import Counts
from bot.rules.plans import Had
from bot.rules.weeks import TOLD_FOR, Hours
from bot.services import people

Giver = aliased(PersonRow)


async def load(session: AsyncSession, *, on: date) -> Counts:
    """Of the members of today: how many have a plan, and how many have time kept free."""
    planned = or_(PersonRow.id.in_(select(PlanAim.person_id)), PersonRow.id.in_(select(PlanAction.person_id)))
    protected = PersonRow.id.in_(select(ProtectedTime.person_id).where(ProtectedTime.until_on >= on))
    counted = (
        select(func.count(), func.count().filter(planned), func.count().filter(protected))
        .select_from(PersonRow)
        .join(Placement, and_(Placement.person_id == PersonRow.id, people.holds(Placement, on)))
        .where(PersonRow.is_active)
    )
    members, with_plan, with_time = (await session.execute(counted)).one()
    return rules.counts(members=members, planned=with_plan, protected=with_time)


async def hours(
    session: AsyncSession, managers: Collection[UUID], *, now: datetime
) -> dict[UUID, list[tuple[Hours, datetime]]]:
    """Manager → time kept free that a person of theirs did not have, or that a manager before gave; and since when."""
    on = now.date()
    missed = and_(ProtectedTime.had == Had.NO.value, ProtectedTime.had_at > now - TOLD_FOR)
    given_before = and_(ProtectedTime.manager_id != ReportingLine.manager_id, ReportingLine.from_on > on - TOLD_FOR)
    rows = await session.execute(
        select(
            ReportingLine.manager_id, ReportingLine.from_on, PersonRow.name, ProtectedTime.hours,
            ProtectedTime.until_on, ProtectedTime.had_at, Giver.name.label("giver"), missed.label("is_missed"),
        )
        .join(PersonRow, PersonRow.id == ReportingLine.person_id)
        .join(ProtectedTime, ProtectedTime.person_id == PersonRow.id)
        .join(Giver, Giver.id == ProtectedTime.manager_id)
        .where(
            ReportingLine.manager_id.in_(managers), people.holds(ReportingLine, on), PersonRow.is_active,
            ProtectedTime.until_on >= on, or_(missed, given_before),
        )
        .order_by(PersonRow.name)
    )  # fmt: skip
    found: dict[UUID, list[tuple[Hours, datetime]]] = defaultdict(list)
    for row in rows:
        since = row.had_at if row.is_missed else cadence.resolve(row.from_on, 0, "UTC")
        giver = None if row.is_missed else row.giver
        found[row.manager_id].append((Hours(row.name, row.hours, row.until_on, giver), since))
    return found
