"""What owners do with a round of matching: open it, look at its pairs, change some, then publish or drop it."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Select, and_, case, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.database import insert_new
from bot.models.matching import MatchPair, MatchRound
from bot.models.mentors import MentorRequest
from bot.models.messages import Timer
from bot.models.people import Person as PersonRow
from bot.models.people import Placement
from bot.rules import access
from bot.rules import match_rounds as rules
from bot.rules.match_rounds import Page, Pair, Round, Side, State, Verb, Waiting
from bot.rules.mentors import RequestState
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import mentor_pool, messages, people, roles

BEGUN = "match_round.begun"
AGAIN = "match_round.begun_again"
READY = "match_round.ready"
MATCHING = "match mentors"
TAKEN_OUT = "taken out"
CHANGE = ROUND = "matching round"  # in the log of changes, and in the table of who may do what

Mentee, Mentor = aliased(PersonRow), aliased(PersonRow)
MenteeAt, MentorAt = aliased(Placement), aliased(Placement)


async def waiting(session: AsyncSession) -> int:
    """How many requests are open that nobody is being asked for right now."""
    waits = (MentorRequest.state == RequestState.OPEN.value, ~mentor_pool.is_asked())
    return await session.scalar(select(func.count()).select_from(MentorRequest).where(*waits)) or 0


async def open_round(session: AsyncSession, *, by: Person, now: datetime, today: date) -> Round:
    """Everybody who waits is matched from now on. Refusal while another round is open, or when nobody waits."""
    await roles.require_owner(session, by=by, on=today, thing=ROUND)
    made = await open_one(session, by=by.id, now=now)
    if made is None:
        raise Refusal(rules.ONE_AT_A_TIME)
    if not made.whole:
        raise Refusal(rules.NOBODY_WAITS)
    await messages.tell(session, BEGUN, to=by.id, about=made.id, at=now)
    await messages.redraw_program(session, by.id, at=now)
    return made


async def open_one(session: AsyncSession, *, by: UUID | None, now: datetime) -> Round | None:
    """None while another one is open. `by`: None for the calendar."""
    await _in_turn(session, now)
    if await session.scalar(select(MatchRound.id).where(MatchRound.state.in_(rules.OPEN)).limit(1)) is not None:
        return None
    row = MatchRound(id=uuid4(), state=State.WAITING.value, opened_by=by, opened_at=now, whole=await waiting(session))
    session.add(row)
    await session.flush()
    return _round(row)


async def _in_turn(session: AsyncSession, now: datetime) -> None:
    """Two who open a round at once take turns at the row of the timer, so that the second sees the first one's."""
    await insert_new(session, Timer, [{"name": MATCHING, "next_at": now}])
    await session.execute(update(Timer).where(Timer.name == MATCHING).values(next_at=now))


async def standing(session: AsyncSession) -> Waiting:
    """For whom it is asked before: an owner."""
    return Waiting(await waiting(session), await latest(session))


async def latest(session: AsyncSession) -> Round | None:
    """The newest round, whatever became of it."""
    newest = select(MatchRound).order_by(MatchRound.opened_at.desc(), MatchRound.id).limit(1)
    row = await session.scalar(newest.execution_options(populate_existing=True))
    return None if row is None else _round(row)


async def by_id(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, Round]:
    found = select(MatchRound).where(MatchRound.id.in_(ids))
    rows = await session.scalars(found.execution_options(populate_existing=True))
    return {row.id: _round(row) for row in rows}


def _round(row: MatchRound) -> Round:
    figures = json.loads(row.figures) if row.figures else {}
    return Round(row.id, State(row.state), row.opened_at, row.done, row.whole, figures, row.published_at)


# Looking


async def page(session: AsyncSession, *, by: Person, round_id: UUID, number: int, today: date) -> Page:
    """A page of pairs: those that want a close look, then the others by name, then who has nobody."""
    await roles.require_owner(session, by=by, on=today, thing=ROUND)
    found = (await by_id(session, [round_id])).get(round_id)
    if found is None:
        access.refuse()
    if found.state in (State.WAITING, State.RUNNING):
        return Page(found, (), 0, 0, 0)
    counted = _pairs(round_id).with_only_columns(func.count(), func.count(MatchPair.mentor_id))
    whole, matched = (await session.execute(counted)).one()
    number = max(0, min(number, (whole - 1) // rules.PAGE))
    some = _drawn(round_id, today).order_by(*_order()).limit(rules.PAGE).offset(number * rules.PAGE)
    rows = await session.execute(some)
    return Page(found, tuple(_pair(row) for row in rows), matched, whole - matched, number)


async def some_pairs(
    session: AsyncSession, *, by: Person, round_id: UUID, today: date, after: UUID | None = None, most: int = 1000
) -> list[Pair]:
    """All pairs of a round, page by page after the request `after`: for a file."""
    await roles.require_owner(session, by=by, on=today, thing=ROUND)
    query = _drawn(round_id, today).order_by(MatchPair.request_id).limit(most)
    rows = await session.execute(query if after is None else query.where(MatchPair.request_id > after))
    return [_pair(row) for row in rows]


async def one_pair(session: AsyncSession, round_id: UUID, request: UUID, *, today: date) -> Pair:
    row = (await session.execute(_drawn(round_id, today).where(MatchPair.request_id == request))).first()
    if row is None:
        access.refuse()
    return _pair(row)


def _pairs(round_id: UUID) -> Select[*tuple[Any, ...]]:
    """Requests that were taken back in the meantime are left out."""
    return (
        select(MatchPair)
        .join(MentorRequest, MentorRequest.id == MatchPair.request_id)
        .join(Mentee, Mentee.id == MentorRequest.mentee_id)
        .where(MatchPair.round_id == round_id, MentorRequest.state != RequestState.WITHDRAWN.value)
    )


def _drawn(round_id: UUID, today: date) -> Select[*tuple[Any, ...]]:
    return (
        _pairs(round_id)
        .outerjoin(MenteeAt, and_(MenteeAt.person_id == Mentee.id, people.holds(MenteeAt, today)))
        .outerjoin(Mentor, Mentor.id == MatchPair.mentor_id)
        .outerjoin(MentorAt, and_(MentorAt.person_id == Mentor.id, people.holds(MentorAt, today)))
        .with_only_columns(
            MatchPair.request_id, MatchPair.score, MatchPair.reasons, MatchPair.why_not, MatchPair.is_edited,
            Mentee.id.label("mentee_id"), Mentee.name.label("mentee"), MenteeAt.track.label("mentee_track"),
            MenteeAt.level.label("mentee_level"), Mentor.id.label("mentor_id"), Mentor.name.label("mentor"),
            MentorAt.track.label("mentor_track"), MentorAt.level.label("mentor_level"),
        )
    )  # fmt: skip


def _order() -> Sequence[Any]:
    is_close = and_(MatchPair.score < rules.LOOK_CLOSELY, ~MatchPair.is_edited)
    return (case((MatchPair.mentor_id.is_(None), 2), (is_close, 0), else_=1), Mentee.name, MatchPair.request_id)


def _pair(row: Any) -> Pair:
    mentee = Side(row.mentee_id, row.mentee, row.mentee_track or "", row.mentee_level or "")
    mentor = None
    if row.mentor_id is not None:
        mentor = Side(row.mentor_id, row.mentor, row.mentor_track or "", row.mentor_level or "")
    reasons = tuple(row.reasons.split())
    return Pair(row.request_id, mentee, mentor, row.score, reasons, row.why_not, row.is_edited)


# Deciding


async def become(session: AsyncSession, round_id: UUID, verb: Verb, **values: Any) -> None:
    """One transition; whoever comes second, or too late, hears why nothing was changed."""
    cases = {source.value: after.value for (source, one), after in rules.BECOMES.items() if one is verb}
    done = await session.execute(
        update(MatchRound)
        .where(MatchRound.id == round_id, MatchRound.state.in_(list(cases)))
        .values(state=case(cases, value=MatchRound.state), **values)
        .execution_options(synchronize_session=False, preserve_rowcount=True)
    )
    if done.rowcount:  # type: ignore[attr-defined]
        return
    state = await session.scalar(select(MatchRound.state).where(MatchRound.id == round_id))
    if state is None:
        access.refuse()
    rules.refuse(State(state))


async def take_out(session: AsyncSession, *, by: Person, round_id: UUID, request: UUID, today: date) -> None:
    """The two are not proposed to each other; the request waits for another round."""
    await roles.require_owner(session, by=by, on=today, thing=ROUND)
    await become(session, round_id, Verb.EDIT)
    await set_mentor(session, round_id, request, mentor=None, why_not=TAKEN_OUT)


async def set_mentor(
    session: AsyncSession, round_id: UUID, request: UUID, *, mentor: UUID | None, score: float | None = None,
    reasons: Sequence[str] = (), why_not: str | None = None,
) -> None:  # fmt: skip
    done = await session.execute(
        update(MatchPair)
        .where(MatchPair.round_id == round_id, MatchPair.request_id == request)
        .values(mentor_id=mentor, score=score, reasons=" ".join(reasons), why_not=why_not, is_edited=True)
        .execution_options(preserve_rowcount=True)
    )
    if not done.rowcount:  # type: ignore[attr-defined]
        access.refuse()


async def publish(session: AsyncSession, *, by: Person, round_id: UUID, now: datetime, today: date) -> Round:
    """The pairs go out from now on, page by page. Of two owners at once, the second hears that it is done."""
    await roles.require_owner(session, by=by, on=today, thing=ROUND)
    await become(session, round_id, Verb.PUBLISH, published_at=now)
    counted = select(func.count(MatchPair.mentor_id), func.count().filter(MatchPair.is_edited))
    pairs, edited = (await session.execute(counted.where(MatchPair.round_id == round_id))).one()
    after = f"published: {pairs} pairs, {edited} changed by hand"
    await roles.note_change(session, CHANGE, before=State.READY, after=after, by=by.id, now=now)
    await messages.redraw_program(session, by.id, at=now)
    return (await by_id(session, [round_id]))[round_id]


async def drop(session: AsyncSession, *, by: Person, round_id: UUID, now: datetime, today: date) -> Round:
    """Nobody hears of these pairs; every request goes on waiting."""
    await roles.require_owner(session, by=by, on=today, thing=ROUND)
    before = (await by_id(session, [round_id])).get(round_id)
    await become(session, round_id, Verb.DROP)
    await roles.note_change(
        session, CHANGE, before=before.state if before else "", after=State.DROPPED, by=by.id, now=now
    )
    return (await by_id(session, [round_id]))[round_id]
