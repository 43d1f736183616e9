"""The morning's list."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import Later, Message
from bot.rules import cadence
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
    wanted: dict[UUID, Waiting | Later] = {}
    for one in found:
        moment = cadence.next_open(now, one.schedule, one.away)
        if moment is not None and one.person_id not in listed:
            wanted[one.person_id] = one if moment <= now else Later(moment)
    return wanted


MESSAGES: Mapping[str, Message] = {
    attention.BUNDLE: Message(load, views.bundle, asks=True, owes_action=True, loads_features=True)
}
