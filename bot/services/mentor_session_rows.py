"""Sessions as values, from their rows: a few statements, however many there are."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.mentorships import MentorSession as Row
from bot.models.mentorships import Mentorship
from bot.rules import access
from bot.rules.mentor_sessions import MentorSession, Own
from bot.rules.mentorships import OVER
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import people

NOTES = "mentorship notes"


async def load(session: AsyncSession, *wanted: ColumnElement[bool], now: datetime) -> list[MentorSession]:
    """The sessions for which these conditions hold, the earliest first."""
    query = select(Row, Mentorship.channel, Mentorship.ended_at).join(Mentorship, Mentorship.id == Row.mentorship_id)
    rows = (await session.execute(query.where(*wanted).order_by(Row.starts_at))).all()
    ids = {person for row in rows for person in (row.MentorSession.mentor_id, row.MentorSession.mentee_id)}
    found = await people.by_id(session, ids, on=now.date()) if ids else {}
    return [_value(row, found) for row in rows]


def _value(row: Any, found: dict[UUID, Person]) -> MentorSession:
    kept: Row = row.MentorSession
    return MentorSession(
        kept.id, kept.mentorship_id, found[kept.mentor_id], found[kept.mentee_id], kept.starts_at, kept.minutes,
        kept.moves, kept.mentor_met, kept.mentee_met, kept.mentor_took, kept.mentee_took, row.channel,
        row.ended_at is not None,
    )  # fmt: skip


async def own(session: AsyncSession, *, by: Person, mentor_session: UUID, verb: str, now: datetime) -> Own:
    """One session, for one of the two. Refusal for everybody else, and once the mentorship has ended."""
    found = await load(session, Row.id == mentor_session, now=now)
    if not found:
        access.refuse()
    [one] = found
    require(by, mentor=one.mentor.id, mentee=one.mentee.id, verb=verb, is_over=one.is_over)
    return Own(one, is_mentor=one.mentor.id == by.id)


def require(by: Person, *, mentor: UUID, mentee: UUID, verb: str, is_over: bool) -> None:
    """What a pair has belongs to the two, while it lasts."""
    access.require({name for name, one in (("mentor", mentor), ("author", mentee)) if one == by.id}, verb, NOTES)
    if is_over:
        raise Refusal(OVER)


async def seen(session: AsyncSession, ids: Sequence[UUID], *, is_mentor: bool, now: datetime) -> dict[UUID, Own]:
    """These sessions as the mentor or as the mentee sees them, with when that one may be written to."""
    found = await load(session, Row.id.in_(ids), now=now)
    views = [Own(one, is_mentor=is_mentor) for one in found]
    away = await people.absences(session, [one.me.id for one in views], on=now.date())
    return {one.session.id: Own(one.session, is_mentor, tuple(away.get(one.me.id, ()))) for one in views}


async def ahead(session: AsyncSession, ids: Sequence[UUID], *, now: datetime) -> list[MentorSession]:
    """Those of these sessions that are still to come, of pairs that go on."""
    return await load(session, Row.id.in_(ids), Row.starts_at > now, Mentorship.ended_at.is_(None), now=now)
