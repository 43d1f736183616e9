"""Putting a request before one mentor at a time: asking, accepting, declining."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.mentors import Mentor as MentorRow
from bot.models.mentors import MentorRequest as RequestRow
from bot.models.mentors import Proposal as ProposalRow
from bot.models.mentorships import Mentorship as MentorshipRow
from bot.rules import access, cadence
from bot.rules import mentors as rules
from bot.rules.mentors import (
    WAITS_DAYS,
    DeclinedFor,
    Match,
    Proposal,
    ProposalState,
    RequestState,
    Verb,
    Way,
)
from bot.rules.mentorships import Mentorship
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import mentor_pool, mentors, mentorships, messages, people
from bot.services import proposal_rows as rows

ASKED = "proposal.asked"
ASKED_AGAIN = "proposal.asked_again"
OFFERED = "proposal.offered"
OFFERED_AGAIN = "proposal.offered_again"
ACCEPTED = "proposal.accepted"
TAKEN_UP = "proposal.taken_up"
NOT_NOW = "proposal.not_now"
MOVED = "proposal.moved"

AGAIN = {ASKED: ASKED_AGAIN, OFFERED: OFFERED_AGAIN}
OVER = {
    ProposalState.ACCEPTED: "This is settled already: the two of you are a pair. `/mentor` shows it.",
    ProposalState.DECLINED: "You have declined this already, so it is with somebody else now.",
    ProposalState.EXPIRED: "This has gone on to somebody else in the meantime. Thank you for wanting to help!",
    ProposalState.WITHDRAWN: "This is not needed any more: the request was taken back. Thank you for wanting to help!",
    ProposalState.SKIPPED: "This has gone on to somebody else while you were away or took nobody new.",
}
OFFER_OVER = {
    **OVER,
    ProposalState.DECLINED: "You have said that it is not for now. `/mentor` asks for somebody any time.",
    ProposalState.EXPIRED: "This offer has ended in the meantime. `/mentor` asks for somebody any time.",
    ProposalState.WITHDRAWN: "This offer has been taken back. `/mentor` asks for somebody any time.",
    ProposalState.SKIPPED: "This offer has ended in the meantime. `/mentor` asks for somebody any time.",
}
FULL = (
    "You have {taken} of {capacity} mentees now, so there is no place left. `/mentor offer` changes how many you take."
)
FULL_THERE = "{name} has no place left any more. `/mentor` finds you somebody else."
NOT_THESE_TWO = "The two of you cannot be paired at the moment. `/mentor` shows what else there is."


async def propose(
    session: AsyncSession, matches: Sequence[Match], *, way: Way | None = None, now: datetime
) -> set[UUID]:
    """Put requests before the mentors found for them; the requests that are on their way now.

    Left out: what is not open any more, and mentors who take nobody new or are full in the meantime. `way`: as chosen
    by the mentee where they named the mentor, else the best match, unless said otherwise.
    """
    requests = await _still_open(session, [one.request for one in matches])
    free = await mentor_pool.free(session, {one.mentor for one in matches}, today=now.date())
    barred = await mentor_pool.bars(session, {one.mentee_id for one in requests.values()}, today=now.date())
    who = await people.by_id(session, free, on=now.date())
    away = await people.absences(session, list(free), on=now.date() - cadence.DAY)
    new = []
    for match in matches:
        request = requests.get(match.request)
        if request is None or match.mentor in barred[request.mentee_id] or free.get(match.mentor, 0) < 1:
            continue
        free[match.mentor] -= 1
        is_chosen = match.mentor.hex in request.choices.split()
        chosen = way or (Way.CHOICE if is_chosen else Way.BEST)
        expires_at = expires(now, who[match.mentor], away.get(match.mentor, ()), WAITS_DAYS)
        new.append(row(match, chosen, now=now, expires_at=expires_at))
    return await _put(session, new, requests, now)


async def _still_open(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, RequestRow]:
    """Held until they are on their way, so that nobody takes one back in between."""
    found = await session.scalars(
        select(RequestRow)
        .where(RequestRow.id.in_(ids), RequestRow.state == RequestState.OPEN.value, ~mentor_pool.is_asked())
        .order_by(RequestRow.id)
        .with_for_update(of=RequestRow)
        .execution_options(populate_existing=True)
    )
    return {row.id: row for row in found}


def expires(now: datetime, person: Person, away: Collection[cadence.Away], days: int) -> datetime:
    """Counted from when they may be written to: whoever gets it in the evening has as long as others."""
    opens = cadence.next_open(now, person.schedule, away) or now
    return cadence.after_working_days(opens, days, person.schedule, away)


def row(match: Match, way: Way, *, now: datetime, expires_at: datetime) -> dict[str, object]:
    return {
        "id": uuid4(), "request_id": match.request, "mentor_id": match.mentor, "way": way.value, "score": match.score,
        "reasons": " ".join(match.reasons), "state": ProposalState.PROPOSED.value, "asked_at": now,
        "expires_at": expires_at,
    }  # fmt: skip


async def _put(
    session: AsyncSession, new: Sequence[dict[str, object]], requests: dict[UUID, RequestRow], now: datetime
) -> set[UUID]:
    again = set(await session.scalars(select(ProposalRow.request_id).where(ProposalRow.request_id.in_(requests))))
    again |= {one.id for one in requests.values() if one.waits_since is not None}
    await insert_new(session, ProposalRow, new)
    found = await session.execute(
        select(ProposalRow.id, ProposalRow.request_id, ProposalRow.mentor_id).where(
            ProposalRow.id.in_([row["id"] for row in new])
        )
    )
    put = found.all()
    told = [messages.owed(ASKED, to=row.mentor_id, about=row.id, at=now) for row in put]
    told += [
        messages.owed(MOVED, to=requests[row.request_id].mentee_id, about=row.id, at=now)
        for row in put
        if row.request_id in again
    ]
    await messages.tell_many(session, told)
    done = {row.request_id for row in put}
    await session.execute(update(RequestRow).where(RequestRow.id.in_(done)).values(waits_since=None, nearest=None))
    mentees = {requests[one].mentee_id for one in done}
    await messages.redraw_home(session, [*mentees, *(row.mentor_id for row in put)], at=now)
    return done


async def read(session: AsyncSession, *, by: Person, proposal: UUID, now: datetime, today: date) -> Proposal:
    """What was put before somebody, to be decided. Refusal for everybody else, and once it is over."""
    found = await _theirs(session, by, proposal, today)
    _check_open(found, now)
    return found


async def _theirs(session: AsyncSession, by: Person, proposal: UUID, today: date) -> Proposal:
    found = await rows.load(session, ProposalRow.id == proposal, on=today)
    if not found or rules.decides(found[0]).id != by.id:
        access.refuse()
    access.require({"author" if found[0].way is Way.OFFER else "mentor if proposed"}, "read", "mentor request")
    return found[0]


def _check_open(found: Proposal, now: datetime) -> None:
    over = OFFER_OVER if found.way is Way.OFFER else OVER
    if found.state is not ProposalState.PROPOSED:
        raise Refusal(over[found.state])
    if found.expires_at <= now:
        raise Refusal(over[ProposalState.EXPIRED])


async def accept(session: AsyncSession, *, by: Person, proposal: UUID, now: datetime, today: date) -> Mentorship:
    """The two become a pair. One place is one mentee, however many accept at once: the mentor's row is held."""
    found = await _theirs(session, by, proposal, today)
    capacity = await session.scalar(
        select(MentorRow.capacity).where(MentorRow.person_id == found.mentor.id).with_for_update()
    )
    found = await read(session, by=by, proposal=proposal, now=now, today=today)
    await _check_place(session, found, capacity or 0, by=by)
    barred = await mentor_pool.bars(session, [found.request.mentee.id], today=today, asks_anew=False)
    if found.mentor.id in barred[found.request.mentee.id]:
        raise Refusal(NOT_THESE_TWO)
    await settle(session, found, Verb.ACCEPT, request=RequestState.MATCHED, now=now)
    made = await mentorships.begin(
        session, request=found.request, mentor=found.mentor, way=found.way, now=now, today=today
    )
    other, kind = (found.mentor, TAKEN_UP) if found.way is Way.OFFER else (found.request.mentee, ACCEPTED)
    await messages.tell(session, kind, to=other.id, about=found.id, at=now)
    return made


async def _check_place(session: AsyncSession, found: Proposal, capacity: int, *, by: Person) -> None:
    active = select(func.count()).where(
        MentorshipRow.mentor_id == found.mentor.id, MentorshipRow.ended_at.is_(None)
    )  # fmt: skip
    taken = await session.scalar(active) or 0
    if taken >= capacity:
        full = FULL.format(taken=taken, capacity=capacity)
        raise Refusal(full if by.id == found.mentor.id else FULL_THERE.format(name=found.mentor.name))


async def decline(
    session: AsyncSession,
    *,
    by: Person,
    proposal: UUID,
    reason: DeclinedFor | None = None,
    pause_until: date | None = None,
    now: datetime,
    today: date,
) -> Proposal:
    """It goes on to the next mentor; a mentor's own offer just ends. `pause_until`: the mentor takes nobody until then.

    The reason, if there is one, is counted and shown to nobody.
    """
    found = await read(session, by=by, proposal=proposal, now=now, today=today)
    if found.way is Way.OFFER:
        await settle(session, found, Verb.DECLINE, request=RequestState.WITHDRAWN, now=now)
        await messages.tell(session, NOT_NOW, to=found.mentor.id, about=found.id, at=now)
        return found
    if pause_until is not None:
        await mentors.pause(session, by=by, until=pause_until, today=today)
    await settle(session, found, Verb.DECLINE, reason=reason, now=now)
    return found


async def settle(
    session: AsyncSession,
    found: Proposal,
    verb: Verb,
    *,
    request: RequestState | None = None,
    reason: DeclinedFor | None = None,
    now: datetime,
) -> None:
    """What becomes of a proposal, and with it of the request, if anything. Refusal when somebody was faster."""
    if request is not None:
        is_open = RequestRow.state.in_([RequestState.OPEN.value, RequestState.OFFERED.value])
        changed = update(RequestRow).where(RequestRow.id == found.request.id, is_open)
        closed = changed.values(state=request.value, closed_at=now).returning(RequestRow.id)
        if (await session.execute(closed)).first() is None:
            raise Refusal(OVER[ProposalState.WITHDRAWN])
    state = rules.BECOMES[ProposalState.PROPOSED, verb]
    decided = await session.execute(
        update(ProposalRow)
        .where(ProposalRow.id == found.id, ProposalRow.state == ProposalState.PROPOSED.value)
        .values(state=state.value, decided_at=now, declined_for=reason)
        .returning(ProposalRow.id)
    )
    if decided.first() is None:
        raise Refusal("This was answered in another window just now. `/mentor` shows how it stands.")
    await draw_anew(session, [found], now=now)


async def draw_anew(session: AsyncSession, found: Sequence[Proposal], *, now: datetime) -> None:
    """What was asked is over: it is not sent any more, or says so; Home of both follows."""
    for one in found:
        kind = OFFERED if one.way is Way.OFFER else ASKED
        await messages.withdraw(session, kind, about=one.id)
        await messages.refresh(session, AGAIN[kind], to=rules.decides(one).id, about=one.id, at=now)
    both = {person for one in found for person in (one.mentor.id, one.request.mentee.id)}
    await messages.redraw_home(session, both, at=now)


def put_before(who: Collection[UUID]) -> ColumnElement[bool]:
    """A condition on proposals beside their requests: these people decide."""
    is_offer = ProposalRow.way == Way.OFFER.value
    return or_(and_(~is_offer, ProposalRow.mentor_id.in_(who)), and_(is_offer, RequestRow.mentee_id.in_(who)))
