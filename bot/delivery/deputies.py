"""What deputies hear, and managers of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import Later, Message, at_an_open_hour
from bot.rules.deputies import InPlace, Told
from bot.services import deputies, deputy_weeks
from bot.views import deputies as views


async def load_named(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Told | Later]:
    return at_an_open_hour(await deputies.load_named(session, ids, now=now), now)


async def load_declined(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Told | Later]:
    return at_an_open_hour(await deputies.load_declined(session, ids, now=now), now)


async def load_weeks(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, InPlace | Later]:
    return at_an_open_hour(await deputy_weeks.load_weeks(session, ids, now=now), now)


async def load_help(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, InPlace | Later]:
    return at_an_open_hour(await deputy_weeks.load_help(session, ids, now=now), now)


MESSAGES: Mapping[str, Message] = {
    deputies.NAMED: Message(load_named, views.named, answers=True),
    deputies.DECLINED: Message(load_declined, views.declined, answers=True),
    # Not in the list of a full day: that one knows only the answers given to whoever reads it.
    deputy_weeks.WEEK: Message(load_weeks, views.week, asks=True, is_movable=False),
    deputies.HELP: Message(load_help, views.help_wanted, asks=True, is_movable=False),
}
