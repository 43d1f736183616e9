"""The morning's list."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import Later, Message, at_an_open_hour
from bot.rules.attention import Waiting
from bot.rules.features import ALL
from bot.services import attention
from bot.views import bundles as views


async def load(
    session: AsyncSession, ids: Sequence[UUID], now: datetime, features: Collection[str] = ALL
) -> Mapping[UUID, Waiting | Later]:
    """Only for those for whom something still waits, at an hour at which they may be written to, once a day."""
    found = [one for one in await attention.waiting(session, ids, now=now, features=features) if one.load]
    listed = await attention.listed_today(session, found, now=now)
    return at_an_open_hour({one.person_id: one for one in found if one.person_id not in listed}, now)


MESSAGES: Mapping[str, Message] = {
    attention.BUNDLE: Message(load, views.bundle, asks=True, owes_action=True, loads_features=True)
}
