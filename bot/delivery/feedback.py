"""Messages of feedback about people: given and asked for. None has anybody's words, and none wakes anybody up."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import hours
from bot.delivery.message import UPDATE, Later, Message
from bot.rules.feedback import Feedback
from bot.rules.feedback_asks import Ask, Request
from bot.services import feedback, feedback_asks, feedback_requests, feedback_rows
from bot.views import feedback_asks as ask_views
from bot.views import feedback_words as views


async def load(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Feedback]:
    found = await feedback_rows.by_id(session, ids)
    return {key: one for key, one in found.items() if one.taken_back_at is None}


async def load_any(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Feedback]:
    return await feedback_rows.by_id(session, ids)


async def load_new(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Feedback | Later]:
    found = await feedback.to_tell(session, ids, now=now)
    return await hours.open_for(session, {key: (one.receiver_id, one) for key, one in found.items()}, now=now)


async def load_request(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Request]:
    return await feedback_requests.by_id(session, ids)


async def load_open(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Request | Later]:
    found = await feedback_requests.to_tell(session, ids, now=now)
    return await hours.open_for(session, {key: (one.asked_id, one) for key, one in found.items()}, now=now)


async def load_ask(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Ask | Later]:
    found = await feedback_requests.asks_by_id(session, ids, now=now)
    return await hours.open_for(session, {key: (one.asker_id, one) for key, one in found.items()}, now=now)


MESSAGES: Mapping[str, Message] = {
    feedback.GIVEN: Message(load_new, views.given_to_you, asks=True),
    feedback.GIVEN_AGAIN: Message(load_any, views.given_to_you, method=UPDATE, redraws=feedback.GIVEN, answers=True),
    feedback.THANKED: Message(load, views.thanked, answers=True),
    feedback.QUESTION: Message(load, views.question, owes_action=True, answers=True),
    feedback.ANSWERED: Message(load, views.answered, answers=True),
    feedback_asks.ASKED: Message(load_open, ask_views.asked, owes_action=True, asks=True),
    feedback_asks.ASKED_AGAIN: Message(
        load_request, ask_views.asked, method=UPDATE, redraws=feedback_asks.ASKED, answers=True
    ),
    feedback_asks.ENDED: Message(load_ask, ask_views.ended, answers=True),
}
