"""360 rounds: what somebody who is asked can do: say yes or no, write, and change it until the round closes."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.rounds import Round as RoundRow
from bot.models.rounds import RoundAnswer as AnswerRow
from bot.models.rounds import RoundRating as RatingRow
from bot.models.rounds import RoundSeat as SeatRow
from bot.rules import access
from bot.rules import rounds as rules
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.rules.rounds import COLLEAGUES, Answer, Form, Perspective, Round, Seat, SeatState, State, Text
from bot.services import messages, rounds
from bot.services import round_rows as rows

PLACE_FREE = "round.place_free"


async def accept(session: AsyncSession, *, by: Person, seat_id: UUID, now: datetime, today: date) -> Round:
    """Say that one will write something. Nobody is told."""
    await _hold(session, seat_id)
    found, seat = await _open(session, by, seat_id, today)
    await _settle(session, seat, SeatState.ACCEPTED)
    await rounds.draw_anew(session, [seat], now=now)
    return found


async def decline(session: AsyncSession, *, by: Person, seat_id: UUID, now: datetime, today: date) -> Round:
    """Not this time, also after a yes; what was written is gone. The member hears that a place is free."""
    await _hold(session, seat_id)
    found, seat = await _open(session, by, seat_id, today)
    if seat.perspective is Perspective.SELF:
        raise Refusal("This round is about you: leave your own part empty, or stop the round under *My rounds*.")
    await _settle(session, seat, SeatState.DECLINED)
    await session.execute(delete(AnswerRow).where(AnswerRow.round_id == found.id, AnswerRow.giver_id == by.id))
    await tell_free(session, [(found, seat)], now=now)
    await rounds.draw_anew(session, [seat], now=now)
    return found


async def tell_free(session: AsyncSession, places: Collection[tuple[Round, Seat]], *, now: datetime) -> None:
    """Places that others could take, once for all of a round; whose they were is not said, not even by the key."""
    free = {found.id: found for found, seat in places if seat.perspective in COLLEAGUES}
    for found in free.values():
        await messages.withdraw(session, PLACE_FREE, about=found.id)
        key = f"{PLACE_FREE}:{uuid4().hex}"
        await messages.tell(session, PLACE_FREE, to=found.subject.id, about=found.id, at=now, key=key)


async def _open(session: AsyncSession, by: Person, seat_id: UUID, today: date) -> tuple[Round, Seat]:
    """One's own seat in a round that takes answers."""
    found, seat = await rows.seat(session, seat_id, by=by, on=today)
    if found.state is not State.OPEN:
        raise Refusal(rules.OVER.get(found.state, rules.NOT_OPEN))
    if seat.state not in rules.ASKED:
        raise Refusal("You have said that it is not for you this time, and nobody expects anything from you.")
    access.require({"giver until close"}, "write", "round answer")
    return found, seat


async def _settle(session: AsyncSession, seat: Seat, state: SeatState) -> None:
    still = (SeatRow.id == seat.id, SeatRow.state.in_([one.value for one in rules.ASKED]))
    settled = await session.execute(update(SeatRow).where(*still).values(state=state.value).returning(SeatRow.id))
    if settled.first() is None:
        raise Refusal(rules.MOVED_ON)


# Writing


async def form(session: AsyncSession, *, by: Person, seat_id: UUID, today: date) -> Form:
    """The terms, and what one has written so far."""
    found, seat = await _open(session, by, seat_id, today)
    return Form(found, seat, await _answer(session, found.id, by.id))


async def save(
    session: AsyncSession, *, by: Person, seat_id: UUID, ratings: Mapping[str, int | None],
    texts: Mapping[Text, str], today: date,
) -> Answer:  # fmt: skip
    """Keep what is given; what is not given stays as it is. A rating of None: one cannot tell.

    No moment is kept and nobody's page is drawn anew, so that nothing tells when somebody has answered.
    """
    await _hold(session, seat_id)
    found, seat = await _open(session, by, seat_id, today)
    rules.check_answer(ratings, texts, found.terms)
    answer = await _answer_id(session, found.id, seat)
    words = {question.value: text for question, text in texts.items()}
    if words:
        await session.execute(update(AnswerRow).where(AnswerRow.id == answer).values(**words))
    await session.execute(
        delete(RatingRow).where(RatingRow.answer_id == answer, RatingRow.competency.in_(list(ratings)))
    )
    given = [
        {"answer_id": answer, "competency": key, "giver_id": by.id, "rating": rating}
        for key, rating in ratings.items()
        if rating is not None
    ]
    await insert_new(session, RatingRow, given)
    await _settle(session, seat, SeatState.ACCEPTED)
    kept = await _answer(session, found.id, by.id) or Answer()
    if kept.is_empty:  # who says nothing is none of the three behind whom others cannot be made out
        await session.execute(delete(AnswerRow).where(AnswerRow.id == answer))
    return kept


async def _hold(session: AsyncSession, seat_id: UUID) -> None:
    """Whoever closes or stops the round waits for this answer, or this answer for them; givers wait for nobody."""
    held = select(RoundRow.id).join(SeatRow, SeatRow.round_id == RoundRow.id).where(SeatRow.id == seat_id)
    await session.execute(held.with_for_update(read=True, of=RoundRow))


async def _answer_id(session: AsyncSession, round_id: UUID, seat: Seat) -> UUID:
    row: dict[str, Any] = {
        "id": uuid4(), "round_id": round_id, "giver_id": seat.person.id, "perspective": seat.perspective.value,
        **{question.value: "" for question in Text},
    }  # fmt: skip
    await insert_new(session, AnswerRow, [row])
    mine = (AnswerRow.round_id == round_id, AnswerRow.giver_id == seat.person.id)
    return (await session.scalars(select(AnswerRow.id).where(*mine))).one()


async def _answer(session: AsyncSession, round_id: UUID, giver: UUID) -> Answer | None:
    mine = (AnswerRow.round_id == round_id, AnswerRow.giver_id == giver)
    row = await session.scalar(select(AnswerRow).where(*mine).execution_options(populate_existing=True))
    if row is None:
        return None
    rated = select(RatingRow.competency, RatingRow.rating).where(RatingRow.answer_id == row.id)
    ratings = {one.competency: one.rating for one in await session.execute(rated)}
    return Answer(ratings, {question: getattr(row, question.value) for question in Text})


async def waiting(
    session: AsyncSession, who: Collection[UUID], *, now: datetime
) -> dict[UUID, list[tuple[Round, Seat]]]:
    """Person → what they are asked for and have not written yet, what is due first comes first."""
    asked = select(SeatRow.round_id).where(
        SeatRow.giver_id.in_(who), SeatRow.state.in_([one.value for one in rules.ASKED])
    )
    is_open = (RoundRow.state == State.OPEN.value, RoundRow.id.in_(asked))
    found: dict[UUID, list[tuple[Round, Seat]]] = defaultdict(list)
    theirs = set(who)
    for one in sorted(await rows.load(session, *is_open, on=now.date(), most=None), key=lambda one: one.due_on):
        for seat in one.seats:
            if seat.person.id in theirs and seat.state in rules.ASKED and not seat.has_answered:
                found[seat.person.id].append((rules.for_giver(one), seat))
    return dict(found)


async def counts(session: AsyncSession, who: Collection[UUID]) -> dict[UUID, int]:
    """Person → rounds in which they are asked, for whoever is about to ask for more.

    Each counts until it closes, so that a number that falls tells nobody who has answered, or has said no.
    """
    open_ones = select(SeatRow.giver_id, func.count().label("many")).join(RoundRow, RoundRow.id == SeatRow.round_id)
    asked = (SeatRow.giver_id.in_(who), SeatRow.state.not_in([one.value for one in rules.KNOWN]))
    counted = open_ones.where(*asked, RoundRow.state == State.OPEN.value).group_by(SeatRow.giver_id)
    return {row.giver_id: row.many for row in await session.execute(counted)}
