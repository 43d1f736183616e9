"""Credit for mentors: sessions that both confirmed become evidence of the mentor's, where the mentee agrees."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_CEILING
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.mentorships import MentorSession, Mentorship
from bot.rules import access, cadence
from bot.rules import evidence as evidence_rules
from bot.rules import mentor_credit as rules
from bot.rules.evidence import Evidence
from bot.rules.mentor_credit import Credit
from bot.rules.people import Person
from bot.services import evidence, people


async def waiting(session: AsyncSession, *, by: Person, now: datetime) -> tuple[Credit, ...]:
    """For a mentor: their mentorships with sessions that may be counted and have not been."""
    rows = (await session.execute(_counting(by).order_by(MentorSession.starts_at))).all()
    mentees = await people.by_id(session, {row.mentee_id for row in rows}, on=now.date()) if rows else {}
    by_pair: dict[UUID, list[Any]] = {}
    for row in rows:
        by_pair.setdefault(row.mentorship_id, []).append(row)
    return tuple(
        Credit(
            key, mentees[many[0].mentee_id], len(many),
            cadence.local_day(many[-1].starts_at, by.schedule.zone), may_name=many[0].shares_pair,
        )
        for key, many in by_pair.items()
    )  # fmt: skip


def _counting(by: Person) -> Any:
    return (
        select(
            MentorSession.id, MentorSession.mentorship_id, MentorSession.mentee_id, MentorSession.starts_at,
            Mentorship.shares_pair,
        )
        .join(Mentorship, Mentorship.id == MentorSession.mentorship_id)
        .where(Mentorship.mentor_id == by.id, Mentorship.ended_at.is_(None), Mentorship.shares_credit, _confirmed())
    )  # fmt: skip


def _confirmed() -> ColumnElement[bool]:
    """Both said that they met, and it has not been counted."""
    return and_(
        MentorSession.mentor_met.is_(True), MentorSession.mentee_met.is_(True), MentorSession.credited_on.is_(None)
    )


async def one(session: AsyncSession, *, by: Person, mentorship: UUID, now: datetime) -> Credit:
    """What the mentor may count for one mentorship. Refusal for everybody else, and where the mentee does not agree."""
    found = next((each for each in await waiting(session, by=by, now=now) if each.mentorship_id == mentorship), None)
    return found or access.refuse()


async def use(
    session: AsyncSession,
    *,
    by: Person,
    mentorship: UUID,
    typed: dict[str, Any],
    reviewers: Sequence[str],
    now: datetime,
    today: date,
) -> Evidence:
    """Send sessions as evidence: as many as the amount says, the earliest first, each counted once."""
    credit = await one(session, by=by, mentorship=mentorship, now=now)
    amount = evidence_rules.read_amount(typed["amount"])
    rules.check_amount(amount, credit)
    sent = await evidence.submit(session, by=by, typed=typed, reviewers=reviewers, now=now, today=today)
    many = int(amount.to_integral_value(ROUND_CEILING))
    first = await session.scalars(
        select(MentorSession.id)
        .where(MentorSession.mentorship_id == mentorship, _confirmed())
        .order_by(MentorSession.starts_at)
        .limit(many)
        .with_for_update()
    )
    counted = await session.execute(
        update(MentorSession)
        .where(MentorSession.id.in_(first.all()), MentorSession.credited_on.is_(None))
        .values(credited_on=today)
        .returning(MentorSession.id)
    )
    rules.check_counted(len(counted.all()), many)
    return sent
