"""Who has switched off what: asked by everything that would come to people by itself."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, and_, bindparam, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.attention import Less
from bot.rules import less as rules
from bot.rules.less import Topic
from bot.rules.people import Person


def _holds(on: Any) -> ColumnElement[bool]:
    return or_(Less.until_on.is_(None), Less.until_on > on)


def is_off(person: Any, topic: Topic, on: Any) -> ColumnElement[bool]:
    """Whether the person of this column has switched the topic off; `on` is a day, or a bindparam for one."""
    return exists().where(and_(Less.person_id == person, Less.what == topic.value, _holds(on)))


# Asked for each batch of messages, so it is put together once.
_OFF = select(Less.person_id, Less.what, Less.until_on).where(
    Less.person_id.in_(bindparam("who", expanding=True)), _holds(bindparam("on", type_=Date))
)


async def off(session: AsyncSession, who: Collection[UUID], *, on: date) -> dict[UUID, dict[Topic, date | None]]:
    """Person → what they have switched off → the day it comes again; None: when they switch it on."""
    if not who:
        return {}
    found: dict[UUID, dict[Topic, date | None]] = defaultdict(dict)
    for row in await session.execute(_OFF, {"who": list(who), "on": on}):
        if row.what in set(Topic):  # a newer replica may know topics that this one does not
            found[row.person_id][Topic(row.what)] = row.until_on
    return dict(found)


async def check_reviewers(session: AsyncSession, named: Collection[Person], *, on: date) -> None:
    """Refusal when one of those named for the first time takes no new reviews."""
    for person, topics in (await off(session, [one.id for one in named], on=on)).items():
        if Topic.REVIEWS in topics:
            name = next(one.name for one in named if one.id == person)
            rules.refuse_review(name, topics[Topic.REVIEWS])


async def switched_off(session: AsyncSession, who: Collection[UUID], topic: Topic, *, on: date) -> set[UUID]:
    """Those of these people to whom this does not come on that day."""
    return {person for person, topics in (await off(session, who, on=on)).items() if topic in topics}
