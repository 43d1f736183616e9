"""Chances to grow that stand in a plan, each beside what it helps with."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.rules.opportunities import Opportunity
from bot.rules.plans import Aim, Plan
from bot.services import opportunities

MOST = 2  # for each aim


async def beside(session: AsyncSession, plan: Plan, *, today: date) -> Plan:
    """The plan with what is offered for each of its aims: a statement for each of them, of which there are three."""
    taken = {one.opportunity_id for one in plan.actions}
    found: dict[UUID, tuple[Aim, Opportunity]] = {}
    for aim in plan.aims:
        fitting = await opportunities.fitting(
            session, competency=aim.competency, track=aim.track, level=aim.level, today=today, most=MOST
        )
        found |= {one.id: (aim, one) for one in fitting if one.id not in taken and one.id not in found}
    return replace(plan, chances=tuple(found.values()))
