"""Who looked: whoever opens what is somebody else's is noted, before it is shown to them."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.check_ins import CheckIn
from bot.models.evidence import Evidence
from bot.models.looks import Look as LookRow
from bot.models.people import Person as PersonRow
from bot.rules.framework import Framework
from bot.rules.looks import Look
from bot.rules.people import Person
from bot.services import framework

SEEN = "seen"  # on a session: what its reader is about to be shown

Row = dict[str, Any]


def saw(session: AsyncSession, *, by: Person, thing: str, about: UUID, of: UUID, because: str) -> None:
    """`by` is about to be shown a thing of this person's. Whoever opened the session notes it (`handlers.acting`).

    `because`: the relation that lets them.
    """
    if by.id != of:
        seen = {"viewer_id": by.id, "thing": thing, "about": about, "owner_id": of, "because": because}
        session.info.setdefault(SEEN, []).append(seen)


async def unnoted(session: AsyncSession, *, on: date) -> list[Row]:
    """What was seen on this session and is not noted yet for this day. Nothing is asked where nothing was seen."""
    seen: list[Row] = [{**row, "on_date": on} for row in session.info.get(SEEN, ())]
    if not seen:
        return []
    things = LookRow.about.in_([row["about"] for row in seen])
    noted = await session.execute(
        select(LookRow.thing, LookRow.about).where(
            LookRow.viewer_id == seen[0]["viewer_id"], LookRow.on_date == on, things
        )
    )
    known = {(row.thing, row.about) for row in noted}
    return [row for row in seen if (row["thing"], row["about"]) not in known]


async def note(session: AsyncSession, rows: Sequence[Row]) -> None:
    """One row a viewer, thing and day, however often."""
    await insert_new(session, LookRow, rows)


async def mine(session: AsyncSession, *, by: Person, limit: int = 200) -> list[Look]:
    """Who opened what is one's own, and when; the newest first. Nobody sees this of somebody else."""
    rows = await session.execute(
        select(LookRow, PersonRow.name, CheckIn.round_on, Evidence.milestone, Evidence.version)
        .join(PersonRow, PersonRow.id == LookRow.viewer_id)
        .outerjoin(CheckIn, and_(CheckIn.id == LookRow.about, LookRow.thing == "check-in"))
        .outerjoin(Evidence, and_(Evidence.id == LookRow.about, LookRow.thing == "evidence"))
        .where(LookRow.owner_id == by.id)
        .order_by(LookRow.on_date.desc(), PersonRow.name)
        .limit(limit)
    )
    found = rows.all()
    versions = {row.version for row in found if row.version}
    frameworks = {version: await framework.version_of(session, version) for version in versions}
    return [_look(row, frameworks.get(row.version)) for row in found]


def _look(row: Any, framework: Framework | None) -> Look:
    look: LookRow = row.Look
    milestone = framework.milestone(row.milestone) if framework else None
    title = milestone.title if milestone else None
    return Look(row.name, look.thing, look.about, look.on_date, look.because, row.round_on, title)
