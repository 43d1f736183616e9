"""The digest of a cycle of program feedback, to each of its readers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import Message
from bot.rules.feedback_digests import Digest
from bot.services import feedback_digests
from bot.services.feedback_releases import RELEASED
from bot.views import feedback_digests as views


async def load(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Digest]:
    return await feedback_digests.load(session, ids)


MESSAGES: Mapping[str, Message] = {RELEASED: Message(load, views.message, answers=True)}
