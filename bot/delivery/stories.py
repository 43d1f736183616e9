"""Messages of success stories: to owners when one is offered, to its author, and in the channel. None has its words."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from operator import attrgetter
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import UPDATE, Load, Message, Stands
from bot.rules.stories import State, Story
from bot.services import stories
from bot.views import stories as views


async def load(
    session: AsyncSession, ids: Sequence[UUID], now: datetime, *, states: frozenset[State]
) -> Mapping[UUID, Story]:
    """Those that still stand so."""
    return await stories.by_id(session, ids, states)


def _among(*states: State) -> Load:
    return partial(load, states=frozenset(states))


def _stands(one: Story) -> Stands | None:
    return (one.channel, one.ts) if one.channel and one.ts else None


async def posted(session: AsyncSession, places: Mapping[UUID, Stands], now: datetime) -> None:
    for story, (channel, ts) in places.items():
        await stories.keep_place(session, story, channel=channel, ts=ts)


MESSAGES: Mapping[str, Message] = {
    stories.OFFERED: Message(_among(State.OFFERED), views.offered_to_you, asks=True),
    stories.DECIDED: Message(_among(State.PUBLISHED, State.CHANGES, State.DECLINED), views.decided, answers=True),
    stories.PUBLISHED: Message(
        _among(State.PUBLISHED), views.published, place=attrgetter("channel"), posted=posted, is_public=True,
        answers=True,
    ),
    stories.PUBLISHED_AGAIN: Message(
        _among(*State), views.published, method=UPDATE, redraws=stories.PUBLISHED, stands=_stands, is_public=True,
        answers=True,
    ),
}  # fmt: skip
