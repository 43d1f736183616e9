"""Messages of rounds of matching, to owners."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import UPDATE, Message
from bot.rules.match_rounds import Round
from bot.services import match_rounds
from bot.services.match_rounds import AGAIN, BEGUN, READY
from bot.views import match_rounds as views


async def load(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Round]:
    return await match_rounds.by_id(session, ids)


MESSAGES: Mapping[str, Message] = {
    BEGUN: Message(load, views.message, answers=True),
    AGAIN: Message(load, views.message, method=UPDATE, redraws=BEGUN, answers=True),
    READY: Message(load, views.message, owes_action=True, asks=True, is_movable=False, answers=True),
}
