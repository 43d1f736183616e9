"""Who holds which role in the program, and the append-only log of who changed what."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import Select, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.people import Alias, Change, Person, RoleGrant
from bot.rules import access, cadence
from bot.rules.people import Person as Acting
from bot.rules.people import Role
from bot.rules.program import HOLDERS, RoleChange, RoleTold
from bot.rules.refusal import Refusal
from bot.services import people
from bot.services.people import holds

ROLE = "role "  # what a line of the log begins with that is about a role
ERASED = "somebody erased"


async def held(session: AsyncSession, person: UUID, *, on: date) -> set[Role]:
    found = await session.scalars(select(RoleGrant.role).where(RoleGrant.person_id == person, holds(RoleGrant, on)))
    return {Role(role) for role in found}


async def holders(session: AsyncSession, role: Role, *, on: date) -> set[UUID]:
    return set(
        await session.scalars(select(RoleGrant.person_id).where(RoleGrant.role == role.value, holds(RoleGrant, on)))
    )


async def require_owner(session: AsyncSession, *, by: Acting, on: date, thing: str = "program settings") -> None:
    """Refusal for everybody but owners."""
    relations = ["owner"] if Role.OWNER in await held(session, by.id, on=on) else []
    access.require(relations, "write", thing)


async def owners(session: AsyncSession, *, on: date) -> set[UUID]:
    """Who owns the program and has not left."""
    return set(await session.scalars(_owners(on)))


def _owners(on: date) -> Select[UUID]:
    return (
        select(RoleGrant.person_id)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(RoleGrant.role == Role.OWNER.value, holds(RoleGrant, on), Person.is_active)
    )


async def give(
    session: AsyncSession, person: UUID, role: Role, *, by: UUID | None, now: datetime, today: date
) -> UUID | None:
    """The line of the log that says so; None where the role was held already. `by`: None for the operator."""
    if role in await held(session, person, on=today):
        return None
    grant = {"id": uuid4(), "person_id": person, "role": role.value, "from_on": today}
    if not await insert_new(session, RoleGrant, [grant]):
        return None
    named = (await alias(session, person)).hex
    return await note_change(session, f"{ROLE}{role.value}", before="", after=named, by=by, now=now)


async def take(
    session: AsyncSession, person: UUID, role: Role, *, by: UUID | None, now: datetime, today: date
) -> UUID | None:
    """The role ends today: the line of the log, None where it was not held.

    Refusal when the program would lose its last owner who has not left.
    """
    if role is Role.OWNER:
        # Locked, so that of two owners who take each other's role at once the second finds herself the only one.
        locked = _owners(today).order_by(RoleGrant.id).with_for_update(of=RoleGrant)
        if set(await session.scalars(locked)) == {person}:
            raise Refusal("This is the only owner. Give the role to somebody else first.", field=HOLDERS)
    open_grant = (RoleGrant.person_id == person, RoleGrant.role == role.value, RoleGrant.until_on.is_(None))
    ended = update(RoleGrant).where(*open_grant).values(until_on=today).returning(RoleGrant.id)
    if not (await session.scalars(ended)).all():
        return None
    named = (await alias(session, person)).hex
    return await note_change(session, f"{ROLE}{role.value}", before=named, after="", by=by, now=now)


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
) -> UUID:
    """One line of the log of changes, in the transaction of the change; its id."""
    named = None if by is None else await alias(session, by)
    line = Change(id=uuid4(), at=now, by=named, what=what, before=before, after=after)
    session.add(line)
    return line.id


async def history(session: AsyncSession, role: Role, *, most: int) -> tuple[RoleChange, ...]:
    """Who gave the role to whom, and who took it, the newest line first."""
    of_role = select(Change).where(Change.what == f"{ROLE}{role.value}")
    lines = (await session.scalars(of_role.order_by(Change.at.desc(), Change.id).limit(most))).all()
    names = await _names(session, lines)
    return tuple(
        RoleChange(
            at=line.at,
            who=names.get(_concerned(line)),
            by=names.get(line.by, ERASED) if line.by else None,
            is_given=bool(line.after),
        )
        for line in lines
    )


async def _names(session: AsyncSession, lines: Sequence[Change]) -> dict[UUID, str]:
    """The names behind the aliases; those of erased people are gone."""
    aliases = {_concerned(line) for line in lines} | {line.by for line in lines if line.by}
    found = await session.execute(
        select(Alias.alias, Person.name).join(Person, Person.id == Alias.person_id).where(Alias.alias.in_(aliases))
    )
    return {row.alias: row.name for row in found}


def _concerned(line: Change) -> UUID:
    """The alias of whoever got or lost a role by this line."""
    return UUID(hex=line.after or line.before)


async def load_told(session: AsyncSession, ids: Sequence[UUID], *, now: datetime) -> dict[UUID, RoleTold]:
    """What somebody hears of these lines, where it is still so."""
    lines = (await session.scalars(select(Change).where(Change.id.in_(ids), Change.what.startswith(ROLE)))).all()
    names = await _names(session, lines)
    aliases = {_concerned(line) for line in lines}
    owned = await session.execute(select(Alias.alias, Alias.person_id).where(Alias.alias.in_(aliases)))
    who = {row.alias: row.person_id for row in owned}  # without those who have been erased since
    found = await people.by_id(session, who.values(), on=now.date())
    away = await people.absences(session, list(found), on=now.date() - cadence.DAY)
    grants = await session.execute(
        select(RoleGrant.person_id, RoleGrant.role).where(RoleGrant.person_id.in_(found), holds(RoleGrant, now.date()))
    )
    held_now = {(row.person_id, row.role) for row in grants}
    told = {}
    for line in (one for one in lines if _concerned(one) in who):
        person, role = found[who[_concerned(line)]], line.what.removeprefix(ROLE)
        if ((person.id, role) in held_now) == bool(line.after):
            by = names.get(line.by, ERASED) if line.by else None
            told[line.id] = RoleTold(
                Role(role), bool(line.after), by, person.name, person.schedule, tuple(away.get(person.id, ()))
            )
    return told
