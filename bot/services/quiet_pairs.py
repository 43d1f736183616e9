"""Pairs that have been quiet: found page by page, asked gently, at most twice in a row."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.models.mentorships import MentorSession, Mentorship
from bot.models.people import Person as PersonRow
from bot.rules import quiet_pairs as rules
from bot.rules.cadence import Away
from bot.rules.mentorships import Side
from bot.services import mentor_sessions, mentorship_rows, messages, people

QUIET_MENTOR = "mentor_session.quiet_mentor"
QUIET_MENTEE = "mentor_session.quiet_mentee"
ASKED_FOR = timedelta(days=7)
PAGE = 500

Mentor, Mentee = aliased(PersonRow), aliased(PersonRow)


async def ask_some(session: AsyncSession, *, after: UUID | None, now: datetime, limit: int = PAGE) -> UUID | None:
    """Owe both of each quiet pair of one page a question. Returns where to go on, None at the end.

    Asking again on the same day asks nothing: what was asked is kept with the mentorship, in the same transaction.
    """
    page = _candidates(now).order_by(Mentorship.id).limit(limit)
    found = (await session.execute(page.where(Mentorship.id > after) if after else page)).all()
    due = await _due(session, found, now)
    if due:
        asked = [{"key": row.id, "number": number} for row, number in due]
        by_key = update(Mentorship).where(Mentorship.id == bindparam("key"))
        values = {"quiet_asked_at": now, "quiet_asks": bindparam("number")}
        await (await session.connection()).execute(by_key.values(values), asked)
        await messages.tell_many(session, [owed for row, number in due for owed in _owed(row, number, now)])
    return found[-1].id if len(found) == limit else None


def _candidates(now: datetime) -> Select[*tuple[Any, ...]]:
    """Pairs that could be quiet by now: going on, not resting, with nothing ahead of them."""
    return (
        select(
            Mentorship.id, Mentorship.mentor_id, Mentorship.mentee_id, Mentorship.rhythm_days, Mentorship.began_at,
            Mentorship.paused_until, Mentorship.quiet_asked_at, Mentorship.quiet_asks,
        )
        .join(Mentor, Mentor.id == Mentorship.mentor_id)
        .join(Mentee, Mentee.id == Mentorship.mentee_id)
        .where(
            _goes_on(now), Mentorship.began_at <= now - timedelta(days=rules.LEAST_DAYS), ~_has_ahead(now),
            Mentor.is_active, Mentee.is_active,
        )
    )  # fmt: skip


def _goes_on(now: datetime) -> ColumnElement[bool]:
    """It has not ended, and does not rest."""
    resting = Mentorship.paused_until > now.date()
    return Mentorship.ended_at.is_(None) & ~(Mentorship.paused_until.is_not(None) & resting)


def _has_ahead(now: datetime) -> ColumnElement[bool]:
    return exists().where(MentorSession.mentorship_id == Mentorship.id, MentorSession.starts_at > now)


async def _due(session: AsyncSession, found: Sequence[Any], now: datetime) -> list[tuple[Any, int]]:
    """(pair, number of the question) where one is due today."""
    if not found:
        return []
    last = await mentor_sessions.last_days(session, [row.id for row in found])
    since = {row.id: _since(row, last.get(row.id)) for row in found}
    who = {person for row in found for person in (row.mentor_id, row.mentee_id)}
    away = await people.absences(session, list(who), on=min(since.values(), default=now.date()))
    due = []
    for row in found:
        number = _number(row, since[row.id], [*away.get(row.mentor_id, ()), *away.get(row.mentee_id, ())], now)
        if number is not None:
            due.append((row, number))
    return due


def _since(row: Any, last: date | None) -> date:
    """The last day on which something happened between the two: a session, its beginning, the end of a rest."""
    days = (row.began_at.date(), last, row.paused_until)
    return max(day for day in days if day is not None)


def _number(row: Any, since: date, away: Sequence[Away], now: datetime) -> int | None:
    asked_on = row.quiet_asked_at.date() if row.quiet_asked_at else None
    return rules.ask_due(
        row.rhythm_days, since=since, today=now.date(), away=away, asks=row.quiet_asks, asked_on=asked_on
    )


def _owed(row: Any, number: int, now: datetime) -> list[dict[str, Any]]:
    until = now + ASKED_FOR
    return [
        messages.owed(
            kind, to=person, about=row.id, at=now, key=f"{kind}:{row.id.hex}:{now.date()}:{number}", until=until
        )
        for kind, person in ((QUIET_MENTOR, row.mentor_id), (QUIET_MENTEE, row.mentee_id))
    ]


async def load(session: AsyncSession, ids: Sequence[UUID], *, is_mentee: bool, now: datetime) -> dict[UUID, Side]:
    """Those of these pairs that are still quiet, as the mentor or as the mentee hears of them."""
    quiet = select(Mentorship.id).where(Mentorship.id.in_(ids), _goes_on(now), ~_has_ahead(now))
    still = (await session.scalars(quiet)).all()
    return await mentorship_rows.sides(session, still, is_mentee=is_mentee, now=now, is_over=False)


async def asked(session: AsyncSession, who: Collection[UUID], *, now: datetime) -> dict[UUID, list[Side]]:
    """Person → their pairs that were asked in the last week and are still quiet."""
    theirs = or_(Mentorship.mentor_id.in_(who), Mentorship.mentee_id.in_(who))
    recent = select(Mentorship.id).where(theirs, Mentorship.quiet_asked_at > now - ASKED_FOR)
    ids = (await session.scalars(recent)).all()
    found: dict[UUID, list[Side]] = defaultdict(list)
    for is_mentee in (True, False) if ids else ():
        for side in (await load(session, ids, is_mentee=is_mentee, now=now)).values():
            if side.me.id in who:
                found[side.me.id].append(side)
    return dict(found)
