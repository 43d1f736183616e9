"""What is counted of growth for an owner's month: who was thanked, took a chance, or looked at themselves; and what
people want for now."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CompoundSelect, Select, func, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.assessments import SelfAssessment, SelfRating
from bot.models.directions import Direction
from bot.models.opportunities import OpportunityInterest
from bot.models.people import Person, Placement
from bot.models.plans import PlanAction
from bot.models.recognition import Recognition
from bot.rules import months
from bot.rules.months import Cells
from bot.rules.opportunities import Interest
from bot.rules.recognition import State as Thanks
from bot.services.month_counts import Pair, Span, by_path, is_here, members, share


async def thanked(session: AsyncSession, span: Span) -> Pair:
    """Whom of the members somebody thanked in public."""
    return await share(session, span, _thanked)


def _thanked(begins: datetime, ends: datetime) -> Select[UUID]:
    return select(Recognition.receiver_id).where(
        Recognition.state == Thanks.PUBLISHED.value, Recognition.published_at >= begins,
        Recognition.published_at < ends,
    )  # fmt: skip


async def chances(session: AsyncSession, span: Span) -> Pair:
    """Who of the members got a place in a chance to grow, or took one into their plan."""
    return await share(session, span, _took_a_chance)


def _took_a_chance(begins: datetime, ends: datetime) -> CompoundSelect[UUID]:
    has_a_place = (
        OpportunityInterest.state == Interest.ACCEPTED.value, OpportunityInterest.decided_at >= begins,
        OpportunityInterest.decided_at < ends,
    )  # fmt: skip
    planned = (PlanAction.opportunity_id.is_not(None), PlanAction.made_at >= begins, PlanAction.made_at < ends)
    return union(
        select(OpportunityInterest.person_id).where(*has_a_place), select(PlanAction.person_id).where(*planned)
    )


async def assessed(session: AsyncSession, span: Span) -> Cells:
    """Who said how they see themselves, in the year before the window ended; nothing at all where nobody did."""
    _, ends = span.moments(span.window)
    looked = (
        select(SelfRating.person_id)
        .join(SelfAssessment, SelfAssessment.id == SelfRating.assessment_id)
        .where(SelfAssessment.changed_at >= ends - months.LOOKS_BACK, SelfAssessment.changed_at < ends)
    )
    found = await members(session, span, Placement.person_id.in_(looked))
    return found if any(1.0 in answers for answers in found.values()) else {}


async def wants(session: AsyncSession, span: Span) -> Cells:
    """What people want for now → how many have said so; everybody wants one thing."""
    columns = (Direction.wants, span.part.label("part"))
    rows = await session.execute(
        select(*columns, func.count().label("people"))
        .join(Person, Person.id == Direction.person_id)
        .where(Direction.said_on < span.window.until_on, is_here(span.window.last))
        .group_by(*columns)
    )
    return by_path(((row.wants, row.part or ""), 1.0, row.people) for row in rows)
