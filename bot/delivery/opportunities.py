"""Messages of opportunities. None says what it is called: whoever wrote that can still change it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import Later, Message, at_an_open_hour
from bot.rules.cadence import local_day
from bot.rules.opportunities import Interest, Opportunity, State, Told
from bot.services import interests, opportunities
from bot.services import opportunity_rows as rows
from bot.views import interests as views

Found = Mapping[UUID, Told | Later]
Load = Callable[..., Awaitable[Found]]


async def load(
    session: AsyncSession, ids: Sequence[UUID], now: datetime, *, to: str, still: Callable[[Told, datetime], bool]
) -> Found:
    """Asks of which this still holds, at an hour at which they may be written to."""
    found = await rows.told(session, ids, to=to, now=now)
    return at_an_open_hour({key: told for key, told in found.items() if still(told, now)}, now)


def _to(reader: str, still: Callable[[Told, datetime], bool]) -> Load:
    return partial(load, to=reader, still=still)


def _waits(told: Told, now: datetime) -> bool:
    return told.ask.state is Interest.ASKED and told.opportunity.is_open(local_day(now, told.schedule.zone))


def _is_answered(told: Told, now: datetime) -> bool:
    return told.ask.state in (Interest.ACCEPTED, Interest.TAKEN)


def _takes_part(told: Told, now: datetime) -> bool:
    return told.ask.state is Interest.ACCEPTED


def _is_back(told: Told, now: datetime) -> bool:
    return told.ask.state is Interest.BACK


def _is_gone(told: Told, now: datetime) -> bool:
    is_withdrawn = told.opportunity.state is State.WITHDRAWN or not told.opportunity.is_here
    return is_withdrawn and told.ask.state is not Interest.BACK


async def load_withdrawn(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Opportunity]:
    found = await opportunities.by_id(session, ids)
    return {key: one for key, one in found.items() if one.state is State.WITHDRAWN}


MESSAGES: Mapping[str, Message] = {
    interests.ASKED: Message(_to("offerer", _waits), views.asked, owes_action=True, asks=True),
    interests.ANSWERED: Message(_to("asker", _is_answered), views.answered, answers=True),
    interests.MANAGER: Message(_to("manager", _takes_part), views.for_manager, answers=True),
    interests.STEPPED_BACK: Message(_to("offerer", _is_back), views.stepped_back, answers=True),
    opportunities.GONE: Message(_to("asker", _is_gone), views.gone, answers=True),
    opportunities.WITHDRAWN: Message(load_withdrawn, views.withdrawn, answers=True),
}
