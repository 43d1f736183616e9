"""My growth: one page that says how things stand, a few statements however much there is."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.rules.growth import Growth
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import assessments, career_talks, directions, opportunities, plans, what_ifs, who_knows

NOT_A_MEMBER = (
    "My growth belongs to a place on the ladder, and you are not enrolled yet. Whoever runs this can enrol you."
)


async def load(session: AsyncSession, *, by: Person, now: datetime, today: date) -> Growth:
    """One's own. Refusal for whoever is not enrolled."""
    if not by.is_member:
        raise Refusal(NOT_A_MEMBER)
    return Growth(
        person=by,
        direction=await directions.of(session, by.id),
        plan=await plans.mine(session, by=by, today=today),
        assessment=await assessments.newest(session, by=by),
        chances=await opportunities.upcoming(session, for_=by, today=today),
        what_ifs=tuple(await what_ifs.kept(session, by=by)),
        is_findable=await who_knows.is_findable(session, by=by),
        career=await career_talks.ahead(session, by=by, now=now),
    )
