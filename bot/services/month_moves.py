"""Who came, went and moved between two days, counted and not named."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, case, func, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.models.people import Person, Placement
from bot.rules.framework import Framework
from bot.rules.months import Window
from bot.rules.small_cells import Path
from bot.services.month_counts import Pair, Span, by_path, standing

BETWEEN = " → "

Then, Now = aliased(Placement), aliased(Placement)


@dataclass(frozen=True)
class Moves:
    """Of those who were there when a window began: who has left, who stands on a higher level of their track, and who
    has gone to another one."""

    left: Pair
    promoted: Pair
    moved: Pair


async def load(session: AsyncSession, span: Span, framework: Framework) -> Moves:
    each = union_all(_from(span, span.window, 1), _from(span, span.window.before, 0)).subquery()
    rows = (await session.execute(select(*each.c, func.count().label("people")).group_by(*each.c))).all()
    stayed = [row for row in rows if not row.has_left and row.track_now is not None]
    moved = [row for row in stayed if row.track_now != row.track]
    return Moves(
        _pair((row, (row.track, _band(framework, row.track, row.level)), float(row.has_left)) for row in rows),
        _pair((row, (row.track,), float(_is_up(framework, row))) for row in stayed),
        _pair((row, (f"{row.track}{BETWEEN}{row.track_now}",), 1.0) for row in moved),
    )


def _pair(found: Iterable[tuple[Any, Path, float]]) -> Pair:
    cells: tuple[list[Any], list[Any]] = ([], [])
    for row, path, value in found:
        cells[row.is_now].append(((*path, row.part or ""), value, row.people))
    return Pair(by_path(cells[1]), by_path(cells[0]))


def _band(framework: Framework, track: str, level: str) -> str:
    return str(framework.band_of(track, level) or "")


def _is_up(framework: Framework, row: Any) -> bool:
    before, after = framework.band_of(row.track, row.level), framework.band_of(row.track_now, row.level_now)
    return row.track == row.track_now and before is not None and after is not None and after > before


def _from(span: Span, window: Window, is_now: int) -> Select[Any]:
    """Everybody who was a member on the first day, and where they are on the last one."""
    has_left = case((Person.left_on < window.until_on, 1), else_=0)
    holds = and_(Now.from_on <= window.last, or_(Now.until_on.is_(None), Now.until_on > window.last))
    return (
        select(
            literal(is_now).label("is_now"), span.part.label("part"), Then.track.label("track"),
            Then.level.label("level"), Now.track.label("track_now"), Now.level.label("level_now"),
            has_left.label("has_left"),
        )
        .join(Person, Person.id == Then.person_id)
        .outerjoin(Now, and_(Now.person_id == Then.person_id, holds))
        .where(standing(Then, window.from_on))
    )  # fmt: skip


@dataclass(frozen=True)
class Changed:
    """How many people joined or left each group between two days; `people` by (track, band, part), with "" for all."""

    people: dict[tuple[str, str, str], int]

    def by_path(self, part: str | None) -> dict[Path, int]:
        """For the groups of one part, or of all parts together."""
        found: dict[Path, int] = defaultdict(int)
        for (track, band, of), people in self.people.items():
            if part is None or part == of:
                found[tuple(filter(None, (track, band)))] += people
        return found


async def changed(session: AsyncSession, span: Span, framework: Framework, *, since: date) -> Changed:
    """Between a day and the last one of the window."""
    both = union_all(_at(span, since), _at(span, span.window.last)).subquery()
    place = both.c.track + BETWEEN + both.c.level
    first, last, days = func.min(place), func.max(place), func.count()
    each = (
        select(both.c.part, first.label("first"), last.label("last"), days.label("days"))
        .group_by(both.c.person_id, both.c.part)
        .having(or_(days == 1, first != last))
        .subquery()
    )
    rows = await session.execute(select(*each.c, func.count().label("people")).group_by(*each.c))
    found: dict[tuple[str, str, str], int] = defaultdict(int)
    for row in rows:
        for track, band in _groups(framework, row):
            found[track, band, row.part or ""] += row.people
    return Changed(dict(found))


def _groups(framework: Framework, row: Any) -> set[tuple[str, str]]:
    """What somebody came to or went from: the program, a track, a band; what they are in on both days is none of it."""
    there = [_inside(framework, *place.split(BETWEEN)) for place in (row.first, row.last)]
    return there[0] if row.days == 1 else there[0] ^ there[1]


def _inside(framework: Framework, track: str, level: str) -> set[tuple[str, str]]:
    band = _band(framework, track, level)
    return {("", ""), (track, ""), *([(track, band)] if band else [])}


def _at(span: Span, on: date) -> Select[Any]:
    return (
        select(Placement.person_id, Placement.track, Placement.level, span.part.label("part"))
        .join(Person, Person.id == Placement.person_id)
        .where(standing(Placement, on))
    )
