"""Growth plans as they are kept: read for a page, for a message, for a check-in, and as the hours of many people."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Date, LargeBinary, Row, String, Uuid, bindparam, cast, literal, null, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.models.people import Person as PersonRow
from bot.models.plans import PlanAction, PlanAim, PlanComment, ProtectedTime
from bot.rules import plan_aims
from bot.rules.framework import Framework
from bot.rules.plans import Action, Aim, Comment, Had, Help, InCheckIn, Kind, Plan, Protected, Reflection, State
from bot.services import framework as frameworks

MOST_DONE = 20
MOST_COMMENTS = 10

Helper, Manager = aliased(PersonRow), aliased(PersonRow)


async def load(session: AsyncSession, *, person_id: UUID, name: str, today: date) -> Plan:
    """The whole plan of one person: four statements. Whoever calls this has asked whether it is open to the reader."""
    return Plan(
        person_id=person_id,
        person=name,
        aims=await named_aims(session, person_id),
        actions=await actions(session, PlanAction.person_id == person_id),
        comments=await comments(session, PlanComment.person_id == person_id),
        protected=(await protected(session, [person_id], today=today)).get(person_id),
    )


async def aims(session: AsyncSession, person_id: UUID) -> Sequence[str]:
    chosen = select(PlanAim.aim).where(PlanAim.person_id == person_id).order_by(PlanAim.chosen_at, PlanAim.aim)
    return (await session.scalars(chosen)).all()


async def named_aims(session: AsyncSession, person_id: UUID) -> tuple[Aim, ...]:
    return named(await frameworks.current_or_none(session), await aims(session, person_id))


def named(framework: Framework | None, keys: Sequence[str]) -> tuple[Aim, ...]:
    """Aims by their keys; one that the framework does not know any more goes by its key."""
    known = {one.key: one for one in plan_aims.every_aim(framework)} if framework else {}
    return tuple(known.get(key) or Aim(key, key) for key in keys)


async def actions(session: AsyncSession, *which: Any) -> tuple[Action, ...]:
    """Open ones by their day; then those that are done, the newest first. What was dropped is left out."""
    rows = await session.execute(
        select(*PlanAction.__table__.columns, Helper.name.label("helper"))
        .outerjoin(Helper, Helper.id == PlanAction.helper_id)
        .where(*which, PlanAction.state != State.DROPPED.value)
        .order_by(PlanAction.due_on, PlanAction.made_at, PlanAction.id)
    )
    found = [action(row) for row in rows]
    done = sorted((one for one in found if one.done_on), key=lambda one: one.done_on or one.due_on, reverse=True)
    return (*(one for one in found if one.is_open), *done[:MOST_DONE])


def action(row: Row[*tuple[Any, ...]]) -> Action:
    return Action(
        id=row.id, title=row.title, kind=Kind(row.kind), state=State(row.state), due_on=row.due_on, shows=row.shows,
        aim=row.aim, helper_id=row.helper_id, helper=row.helper or "", help=Help(row.help) if row.help else None,
        done_on=row.done_on, reflection=Reflection(row.learned, row.differently, row.for_whom),
        opportunity_id=row.opportunity_id,
    )  # fmt: skip


async def comments(session: AsyncSession, *which: Any) -> tuple[Comment, ...]:
    """The newest first."""
    rows = await session.execute(
        select(PlanComment.id, PlanComment.words, PlanComment.written_at, Manager.name)
        .join(Manager, Manager.id == PlanComment.manager_id)
        .where(*which)
        .order_by(PlanComment.written_at.desc(), PlanComment.id)
        .limit(MOST_COMMENTS)
    )
    return tuple(Comment(row.id, row.name, row.words, row.written_at) for row in rows if row.words)


async def protected(session: AsyncSession, who: Collection[UUID], *, today: date) -> Mapping[UUID, Protected]:
    """Person → the hours a week that are kept free for them now."""
    rows = await session.execute(
        select(*ProtectedTime.__table__.columns, Manager.name)
        .join(Manager, Manager.id == ProtectedTime.manager_id)
        .where(ProtectedTime.person_id.in_(who), ProtectedTime.until_on >= today)
    )
    return {row.person_id: _protected(row) for row in rows}


# For the union that the form of a check-in is asked with (`relations.readers`): each row is somebody by name, or of the
# plan. A row of another kind has nothing in the columns of the plan.
NO_PLAN = (
    cast(null(), Uuid).label("action_id"),
    type_coerce(cast(null(), LargeBinary), PlanAction.title.type).label("title"),
    cast(null(), Date).label("day"),
)
_BY, _ON = bindparam("by", type_=Uuid), bindparam("on", type_=Date)
FOR_CHECK_IN = (
    select(literal("action"), PlanAction.kind, PlanAction.id, PlanAction.title, PlanAction.due_on).where(
        PlanAction.person_id == _BY, PlanAction.state == State.OPEN.value
    ),
    select(literal("hours"), cast(ProtectedTime.hours, String), *NO_PLAN[:2], ProtectedTime.until_on).where(
        ProtectedTime.person_id == _BY, ProtectedTime.until_on >= _ON
    ),
)


def in_check_in(rows: Sequence[Row[*tuple[Any, ...]]]) -> InCheckIn:
    """What a check-in asks about the plan, from the rows of that union."""
    found = [
        Action(row.action_id, row.title, Kind(row.name), State.OPEN, row.day) for row in rows if row.who == "action"
    ]
    hours = next((Protected(int(row.name), row.day, "") for row in rows if row.who == "hours"), None)
    return InCheckIn(tuple(sorted(found, key=lambda one: (one.due_on, one.title))), hours)


def _protected(row: Row[*tuple[Any, ...]]) -> Protected:
    return Protected(row.hours, row.until_on, row.name, Had(row.had) if row.had else None, row.had_at)
