"""Messages of welcoming: the one to each person, and what owners hear when something on record is wrong."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import UPDATE, Later, Message
from bot.rules import cadence
from bot.rules.welcomes import Welcome, Wrong
from bot.services import welcomes
from bot.views import welcomes as views


async def load_hello(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Welcome | Later]:
    """Members of this day, at an hour at which they may be written to."""
    found = await load_again(session, ids, now)
    return {person: _at_an_open_hour(one, now) for person, one in found.items()}


async def load_again(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Welcome]:
    found = await welcomes.load(session, ids, now=now)
    return {person: one for person, one in found.items() if one.person.is_member and not one.person.is_guest}


async def load_manager(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Welcome | Later]:
    found = await welcomes.load(session, ids, now=now)
    return {
        person: _at_an_open_hour(one, now)
        for person, one in found.items()
        if one.person.is_active and not one.person.is_guest
    }


def _at_an_open_hour(one: Welcome, now: datetime) -> Welcome | Later:
    """Whoever is away until further notice is looked at again day by day."""
    moment = cadence.next_open(now, one.person.schedule, one.away) or now + welcomes.LOOK_AGAIN
    return one if moment <= now else Later(moment)


async def load_wrong(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Wrong]:
    return await welcomes.load_wrong(session, ids, now=now)


AGAIN = Message(load_again, views.hello, method=UPDATE, redraws=welcomes.HELLO, answers=True, draws_features=True)
MESSAGES: Mapping[str, Message] = {
    welcomes.HELLO: Message(
        load_hello, views.hello, owes_action=True, asks=True, is_movable=False, answers=True, draws_features=True
    ),
    welcomes.AGAIN: AGAIN,
    welcomes.HOURS: AGAIN,
    welcomes.WRONG: Message(load_wrong, views.wrong, owes_action=True, asks=True, answers=True),
}
FOR_MANAGERS: Mapping[str, Message] = {welcomes.MANAGER: Message(load_manager, views.manager, answers=True)}
