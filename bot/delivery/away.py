"""What somebody hears who has been set away by somebody else, and who comes back from a longer leave."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import Later, Message, at_an_open_hour
from bot.rules.away import SetAway
from bot.rules.features import ALL
from bot.rules.returns import Back
from bot.services import away, returns
from bot.views import away as views


async def load_set(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, SetAway | Later]:
    return at_an_open_hour(await away.load_set(session, ids, now=now), now)


async def load_back(
    session: AsyncSession, ids: Sequence[UUID], now: datetime, features: Collection[str] = ALL
) -> Mapping[UUID, Back | Later]:
    return at_an_open_hour(await returns.load(session, ids, now=now, features=features), now)


MESSAGES: Mapping[str, Message] = {
    away.SET: Message(load_set, views.told, answers=True),
    returns.BACK: Message(load_back, views.back, asks=True, is_movable=False, loads_features=True),
}
