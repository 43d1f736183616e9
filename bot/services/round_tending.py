"""360 rounds: what changes by itself while one is on its way: people leave, and managers change."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.models.people import Person as PersonRow
from bot.models.people import ReportingLine
from bot.models.rounds import Round as RoundRow
from bot.models.rounds import RoundAnswer as AnswerRow
from bot.models.rounds import RoundSeat as SeatRow
from bot.rules import rounds as rules
from bot.rules.rounds import LIVE, Perspective, SeatState, State
from bot.services import messages, people, round_answers, round_deputies, rounds
from bot.services import round_rows as rows

MANAGER, INVITED = Perspective.MANAGER.value, SeatState.INVITED.value


async def tend(session: AsyncSession, *, now: datetime, today: date) -> None:
    """Doing it twice changes nothing more."""
    await _stop_without_member(session, now=now, today=today)
    await _free_places_of_leavers(session, now=now, today=today)
    await _ask_new_managers(session, now=now, today=today)
    await _tell_new_managers(session, now=now, today=today)
    await round_deputies.tell(session, now=now, today=today)


async def _stop_without_member(session: AsyncSession, *, now: datetime, today: date) -> None:
    gone = select(PersonRow.id).where(~PersonRow.is_active)
    live = RoundRow.state.in_([one.value for one in LIVE])
    if left := await rows.load(session, live, RoundRow.person_id.in_(gone), on=today):
        await rounds.stop_all(session, left, now=now)


async def _free_places_of_leavers(session: AsyncSession, *, now: datetime, today: date) -> None:
    """What a leaver has written counts: their place is free either way, so that nothing tells whether they had."""
    gone = select(PersonRow.id).where(~PersonRow.is_active)
    is_open = select(RoundRow.id).where(RoundRow.state == State.OPEN.value)
    left = (
        SeatRow.giver_id.in_(gone), SeatRow.round_id.in_(is_open),
        SeatRow.state.in_([one.value for one in rules.ASKED]),
    )  # fmt: skip
    freed = await session.scalars(update(SeatRow).where(*left).values(state=SeatState.LEFT.value).returning(SeatRow.id))
    if ids := freed.all():
        places = await rows.seats_by_id(session, ids, on=today)
        await round_answers.tell_free(session, list(places.values()), now=now)


async def _ask_new_managers(session: AsyncSession, *, now: datetime, today: date) -> None:
    """Whoever manages somebody now writes the signed part, unless the former manager has written it already."""
    seat, others = aliased(SeatRow), aliased(SeatRow)
    written = exists().where(AnswerRow.round_id == RoundRow.id, AnswerRow.perspective == MANAGER)
    has_seat = exists().where(others.round_id == RoundRow.id, others.giver_id == ReportingLine.manager_id)
    changed = (
        select(RoundRow.id, seat.id.label("seat"), ReportingLine.manager_id)
        .join(ReportingLine, _manages(today))
        .join(seat, and_(seat.round_id == RoundRow.id, seat.perspective == MANAGER))
        .where(RoundRow.state == State.OPEN.value, seat.giver_id != ReportingLine.manager_id, ~written, ~has_seat)
    )
    if not (found := (await session.execute(changed)).all()):
        return
    await session.execute(delete(SeatRow).where(SeatRow.id.in_([one.seat for one in found])))
    new = [SeatRow(round_id=one.id, giver_id=one.manager_id, perspective=MANAGER, state=INVITED) for one in found]
    session.add_all(new)
    await session.flush()
    owed = [messages.owed(rounds.INVITED, to=one.giver_id, about=one.id, at=now) for one in new]
    await messages.tell_many(session, owed)


async def _tell_new_managers(session: AsyncSession, *, now: datetime, today: date) -> None:
    """Names that wait for somebody who manages the member no longer wait for whoever does, and each hears once."""
    waits = exists().where(SeatRow.round_id == RoundRow.id, SeatRow.state == SeatState.NAMED.value)
    asked = (
        select(RoundRow.id, RoundRow.begun_at, ReportingLine.manager_id, ReportingLine.from_on)
        .join(ReportingLine, _manages(today))
        .where(RoundRow.state.in_([State.WAITING.value, State.OPEN.value]), waits)
    )
    owed = [
        messages.owed(rounds.APPROVE, to=one.manager_id, about=one.id, at=now, key=_key(one.id, one.manager_id))
        for one in await session.execute(asked)
        if one.from_on > one.begun_at.date()
    ]
    await messages.tell_many(session, owed)


def _manages(today: date) -> ColumnElement[bool]:
    return and_(ReportingLine.person_id == RoundRow.person_id, people.holds(ReportingLine, today))


def _key(round_id: UUID, manager: UUID) -> str:
    return f"{rounds.APPROVE}:{round_id.hex}:{manager.hex}"
