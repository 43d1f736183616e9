"""Messages that wait for an hour at which somebody may be written to."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import Later
from bot.rules import cadence
from bot.rules.cadence import DAY
from bot.rules.people import Person
from bot.services import people


async def open_for_people(
    session: AsyncSession, told: Mapping[UUID, tuple[Person, Any]], *, now: datetime
) -> dict[UUID, Any]:
    """Subject → what its person hears now, or when they may; nothing for who is away until further notice.

    `told`: subject → (person, what they hear).
    """
    away = await people.absences(session, [person.id for person, _ in told.values()], on=now.date() - DAY)
    wanted: dict[UUID, Any] = {}
    for subject, (person, one) in told.items():
        moment = cadence.next_open(now, person.schedule, away.get(person.id, ()))
        if moment is not None:
            wanted[subject] = one if moment <= now else Later(moment)
    return wanted


async def open_for(session: AsyncSession, told: Mapping[UUID, tuple[UUID, Any]], *, now: datetime) -> dict[UUID, Any]:
    """The same for people of whom only the id is known."""
    found = await people.by_id(session, {person for person, _ in told.values()}, on=now.date())
    return await open_for_people(session, {key: (found[person], one) for key, (person, one) in told.items()}, now=now)
