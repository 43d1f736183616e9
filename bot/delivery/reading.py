"""Messages of reading check-ins."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import Message
from bot.rules.check_ins import Reply
from bot.services import reading
from bot.views import reading as views


async def load(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Reply]:
    return await reading.replies(session, list(ids))


MESSAGES: Mapping[str, Message] = {reading.REPLIED: Message(load, views.replied, answers=True)}
