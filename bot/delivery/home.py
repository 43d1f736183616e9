"""Home, published again for whoever uses it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import PUBLISH, Message
from bot.rules import cadence
from bot.rules.features import ALL
from bot.rules.home import Part
from bot.services import home, messages, people
from bot.views import home as views

Shown = tuple[Any, datetime]


async def load(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Shown]:
    """Homes are large and few: each has its own handful of statements."""
    found = await people.by_id(session, ids, on=now.date())
    return {key: (await _home(session, person, now), now) for key, person in found.items()}


async def load_program(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Shown]:
    """The owners' part, where they look at it; whoever is no owner any more gets their own."""
    found = await people.by_id(session, ids, on=now.date())
    return {key: (await _home(session, person, now, part=Part.PROGRAM), now) for key, person in found.items()}


async def _home(session: AsyncSession, person: Any, now: datetime, *, part: Part | None = None) -> Any:
    today = cadence.local_day(now, person.schedule.zone)
    return await home.load(session, by=person, part=part, now=now, today=today)


def _draw(shown: Shown, features: Collection[str] = ALL) -> dict[str, Any]:
    found, now = shown
    return views.home(found, now=now, today=cadence.local_day(now, found.person.schedule.zone), features=features)


MESSAGES: Mapping[str, Message] = {
    messages.HOME: Message(load, _draw, method=PUBLISH, answers=True, draws_features=True),
    messages.PROGRAM: Message(load_program, _draw, method=PUBLISH, answers=True, draws_features=True),
}
