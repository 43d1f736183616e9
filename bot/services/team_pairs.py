"""Mentorships of a manager's people, where the mentee lets their manager know: that they exist, and nothing more."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.models.mentorships import MentorSession, Mentorship
from bot.models.people import Person as PersonRow
from bot.models.people import ReportingLine
from bot.rules.weeks import Pair
from bot.services import people

NEW_FOR = timedelta(days=14)

Mentor, Mentee = aliased(PersonRow), aliased(PersonRow)


def _shared() -> Select[*tuple[Any, ...]]:
    return (
        select(Mentorship.mentee_id, Mentee.name.label("mentee"), Mentor.name.label("mentor"))
        .join(Mentor, Mentor.id == Mentorship.mentor_id)
        .join(Mentee, Mentee.id == Mentorship.mentee_id)
        .where(Mentorship.ended_at.is_(None), Mentorship.shares_pair, Mentor.is_active, Mentee.is_active)
        .order_by(Mentee.name, Mentor.name)
    )


async def mentors(session: AsyncSession, mentees: Collection[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Mentee → their mentors, by name. To be asked for one's own people only."""
    found: dict[UUID, list[str]] = defaultdict(list)
    for row in await session.execute(_shared().where(Mentorship.mentee_id.in_(mentees))):
        found[row.mentee_id].append(row.mentor)
    return {mentee: tuple(names) for mentee, names in found.items()}


async def needing_room(
    session: AsyncSession, managers: Collection[UUID], *, now: datetime
) -> dict[UUID, list[tuple[Pair, datetime]]]:
    """Manager → pairs of their people that need room in the week, and since when.

    Those that have just begun, and those that found no time, once the two have been asked themselves. Which of it is
    so is nobody else's to know, so it is not returned.
    """
    rests = Mentorship.paused_until > now.date()
    since = func.coalesce(Mentorship.quiet_asked_at, Mentorship.began_at)
    has_time = exists().where(MentorSession.mentorship_id == Mentorship.id, MentorSession.starts_at > since)
    lately = or_(Mentorship.began_at > now - NEW_FOR, Mentorship.quiet_asked_at > now - NEW_FOR)
    rows = await session.execute(
        _shared()
        .add_columns(ReportingLine.manager_id, Mentorship.began_at, Mentorship.quiet_asked_at)
        .join(ReportingLine, ReportingLine.person_id == Mentorship.mentee_id)
        .where(
            ReportingLine.manager_id.in_(managers), people.holds(ReportingLine, now.date()), lately, ~has_time,
            or_(Mentorship.paused_until.is_(None), ~rests), Mentorship.mentor_id != ReportingLine.manager_id,
        )
    )  # fmt: skip
    found: dict[UUID, list[tuple[Pair, datetime]]] = defaultdict(list)
    for row in rows:
        found[row.manager_id].append((Pair(row.mentee, row.mentor), row.quiet_asked_at or row.began_at))
    return found
