"""Messages of 360 rounds. Whoever hears of one is written to at an hour that suits them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import hours
from bot.delivery.message import UPDATE, Message
from bot.rules.less import Topic
from bot.rules.people import Person
from bot.rules.rounds import ASKED, COLLEAGUES, Round, Seat, SeatState, State
from bot.services import less_rows, round_deputies, round_names, round_reports, rounds
from bot.services import round_answers as answers
from bot.views import round_messages as views

Asked = tuple[Round, Seat]
Load = Callable[[AsyncSession, Sequence[UUID], datetime], Awaitable[Mapping[UUID, Any]]]


def _round(still: Callable[[Round], bool], to: Callable[[Round], Person | None]) -> Load:
    """Rounds of which this still holds, for the one who hears of them."""

    async def load(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Any]:
        found = await rounds.by_id(session, ids, to=to, on=now.date())
        told = {key: (person, one) for key, one in found.items() if still(one) and (person := to(one)) is not None}
        return await hours.open_for_people(session, told, now=now)

    return load


def _seat(still: Callable[[Round, Seat], bool], *, is_ask: bool = False) -> Load:
    """Seats of which this still holds. `is_ask`: not for those who want to be asked less."""

    async def load(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Any]:
        found = await rounds.seats_by_id(session, ids, on=now.date())
        told = {key: (seat.person, (one, seat)) for key, (one, seat) in found.items() if still(one, seat)}
        if is_ask:
            who = [person.id for person, _ in told.values()]
            off = await less_rows.switched_off(session, who, Topic.FEEDBACK, on=now.date())
            told = {key: one for key, one in told.items() if one[0].id not in off}
        return await hours.open_for_people(session, told, now=now)

    return load


async def load_again(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Asked]:
    return await rounds.seats_by_id(session, ids, on=now.date())


async def load_in_place(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Any]:
    return await hours.open_for_people(session, await round_deputies.load(session, ids, now=now), now=now)


def _member(one: Round) -> Person:
    return one.subject


def _manager(one: Round) -> Person | None:
    return one.manager


def _is_invited(one: Round, seat: Seat) -> bool:
    """Not answered with a yes yet; what is signed needs none."""
    states = {SeatState.INVITED} if seat.perspective in COLLEAGUES else ASKED
    return one.state is State.OPEN and seat.state in states


MESSAGES: Mapping[str, Message] = {
    rounds.NOMINATE: Message(
        _round(lambda one: one.state is State.NOMINATING, _member), views.suggested, asks=True, is_movable=False
    ),
    rounds.APPROVE: Message(
        _round(lambda one: any(seat.is_new for seat in one.seats), _manager), views.to_approve, owes_action=True,
        asks=True,
    ),
    round_deputies.APPROVE: Message(load_in_place, views.to_approve_for, owes_action=True, asks=True),
    round_names.CHANGED: Message(_round(lambda one: one.state is State.OPEN, _member), views.changed, answers=True),
    rounds.INVITED: Message(_seat(_is_invited, is_ask=True), views.invited, owes_action=True, asks=True),
    rounds.INVITED_AGAIN: Message(
        load_again, views.invited, method=UPDATE, redraws=rounds.INVITED, answers=True
    ),
    answers.PLACE_FREE: Message(_round(lambda one: bool(one.free), _member), views.place_free, answers=True),
    rounds.EXTENDED: Message(
        _seat(lambda one, seat: one.state is State.OPEN and seat.state in ASKED), views.extended, answers=True
    ),
    rounds.STOPPED: Message(
        _seat(lambda one, seat: one.state is State.STOPPED and seat.state in ASKED), views.stopped, answers=True
    ),
    round_reports.CLOSED: Message(_round(lambda one: True, _member), views.closed, answers=True),
    round_reports.READABLE: Message(_round(lambda one: True, _manager), views.readable, answers=True),
}  # fmt: skip
