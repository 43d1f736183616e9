"""What owners hear of the month that is over."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import Later, Message, at_an_open_hour
from bot.rules.months import Told
from bot.services import framework as frameworks
from bot.services import months
from bot.views import months as views


@dataclass(frozen=True)
class Named(Told):
    """With what its tracks are called."""

    tracks: Callable[[str], str] = str


async def load(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Named | Later]:
    found = await months.load_told(session, ids, now=now)
    tracks, _ = await frameworks.names(session)
    named = {who: Named(one.month, one.schedule, one.away, tracks) for who, one in found.items()}
    return at_an_open_hour(named, now)


def draw(told: Named) -> Mapping[str, Any]:
    return views.message(told.month, tracks=told.tracks)


MESSAGES: Mapping[str, Message] = {months.TOLD: Message(load, draw, asks=True, is_movable=False)}
