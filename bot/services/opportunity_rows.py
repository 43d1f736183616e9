"""Opportunities and asks as they are kept, read into plain values."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.models.opportunities import Opportunity as Row
from bot.models.opportunities import OpportunityInterest as InterestRow
from bot.models.people import Person as PersonRow
from bot.rules import access
from bot.rules import opportunities as rules
from bot.rules.directions import Wants
from bot.rules.framework import Framework
from bot.rules.opportunities import Ask, Interest, Kind, Offer, Opportunity, State, Tags, Told
from bot.rules.people import Person
from bot.services import directions, people
from bot.services import framework as frameworks

Offerer, Credited, Taker = aliased(PersonRow), aliased(PersonRow), aliased(PersonRow)


def load(by: UUID | None = None) -> Select[*tuple[Any, ...]]:
    """Opportunities with who offers them, how many places are taken, and how `by` stands to each."""
    return (
        select(
            Row, Offerer.name.label("by_name"), Offerer.is_active.label("is_here"), Credited.name.label("credited"),
            _taken().label("taken"), _standing_of(by).label("mine"),
        )
        .join(Offerer, Offerer.id == Row.offered_by)
        .outerjoin(Credited, Credited.id == Row.credited_id)
        .execution_options(populate_existing=True)
    )  # fmt: skip


def _taken() -> ScalarSelect[int]:
    """The place of somebody who has left the company is free again."""
    accepted = (InterestRow.opportunity_id == Row.id, InterestRow.state == Interest.ACCEPTED.value)
    taken = select(func.count()).where(*accepted, Taker.id == InterestRow.person_id, Taker.is_active)
    return taken.correlate(Row).scalar_subquery()


def _standing_of(person: UUID | None) -> ScalarSelect[str]:
    theirs = (InterestRow.opportunity_id == Row.id, InterestRow.person_id == person)
    return select(InterestRow.state).where(*theirs).correlate(Row).scalar_subquery()


def is_for(person: UUID) -> ColumnElement[bool]:
    """Whether there is still something in it for them: not their own, and not full or given to somebody else."""
    has_room = or_(Row.places.is_(None), Row.places > _taken(), _standing_of(person) == Interest.ACCEPTED.value)
    is_theirs = func.coalesce(_standing_of(person), "") != Interest.TAKEN.value
    return and_(Row.offered_by != person, has_room, is_theirs)


def is_open(today: date) -> ColumnElement[bool]:
    return and_(Row.state == State.OPEN.value, Row.ends_on >= today, Offerer.is_active)


def first_day() -> ColumnElement[date]:
    """What has a date comes before what has none, and the nearest first."""
    return func.coalesce(Row.begins_on, Row.until_on, Row.ends_on)


def is_dated() -> ColumnElement[int]:
    return case((or_(Row.begins_on.is_not(None), Row.until_on.is_not(None)), 0), else_=1)


def suiting(tracks: Collection[str], band: int | None) -> ColumnElement[bool]:
    """For these tracks or for all, and for this band or for all; as `rules.opportunities.suits`."""
    on_track = or_(Row.tracks == "", *(names(Row.tracks, key) for key in tracks))
    in_band = or_(Row.bands == "", *([names(Row.bands, str(band))] if band is not None else []))
    return and_(on_track, in_band)


def names(column: Any, key: str) -> ColumnElement[bool]:
    """Whether a line of keys has this one."""
    line: ColumnElement[str] = literal(" ") + column + literal(" ")
    return line.contains(f" {key} ", autoescape=True)


def values(rows: Iterable[Any], *, tracks: Collection[str] = (), band: int | None = None) -> tuple[Opportunity, ...]:
    return tuple(_value(row, tracks, band) for row in rows)


def _value(found: Any, tracks: Collection[str], band: int | None) -> Opportunity:
    row: Row = found.Opportunity
    tags = Tags(tuple(row.tracks.split()), tuple(row.competencies.split()), tuple(map(int, row.bands.split())))
    offer = Offer(
        Kind(row.kind), row.title, row.learn, row.hours, row.places, row.begins_on, row.until_on, row.link, tags
    )
    return Opportunity(
        row.id, row.offered_by, found.by_name, offer, State(row.state), row.offered_at, row.ends_on, found.taken,
        found.credited or "", rules.suits(tags, tracks=tracks, band=band), found.is_here, row.reason,
        Interest(found.mine) if found.mine else None,
    )  # fmt: skip


def kept(offer: Offer) -> dict[str, Any]:
    """The columns that say what is offered."""
    return {
        "kind": offer.kind.value, "title": offer.title, "learn": offer.learn, "hours": offer.hours,
        "places": offer.places, "begins_on": offer.begins_on, "until_on": offer.until_on, "link": offer.link,
        "tracks": " ".join(offer.tags.tracks), "competencies": " ".join(offer.tags.competencies),
        "bands": " ".join(map(str, offer.tags.bands)),
    }  # fmt: skip


async def standing(session: AsyncSession, by: Person) -> tuple[Framework | None, tuple[str, ...], int | None]:
    """(the framework, the tracks somebody looks at, their band): what suits them follows from it.

    These are their own track, and the one they would like to try, which they alone see the effect of.
    """
    framework = await frameworks.current_or_none(session)
    direction = await directions.of(session, by.id)
    wanted = direction.track if direction and direction.wants is Wants.OTHER_TRACK else None
    band = framework.band_of(by.track, by.level) if framework else None
    return framework, tuple(filter(None, (by.track, wanted))), band


async def one(session: AsyncSession, opportunity: UUID, *, by: Person) -> Opportunity:
    """Refusal for what is not there."""
    found = values(await session.execute(load(by.id).where(Row.id == opportunity)))
    if not found:
        access.refuse()
    return found[0]


async def hold(session: AsyncSession, opportunity: UUID) -> None:
    """Until the end of this transaction nobody else gives away its last place, or takes places away."""
    await session.execute(select(Row.id).where(Row.id == opportunity).with_for_update())


# Asks


def asks() -> Select[*tuple[Any, ...]]:
    """Asks of people who are here, with their names."""
    return (
        select(InterestRow, PersonRow.name)
        .join(PersonRow, PersonRow.id == InterestRow.person_id)
        .where(PersonRow.is_active)
        .execution_options(populate_existing=True)
    )


def ask(found: Any) -> Ask:
    row: InterestRow = found.OpportunityInterest
    return Ask(row.id, row.opportunity_id, row.person_id, found.name, Interest(row.state), row.asked_at)


async def asks_by_id(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, Ask]:
    return {(value := ask(row)).id: value for row in await session.execute(asks().where(InterestRow.id.in_(ids)))}


async def told(session: AsyncSession, ids: Collection[UUID], *, to: str, now: datetime) -> dict[UUID, Told]:
    """For messages about asks: to whoever offers it ("offerer"), to who asked ("asker"), or to their "manager"."""
    found = await asks_by_id(session, ids)
    things = {one.opportunity_id for one in found.values()}
    rows = await session.execute(load().where(Row.id.in_(things)))
    known = {one.id: one for one in values(rows)}
    askers = await people.by_id(session, {one.person_id for one in found.values()}, on=now.date())

    def reader(one: Ask) -> UUID | None:
        if to == "manager":
            return askers[one.person_id].manager_id if one.person_id in askers else None
        return known[one.opportunity_id].offered_by if to == "offerer" else one.person_id

    readers = {key: reader(one) for key, one in found.items()}
    ids_read = {one for one in readers.values() if one is not None}
    who = await people.by_id(session, ids_read, on=now.date())
    away = await people.absences(session, list(who), on=now.date())
    return {
        key: Told(one, known[one.opportunity_id], who[at].schedule, tuple(away.get(at, ())))
        for key, one in found.items()
        if (at := readers[key]) is not None and at in who
    }
