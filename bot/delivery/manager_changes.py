"""What somebody hears whose manager is another one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import Later, Message, at_an_open_hour
from bot.rules.manager_changes import NewManager
from bot.services import manager_changes
from bot.views import manager_changes as views


async def load(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, NewManager | Later]:
    return at_an_open_hour(await manager_changes.load(session, ids, now=now), now)


MESSAGES: Mapping[str, Message] = {manager_changes.NEW: Message(load, views.told, answers=True, draws_features=True)}
