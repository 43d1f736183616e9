"""Chances to grow that stand in a plan, each beside what it helps with."""

from dataclasses import replace
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from bot.rules.opportunities import Opportunity
from bot.rules.plans import Aim, Plan
from bot.services import opportunities

MOST = 2  # for each aim


async def beside(session: AsyncSession, plan: Plan, *, today: date) -> Plan:
    """The plan with what is offered for each of its aims: a statement for each of them, of which there are three."""
    known = {one.opportunity_id for one in plan.actions if one.opportunity_id}
    found: list[tuple[Aim, Opportunity]] = []
    for aim in plan.aims:
        fitting = await opportunities.fitting(
            session, for_=plan.person_id, competency=aim.competency, track=aim.track, level=aim.level, today=today,
            most=MOST + len(known),
        )  # fmt: skip
        new = [one for one in fitting if one.id not in known][:MOST]
        known |= {one.id for one in new}
        found += [(aim, one) for one in new]
    return replace(plan, chances=tuple(found))
