"""Messages of self-assessments: to the manager who is asked, to the author once both views are in, to new readers.

The question wakes nobody up, and waits for whoever is away.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import hours
from bot.delivery.message import UPDATE, Later, Message
from bot.rules.assessments import Assessment, State
from bot.services import assessment_ratings, assessments
from bot.views import assessment_ratings as views


async def load(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Assessment]:
    return await assessment_ratings.in_state(session, ids, tuple(State))


async def load_question(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Assessment | Later]:
    found = await assessment_ratings.in_state(session, ids, [State.ASKED])
    told = {key: (one.rater_id, one) for key, one in found.items() if one.rater_id is not None}
    return await hours.open_for(session, told, now=now)


async def load_both(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Assessment]:
    return await assessment_ratings.in_state(session, ids, [State.RATED])


async def load_shared(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Assessment]:
    return await assessments.shared(session, ids)


MESSAGES: Mapping[str, Message] = {
    assessment_ratings.ASKED: Message(load_question, views.asked, asks=True, owes_action=True),
    assessment_ratings.ASKED_AGAIN: Message(
        load, views.asked, method=UPDATE, redraws=assessment_ratings.ASKED, answers=True
    ),
    assessment_ratings.BOTH: Message(load_both, views.both, answers=True),
    assessments.SHARED: Message(load_shared, views.shared, answers=True),
}
