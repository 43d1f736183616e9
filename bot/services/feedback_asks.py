"""Asking colleagues for feedback, saying not now, and what ends by itself."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.feedback import FeedbackAsk, FeedbackRequest
from bot.models.people import Person as PersonRow
from bot.rules import access
from bot.rules import feedback as words
from bot.rules import feedback_asks as rules
from bot.rules.feedback import AT_ONCE, Expected
from bot.rules.feedback_asks import Ask, Busy, Request, State, Unanswered
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import attention, feedback_requests, messages, people
from bot.services import framework as frameworks

ASKED = "feedback.asked"
ASKED_AGAIN = "feedback.asked_again"
ENDED = "feedback.ended"


async def form(session: AsyncSession, *, by: Person) -> tuple[Expected, ...]:
    """What one may ask about: the competencies of the own level, none for who is no member."""
    return words.of_level(await frameworks.current_or_none(session), by.track, by.level)


async def mine(session: AsyncSession, *, by: Person, now: datetime) -> tuple[Ask, ...]:
    """What this person has asked for, but for what they took back from everybody."""
    asked = FeedbackRequest.ask_id == FeedbackAsk.id
    stands = exists().where(asked, feedback_requests.counted())
    return await feedback_requests.asks(session, FeedbackAsk.asker_id == by.id, stands, now=now, limit=AT_ONCE)


async def busy(
    session: AsyncSession, *, by: Person, asked: Sequence[str], now: datetime, today: date
) -> tuple[Busy, ...]:
    """Those of whom much is asked already, for whoever is about to ask them as well."""
    named = await _named(session, by, asked, today)
    return rules.busy(named, await attention.asks_open(session, [person.id for person in named], now=now))


async def ask(
    session: AsyncSession,
    *,
    by: Person,
    asked: Sequence[str],
    competency: str,
    note: str,
    now: datetime,
    today: date,
) -> tuple[str, ...]:
    """Ask these colleagues, for two weeks. Returns their names."""
    rules.check_note(note)
    about = words.chosen(await form(session, by=by), competency)
    named = await _named(session, by, asked, today)
    await _check_not_asked(session, by, named, now)
    held = {"track": about.track, "level": about.level, "competency": about.key} if about else {}
    row = FeedbackAsk(asker_id=by.id, note=note, asked_at=now, ends_at=now + rules.ENDS_AFTER, **held)
    session.add(row)
    await session.flush()
    for person in named:
        request = FeedbackRequest(id=uuid4(), ask_id=row.id, asked_id=person.id, state=State.OPEN.value)
        session.add(request)
        await messages.tell(session, ASKED, to=person.id, about=request.id, at=now, until=row.ends_at)
    await session.flush()
    await messages.redraw_home(session, [person.id for person in named], at=now)
    return tuple(person.name for person in named)


async def _named(session: AsyncSession, by: Person, asked: Sequence[str], today: date) -> list[Person]:
    chosen = list(dict.fromkeys(asked))
    found = await people.by_slack_id(session, chosen, on=today)
    return rules.check_asked([found.get(slack_id) for slack_id in chosen], asker=by.id)


async def _check_not_asked(session: AsyncSession, by: Person, named: Sequence[Person], now: datetime) -> None:
    """Refusal for a second request before somebody who has not answered the first. Whether they said no makes no
    difference, or asking again would tell."""
    before = select(FeedbackRequest.asked_id).join(FeedbackAsk).where(
        FeedbackAsk.asker_id == by.id, FeedbackRequest.asked_id.in_([person.id for person in named]),
        _unanswered(), FeedbackAsk.ends_at > now,
    )  # fmt: skip
    waiting = set(await session.scalars(before))
    for person in named:
        if person.id in waiting:
            raise Refusal(f"{person.name} has a request of yours already. Give it its two weeks.", field="asked")


def _unanswered() -> ColumnElement[bool]:
    return FeedbackRequest.state.in_([state.value for state in rules.UNANSWERED])


async def unanswered(session: AsyncSession, *, by: Person, ask: UUID, now: datetime) -> Unanswered:
    """One's own ask, and from whom it can be taken back."""
    found = (await feedback_requests.asks_by_id(session, [ask], now=now)).get(ask)
    if found is None or found.asker_id != by.id:
        access.refuse()
    rows = await session.execute(
        select(PersonRow.id, PersonRow.name)
        .join(FeedbackRequest, FeedbackRequest.asked_id == PersonRow.id)
        .where(FeedbackRequest.ask_id == ask, _unanswered())
        .order_by(PersonRow.name, PersonRow.id)
    )
    return rules.check_to_take_back(Unanswered(found, {row.id: row.name for row in rows}))


async def take_back(
    session: AsyncSession, *, by: Person, ask: UUID, asked: Collection[UUID], now: datetime
) -> tuple[str, ...]:
    """Ask these colleagues no more; they are told nothing new. Returns their names. What is answered stays."""
    found = await unanswered(session, by=by, ask=ask, now=now)
    named = rules.taken_back_from(found, asked)
    withdrawn = (
        update(FeedbackRequest)
        .where(FeedbackRequest.ask_id == ask, FeedbackRequest.asked_id.in_(named), _unanswered())
        .values(state=State.WITHDRAWN.value, decided_at=now)
        .returning(FeedbackRequest.id, FeedbackRequest.asked_id)
        .execution_options(synchronize_session=False)
    )
    rows = (await session.execute(withdrawn)).all()
    for row in rows:
        await redraw(session, row.id, before=row.asked_id, now=now)
    return tuple(found.people[row.asked_id] for row in rows)


async def decline(session: AsyncSession, *, by: Person, request: UUID, now: datetime) -> Request:
    """Not now, quietly: to whoever asked it is as if nothing had been said."""
    await feedback_requests.theirs(session, by=by, request=request)
    return await close(session, request, State.DECLINED, now=now)


async def close(session: AsyncSession, request: UUID, state: State, *, now: datetime) -> Request:
    found = await feedback_requests.close(session, request, state, now=now)
    await redraw(session, request, before=found.asked_id, now=now)
    return found


async def redraw(session: AsyncSession, request: UUID, *, before: UUID, now: datetime) -> None:
    """A request that is closed: its message and the Home of whom it was before say so."""
    await messages.withdraw(session, ASKED, about=request)
    await messages.refresh(session, ASKED_AGAIN, to=before, about=request, at=now)
    await messages.redraw_home(session, [before], at=now)


async def end_due(session: AsyncSession, *, now: datetime) -> None:
    """What nobody answered in two weeks ends. Whoever asked hears of it once, for all of one ask."""
    over = select(FeedbackAsk.id).where(FeedbackAsk.ends_at <= now)
    ended = (
        update(FeedbackRequest)
        .where(_unanswered(), FeedbackRequest.ask_id.in_(over))
        .values(state=State.EXPIRED.value, decided_at=now)
        .returning(FeedbackRequest.id, FeedbackRequest.ask_id, FeedbackRequest.asked_id)
        .execution_options(synchronize_session=False)
    )
    rows = (await session.execute(ended)).all()
    for row in rows:
        await messages.refresh(session, ASKED_AGAIN, to=row.asked_id, about=row.id, at=now)
    asks = select(FeedbackAsk.id, FeedbackAsk.asker_id).where(FeedbackAsk.id.in_({row.ask_id for row in rows}))
    for ask in await session.execute(asks):
        await messages.tell(session, ENDED, to=ask.asker_id, about=ask.id, at=now)
