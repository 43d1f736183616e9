"""Praise: what of a manager's people was accepted lately, and that the manager has passed a good word on."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.evidence import Evidence
from bot.models.people import Person as PersonRow
from bot.models.people import ReportingLine
from bot.rules import access
from bot.rules.evidence import State
from bot.rules.people import Person
from bot.rules.weeks import Praise
from bot.services import framework as frameworks
from bot.services import people

WORTH_FOR = timedelta(days=7)


async def worth(
    session: AsyncSession, managers: Collection[UUID], *, now: datetime
) -> dict[UUID, list[tuple[Praise, datetime]]]:
    """Manager → what evidence of their people was accepted in the last seven days, and when, without a word so far."""
    rows = await session.execute(
        _accepted(managers, now.date())
        .add_columns(PersonRow.name, Evidence.milestone, Evidence.version, Evidence.decided_at)
        .where(Evidence.decided_at > now - WORTH_FOR, Evidence.praised_at.is_(None))
        .order_by(PersonRow.name, Evidence.decided_at)
    )
    same: dict[tuple[UUID, str, str], list[Any]] = defaultdict(list)
    for row in rows:
        milestone = (await frameworks.version_of(session, row.version)).milestone(row.milestone)
        if milestone is not None:
            same[row.manager_id, row.name, milestone.title].append(row)
    found: dict[UUID, list[tuple[Praise, datetime]]] = defaultdict(list)
    for (manager, name, title), many in same.items():
        found[manager].append((Praise(name, title, tuple(row.id for row in many)), many[-1].decided_at))
    return found


def _accepted(managers: Collection[UUID], on: date) -> Select[*tuple[Any, ...]]:
    """`manager_id` and `id` of accepted evidence of whoever is here and reports to one of these."""
    return (
        select(ReportingLine.manager_id, Evidence.id)
        .join(PersonRow, PersonRow.id == ReportingLine.person_id)
        .join(Evidence, Evidence.author_id == PersonRow.id)
        .where(
            ReportingLine.manager_id.in_(managers), people.holds(ReportingLine, on), PersonRow.is_active,
            Evidence.state == State.ACCEPTED.value,
        )
    )  # fmt: skip


async def pass_on(session: AsyncSession, *, by: Person, evidence: Collection[UUID], now: datetime, today: date) -> None:
    """`by` has told its authors that it is good work. Once is kept; refusal where none of it is of their own people."""
    theirs = (await session.execute(_accepted([by.id], today).where(Evidence.id.in_(evidence)))).all()
    access.require({"manager"} if theirs else (), "read", "evidence")
    unsaid = (Evidence.id.in_([row.id for row in theirs]), Evidence.praised_at.is_(None))
    await session.execute(update(Evidence).where(*unsaid).values(praised_at=now, praised_by=by.id))


async def said(
    session: AsyncSession, *, by: Person, since: datetime, until: datetime, today: date
) -> dict[str, tuple[int, int]]:
    """Track, by its name → pieces of their people accepted in [since, until), and how many of them `by` has praised."""
    rows = await session.execute(
        _accepted([by.id], today)
        .add_columns(Evidence.version, Evidence.milestone, Evidence.praised_by)
        .where(Evidence.decided_at >= since, Evidence.decided_at < until)
    )
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        track = (await frameworks.version_of(session, row.version)).track_of(row.milestone)
        if track is not None:
            accepted, passed_on = found.get(track.name, (0, 0))
            found[track.name] = accepted + 1, passed_on + (row.praised_by == by.id)
    return dict(sorted(found.items()))
