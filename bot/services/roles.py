"""Who holds which role in the program, and the append-only log of who changed what."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.people import Alias, Change, Person, RoleGrant
from bot.rules.people import Role
from bot.rules.refusal import Refusal
from bot.services.people import holds


async def held(session: AsyncSession, person: UUID, *, on: date) -> set[Role]:
    found = await session.scalars(select(RoleGrant.role).where(RoleGrant.person_id == person, holds(RoleGrant, on)))
    return {Role(role) for role in found}


async def holders(session: AsyncSession, role: Role, *, on: date) -> set[UUID]:
    return set(
        await session.scalars(select(RoleGrant.person_id).where(RoleGrant.role == role.value, holds(RoleGrant, on)))
    )


async def give(session: AsyncSession, person: UUID, role: Role, *, by: UUID | None, now: datetime, today: date) -> None:
    """Idempotent. `by`: None for the operator's command line."""
    if role in await held(session, person, on=today):
        return
    session.add(RoleGrant(person_id=person, role=role.value, from_on=today))
    await note_change(
        session, f"role {role.value}", before="", after=(await alias(session, person)).hex, by=by, now=now
    )


async def take(session: AsyncSession, person: UUID, role: Role, *, by: UUID | None, now: datetime, today: date) -> None:
    """The role ends today. Idempotent. Refusal when the program would lose its last owner who has not left."""
    if role not in await held(session, person, on=today):
        return
    if role is Role.OWNER:
        owners = await session.scalars(
            select(RoleGrant.person_id)
            .join(Person, Person.id == RoleGrant.person_id)
            .where(RoleGrant.role == role.value, holds(RoleGrant, today), Person.is_active)
        )
        if set(owners) == {person}:
            raise Refusal("This is the only owner. Give the role to somebody else first.")
    await session.execute(
        update(RoleGrant)
        .where(RoleGrant.person_id == person, RoleGrant.role == role.value, RoleGrant.until_on.is_(None))
        .values(until_on=today)
    )
    await note_change(
        session, f"role {role.value}", before=(await alias(session, person)).hex, after="", by=by, now=now
    )


async def alias(session: AsyncSession, person: UUID) -> UUID:
    """The random name of a person in the log of changes."""
    found = await session.scalar(select(Alias.alias).where(Alias.person_id == person))
    if found is None:
        row = Alias(person_id=person)
        session.add(row)
        await session.flush()
        found = row.alias
    return found


async def note_change(
    session: AsyncSession, what: str, *, before: str, after: str, by: UUID | None, now: datetime
) -> None:
    """One line of the log of changes, in the transaction of the change."""
    session.add(
        Change(at=now, by=None if by is None else await alias(session, by), what=what, before=before, after=after)
    )
