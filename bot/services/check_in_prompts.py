"""Prompts as they stand now, for the messages that show them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Date, and_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.models.check_ins import CheckIn
from bot.models.messages import Occurrence
from bot.models.people import Person, Placement
from bot.rules.cadence import Cadence, Schedule
from bot.rules.check_ins import MOST_SLOTS, Answer, Prompt
from bot.rules.less import Topic
from bot.services import framework as frameworks
from bot.services import less_rows, people, welcomes

# What each batch asks is put together once.
_Again, _ON = aliased(Occurrence), bindparam("on", type_=Date)
_PROMPTS = (
    select(
        Occurrence.id, Occurrence.person_id, Occurrence.due_at, Occurrence.expires_at, Occurrence.slot, Person.name,
        Person.zone, Person.preferred_hour, Person.working_days, Person.country, Person.cadence, Placement.track,
        CheckIn.answer, _Again.due_at.label("again_at"), welcomes.comes_first().label("is_early"),
        less_rows.is_off(Occurrence.person_id, Topic.CHECK_INS, _ON).label("is_switched_off"),
    )
    .join(Person, Person.id == Occurrence.person_id)
    .outerjoin(Placement, and_(Placement.person_id == Person.id, people.holds(Placement, _ON)))
    .outerjoin(CheckIn, and_(CheckIn.person_id == Occurrence.person_id, CheckIn.round_on == Occurrence.on_date))
    .outerjoin(
        _Again,
        and_(
            _Again.person_id == Occurrence.person_id, _Again.kind == Occurrence.kind,
            _Again.on_date == Occurrence.on_date, _Again.slot == Occurrence.slot + 1,
        ),
    )
    .where(Occurrence.id.in_(bindparam("ids", expanding=True)))
)  # fmt: skip


async def load(session: AsyncSession, ids: Sequence[UUID], *, now: datetime) -> list[Prompt]:
    """The prompts with these ids, in three statements however many there are."""
    rows = await session.execute(_PROMPTS, {"ids": list(ids), "on": now.date()})
    found = rows.all()
    framework = await frameworks.current(session)
    away = await people.absences(session, [row.person_id for row in found], on=now.date())
    return [
        Prompt(
            id=row.id,
            name=row.name,
            schedule=Schedule(row.zone, row.preferred_hour, row.working_days, row.country),
            away=tuple(away.get(row.person_id, ())),
            rhythm=Cadence(row.cadence) if row.cadence else frameworks.rhythm_of(framework, row.track),
            due_at=row.due_at,
            now=now,
            can_put_off=row.slot < MOST_SLOTS,
            is_over=row.expires_at <= now,
            answer=Answer(row.answer) if row.answer else None,
            again_at=row.again_at,
            is_early=bool(row.is_early),
            is_switched_off=bool(row.is_switched_off),
        )
        for row in found
    ]
