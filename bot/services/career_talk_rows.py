"""Career talks as values, from their rows: a few statements, however many there are."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.career_talks import CareerAction
from bot.models.career_talks import CareerTalk as Row
from bot.rules import access
from bot.rules.cadence import DAY
from bot.rules.career_talks import Action, Own, Talk
from bot.rules.people import Person
from bot.services import people

THING = "career-talk notes"


async def load(session: AsyncSession, *wanted: ColumnElement[bool], now: datetime) -> list[Talk]:
    """The talks for which these conditions hold, the newest first."""
    query = select(Row).where(*wanted).order_by(Row.proposed_at.desc(), Row.id)
    rows = (await session.scalars(query.execution_options(populate_existing=True))).all()
    if not rows:
        return []
    ids = {person for row in rows for person in (row.member_id, row.manager_id)}
    found = await people.by_id(session, ids, on=now.date())
    actions = await _actions(session, [row.id for row in rows if row.held_on is not None])
    return [_value(row, found, actions.get(row.id, ())) for row in rows]


async def _actions(session: AsyncSession, talks: Collection[UUID]) -> dict[UUID, list[Action]]:
    found: dict[UUID, list[Action]] = defaultdict(list)
    if talks:
        query = select(CareerAction).where(CareerAction.talk_id.in_(talks))
        ordered = query.order_by(CareerAction.made_at, CareerAction.id).execution_options(populate_existing=True)
        for row in await session.scalars(ordered):
            found[row.talk_id].append(
                Action(row.id, row.words, row.is_managers, row.due_on, row.done_on, row.planned_at is not None)
            )
    return found


def _value(row: Row, found: dict[UUID, Person], actions: Sequence[Action]) -> Talk:
    return Talk(
        row.id, found[row.member_id], found[row.manager_id], row.proposed_at, row.proposed_by, row.on_date, row.moves,
        row.opens_at, row.held_on, row.closed_at, row.notes, row.take, row.noted_by, row.noted_at, tuple(actions),
    )  # fmt: skip


async def own(session: AsyncSession, *, by: Person, talk: UUID, verb: str, now: datetime) -> Own:
    """One talk, for one of the two. Refusal for everybody else, and for whoever is not their manager any more."""
    found = await load(session, Row.id == talk, now=now)
    if not found:
        access.refuse()
    [one] = found
    access.require(relations(by, one), verb, THING)
    return Own(one, is_member=one.member.id == by.id)


def relations(by: Person, talk: Talk) -> set[str]:
    """What the talk itself says."""
    if by.id == talk.member.id:
        return {"author", "other"}
    return {"manager", "other"} if by.id == talk.manager.id and talk.is_of_today else {"other"}


async def seen(session: AsyncSession, ids: Sequence[UUID], *, is_member: bool, now: datetime) -> dict[UUID, Own]:
    """These talks as one of the two sees them, while they are member and manager, with when they may be written to."""
    found = [one for one in await load(session, Row.id.in_(ids), now=now) if one.is_of_today]
    views = [Own(one, is_member) for one in found]
    away = await people.absences(session, [one.me.id for one in views], on=now.date() - DAY)
    return {one.talk.id: Own(one.talk, is_member, tuple(away.get(one.me.id, ()))) for one in views}
