"""Messages of career talks, to each of the two alone."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import Later, Message, at_an_open_hour
from bot.rules import cadence
from bot.rules.career_talks import Own
from bot.rules.less import Topic
from bot.services import career_talk_rows, less_rows
from bot.services.career_talks import BRIEF, NOTED, OFF, PLANNED, PROPOSED, TALKED, kind
from bot.views import career_talk_messages as views

Day = tuple[Own, date]


async def load_open(
    session: AsyncSession, ids: Sequence[UUID], now: datetime, *, is_member: bool, has_day: bool, asks: bool
) -> Mapping[UUID, Own | Later]:
    """Talks that are still open, with a day or without one, at an hour that suits this one of the two."""
    found = await career_talk_rows.seen(session, ids, is_member=is_member, now=now)
    wanted = {key: own for key, own in found.items() if own.talk.is_open and (own.talk.on is not None) == has_day}
    if asks:
        off = await less_rows.switched_off(
            session, {one.me.id for one in wanted.values()}, Topic.REMINDERS, on=now.date()
        )
        wanted = {key: own for key, own in wanted.items() if own.me.id not in off}
    return at_an_open_hour(wanted, now)


async def load_dated(
    session: AsyncSession, ids: Sequence[UUID], now: datetime, *, is_member: bool
) -> Mapping[UUID, Day | Later]:
    """The same with the day where they are, for what names days."""
    found = await load_open(session, ids, now, is_member=is_member, has_day=True, asks=False)
    return {
        key: one if isinstance(one, Later) else (one, cadence.local_day(now, one.schedule.zone))
        for key, one in found.items()
    }


async def load_closed(
    session: AsyncSession, ids: Sequence[UUID], now: datetime, *, is_member: bool, is_held: bool
) -> Mapping[UUID, Own | Later]:
    found = await career_talk_rows.seen(session, ids, is_member=is_member, now=now)
    closed = {key: own for key, own in found.items() if not own.talk.is_open and own.talk.is_held == is_held}
    return at_an_open_hour(closed, now)


def _dated(draw: Callable[..., dict[str, Any]]) -> Callable[[Day], dict[str, Any]]:
    def drawn(found: Day) -> dict[str, Any]:
        own, today = found
        return draw(own, today=today)

    return drawn


def _messages(*, is_member: bool) -> dict[str, Message]:
    asked = partial(load_open, is_member=is_member, asks=True)
    dated = partial(load_dated, is_member=is_member)
    closed = partial(load_closed, is_member=is_member)
    kinds = {
        PROPOSED: Message(partial(asked, has_day=False), views.proposed, asks=True),
        PLANNED: Message(dated, _dated(views.planned), answers=True),
        BRIEF: Message(dated, _dated(views.brief), answers=True),
        TALKED: Message(partial(asked, has_day=True), views.talked, asks=True),
        OFF: Message(partial(closed, is_held=False), views.off, answers=True),
        NOTED: Message(partial(closed, is_held=True), views.noted, answers=True),
    }
    return {kind(what, is_member=is_member): message for what, message in kinds.items()}


MESSAGES: Mapping[str, Message] = {**_messages(is_member=True), **_messages(is_member=False)}
