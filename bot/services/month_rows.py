"""Months as values, from their rows, and back."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.months import Month as Row
from bot.rules.months import Figure, Month, Name, Shown, Window

MOST = 24  # months that are looked back at


async def keep(session: AsyncSession, months: Iterable[Month]) -> None:
    """A month that is there already stays as it is."""
    rows = [
        {
            "id": month.id, "scope": month.scope, "from_on": month.window.from_on, "until_on": month.window.until_on,
            "made_at": month.made_at, "figures": _written(month),
        }
        for month in months
    ]  # fmt: skip
    await insert_new(session, Row, rows)


async def of_scope(session: AsyncSession, scope: str, *, most: int = MOST) -> list[Month]:
    """What has been reckoned for this part, the newest first."""
    newest = select(Row).where(Row.scope == scope).order_by(Row.from_on.desc()).limit(most)
    return [_value(row) for row in await session.scalars(newest)]


async def newest(session: AsyncSession, scopes: Iterable[str]) -> dict[str, Month]:
    """The newest month of each of these parts."""
    last = select(Row.scope, func.max(Row.from_on).label("from_on")).where(Row.scope.in_(set(scopes)))
    of = last.group_by(Row.scope).subquery()
    rows = await session.scalars(select(Row).join(of, and_(of.c.scope == Row.scope, of.c.from_on == Row.from_on)))
    return {row.scope: _value(row) for row in rows}


def _written(month: Month) -> str:
    figures = {name.value: asdict(figure) for name, figure in month.figures.items()}
    return json.dumps({"figures": figures, "quiet": month.quiet, "sent_back": month.sent_back})


def _value(row: Row) -> Month:
    read = json.loads(row.figures)
    figures = {Name(name): _figure(one) for name, one in read["figures"].items() if name in set(Name)}
    window = Window(row.from_on, row.until_on)
    return Month(row.id, row.scope, window, row.made_at, figures, tuple(read["quiet"]), tuple(read["sent_back"]))


def _figure(read: dict[str, Any]) -> Figure:
    return Figure(tuple(_shown(one) for one in read["rows"]), read["hidden"])


def _shown(read: dict[str, Any]) -> Shown:
    spread = read["spread"]
    return Shown(tuple(read["path"]), read["people"], read["now"], read["before"], tuple(spread) if spread else None)
