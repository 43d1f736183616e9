"""What a session may be about: the mentee's focus, three light points, and what each took away the last time."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.mentorships import MentorSession as Row
from bot.models.milestones import Focus
from bot.rules import mentor_sessions as rules
from bot.rules.mentor_sessions import Agenda, MentorSession
from bot.rules.people import Person
from bot.services import framework as frameworks
from bot.services import mentor_session_rows as rows


async def read(session: AsyncSession, *, by: Person, mentor_session: UUID, now: datetime) -> Agenda:
    """What the session may be about, with what each took away from the last one: for the two alone."""
    own = await rows.own(session, by=by, mentor_session=mentor_session, verb="read", now=now)
    found = await load(session, [own.session], now=now)
    return found[own.session.id]


async def load(session: AsyncSession, found: Sequence[MentorSession], *, now: datetime) -> dict[UUID, Agenda]:
    """Session → its agenda, in a few statements however many there are."""
    focus = await _focus(session, [one.mentee.id for one in found])
    before = await _before(session, found, now)
    made = {}
    for one in found:
        earlier = [other for other in before.get(one.mentorship_id, ()) if other.starts_at < one.starts_at]
        last = next((other for other in reversed(earlier) if other.mentor_took or other.mentee_took), None)
        made[one.id] = Agenda(one, focus.get(one.mentee.id, ()), rules.points(len(earlier)), last)
    return made


async def _focus(session: AsyncSession, who: Collection[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Person → the titles of the milestones they work on now."""
    framework = await frameworks.current_or_none(session)
    found: dict[UUID, list[str]] = defaultdict(list)
    query = select(Focus.person_id, Focus.milestone).where(Focus.person_id.in_(who)).order_by(Focus.chosen_at)
    for row in await session.execute(query):
        milestone = framework.milestone(row.milestone) if framework else None
        if milestone is not None:
            found[row.person_id].append(milestone.title)
    return {person: tuple(titles) for person, titles in found.items()}


async def _before(
    session: AsyncSession, found: Sequence[MentorSession], now: datetime
) -> dict[UUID, list[MentorSession]]:
    """Mentorship → its sessions that took place, as far as anybody says."""
    pairs = [one.mentorship_id for one in found]
    met = or_(Row.mentor_met.is_(True), Row.mentee_met.is_(True))
    before: dict[UUID, list[MentorSession]] = defaultdict(list)
    for one in await rows.load(session, Row.mentorship_id.in_(pairs), met, Row.starts_at < now, now=now):
        before[one.mentorship_id].append(one)
    return before
