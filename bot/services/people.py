"""Who somebody is today: one person, many, and the lines between them."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Select,
    Uuid,
    and_,
    bindparam,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.models.framework import Release
from bot.models.people import Absence, Closing, Deputy, Placement, ReportingLine, RoleGrant
from bot.models.people import Person as PersonRow
from bot.rules import readiness
from bot.rules.cadence import Away, Cadence, Schedule
from bot.rules.people import Person
from bot.rules.refusal import Refusal

STRANGER = "I don't find you in the directory, or your account has ended. Whoever runs Ladderbot can look into it."
NOT_FOR_GUESTS = "Ladderbot is for colleagues with a full account. If you should have one, ask whoever invited you."

RELEASE = "release"  # on a session: the framework's release in force, asked along with whoever acts

Manager = aliased(PersonRow)


async def acting(session: AsyncSession, slack_id: str, *, on: date) -> Person:
    """The person who asks. Refusal for strangers, guests and people who have left."""
    found = (await session.execute(_ACTING, {"on": on, "slack_id": slack_id})).first()
    if found is None or not found.is_active:
        raise Refusal(STRANGER)
    session.info[RELEASE] = found.release
    if found.is_guest:
        raise Refusal(NOT_FOR_GUESTS)
    return _person(found)


async def by_id(session: AsyncSession, ids: Iterable[UUID], *, on: date) -> dict[UUID, Person]:
    if not (wanted := set(ids)):
        return {}
    found = await session.execute(_BY_ID, {"ids": list(wanted), "on": on})
    return {row.id: _person(row) for row in found}


async def by_slack_id(session: AsyncSession, slack_ids: Iterable[str], *, on: date) -> dict[str, Person]:
    if not (wanted := set(slack_ids)):
        return {}
    found = await session.execute(_people(on).where(PersonRow.slack_id.in_(wanted)))
    return {row.slack_id: _person(row) for row in found}


async def by_any_name(session: AsyncSession, text: str, *, on: date) -> Person:
    """For the command line: an e-mail address, a Slack id or an id of ours. Refusal when nobody answers to it."""
    ours = _ids(text)
    found = await session.execute(
        _people(on).where(or_(PersonRow.email == text.lower(), PersonRow.slack_id == text, PersonRow.id.in_(ours)))
    )
    row = found.first()
    if row is None:
        raise Refusal(f"Nobody in the directory has the e-mail, Slack id or id {text!r}.")
    return _person(row)


def _ids(text: str) -> list[UUID]:
    try:
        return [UUID(text)]
    except ValueError:
        return []


def holds(
    table: type[Placement | ReportingLine | RoleGrant | Absence | Deputy], on: date | BindParameter[date]
) -> ColumnElement[bool]:
    """The dated rows that hold on a day."""
    return and_(table.from_on <= on, or_(table.until_on.is_(None), table.until_on > on))


def _people(on: date | BindParameter[date]) -> Select[*tuple[object, ...]]:
    return (
        select(
            PersonRow.id, PersonRow.slack_id, PersonRow.name, PersonRow.zone, PersonRow.preferred_hour,
            PersonRow.working_days, PersonRow.country, PersonRow.cadence, PersonRow.is_active, PersonRow.is_guest,
            Placement.track, Placement.level, ReportingLine.manager_id, Manager.name.label("manager_name"),
        )
        .outerjoin(Placement, and_(Placement.person_id == PersonRow.id, holds(Placement, on)))
        .outerjoin(ReportingLine, and_(ReportingLine.person_id == PersonRow.id, holds(ReportingLine, on)))
        .outerjoin(Manager, and_(Manager.id == ReportingLine.manager_id, Manager.is_active))
    )  # fmt: skip


# Asked on every press, or for each batch of messages, so they are put together once.
_ON = bindparam("on", type_=Date)
_ABSENCES = union_all(
    select(Absence.person_id, Absence.from_on, Absence.until_on).where(
        Absence.person_id.in_(bindparam("ids", expanding=True)),
        or_(Absence.until_on.is_(None), Absence.until_on > _ON),
    ),
    select(literal(None, Uuid), Closing.from_on, Closing.until_on).where(Closing.until_on > _ON),
)
_BY_ID = _people(_ON).where(PersonRow.id.in_(bindparam("ids", expanding=True)))
NEWEST_RELEASE = select(Release.id).order_by(Release.loaded_at.desc(), Release.version.desc()).limit(1)
_ACTING = (
    _people(_ON)
    .add_columns(NEWEST_RELEASE.scalar_subquery().label("release"))
    .where(PersonRow.slack_id == bindparam("slack_id"))
)


def _person(row: object) -> Person:
    value = row._mapping  # type: ignore[attr-defined]
    return Person(
        id=value["id"],
        slack_id=value["slack_id"],
        name=value["name"],
        schedule=Schedule(value["zone"], value["preferred_hour"], value["working_days"], value["country"]),
        cadence=Cadence(value["cadence"]) if value["cadence"] else None,
        track=value["track"],
        level=value["level"],
        manager_id=value["manager_id"] if value["manager_name"] else None,
        manager_name=value["manager_name"],
        is_active=value["is_active"],
        is_guest=value["is_guest"],
    )


async def months_at_level(session: AsyncSession, *, by: Person, today: date) -> int:
    """For how long the person has held their track and level on record; leave is not counted."""
    held = select(Placement.from_on).where(Placement.person_id == by.id, holds(Placement, today))
    since = await session.scalar(held)
    if since is None:
        return 0
    away = await absences(session, [by.id], on=since)
    return readiness.months_held(since, today, away.get(by.id, ()))


async def is_manager(session: AsyncSession, person: UUID, *, on: date) -> bool:
    """Whether anybody reports to them."""
    managed = select(ReportingLine.id).where(ReportingLine.manager_id == person, holds(ReportingLine, on))
    return await session.scalar(managed.limit(1)) is not None


async def managers_above(session: AsyncSession, person: UUID, *, on: date) -> list[UUID]:
    """The person's manager, that one's manager, and so on."""
    start = select(ReportingLine.manager_id).where(ReportingLine.person_id == person, holds(ReportingLine, on))
    line = start.cte("line", recursive=True)
    above = select(ReportingLine.manager_id).where(
        ReportingLine.person_id == line.c.manager_id, holds(ReportingLine, on)
    )
    return list((await session.scalars(select(line.union(above).c.manager_id))).all())


async def reports_below(session: AsyncSession, person: UUID, *, on: date) -> list[UUID]:
    """Everybody whose line of managers leads to the person."""
    start = select(ReportingLine.person_id).where(ReportingLine.manager_id == person, holds(ReportingLine, on))
    line = start.cte("below", recursive=True)
    below = select(ReportingLine.person_id).where(
        ReportingLine.manager_id == line.c.person_id, holds(ReportingLine, on)
    )
    return list((await session.scalars(select(line.union(below).c.person_id))).all())


async def absences(session: AsyncSession, ids: Sequence[UUID], *, on: date) -> dict[UUID, list[Away]]:
    """Each one's absences from `on` on. The days on which the company is closed are everybody's."""
    if not ids:
        return {}
    found = await session.execute(_ABSENCES, {"ids": list(ids), "on": on})
    away: dict[UUID, list[Away]] = {}
    closed: list[Away] = []
    for row in found:
        own = closed if row.person_id is None else away.setdefault(row.person_id, [])
        own.append(Away(row.from_on, row.until_on))
    return {person: [*away.get(person, ()), *closed] for person in ids} if closed else away
