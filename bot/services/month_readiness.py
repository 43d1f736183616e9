"""How far members are with the milestones of their next level, counted in one statement."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from math import ceil
from typing import Any

from sqlalchemy import Integer, Numeric, Select, and_, case, extract, func, literal, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlalchemy.types import TypeEngine

from bot.models.evidence import Evidence
from bot.models.people import Absence, Person, Placement
from bot.rules.evidence import State
from bot.rules.framework import Framework, Level, Milestone, Track
from bot.rules.months import Cells
from bot.services.month_counts import Span, by_path, standing

A_DAY = 86_400  # seconds
A_MONTH = 365.25 / 12  # days
LEAVE_COUNTS = timedelta(days=3 * 365)  # of leave that lies further back, windows are not made longer

Piece, Other = aliased(Evidence), aliased(Evidence)


@dataclass(frozen=True)
class Standing:
    """`readiness`: the share of milestones met, by track, band and part. `could`: milestone → people it is asked of."""

    readiness: Cells
    could: dict[str, int]


async def load(session: AsyncSession, span: Span, framework: Framework) -> Standing:
    asked = {(track.key, level.key): _asked_of(track, level) for track in framework.tracks for level in track.levels}
    could: Counter[str] = Counter()
    found = []
    for row in await session.execute(_counted(span, asked)):
        milestones, band = asked.get((row.track, row.level), ()), framework.band_of(row.track, row.level)
        could.update({one.key: row.people for one in milestones})
        if milestones:
            found.append(((row.track, str(band), row.part or ""), row.met / len(milestones), row.people))
    return Standing(by_path(found), dict(could))


def _asked_of(track: Track, level: Level) -> tuple[Milestone, ...]:
    """The milestones of the next level; at the top, those of their own."""
    above = [other for other in track.levels if other.band > level.band]
    upward = min(above, key=lambda other: other.band, default=level)
    return upward.milestones or level.milestones


def _counted(span: Span, asked: dict[tuple[str, str], tuple[Milestone, ...]]) -> Select[Any]:
    """(track, level, part, how many milestones are met) → people."""
    wanted = [(*where, one.key) for where, milestones in asked.items() for one in milestones]
    met = _met(span, [one for milestones in asked.values() for one in milestones])
    theirs = and_(
        met.c.author_id == Placement.person_id, tuple_(Placement.track, Placement.level, met.c.milestone).in_(wanted)
    )
    columns = (Placement.track, Placement.level, span.part.label("part"))
    each = (
        select(*columns, func.count(met.c.milestone).label("met"))
        .join(Person, Person.id == Placement.person_id)
        .outerjoin(met, theirs)
        .where(standing(Placement, span.window.last))
        .group_by(Placement.person_id, *columns)
        .subquery()
    )
    return select(*each.c, func.count().label("people")).group_by(*each.c)


def _met(span: Span, milestones: list[Milestone]) -> Any:
    """Who has met which milestone: once the accepted evidence of any window reached the target, it stays so.

    Leave of the last three years makes each window of a person as much longer: it never counts against anybody.
    """
    last, leave = span.window.last, _leave(span)
    keys = sorted({one.key for one in milestones})
    target = _by_milestone(milestones, lambda one: Decimal(one.target), Numeric(9, 2))
    days = _by_milestone(milestones, lambda one: ceil(one.window_months * A_MONTH), Integer())
    window = days + func.coalesce(leave.c.days, 0)
    inside = extract("epoch", Other.done_on) >= extract("epoch", Piece.done_on) - window * A_DAY
    counts = [
        and_(one.state == State.ACCEPTED.value, one.done_on <= last, one.milestone.in_(keys)) for one in (Piece, Other)
    ]
    same = and_(Other.author_id == Piece.author_id, Other.milestone == Piece.milestone)
    return (
        select(Piece.author_id, Piece.milestone)
        .join(Other, and_(same, Other.done_on <= Piece.done_on))
        .outerjoin(leave, leave.c.person_id == Piece.author_id)
        .where(*counts, inside)
        .group_by(Piece.id, Piece.author_id, Piece.milestone)
        .having(func.sum(Other.amount) >= target)
        .distinct()
        .subquery()
    )


def _by_milestone(milestones: Iterable[Milestone], of: Callable[[Milestone], Any], kind: TypeEngine[Any]) -> Any:
    """What is asked of a piece's milestone: a case for each value, for many milestones ask the same."""
    keys: dict[Any, list[str]] = defaultdict(list)
    for one in milestones:
        keys[of(one)].append(one.key)
    return case(*((Piece.milestone.in_(some), literal(value, kind)) for value, some in keys.items()))


def _leave(span: Span) -> Any:
    """Each one's days of leave."""
    since, until = span.window.last - LEAVE_COUNTS, span.window.until_on
    ends = case((or_(Absence.until_on.is_(None), Absence.until_on > until), until), else_=Absence.until_on)
    begins = case((Absence.from_on < since, since), else_=Absence.from_on)
    lies_in = and_(Absence.from_on < until, or_(Absence.until_on.is_(None), Absence.until_on > since))
    days = func.sum(extract("epoch", ends) - extract("epoch", begins)) / A_DAY
    return select(Absence.person_id, days.label("days")).where(lies_in).group_by(Absence.person_id).subquery()
