"""Messages of recognition: to whoever is thanked, and in the channel. None has its words."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from operator import attrgetter
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import hours
from bot.delivery.message import UPDATE, Later, Load, Message, Stands
from bot.rules.recognition import State, Thanks
from bot.services import recognition
from bot.views import recognition as views


async def load(
    session: AsyncSession, ids: Sequence[UUID], now: datetime, *, states: frozenset[State]
) -> Mapping[UUID, Thanks]:
    """Those that still stand so."""
    return await recognition.by_id(session, ids, states)


def _among(*states: State) -> Load:
    return partial(load, states=frozenset(states))


async def load_given(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Thanks | Later]:
    """At an hour at which whoever is thanked may be written to."""
    found = await load(session, ids, now, states=frozenset({State.GIVEN}))
    return await hours.open_for(session, {key: (one.receiver_id, one) for key, one in found.items()}, now=now)


def _stands(one: Thanks) -> Stands | None:
    return (one.channel, one.ts) if one.channel and one.ts else None


async def posted(session: AsyncSession, places: Mapping[UUID, Stands], now: datetime) -> None:
    for thanks, (channel, ts) in places.items():
        await recognition.keep_place(session, thanks, channel=channel, ts=ts)


MESSAGES: Mapping[str, Message] = {
    recognition.GIVEN: Message(load_given, views.given, answers=True),
    recognition.PUBLISHED: Message(
        _among(State.PUBLISHED), views.published, place=attrgetter("channel"), posted=posted, is_public=True,
        answers=True,
    ),
    recognition.PUBLISHED_AGAIN: Message(
        _among(*State), views.published, method=UPDATE, redraws=recognition.PUBLISHED, stands=_stands,
        is_public=True, answers=True,
    ),
}  # fmt: skip
