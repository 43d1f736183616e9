"""What somebody wants less of: what may be switched off, switching it off and on, and what that means for others."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.attention import Less
from bot.models.people import Deputy, ReportingLine
from bot.rules import less as rules
from bot.rules.features import ALL
from bot.rules.less import Choice, Topic
from bot.rules.people import Person
from bot.services import check_in_rounds, less_rows, messages, nudges, people, roles


async def choices(
    session: AsyncSession, *, by: Person, today: date, features: Collection[str] = ALL
) -> tuple[Choice, ...]:
    """What this person may switch off, and what they have."""
    managed = select(ReportingLine.id).where(ReportingLine.manager_id == by.id, people.holds(ReportingLine, today))
    stands_in = select(Deputy.id).where(Deputy.deputy_id == by.id, people.holds(Deputy, today))
    is_manager = await session.scalar(managed.union(stands_in).limit(1)) is not None
    is_owner = await roles.owned_by(session, by.id, on=today) is not None
    off = (await less_rows.off(session, [by.id], on=today)).get(by.id, {})
    return tuple(
        Choice(topic, topic in off, off[topic] if topic in off else rules.ends_on(topic, today))
        for topic in rules.offered(is_member=by.is_member, is_manager=is_manager, features=features, is_owner=is_owner)
    )


async def choose(
    session: AsyncSession,
    *,
    by: Person,
    topics: Collection[Topic],
    now: datetime,
    today: date,
    features: Collection[str] = ALL,
) -> tuple[Choice, ...]:
    """Switch these off, and all others that are offered on. What is off already stays so until the day it was to end.

    Returns how it stands now.
    """
    before = await choices(session, by=by, today=today, features=features)
    off = [one.topic for one in before if one.topic in topics and not one.is_off]
    on = [one.topic for one in before if one.topic not in topics and one.is_off]
    await _keep(session, by, off=off, on=on, today=today)
    if Topic.CHECK_INS in (*off, *on):
        await check_in_rounds.replan(session, [by.id], now=now, earliest=now)
    if Topic.REMINDERS in off:
        await nudges.withdraw(session, [by.id])
    await messages.redraw_home(session, [by.id], at=now)
    return await choices(session, by=by, today=today, features=features)


async def _keep(session: AsyncSession, by: Person, *, off: Iterable[Topic], on: Iterable[Topic], today: date) -> None:
    changed = [topic.value for topic in (*off, *on)]  # with rows whose day has come
    await session.execute(delete(Less).where(Less.person_id == by.id, Less.what.in_(changed)))
    rows = [
        {"person_id": by.id, "what": topic.value, "since_on": today, "until_on": rules.ends_on(topic, today)}
        for topic in off
    ]
    await insert_new(session, Less, rows)
