"""360 rounds: names that wait for a manager who is away are agreed to by their deputy."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.people import ReportingLine
from bot.models.rounds import Round as RoundRow
from bot.models.rounds import RoundSeat as SeatRow
from bot.rules import rounds as rules
from bot.rules.deputies import Named
from bot.rules.people import Person
from bot.rules.rounds import LIVE, Round, SeatState, State
from bot.services import deputies, messages, people
from bot.services import round_rows as rows

APPROVE = "round.approve_for"


async def tell(session: AsyncSession, *which: ColumnElement[bool], now: datetime, today: date) -> None:
    """Deputies hear once of each list of names that waits for them; of all rounds, or of these."""
    found = await rows.load(session, *_names_wait(), *which, on=today, most=None)
    named = await _in_place(session, found, now=now)
    owed = [
        messages.owed(APPROVE, to=named[one.id].deputy_id, about=named[one.id].id, at=now, key=_key(named[one.id], one))
        for one in found
        if one.id in named
    ]
    await messages.tell_many(session, owed)


def _key(named: Named, found: Round) -> str:
    return f"{APPROVE}:{named.id.hex}:{found.list_of_names}"


async def in_place(session: AsyncSession, found: Round, *, now: datetime) -> Named | None:
    """Who agrees to the names of this round while its manager is away."""
    return (await _in_place(session, [found], now=now)).get(found.id)


async def _in_place(session: AsyncSession, found: Sequence[Round], *, now: datetime) -> dict[UUID, Named]:
    managers = {one.manager.id for one in found if one.manager is not None}
    named = await deputies.in_place_of(session, managers, now=now)
    return {
        one.id: deputy
        for one in found
        if one.manager is not None
        and (deputy := named.get(one.manager.id)) is not None
        and rules.can_stand_in(one, deputy.deputy_id)
    }


async def standing(session: AsyncSession, found: Round, *, now: datetime) -> Round:
    """For the member, while their names wait: whether the manager is away, and who agrees instead."""
    if found.state not in LIVE or found.manager is None or not any(seat.is_new for seat in found.seats):
        return found
    named = await in_place(session, found, now=now)
    away = await deputies.away(session, [found.manager.id], now=now)
    return replace(found, is_manager_away=bool(away), stand_in=named.deputy if named else "")


async def to_approve(session: AsyncSession, who: Collection[UUID], *, now: datetime) -> dict[UUID, list[Round]]:
    """Deputy → rounds whose names wait for them at this moment, the longest waiting first."""
    standing = await deputies.standing_in(session, who, now=now)
    managers = {one.manager_id for named in standing.values() for one in named}
    if not managers:
        return {}
    theirs = select(ReportingLine.person_id).where(
        ReportingLine.manager_id.in_(managers), people.holds(ReportingLine, now.date())
    )
    waiting = await rows.load(session, *_names_wait(), RoundRow.person_id.in_(theirs), on=now.date(), most=None)
    named = await _in_place(session, waiting, now=now)
    found: dict[UUID, list[Round]] = defaultdict(list)
    for one in reversed(waiting):
        if one.id in named and named[one.id].deputy_id in who:
            found[named[one.id].deputy_id].append(for_deputy(one))
    return found


def _names_wait() -> tuple[ColumnElement[bool], ...]:
    live = RoundRow.state.in_([State.WAITING.value, State.OPEN.value])
    return live, exists().where(SeatRow.round_id == RoundRow.id, SeatRow.state == SeatState.NAMED.value)


def for_deputy(found: Round) -> Round:
    """The names that wait, and nobody who has been asked already."""
    new = tuple(seat for seat in found.seats if seat.is_new)
    in_place_of = found.manager.name if found.manager else ""
    return replace(rules.for_giver(found), seats=new, in_place_of=in_place_of)


async def load(
    session: AsyncSession, ids: Collection[UUID], *, now: datetime
) -> dict[UUID, tuple[Person, list[Round]]]:
    """For the message: those of these namings that hold, the deputy, and the rounds that wait for them."""
    named = await deputies.standing(session, ids, now=now)
    waiting = await to_approve(session, {one.deputy_id for one in named.values()}, now=now)
    who = await people.by_id(session, list(waiting), on=now.date())
    found = {}
    for key, one in named.items():
        theirs = [each for each in waiting.get(one.deputy_id, ()) if each.manager and each.manager.id == one.manager_id]
        if theirs:
            found[key] = (who[one.deputy_id], theirs)
    return found
