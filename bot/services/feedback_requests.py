"""What colleagues are asked for: one ask before several people, as it is kept and as it waits."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.feedback import FeedbackAsk, FeedbackRequest
from bot.models.people import Person as PersonRow
from bot.rules import access
from bot.rules import feedback as rules
from bot.rules.feedback import AT_ONCE
from bot.rules.feedback_asks import Ask, Request, State, check_open
from bot.rules.framework import Framework
from bot.rules.less import Topic
from bot.rules.people import Person
from bot.services import framework as frameworks
from bot.services import less_rows


def waits(now: datetime) -> ColumnElement[bool]:
    """Requests that can still be answered, of an ask that is joined: whoever asked is here to read it."""
    here = FeedbackAsk.asker_id.in_(select(PersonRow.id).where(PersonRow.is_active))
    return and_(FeedbackRequest.state == State.OPEN.value, FeedbackAsk.ends_at > now, here)


def counted() -> ColumnElement[bool]:
    """Requests that whoever asked has not taken back."""
    return FeedbackRequest.state != State.WITHDRAWN.value


async def by_id(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, Request]:
    return {one.id: one for one in await _load(session, FeedbackRequest.id.in_(ids))}


async def to_answer(session: AsyncSession, *, by: Person, now: datetime) -> tuple[Request, ...]:
    """What waits for a word of this person, the longest waiting first."""
    return tuple((await open_for(session, [by.id], now=now)).get(by.id, ())[:AT_ONCE])


async def open_for(session: AsyncSession, who: Collection[UUID], *, now: datetime) -> dict[UUID, list[Request]]:
    """Person → what waits for a word of theirs, the longest waiting first."""
    found: dict[UUID, list[Request]] = defaultdict(list)
    for one in await _load(session, FeedbackRequest.asked_id.in_(who), waits(now)):
        found[one.asked_id].append(one)
    return found


async def counts(session: AsyncSession, who: Collection[UUID], *, now: datetime) -> dict[UUID, int]:
    """Person → colleagues who wait for a word of theirs."""
    open_ones = select(FeedbackRequest.asked_id, func.count().label("waiting")).join(FeedbackAsk)
    rows = await session.execute(
        open_ones.where(FeedbackRequest.asked_id.in_(who), waits(now)).group_by(FeedbackRequest.asked_id)
    )
    return {row.asked_id: row.waiting for row in rows}


async def to_tell(session: AsyncSession, ids: Collection[UUID], *, now: datetime) -> dict[UUID, Request]:
    """For messages: what is open, before people who want to hear of it."""
    found = await _load(session, FeedbackRequest.id.in_(ids), waits(now))
    off = await less_rows.switched_off(session, {one.asked_id for one in found}, Topic.FEEDBACK, on=now.date())
    return {one.id: one for one in found if one.asked_id not in off}


async def theirs(session: AsyncSession, *, by: Person, request: UUID) -> Request:
    """A request before this very person that is still open."""
    found = await before(session, by=by, request=request)
    check_open(found)
    return found


async def before(session: AsyncSession, *, by: Person, request: UUID) -> Request:
    """A request before this very person, however it stands."""
    found = (await by_id(session, [request])).get(request)
    if found is None or found.asked_id != by.id:
        access.refuse()
    return found


async def close(session: AsyncSession, request: UUID, state: State, *, now: datetime) -> Request:
    """Of two who close it at once, the second hears how it stands."""
    closed = (
        update(FeedbackRequest)
        .where(FeedbackRequest.id == request, FeedbackRequest.state == State.OPEN.value)
        .values(state=state.value, decided_at=now)
        .returning(FeedbackRequest.id)
    )
    is_closed = (await session.execute(closed)).first() is not None
    found = (await by_id(session, [request]))[request]
    if not is_closed:
        check_open(found)
    return found


async def give_up(session: AsyncSession, request: UUID) -> None:
    """What answered it was taken back: one that could not, for whoever asked."""
    answered = (FeedbackRequest.id == request, FeedbackRequest.state == State.GIVEN.value)
    await session.execute(update(FeedbackRequest).where(*answered).values(state=State.DECLINED.value))


async def asks_by_id(session: AsyncSession, ids: Collection[UUID], *, now: datetime) -> dict[UUID, Ask]:
    return {one.id: one for one in await asks(session, FeedbackAsk.id.in_(ids), now=now)}


async def asks(
    session: AsyncSession, *which: ColumnElement[bool], now: datetime, limit: int | None = None
) -> tuple[Ask, ...]:
    """Asks with how many answered, the newest first."""
    chosen = _asks().where(*which).order_by(FeedbackAsk.asked_at.desc(), FeedbackAsk.id).limit(limit)
    rows = (await session.execute(chosen)).all()
    framework = await frameworks.current_or_none(session) if rows else None
    many = await _states(session, [row.FeedbackAsk.id for row in rows])
    found = []
    for row in rows:
        states, is_over = many[row.FeedbackAsk.id], row.FeedbackAsk.ends_at <= now
        found.append(_ask(row, framework, asked=len(states), given=states.count(State.GIVEN), is_over=is_over))
    return tuple(found)


def _asks() -> Select[*tuple[Any, ...]]:
    return select(FeedbackAsk, PersonRow.name).join(PersonRow, PersonRow.id == FeedbackAsk.asker_id)


async def _states(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, list[State]]:
    found: dict[UUID, list[State]] = defaultdict(list)
    states = select(FeedbackRequest.ask_id, FeedbackRequest.state).where(FeedbackRequest.ask_id.in_(ids), counted())
    for row in await session.execute(states):
        found[row.ask_id].append(State(row.state))
    return found


async def _load(session: AsyncSession, *which: ColumnElement[bool]) -> tuple[Request, ...]:
    chosen = _asks().add_columns(FeedbackRequest).join(FeedbackRequest, FeedbackRequest.ask_id == FeedbackAsk.id)
    longest = chosen.where(*which).order_by(FeedbackAsk.asked_at, FeedbackRequest.id)
    rows = (await session.execute(longest.execution_options(populate_existing=True))).all()
    framework = await frameworks.current_or_none(session) if rows else None
    return tuple(_request(row, framework) for row in rows)


def _request(row: Any, framework: Framework | None) -> Request:
    kept: FeedbackRequest = row.FeedbackRequest
    return Request(kept.id, kept.asked_id, State(kept.state), _ask(row, framework))


def _ask(row: Any, framework: Framework | None, *, asked: int = 0, given: int = 0, is_over: bool = False) -> Ask:
    kept: FeedbackAsk = row.FeedbackAsk
    return Ask(
        kept.id, kept.asker_id, row.name, rules.expected(framework, kept.track, kept.level, kept.competency),
        kept.note, kept.asked_at, kept.ends_at, asked, given, is_over,
    )  # fmt: skip
