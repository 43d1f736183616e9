"""Messages of mentorships: the conversation of the two, what it begins with, and what each hears at the end."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import OPEN, UPDATE, Later, Message, at_an_open_hour
from bot.rules.first_hour import FirstHour
from bot.rules.less import Topic
from bot.rules.mentorships import Mentorship, Side
from bot.services import less_rows, mentorship_ends, mentorship_rows, mentorships
from bot.views import first_hour
from bot.views import mentorship_ends as ends_views


async def load(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Mentorship]:
    return await mentorships.load_going_on(session, ids, now=now)


async def load_hello(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, FirstHour]:
    return await mentorships.load_first_hours(session, ids, now=now)


async def load_term(
    session: AsyncSession, ids: Sequence[UUID], now: datetime, *, is_mentee: bool
) -> Mapping[UUID, Side | Later]:
    """Those that still are to be asked, without whoever wants no reminders."""
    found = await mentorship_rows.sides(session, ids, is_mentee=is_mentee, now=now, is_over=False)
    asked = {key: side for key, side in found.items() if side.mentorship.term_asked_on is not None}
    off = await less_rows.switched_off(session, {one.me.id for one in asked.values()}, Topic.REMINDERS, on=now.date())
    return at_an_open_hour({key: side for key, side in asked.items() if side.me.id not in off}, now)


async def load_ended(
    session: AsyncSession, ids: Sequence[UUID], now: datetime, *, is_mentee: bool
) -> Mapping[UUID, Side | Later]:
    return at_an_open_hour(await mentorship_rows.sides(session, ids, is_mentee=is_mentee, now=now, is_over=True), now)


def _open(one: Mentorship) -> dict[str, Any]:
    return {"users": f"{one.mentee.slack_id},{one.mentor.slack_id}"}


def _place(one: Mentorship) -> str | None:
    return one.channel


def _place_of_hello(drawn: FirstHour) -> str | None:
    return drawn.mentorship.channel


def _term(*, is_mentee: bool) -> Message:
    """It is asked a week ahead and needs that week, so it does not wait in a list."""
    return Message(
        partial(load_term, is_mentee=is_mentee), ends_views.term, owes_action=True, asks=True, is_movable=False
    )


def _ended(*, is_mentee: bool) -> Message:
    return Message(partial(load_ended, is_mentee=is_mentee), ends_views.ended, answers=True)


MESSAGES: Mapping[str, Message] = {
    mentorships.OPEN: Message(load, _open, method=OPEN, opened=mentorships.opened, answers=True),
    mentorships.HELLO: Message(load_hello, first_hour.hello, place=_place_of_hello, owes_action=True, answers=True),
    mentorships.HELLO_AGAIN: Message(
        load_hello, first_hour.hello, method=UPDATE, redraws=mentorships.HELLO, answers=True
    ),
    mentorships.CHANGED: Message(load, first_hour.changed, place=_place, answers=True),
    mentorship_ends.TERM_MENTEE: _term(is_mentee=True),
    mentorship_ends.TERM_MENTOR: _term(is_mentee=False),
    mentorship_ends.ENDED_MENTEE: _ended(is_mentee=True),
    mentorship_ends.ENDED_MENTOR: _ended(is_mentee=False),
}
