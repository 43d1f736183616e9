"""Being away without having said so here: by a status in Slack, or set by a manager or an owner. No reason is kept."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import and_, bindparam, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.people import Absence
from bot.models.people import Person as PersonRow
from bot.rules import access, cadence
from bot.rules import away as rules
from bot.rules.away import SetAway
from bot.rules.cadence import DAY
from bot.rules.directory import Account
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import check_in_rounds, messages, people, relations, wishes

SET = "away.set"
PAGE = 1000
NOBODY = "This is not a colleague in the directory: an app, a guest or a leaver."


# By somebody else


async def set_away(session: AsyncSession, *, by: Person, person: str, until: date | None, now: datetime) -> Person:
    """Leave a colleague, by their Slack id, in peace from their today until the morning of `until`.

    Open to their manager and to owners; they hear who did it, and how to change it. An earlier choice of the same kind
    is replaced; what they said themselves stays.
    """
    of = (await people.by_slack_id(session, [person], on=now.date())).get(person)
    if of is None or not of.is_active or of.is_guest:
        raise Refusal(NOBODY, field="person")
    standing = await relations.to_person(session, by=by, of=of.id, thing="absence", on=now.date())
    access.require(standing, "write", "absence")
    today = cadence.local_day(now, of.schedule.zone)
    if until is None:
        raise Refusal("Choose the day they are back.", field="until")
    if of.id == by.id:
        await wishes.pause(session, by=by, until=until, now=now, today=today)
        return of
    rules.check_until(until, today=today)
    await _replace(session, of.id, by=by.id, until=until, today=today, now=now)
    await check_in_rounds.replan(session, [of.id], now=now)
    await messages.redraw_home(session, [by.id, of.id], at=now)
    return of


async def _replace(session: AsyncSession, of: UUID, *, by: UUID, until: date, today: date, now: datetime) -> None:
    held = and_(Absence.person_id == of, people.holds(Absence, today))
    await session.execute(update(Absence).where(held, Absence.set_by.is_not(None)).values(until_on=today))
    row = Absence(id=uuid4(), person_id=of, from_on=today, until_on=until, set_by=by)
    session.add(row)
    await session.flush()
    await messages.tell(session, SET, to=of, about=row.id, at=now)


async def load_set(session: AsyncSession, ids: Sequence[UUID], *, now: datetime) -> dict[UUID, SetAway]:
    """What somebody hears of these absences, while they last. They are reached as if they were here: they may be."""
    rows = (await session.execute(select(Absence).where(Absence.id.in_(ids)))).scalars().all()
    who = {row.person_id for row in rows} | {row.set_by for row in rows if row.set_by}
    found = await people.by_id(session, who, on=now.date())
    told = {}
    for row in rows:
        person, by = found[row.person_id], found.get(row.set_by or row.person_id)
        today = cadence.local_day(now, person.schedule.zone)
        if by is not None and row.until_on is not None and row.until_on > today:
            is_manager = person.manager_id == by.id
            told[row.id] = SetAway(person.name, by.name, is_manager, row.until_on, today, person.schedule, ())
    return told


# By a status in Slack


@dataclass
class _Steps:
    """What a listing of statuses changes: parameters of statements, and whose prompts are planned anew."""

    begun: list[dict[str, Any]] = field(default_factory=list)
    moved: list[dict[str, Any]] = field(default_factory=list)
    cleared: list[dict[str, Any]] = field(default_factory=list)
    concerned: set[UUID] = field(default_factory=set)


async def follow_statuses(
    session: AsyncSession, accounts: Collection[Account], *, now: datetime, is_complete: bool
) -> set[UUID]:
    """Absences begin, move and end with the status of these accounts. Returns whose prompts are to be planned anew.

    Only absences that were read off a status are touched. Whoever said that they are back while it still stood stays
    back until it changes. `is_complete`: see `directory.sync`.
    """
    active = {one.slack_id: one for one in accounts if one.is_active}
    held = await _held(session, None if is_complete else list(active), now=now)
    steps = _Steps()
    for row in held:
        if row.slack_id in active:
            _follow(steps, row, active[row.slack_id], now=now)
    known = {row.slack_id for row in held}
    fresh = [one.slack_id for one in active.values() if one.is_away and one.slack_id not in known]
    for row in await _zones(session, fresh):
        _begin(steps, row, active[row.slack_id], now=now)
    await _write(session, steps)
    return steps.concerned


async def _held(session: AsyncSession, slack_ids: Sequence[str] | None, *, now: datetime) -> list[Any]:
    """Absences by a status that still hold, or that their person has overruled: everybody's, or those of a few."""
    may_hold = or_(Absence.until_on.is_(None), Absence.until_on > now.date() - DAY, Absence.is_overruled)
    wanted = (
        select(
            Absence.id, Absence.person_id, Absence.from_on, Absence.until_on, Absence.is_overruled, PersonRow.slack_id,
            PersonRow.zone,
        )
        .join(PersonRow, PersonRow.id == Absence.person_id)
        .where(Absence.is_from_status, PersonRow.slack_id.is_not(None), may_hold)
    )  # fmt: skip
    if slack_ids is not None:
        wanted = wanted.where(PersonRow.slack_id.in_(slack_ids))
    rows = await session.execute(wanted)
    return [row for row in rows if row.is_overruled or not _is_over(row, cadence.local_day(now, row.zone))]


def _is_over(row: Any, today: date) -> bool:
    return row.until_on is not None and row.until_on <= today


async def _zones(session: AsyncSession, slack_ids: Sequence[str]) -> list[Any]:
    """`id`, `slack_id` and `zone` of these people, page by page."""
    found: list[Any] = []
    for start in range(0, len(slack_ids), PAGE):
        page = PersonRow.slack_id.in_(slack_ids[start : start + PAGE])
        found += (await session.execute(select(PersonRow.id, PersonRow.slack_id, PersonRow.zone).where(page))).all()
    return found


def _follow(steps: _Steps, row: Any, account: Account, *, now: datetime) -> None:
    today = cadence.local_day(now, row.zone)
    until = rules.until_of(account.away_until, row.zone)
    stands = account.is_away and (until is None or until > today)
    if row.is_overruled:
        if not stands:
            steps.cleared.append({"key": row.id})
    elif not stands or until != row.until_on:
        steps.moved.append({"key": row.id, "new_until_on": until if stands else max(today, row.from_on)})
        steps.concerned.add(row.person_id)


def _begin(steps: _Steps, person: Any, account: Account, *, now: datetime) -> None:
    today, until = cadence.local_day(now, person.zone), rules.until_of(account.away_until, person.zone)
    if until is None or until > today:
        new = {"id": uuid4(), "person_id": person.id, "from_on": today, "until_on": until, "is_from_status": True}
        steps.begun.append(new)
        steps.concerned.add(person.id)


async def _write(session: AsyncSession, steps: _Steps) -> None:
    connection = await session.connection()
    by_key = update(Absence).where(Absence.id == bindparam("key"))
    if steps.moved:
        await connection.execute(by_key.values(until_on=bindparam("new_until_on")), steps.moved)
    if steps.cleared:
        await connection.execute(by_key.values(is_overruled=False), steps.cleared)
    if steps.begun:
        await connection.execute(insert(Absence), steps.begun)
