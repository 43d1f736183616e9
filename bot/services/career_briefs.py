"""The brief of a career talk: read by both, chosen by whoever it is about.

Everything in it may be read by both. What only the member can read is offered to them alone, to bring it in or not.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.career_talks import BriefChoice
from bot.models.career_talks import CareerTalk as Row
from bot.rules import access
from bot.rules import career_briefs as rules
from bot.rules import career_talks as talk_rules
from bot.rules.career_briefs import Brief, Chosen
from bot.rules.career_talks import Own
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import career_brief_lines as lines
from bot.services import career_talk_rows as rows
from bot.services import looks


async def read(session: AsyncSession, *, by: Person, talk: UUID, now: datetime, today: date) -> Brief:
    """For the member at any time, so that they see it first; for the manager once it is put before them.

    It is made anew whenever it is opened, so it ends with the talk: what is newer is for the next one.
    """
    own = await rows.own(session, by=by, talk=talk, verb="read", now=now)
    if not own.talk.is_open:
        raise Refusal(talk_rules.BRIEF_OVER)
    if not own.is_member:
        if own.talk.opens_at is None or own.talk.opens_at > now:
            raise Refusal(talk_rules.NOT_YET)
        member = own.talk.member.id
        looks.saw(session, by=by, thing=rows.THING, about=own.talk.id, of=member, because="manager")
    return await load(session, own, today=today)


async def preview(session: AsyncSession, *, by: Person, talk: UUID, now: datetime, today: date) -> Brief:
    """For the form in which the member, and nobody else, chooses what stands in it."""
    own = await rows.own(session, by=by, talk=talk, verb="write", now=now)
    if not own.is_member:
        access.refuse()
    if not own.talk.is_open:
        raise Refusal(talk_rules.CLOSED)
    return await load(session, own, today=today)


async def load(session: AsyncSession, own: Own, *, today: date) -> Brief:
    last = await _last_held(session, own)
    since = last or today - talk_rules.HALF_A_YEAR
    found = await lines.load(session, own.talk.member, own.talk.manager, since=since, today=today)
    return Brief(own, since, last is None, tuple(found), await _chosen(session, own.talk.id))


async def _last_held(session: AsyncSession, own: Own) -> date | None:
    return await session.scalar(
        select(func.max(Row.held_on)).where(Row.member_id == own.talk.member.id, Row.id != own.talk.id)
    )


async def choose(
    session: AsyncSession,
    *,
    by: Person,
    talk: UUID,
    left_out: Collection[str],
    brought: Collection[str],
    now: datetime,
    today: date,
) -> Brief:
    """What stands in it, for both: by the member alone, and until the talk is over."""
    before = await preview(session, by=by, talk=talk, now=now, today=today)
    chosen = rules.chosen(before, left_out=left_out, brought=brought)
    await session.execute(delete(BriefChoice).where(BriefChoice.talk_id == talk))
    kept = [(line, False) for line in chosen.left_out] + [(line, True) for line in chosen.brought]
    if kept:
        await session.execute(
            insert(BriefChoice),
            [{"talk_id": talk, "line": line, "member_id": by.id, "is_shown": is_shown} for line, is_shown in kept],
        )
    return replace(before, chosen=chosen)


async def _chosen(session: AsyncSession, talk: UUID) -> Chosen:
    query = select(BriefChoice.line, BriefChoice.is_shown).where(BriefChoice.talk_id == talk)
    found = (await session.execute(query)).all()
    return Chosen(
        frozenset(row.line for row in found if not row.is_shown),
        frozenset(row.line for row in found if row.is_shown),
    )
