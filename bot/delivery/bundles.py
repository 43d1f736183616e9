"""The morning's list."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import Message
from bot.rules.attention import Waiting
from bot.services import attention
from bot.views import bundles as views


async def load(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Waiting]:
    """Only for those for whom something still waits."""
    return {one.person_id: one for one in await attention.waiting(session, ids, now=now) if one.load}


MESSAGES: Mapping[str, Message] = {attention.BUNDLE: Message(load, views.bundle, asks=True, owes_action=True)}
