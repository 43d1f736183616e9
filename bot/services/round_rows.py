"""Rounds as they are kept, made into the values that rules and views know."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.rounds import Round as RoundRow
from bot.models.rounds import RoundAnswer as AnswerRow
from bot.models.rounds import RoundReport as ReportRow
from bot.models.rounds import RoundSeat as SeatRow
from bot.rules import access
from bot.rules import rounds as rules
from bot.rules.people import Person
from bot.rules.rounds import COLLEAGUES, Perspective, Round, Seat, SeatState, State
from bot.services import people

IS_TOLD = ReportRow.told_at.is_not(None)


async def load_one(session: AsyncSession, round_id: UUID, *, on: date) -> Round:
    found = await load(session, RoundRow.id == round_id, on=on)
    return found[0] if found else access.refuse()


async def hold(session: AsyncSession, round_id: UUID, *, on: date) -> Round:
    """The round as it is now, and as it stays until the transaction ends: two who decide at once do so in turn."""
    await session.execute(select(RoundRow.id).where(RoundRow.id == round_id).with_for_update(key_share=True))
    return await load_one(session, round_id, on=on)


async def load(session: AsyncSession, *which: Any, on: date, most: int | None = 50) -> list[Round]:
    """Rounds with everybody who is asked; those on their way first, then the newest.

    Not yet for anybody's eyes: see `rules.veiled` and `rules.for_giver`.
    """
    newest = (RoundRow.closed_at.is_not(None), RoundRow.begun_at.desc(), RoundRow.id)
    chosen = select(RoundRow).where(*which).order_by(*newest).limit(most)
    rounds = (await session.scalars(chosen.execution_options(populate_existing=True))).all()
    if not rounds:
        return []
    ids = [row.id for row in rounds]
    seats = (await session.scalars(select(SeatRow).where(SeatRow.round_id.in_(ids)))).all()
    who = await people.by_id(session, _named(rounds, seats), on=on)
    who |= await people.by_id(session, {one.manager_id for one in who.values() if one.manager_id} - who.keys(), on=on)
    written = await session.execute(select(AnswerRow.round_id, AnswerRow.giver_id).where(AnswerRow.round_id.in_(ids)))
    given = {(row.round_id, row.giver_id) for row in written}
    told = set(await session.scalars(select(ReportRow.round_id).where(ReportRow.round_id.in_(ids), IS_TOLD)))
    by_round = defaultdict[UUID, list[Seat]](list)
    for seat in seats:
        has_answered = (seat.round_id, seat.giver_id) in given
        by_round[seat.round_id].append(_seat(seat, who[seat.giver_id], has_answered=has_answered))
    return [_round(row, by_round[row.id], who, is_told=row.id in told) for row in rounds]


def _named(rounds: Iterable[RoundRow], seats: Iterable[SeatRow]) -> set[UUID]:
    return {row.person_id for row in rounds} | {row.giver_id for row in seats}


def _seat(row: SeatRow, person: Person, *, has_answered: bool) -> Seat:
    state = SeatState(row.state)
    return Seat(row.id, person, Perspective(row.perspective), state, row.is_from_manager, has_answered)


def _round(row: RoundRow, seats: Iterable[Seat], who: dict[UUID, Person], *, is_told: bool) -> Round:
    subject, terms = who[row.person_id], rules.read_terms(row.terms)
    in_order = tuple(sorted(seats, key=lambda seat: (seat.person.name, str(seat.id))))
    answered = sum(1 for seat in in_order if seat.has_answered and seat.perspective in COLLEAGUES)
    return Round(
        row.id, subject, who.get(subject.manager_id) if subject.manager_id else None, State(row.state),
        row.is_from_manager, row.due_on, row.is_extended, terms, row.begun_at, row.opened_at, row.closed_at, in_order,
        answered=rules.steps(answered, least=terms.least), is_told=is_told,
    )  # fmt: skip


async def by_id(
    session: AsyncSession, ids: Collection[UUID], *, to: Callable[[Round], Person | None], on: date
) -> dict[UUID, Round]:
    """For messages to the member or the manager: what this one of them may see."""
    found = await load(session, RoundRow.id.in_(ids), on=on, most=len(ids))
    return {one.id: rules.veiled(one, by=person.id if (person := to(one)) else None) for one in found}


async def seats_by_id(session: AsyncSession, ids: Collection[UUID], *, on: date) -> dict[UUID, tuple[Round, Seat]]:
    """For messages to those who are asked: the round, and their own seat alone."""
    theirs = RoundRow.id.in_(select(SeatRow.round_id).where(SeatRow.id.in_(ids)))
    found = await load(session, theirs, on=on, most=len(ids))
    return {seat.id: (rules.for_giver(one), seat) for one in found for seat in one.seats if seat.id in set(ids)}


async def seat(session: AsyncSession, seat_id: UUID, *, by: Person, on: date) -> tuple[Round, Seat]:
    """Somebody's own seat. Refusal for everybody else's."""
    found = (await seats_by_id(session, [seat_id], on=on)).get(seat_id)
    if found is None or found[1].person.id != by.id:
        access.refuse()
    return found
