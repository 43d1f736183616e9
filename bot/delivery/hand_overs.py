"""What authors hear of reviews that went on to somebody else, or wait for long."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import Later, Message, at_an_open_hour
from bot.rules.hand_overs import HandedOn, Waits
from bot.services import hand_overs, long_waits
from bot.views import hand_overs as views


async def load_handed(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, HandedOn | Later]:
    return at_an_open_hour(await hand_overs.load_handed(session, ids, now=now), now)


async def load_waits(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Waits | Later]:
    return at_an_open_hour(await long_waits.load_waits(session, ids, now=now), now)


MESSAGES: Mapping[str, Message] = {
    hand_overs.HANDED: Message(load_handed, views.handed_on, answers=True),
    long_waits.WAITS: Message(load_waits, views.waits, answers=True),
}
