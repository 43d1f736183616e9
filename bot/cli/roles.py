"""`ladderbot role`: who holds which role in the program, and who changed what."""

from typing import Annotated, Any
from uuid import UUID

import typer
from rich.table import Table
from rich.text import Text
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cli.asking import console, with_database
from bot.clock import Clock
from bot.database import Database
from bot.models.changes import Alias, Change
from bot.models.people import Person, RoleGrant
from bot.rules import scopes
from bot.rules.people import Role
from bot.rules.refusal import Refusal
from bot.services import people, roles
from bot.services.people import holds

NAMELESS = "somebody erased"
OPERATOR = "the operator"
ROLES = ", ".join(Role)

app = typer.Typer(name="role", help="Owners, readers, stewards, council members, chairs.", no_args_is_help=True)
Who = Annotated[str, typer.Argument(help="E-mail, Slack id or id of a person.")]
RoleName = Annotated[str, typer.Argument(help=ROLES)]


@app.command()
def give(
    who: Who,
    role: RoleName,
    department: Annotated[str | None, typer.Option(help="An owner of this department only.")] = None,
    country: Annotated[str | None, typer.Option(help="An owner of this country only, in two letters.")] = None,
) -> None:
    """Give somebody a role, from today on. An owner of a part sees its figures, and may change nothing."""

    async def work(db: Database, clock: Clock) -> str:
        scope = scopes.part(department, country)
        now = clock.now()
        async with db.writing() as session:
            person = await people.by_any_name(session, who, on=now.date())
            if not person.is_active:
                raise Refusal(f"{person.name} has left, so there is no role to give.")
            await roles.give(session, person.id, _role(role), by=None, now=now, today=now.date(), scope=scope)
        return f"{person.name} is {_role(role)}{f' of {scopes.said(scope)}' if scope else ''} now."

    console.print(with_database(work), markup=False)


@app.command()
def take(who: Who, role: RoleName) -> None:
    """End somebody's role today."""

    async def work(db: Database, clock: Clock) -> str:
        now = clock.now()
        async with db.writing() as session:
            person = await people.by_any_name(session, who, on=now.date())
            if _role(role) not in await roles.held(session, person.id, on=now.date()):
                raise Refusal(f"{person.name} is not {_role(role)}.")
            await roles.take(session, person.id, _role(role), by=None, now=now, today=now.date())
        return person.name

    console.print(f"{with_database(work)} is no longer {_role(role)}.", markup=False)


def _role(text: str) -> Role:
    try:
        return Role(" ".join(text.replace("-", " ").casefold().split()))
    except ValueError:
        raise Refusal(f"There is no role {text!r}. Roles are {ROLES}.") from None


@app.command("list")
def list_roles() -> None:
    """Who holds which role today."""

    async def work(db: Database, clock: Clock) -> list[Any]:
        query = select(RoleGrant.role, RoleGrant.scope, Person.name, Person.email, RoleGrant.from_on).join(
            Person, Person.id == RoleGrant.person_id
        )
        async with db.reading() as session:
            held = query.where(holds(RoleGrant, clock.now().date())).order_by(RoleGrant.role, Person.name)
            return [
                (row.role, scopes.said(row.scope or ""), row.name, row.email or "", row.from_on.isoformat())
                for row in await session.execute(held)
            ]

    _print(("role", "of", "name", "e-mail", "since"), with_database(work))


@app.command()
def log(
    last: Annotated[int, typer.Option(min=1, help="How many lines, counted from the newest.")] = 50,
) -> None:
    """Who changed which setting, role or release, and when; the newest line comes last."""

    async def work(db: Database, clock: Clock) -> list[Any]:
        async with db.reading() as session:
            changes = (await session.scalars(select(Change).order_by(Change.at.desc()).limit(last))).all()
            names = await _names(session)
        return [_line(change, names) for change in reversed(changes)]

    _print(("when", "by", "what", "before", "after"), with_database(work))


async def _names(session: AsyncSession) -> dict[str, str]:
    """The names behind the aliases of the log; those of erased people are gone."""
    found = await session.execute(select(Alias.alias, Person.name).join(Person, Person.id == Alias.person_id))
    return {row.alias.hex: row.name for row in found}


def _line(change: Change, names: dict[str, str]) -> tuple[str, ...]:
    by = OPERATOR if change.by is None else names.get(change.by.hex, NAMELESS)
    values = (_named(change.before, names), _named(change.after, names))
    return (f"{change.at:%Y-%m-%d %H:%M} UTC", by, change.what, *values)


def _named(value: str, names: dict[str, str]) -> str:
    """A value of the log; where it is somebody's alias, their name."""
    try:
        return names.get(UUID(value).hex, NAMELESS) if len(value) == 32 else value
    except ValueError:
        return value


def _print(header: tuple[str, ...], rows: list[Any]) -> None:
    table = Table(*header)
    for row in rows:
        table.add_row(*map(Text, row))
    console.print(table)
