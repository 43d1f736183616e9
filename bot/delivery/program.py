"""What somebody hears whose role in the program has changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import Later, Message, at_an_open_hour
from bot.rules.program import RoleTold
from bot.services import program, roles
from bot.views import program as views


async def load(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, RoleTold | Later]:
    return at_an_open_hour(await roles.load_told(session, ids, now=now), now)


MESSAGES: Mapping[str, Message] = {program.ROLE: Message(load, views.role_told, answers=True)}
