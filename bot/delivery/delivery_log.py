"""What somebody hears of whose words did not get into a channel."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import Message
from bot.rules.delivery_log import Closed
from bot.services import delivery_log
from bot.views import delivery_log as views


async def load(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Closed]:
    return await delivery_log.load_closed(session, ids)


MESSAGES: Mapping[str, Message] = {delivery_log.CLOSED: Message(load, views.closed, answers=True)}
