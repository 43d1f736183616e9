"""What the channel reads of promises, and what comes back to the owner."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from operator import attrgetter
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import Later, Message, at_an_open_hour
from bot.rules.promises import Due, Promise
from bot.services import promises
from bot.views import promises as views


async def load(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Promise]:
    return await promises.by_id(session, ids)


async def load_due(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Due | Later]:
    return at_an_open_hour(await promises.load_due(session, ids, now=now), now)


# What an owner publishes is written to be read by everybody, so these carry words.
published = partial(Message, load, place=attrgetter("channel"), is_public=True, shows_words=True, answers=True)

MESSAGES: Mapping[str, Message] = {
    promises.MADE: published(views.made),
    promises.KEPT: published(views.kept),
    promises.DROPPED: published(views.dropped),
    promises.DUE: Message(load_due, views.due, asks=True),
}
