"""Roles in the program and the log of who changed them, on both engines."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from bot.database import Database
from bot.models.changes import Alias, Change
from bot.models.people import Person
from bot.rules.people import Role
from bot.rules.refusal import Refusal
from bot.services import roles
from tests.support import rows
from tests.support.rows import NOW, TODAY, Cast


class Program:
    """The cast, in which Lea is the owner; each act is one transaction."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.cast: Cast

    async def give(self, person: Person, role: Role, *, by: UUID | None = None) -> None:
        async with self.db.writing() as session:
            await roles.give(session, person.id, role, by=by, now=NOW, today=TODAY)

    async def take(self, person: Person, role: Role, *, by: UUID | None = None) -> None:
        async with self.db.writing() as session:
            await roles.take(session, person.id, role, by=by, now=NOW, today=TODAY)

    async def held(self, person: Person, *, on: date = TODAY) -> set[Role]:
        async with self.db.reading() as session:
            return await roles.held(session, person.id, on=on)

    async def log(self) -> list[tuple[str | None, str, str, str]]:
        """(who, what, before, after), with the first name of whoever an alias stands for."""
        async with self.db.reading() as session:
            found = await session.execute(select(Alias.alias, Person.name).join(Person, Person.id == Alias.person_id))
            names = {alias.hex: name.split()[0] for alias, name in found}
            changes = (await session.scalars(select(Change))).all()
        people = {row.id.hex for row in vars(self.cast).values()}
        assert not any(people & {one.before, one.after, one.by.hex if one.by else ""} for one in changes)
        return [
            (names[one.by.hex] if one.by else None, one.what, names.get(one.before, ""), names.get(one.after, ""))
            for one in changes
        ]


@pytest.fixture
async def program(db: Database) -> Program:
    program = Program(db)
    async with db.writing() as session:
        program.cast = await rows.cast(session)
    return program


@pytest.mark.parametrize("role", Role)
async def test_a_role_is_given_and_taken_and_both_are_logged(program: Program, role: Role) -> None:
    lea, noor = program.cast.lea, program.cast.noor
    await program.give(noor, role, by=lea.id)
    await program.give(noor, role, by=lea.id)
    assert await program.held(noor) == {role}
    await program.take(noor, role, by=lea.id)
    await program.take(noor, role, by=lea.id)
    assert await program.held(noor) == set()
    expected = [("Lea", f"role {role}", "", "Noor"), ("Lea", f"role {role}", "Noor", "")]
    assert sorted(await program.log()) == sorted(expected)


async def test_roles_are_dated(program: Program) -> None:
    lea, noor = program.cast.lea, program.cast.noor
    await program.give(noor, Role.OWNER)
    await program.take(lea, Role.OWNER)
    assert await program.held(lea, on=TODAY - timedelta(days=1)) == {Role.OWNER}
    assert await program.held(noor, on=TODAY - timedelta(days=1)) == set()
    assert (await program.held(lea), await program.held(noor)) == (set(), {Role.OWNER})


async def test_a_role_can_be_given_again_on_the_day_it_was_taken(program: Program) -> None:
    for _ in range(2):
        await program.give(program.cast.noor, Role.CHAIR)
        assert await program.held(program.cast.noor) == {Role.CHAIR}
        await program.take(program.cast.noor, Role.CHAIR)


async def test_what_nobody_holds_cannot_be_taken_and_is_not_logged(program: Program) -> None:
    await program.take(program.cast.ana, Role.READER)
    assert await program.log() == []


async def test_the_last_owner_stays(program: Program) -> None:
    with pytest.raises(Refusal, match=r"only owner\. Give the role to somebody else first"):
        await program.take(program.cast.lea, Role.OWNER)
    assert await program.held(program.cast.lea) == {Role.OWNER}
    assert await program.log() == []


async def test_an_owner_who_has_left_does_not_count(program: Program) -> None:
    noor = program.cast.noor
    await program.give(noor, Role.OWNER)
    async with program.db.writing() as session:
        await session.execute(update(Person).where(Person.id == noor.id).values(is_active=False))
    with pytest.raises(Refusal, match="only owner"):
        await program.take(program.cast.lea, Role.OWNER)
    await program.take(noor, Role.OWNER)
    assert await program.held(noor) == set()


async def test_the_operator_has_no_alias(program: Program) -> None:
    await program.give(program.cast.noor, Role.STEWARD, by=None)
    assert await program.log() == [(None, "role steward", "", "Noor")]


async def test_everybody_has_one_alias_that_says_nothing(program: Program) -> None:
    async with program.db.writing() as session:
        first = await roles.alias(session, program.cast.ana.id)
        assert await roles.alias(session, program.cast.ana.id) == first
        assert first not in {row.id for row in vars(program.cast).values()}
        assert first.version == 4
