"""Who holds which role in the program, and the append-only log of who changed what."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import Select, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.changes import Alias, Change
from bot.models.people import Person, RoleGrant
from bot.rules import access, cadence, scopes
from bot.rules.people import Person as Acting
from bot.rules.people import Role
from bot.rules.program import HOLDERS, RoleChange, RoleTold
from bot.rules.refusal import Refusal
from bot.services import people
from bot.services.people import holds

ROLE = "role "  # what a line of the log begins with that is about a role
OF_PART = " of "
ERASED = "somebody erased"


async def held(session: AsyncSession, person: UUID, *, on: date) -> set[Role]:
    found = await session.scalars(select(RoleGrant.role).where(RoleGrant.person_id == person, holds(RoleGrant, on)))
    return {Role(role) for role in found}


async def holders(session: AsyncSession, role: Role, *, on: date) -> set[UUID]:
    """Who holds it for the whole program."""
    whole = (RoleGrant.role == role.value, RoleGrant.scope.is_(None), holds(RoleGrant, on))
    return set(await session.scalars(select(RoleGrant.person_id).where(*whole)))


async def owned_by(session: AsyncSession, person: UUID, *, on: date) -> str | None:
    """The part of the company somebody is an owner of, "" for the whole program; None for whoever is no owner."""
    owner = (RoleGrant.person_id == person, RoleGrant.role == Role.OWNER.value, holds(RoleGrant, on))
    found = (await session.execute(select(RoleGrant.scope).where(*owner))).first()
    return None if found is None else found.scope or scopes.WHOLE


async def owned(session: AsyncSession, *, on: date) -> dict[UUID, str]:
    """Each owner who has not left, and the part they own; "" for the whole program."""
    found = await session.execute(
        select(RoleGrant.person_id, RoleGrant.scope)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(RoleGrant.role == Role.OWNER.value, holds(RoleGrant, on), Person.is_active)
    )
    return {row.person_id: row.scope or scopes.WHOLE for row in found}


async def require_owner(
    session: AsyncSession,
    *,
    by: Acting,
    on: date,
    thing: str = "program settings",
    verb: str = "write",
    field: str = "",
) -> None:
    """Refusal for everybody but owners of the whole program."""
    relations = ["owner"] if await owned_by(session, by.id, on=on) == scopes.WHOLE else []
    access.require(relations, verb, thing, field)


async def owners(session: AsyncSession, *, on: date) -> set[UUID]:
    """Who owns the whole program and has not left."""
    return set(await session.scalars(_owners(on)))


def _owners(on: date) -> Select[UUID]:
    return (
        select(RoleGrant.person_id)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(RoleGrant.role == Role.OWNER.value, RoleGrant.scope.is_(None), holds(RoleGrant, on), Person.is_active)
    )


async def give(
    session: AsyncSession,
    person: UUID,
    role: Role,
    *,
    by: UUID | None,
    now: datetime,
    today: date,
    scope: str = scopes.WHOLE,
) -> UUID | None:
    """The line of the log that says so; None where the role was held already. `by`: None for the operator.

    `scope`: the part of the company it is for; who held the role for another part holds it for this one from now on.
    """
    if scope:
        await _check_part(session, person, role, scope, on=today)
    before = await _scopes(session, role, on=today)
    if before.get(person) == scope:
        return None
    if person in before:
        await take(session, person, role, by=by, now=now, today=today)
    grant = {"id": uuid4(), "person_id": person, "role": role.value, "scope": scope or None, "from_on": today}
    if not await insert_new(session, RoleGrant, [grant]):
        return None
    named = (await alias(session, person)).hex
    return await note_change(session, _line(role, scope), before="", after=named, by=by, now=now)


async def _check_part(session: AsyncSession, person: UUID, role: Role, scope: str, *, on: date) -> None:
    if role is not Role.OWNER:
        raise Refusal("Only owners have a part of the company. Leave the department or country out.")
    held_by_others = {one for who, one in (await _scopes(session, role, on=on)).items() if one and who != person}
    scopes.check_same_kind(scope, held_by_others)


async def _scopes(session: AsyncSession, role: Role, *, on: date) -> dict[UUID, str]:
    """Who holds a role, and for which part."""
    found = await session.execute(
        select(RoleGrant.person_id, RoleGrant.scope).where(RoleGrant.role == role.value, holds(RoleGrant, on))
    )
    return {row.person_id: row.scope or scopes.WHOLE for row in found}


def _line(role: Role, scope: str) -> str:
    """What a line of the log says about a role."""
    return f"{ROLE}{role.value}{OF_PART}{scope}" if scope else f"{ROLE}{role.value}"


def _said(what: str) -> tuple[Role, str]:
    """(role, part), read from such a line."""
    role, _, scope = what.removeprefix(ROLE).partition(OF_PART)
    return Role(role), scope


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
    ended = update(RoleGrant).where(*open_grant).values(until_on=today).returning(RoleGrant.scope)
    of = (await session.scalars(ended)).all()
    if not of:
        return None
    named = (await alias(session, person)).hex
    return await note_change(session, _line(role, of[0] or scopes.WHOLE), before=named, after="", by=by, now=now)


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
    whole = _line(role, scopes.WHOLE)
    of_role = select(Change).where(or_(Change.what == whole, Change.what.startswith(whole + OF_PART)))
    lines = (await session.scalars(of_role.order_by(Change.at.desc(), Change.id).limit(most))).all()
    names = await _names(session, lines)
    return tuple(
        RoleChange(
            at=line.at,
            who=names.get(_concerned(line)),
            by=names.get(line.by, ERASED) if line.by else None,
            is_given=bool(line.after),
            scope=_said(line.what)[1],
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
        select(RoleGrant.person_id, RoleGrant.role, RoleGrant.scope).where(
            RoleGrant.person_id.in_(found), holds(RoleGrant, now.date())
        )
    )
    held_now = {(row.person_id, row.role, row.scope or scopes.WHOLE) for row in grants}
    told = {}
    for line in (one for one in lines if _concerned(one) in who):
        person, (role, scope) = found[who[_concerned(line)]], _said(line.what)
        if ((person.id, role.value, scope) in held_now) == bool(line.after):
            by = names.get(line.by, ERASED) if line.by else None
            told[line.id] = RoleTold(
                role, bool(line.after), by, person.name, person.schedule, tuple(away.get(person.id, ())), scope
            )
    return told
