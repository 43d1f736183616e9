"""How far somebody is with the milestones of their next level."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Date,
    Numeric,
    String,
    bindparam,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.evidence import Evidence
from bot.models.people import Absence, Closing
from bot.rules import readiness
from bot.rules.cadence import Away
from bot.rules.evidence import OLDEST_YEARS, State
from bot.rules.framework import Framework
from bot.rules.people import Person
from bot.rules.readiness import Piece, Progress
from bot.services import framework as frameworks

AWAY = "away"

# Asked on every press of /checkin, so it is put together once; and in one statement, for leave lengthens each window.
_SINCE = bindparam("since", type_=Date)
_NOTHING = type_coerce(null(), Numeric(9, 2))
_NAMELESS = literal("", String(80))
_COUNTED: CompoundSelect[Any] = union_all(
    select(
        Evidence.milestone, Evidence.amount, Evidence.done_on, type_coerce(null(), Date).label("until_on"),
        Evidence.state,
    ).where(
        Evidence.author_id == bindparam("person"),
        Evidence.state.in_([State.ACCEPTED.value, State.IN_REVIEW.value, State.SHORT.value]),
    ),
    select(_NAMELESS, _NOTHING, Absence.from_on, Absence.until_on, literal(AWAY)).where(
        Absence.person_id == bindparam("person"), or_(Absence.until_on.is_(None), Absence.until_on > _SINCE)
    ),
    select(_NAMELESS, _NOTHING, Closing.from_on, Closing.until_on, literal(AWAY)).where(Closing.until_on > _SINCE),
)  # fmt: skip


async def load(session: AsyncSession, framework: Framework, person: Person, *, today: date) -> tuple[Progress, ...]:
    """Each milestone of the next level; at the top, those of their own. Leave counts against nobody."""
    levels = frameworks.levels_of(framework, person)
    if not levels:
        return ()
    pieces, away = await shown(session, person, today=today)
    return readiness.progress(levels[0].milestones, pieces, today, away)


async def shown(session: AsyncSession, person: Person, *, today: date) -> tuple[list[Piece], list[Away]]:
    """What somebody has shown, whichever milestones it is for, and the leave that lengthens each window."""
    since = today - timedelta(days=OLDEST_YEARS * 366)  # no window looks back further
    found = (await session.execute(_COUNTED, {"person": person.id, "since": since})).all()
    pieces = [
        Piece(row.milestone, row.amount or Decimal(0), row.done_on, row.state == State.ACCEPTED.value)
        for row in found
        if row.state != AWAY
    ]
    return pieces, [Away(row.done_on, row.until_on) for row in found if row.state == AWAY]
