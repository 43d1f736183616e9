"""What people may wish for themselves: to be left in peace for a while, and when and how often to be asked."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.people import Absence
from bot.models.people import Person as PersonRow
from bot.rules import away
from bot.rules.cadence import Cadence, is_country
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import check_in_rounds, welcomes


async def pause(session: AsyncSession, *, by: Person, until: date, now: datetime, today: date) -> None:
    """Leave the person in peace from today until the morning of `until`."""
    away.check_until(until, today=today)
    await _end_absences(session, by.id, today, but_status=True)
    session.add(Absence(person_id=by.id, from_on=today, until_on=until))
    await session.flush()
    await check_in_rounds.replan(session, [by.id], now=now)


async def resume(session: AsyncSession, *, by: Person, now: datetime, today: date) -> None:
    await _end_absences(session, by.id, today)
    await check_in_rounds.replan(session, [by.id], now=now)


async def _end_absences(session: AsyncSession, person: UUID, today: date, *, but_status: bool = False) -> None:
    """What holds today ends. A status that still stands is overruled until it changes; `but_status`: it goes on."""
    open_ones = [Absence.person_id == person, or_(Absence.until_on.is_(None), Absence.until_on > today)]
    if but_status:
        open_ones.append(~Absence.is_from_status)
    ended = update(Absence).where(*open_ones, Absence.from_on <= today)
    await session.execute(ended.values(until_on=today, is_overruled=Absence.is_from_status))


async def choose(
    session: AsyncSession,
    *,
    by: Person,
    hour: str,
    working_days: Sequence[str],
    country: str,
    cadence: str,
    now: datetime,
) -> None:
    """Keep when and how often somebody wants to be asked; their planned prompts move along."""
    if not re.fullmatch(r"[0-9]{1,2}", hour) or not 5 <= int(hour) <= 21:
        raise Refusal("Choose an hour between 05:00 and 21:00.", field="hour")
    days = "".join(sorted(set(working_days) & set("1234567")))
    if not days:
        raise Refusal("Choose at least one day on which you work.", field="working_days")
    country = country.strip().upper()
    if country and not is_country(country):
        raise Refusal("Use a country's two letters, such as DE, IN or US, or leave it empty.", field="country")
    if cadence and cadence not in set(Cadence):
        raise Refusal("Choose one of the rhythms listed.", field="cadence")
    await session.execute(
        update(PersonRow)
        .where(PersonRow.id == by.id)
        .values(preferred_hour=int(hour), working_days=days, country=country or None, cadence=cadence or None)
    )
    await check_in_rounds.replan(session, [by.id], now=now)
    await welcomes.note_hours(session, by=by, now=now)
