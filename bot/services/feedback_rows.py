"""Feedback as it is kept, made into the value that rules and views know."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.models.feedback import Feedback as FeedbackRow
from bot.models.people import Person as PersonRow
from bot.rules import access
from bot.rules import feedback as rules
from bot.rules.feedback import Feedback, Words
from bot.rules.framework import Framework
from bot.services import framework as frameworks

Receiver, Giver, Manager = aliased(PersonRow), aliased(PersonRow), aliased(PersonRow)


async def load_one(session: AsyncSession, feedback: UUID) -> Feedback:
    found = await load(session, FeedbackRow.id == feedback)
    return found[0] if found else access.refuse()


async def by_id(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, Feedback]:
    return {one.id: one for one in await load(session, FeedbackRow.id.in_(ids))}


async def load(
    session: AsyncSession, *which: ColumnElement[bool], limit: int | None = None, after: int = 0
) -> tuple[Feedback, ...]:
    """The newest first, but for so many. Whoever calls this has asked whether it is open to the one who reads."""
    asked = (
        select(FeedbackRow, Receiver.name.label("receiver"), Giver.name.label("giver"), Manager.name.label("manager"))
        .join(Receiver, Receiver.id == FeedbackRow.receiver_id)
        .join(Giver, Giver.id == FeedbackRow.giver_id)
        .outerjoin(Manager, Manager.id == FeedbackRow.manager_id)
        .where(*which)
        .order_by(FeedbackRow.given_at.desc(), FeedbackRow.id)
        .limit(limit)
        .offset(after)
        .execution_options(populate_existing=True)
    )
    rows = (await session.execute(asked)).all()
    framework = await frameworks.current_or_none(session) if rows else None
    return tuple(_value(row, framework) for row in rows)


async def unread(session: AsyncSession, who: Collection[UUID]) -> dict[UUID, int]:
    """Person → what colleagues wrote that they have not read."""
    counted = select(FeedbackRow.receiver_id, func.count().label("waiting")).where(
        FeedbackRow.receiver_id.in_(who), FeedbackRow.read_at.is_(None), FeedbackRow.taken_back_at.is_(None)
    )
    found = await session.execute(counted.group_by(FeedbackRow.receiver_id))
    return {row.receiver_id: row.waiting for row in found}


def _value(found: Any, framework: Framework | None) -> Feedback:
    row: FeedbackRow = found.Feedback
    return Feedback(
        row.id, row.receiver_id, found.receiver, row.giver_id, found.giver,
        Words(row.did, row.changed, row.next_step, row.done_on),
        rules.expected(framework, row.track, row.level, row.competency),
        row.manager_id, found.manager, row.given_at, row.read_at, row.taken_back_at, row.thanked_at,
        row.question, row.answer, row.request_id,
    )  # fmt: skip
