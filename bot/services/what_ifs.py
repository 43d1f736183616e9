"""What if: look at a level of another track, keep up to three of them, bring them into a career talk or not."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.directions import WhatIf as WhatIfRow
from bot.rules import access
from bot.rules import directions as direction_rules
from bot.rules import what_ifs as rules
from bot.rules.framework import Framework
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.rules.what_ifs import Looked, Page, WhatIf
from bot.services import directions, mentors, progress
from bot.services import framework as frameworks


async def page(session: AsyncSession, *, by: Person) -> Page:
    """Every level of the other tracks, to choose from, and those that are kept."""
    if not by.is_member:
        raise Refusal(rules.NOT_A_MEMBER)
    framework = await frameworks.current(session)
    direction = await directions.of(session, by.id)
    tracks = direction_rules.suggested(direction, own=by.track, framework=framework)
    return Page(
        tuple((track, level) for track in framework.tracks if track.key != by.track for level in track.levels),
        rules.first(tracks, framework.band_of(by.track, by.level)),
        tuple(await kept(session, by=by)),
    )


async def look(
    session: AsyncSession, *, by: Person, track: str, level: str, today: date, features: Collection[str]
) -> Looked:
    """That level beside where the person stands. Only mentors who agreed to be listed are named."""
    if not by.is_member:
        raise Refusal(rules.NOT_A_MEMBER)
    framework = await frameworks.current(session)
    wanted = rules.place(framework, track, level, by=by)
    pieces, away = await progress.shown(session, by, today=today)
    found = rules.compare(framework, *wanted, by=by, pieces=pieces, today=today, away=away)
    mine = await kept(session, by=by)
    this, has_room = next((one for one in mine if (one.track, one.level) == (track, level)), None), rules.has_room(mine)
    if "mentorship" not in features:
        return Looked(found, this, has_room)
    listed, is_more = await mentors.directory(session, by=by, today=today, track=track)
    return Looked(found, this, has_room, listed[: rules.MOST_MENTORS], is_more or len(listed) > rules.MOST_MENTORS)


async def kept(session: AsyncSession, *, by: Person) -> list[WhatIf]:
    """One's own, in the order in which they were kept; `in_brief` says which of them a career talk may show."""
    rows = await session.scalars(
        select(WhatIfRow).where(WhatIfRow.person_id == by.id).order_by(WhatIfRow.kept_at, WhatIfRow.id)
    )
    framework = await frameworks.current_or_none(session)
    return [_value(row, framework) for row in rows]


async def keep(session: AsyncSession, *, by: Person, track: str, level: str, now: datetime) -> None:
    """Refusal where three are kept already. Keeping it twice is keeping it once."""
    if not by.is_member:
        raise Refusal(rules.NOT_A_MEMBER)
    rules.place(await frameworks.current(session), track, level, by=by)
    others = select(func.count()).where(
        WhatIfRow.person_id == by.id, ~((WhatIfRow.track == track) & (WhatIfRow.level == level))
    )
    rules.check_room(await session.scalar(others) or 0)
    row = {"id": uuid4(), "person_id": by.id, "track": track, "level": level, "in_brief": False, "kept_at": now}
    await insert_new(session, WhatIfRow, [row])


async def bring(session: AsyncSession, *, by: Person, what_if: UUID, in_brief: bool) -> tuple[str, str]:
    """Into the brief of the next career talk, where the manager reads it too; or out of it. Returns its place."""
    found = await session.execute(
        update(WhatIfRow)
        .where(WhatIfRow.id == what_if, WhatIfRow.person_id == by.id)
        .values(in_brief=in_brief)
        .returning(WhatIfRow.track, WhatIfRow.level)
    )
    row = found.first()
    if row is None:
        access.refuse()
    return row.track, row.level


async def let_go(session: AsyncSession, *, by: Person, what_if: UUID) -> None:
    await session.execute(delete(WhatIfRow).where(WhatIfRow.id == what_if, WhatIfRow.person_id == by.id))


async def place(session: AsyncSession, *, by: Person, what_if: UUID) -> tuple[str, str]:
    """(track, level) of one that is kept."""
    row = (
        await session.execute(
            select(WhatIfRow.track, WhatIfRow.level).where(WhatIfRow.id == what_if, WhatIfRow.person_id == by.id)
        )
    ).first()
    if row is None:
        access.refuse()
    return row.track, row.level


def _value(row: WhatIfRow, framework: Framework | None) -> WhatIf:
    level = framework.level(row.track, row.level) if framework else None
    return WhatIf(
        row.id, row.track, row.level, row.in_brief, row.kept_at,
        framework.track_name(row.track) if framework else row.track, level.name if level else row.level,
        is_there=level is not None,
    )  # fmt: skip
