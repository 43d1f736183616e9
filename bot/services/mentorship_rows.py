"""Mentorships as they are kept, made into the value that rules and views know."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.mentorships import Mentorship as MentorshipRow
from bot.rules import access, cadence
from bot.rules.mentorships import OVER, EndedFor, Mentorship, Share, Side
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import people

COLUMNS = {
    Share.CHECK_INS: MentorshipRow.shares_check_ins, Share.EVIDENCE: MentorshipRow.shares_evidence,
    Share.PAIR: MentorshipRow.shares_pair, Share.CREDIT: MentorshipRow.shares_credit,
}  # fmt: skip


async def load(session: AsyncSession, *which: Any, on: date) -> list[Mentorship]:
    """Those for which these conditions hold, the longest first, with both people as they are today."""
    chosen = select(*MentorshipRow.__table__.columns).where(*which).order_by(MentorshipRow.began_at, MentorshipRow.id)
    rows = (await session.execute(chosen)).all()
    named = await people.by_id(session, {one for row in rows for one in (row.mentor_id, row.mentee_id)}, on=on)
    return [_mentorship(row._mapping, named, on) for row in rows]


def _mentorship(row: RowMapping, named: Mapping[UUID, Person], on: date) -> Mentorship:
    kept = ("id", "request_id", "goal", "rhythm_days", "began_at", "until_on", "take", "term_asked_on")
    return Mentorship(
        **{name: row[name] for name in (*kept, "ended_at", "channel")},
        mentor=named[row["mentor_id"]],
        mentee=named[row["mentee_id"]],
        competencies=tuple(row["competencies"].split()),
        paused_until=row["paused_until"] if row["paused_until"] and row["paused_until"] > on else None,
        ended_for=EndedFor(row["ended_for"]) if row["ended_for"] else None,
        shares=frozenset(share for share, column in COLUMNS.items() if row[column.key]),
    )


async def mine(session: AsyncSession, *, by: Person, on: date) -> list[Mentorship]:
    """Those that go on, on either side."""
    either = or_(MentorshipRow.mentor_id == by.id, MentorshipRow.mentee_id == by.id)
    return await load(session, either, MentorshipRow.ended_at.is_(None), on=on)


async def one(session: AsyncSession, *, by: Person, mentorship: UUID, on: date) -> Mentorship:
    """Refusal for everybody but the two."""
    found = await load(session, MentorshipRow.id == mentorship, on=on)
    if not found or by.id not in (found[0].mentor.id, found[0].mentee.id):
        access.refuse()
    return found[0]


async def going_on(session: AsyncSession, *, by: Person, mentorship: UUID, on: date) -> Mentorship:
    """The same, while it lasts. Refusal once it is over."""
    found = await one(session, by=by, mentorship=mentorship, on=on)
    if found.ended_at is not None:
        raise Refusal(OVER)
    return found


async def sides(
    session: AsyncSession, ids: Sequence[UUID], *, is_mentee: bool, now: datetime, is_over: bool
) -> dict[UUID, Side]:
    """Each as its mentor or its mentee hears of it, while they are here. `is_over`: those that have ended, or not."""
    ended = MentorshipRow.ended_at.is_not(None) if is_over else MentorshipRow.ended_at.is_(None)
    found = await load(session, MentorshipRow.id.in_(ids), ended, on=now.date())
    mine = {one.id: one.mentee if is_mentee else one.mentor for one in found}
    away = await absences(session, mine.values(), now=now)
    return {
        one.id: Side(one, mine[one.id], tuple(away.get(mine[one.id].id, ()))) for one in found if mine[one.id].is_active
    }


async def absences(session: AsyncSession, of: Iterable[Person], *, now: datetime) -> dict[UUID, list[cadence.Away]]:
    return await people.absences(session, list({one.id for one in of}), on=now.date() - cadence.DAY)
