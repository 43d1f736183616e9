"""Authors hear once of evidence that waits for long, because somebody is away or has not come to it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.models.evidence import Evidence, Review
from bot.rules import hand_overs as rules
from bot.rules.cadence import DAY, Schedule
from bot.rules.hand_overs import Waits
from bot.rules.people import Person
from bot.services import evidence_rows, hand_overs, messages, people

WAITS = "evidence.waits"
PAGE = 500
WATCHED_FOR = timedelta(days=28)  # what has been told is known for thirty

Earlier = aliased(Review)


async def tell_waiting_some(
    session: AsyncSession, *, after: UUID | None, now: datetime, limit: int = PAGE
) -> UUID | None:
    """Tell authors once about evidence that waits for somebody away for long, or for more than a week.

    Returns where to go on, None at the end.
    """
    page = _waiting(now).order_by(Review.id).limit(limit)
    rows = (await session.execute(page.where(Review.id > after) if after else page)).all()
    away = await _away(session, rows)
    slow = [row for row in rows if _is_slow(row, away.get(row.reviewer_id, ()), now)]
    await messages.tell_many(
        session,
        [
            messages.owed(
                WAITS, to=row.author_id, about=row.evidence_id, at=now,
                key=f"{WAITS}:{row.evidence_id.hex}:{row.take}", until=now + WATCHED_FOR,
            )
            for row in slow
        ],
    )  # fmt: skip
    return rows[-1].id if len(rows) == limit else None


def _waiting(now: datetime) -> Select[*tuple[Any, ...]]:
    """`asked_at`: when the reviewer was asked, which is later where they took somebody's place."""
    in_place = select(func.max(Earlier.decided_at)).where(
        Earlier.evidence_id == Review.evidence_id, Earlier.handed_to == Review.reviewer_id
    )
    asked_at = func.coalesce(in_place.scalar_subquery(), Evidence.submitted_at).label("asked_at")
    return (
        hand_overs.open_reviews()
        .add_columns(asked_at)
        .where(hand_overs.Reviewer.is_active, Evidence.submitted_at > now - WATCHED_FOR)
    )


async def _away(session: AsyncSession, rows: Sequence[Any]) -> dict[UUID, list[Any]]:
    first = min((row.asked_at for row in rows), default=None)
    who = list({row.reviewer_id for row in rows})
    return await people.absences(session, who, on=first.date() - DAY) if first else {}


def _is_slow(row: Any, away: Sequence[Any], now: datetime) -> bool:
    schedule = hand_overs.schedule(row)
    return rules.is_away(schedule, away, now=now) or rules.is_late(row.asked_at, schedule, away, now=now)


async def load_waits(session: AsyncSession, ids: Sequence[UUID], *, now: datetime) -> dict[UUID, Waits]:
    """What authors hear of these pieces, while it is still so."""
    rows = (await session.execute(_waiting(now).where(Evidence.id.in_(ids)))).all()
    away = await _away(session, rows)
    slow = [row for row in rows if _is_slow(row, away.get(row.reviewer_id, ()), now)]
    absent: dict[UUID, list[str]] = defaultdict(list)
    for row in slow:
        if rules.is_away(hand_overs.schedule(row), away.get(row.reviewer_id, ()), now=now):
            absent[row.evidence_id].append(row.name)
    authors = await people.by_id(session, {row.author_id for row in slow}, on=now.date())
    theirs = await people.absences(session, list(authors), on=now.date() - DAY)
    found = await evidence_rows.load(session, Evidence.id.in_({row.evidence_id for row in slow}))
    return {
        one.id: Waits(
            one, tuple(sorted(absent[one.id])), _of(authors, one.author_id), tuple(theirs.get(one.author_id, ()))
        )
        for one in found
    }


def _of(authors: dict[UUID, Person], author: UUID) -> Schedule:
    return authors[author].schedule
