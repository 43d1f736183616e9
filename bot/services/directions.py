"""Direction: say what one wants for now, share it or not, and read what is shared with oneself."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.directions import Direction as DirectionRow
from bot.models.people import Person as PersonRow
from bot.models.people import ReportingLine
from bot.rules import access
from bot.rules import directions as rules
from bot.rules.directions import Direction, Managing, Share, Shared, Typed, Wants
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import framework as frameworks
from bot.services import looks, people, relations

THING = "direction"

is_content = rules.is_content


async def of(session: AsyncSession, person_id: UUID) -> Direction | None:
    """What somebody wants for now: for themselves, and for what the program does for them.

    Whoever shows it to somebody else asks `read`, or looks at `is_shared` first.
    """
    row = await session.get(DirectionRow, person_id)
    return _value(row) if row is not None else None


async def keep(session: AsyncSession, *, by: Person, typed: Typed, today: date) -> Direction:
    """Say it, or say it anew. Nobody is told, and nothing is sent because of it."""
    if not by.is_member:
        raise Refusal(rules.NOT_A_MEMBER)
    said = rules.read(typed, by=by, today=today, framework=await frameworks.current(session))
    values = {
        "wants": said.wants.value, "track": said.track, "managing": said.managing.value, "words": said.words,
        "with_manager": Share.MANAGER in said.shares, "with_mentor": Share.MENTOR in said.shares, "said_on": today,
    }  # fmt: skip
    if not await insert_new(session, DirectionRow, [{"person_id": by.id, **values}]):
        await session.execute(update(DirectionRow).where(DirectionRow.person_id == by.id).values(**values))
    return said


async def read(session: AsyncSession, *, by: Person, of: UUID, today: date) -> Shared | None:
    """What somebody shares with their manager or their mentor; None where it is not shared, or not said."""
    row = await session.get(DirectionRow, of)
    if row is None:
        return None
    standing = await relations.to_person(session, by=by, of=of, thing=THING, on=today)
    if row.with_manager and "manager" in standing:
        standing.add("manager if shared")
    if row.with_mentor and "mentor" in standing:
        standing.add("mentor if shared")
    because = access.allowing(standing, "read", THING)
    if because is None:
        return None
    who = (await people.by_id(session, [of], on=today))[of]
    return (await _shared(session, [(row, who.name)], by=by, because=because))[0]


async def of_team(session: AsyncSession, *, by: Person, today: date) -> tuple[Shared, ...]:
    """What the people of a manager share with them, by name. Who does not is not named."""
    rows = await session.execute(
        select(DirectionRow, PersonRow.name)
        .join(PersonRow, PersonRow.id == DirectionRow.person_id)
        .join(ReportingLine, ReportingLine.person_id == DirectionRow.person_id)
        .where(
            DirectionRow.with_manager, ReportingLine.manager_id == by.id, people.holds(ReportingLine, today),
            PersonRow.is_active,
        )
        .order_by(PersonRow.name, PersonRow.id)
    )  # fmt: skip
    because = access.require({"manager if shared"}, "read", THING)
    return await _shared(session, [(row.Direction, row.name) for row in rows], by=by, because=because)


async def _shared(
    session: AsyncSession, found: Sequence[tuple[DirectionRow, str]], *, by: Person, because: str
) -> tuple[Shared, ...]:
    """Noted as looked at: each has words of theirs in it."""
    track, _ = await frameworks.names(session)
    for row, _name in found:
        looks.saw(session, by=by, thing=THING, about=row.person_id, of=row.person_id, because=because)
    return tuple(Shared(name, _value(row), track(row.track) if row.track else None) for row, name in found)


def _value(row: DirectionRow) -> Direction:
    shares = {Share.MANAGER: row.with_manager, Share.MENTOR: row.with_mentor}
    return Direction(
        row.person_id, Wants(row.wants), Managing(row.managing), row.words, row.said_on, row.track,
        frozenset(share for share, is_on in shares.items() if is_on),
    )  # fmt: skip
