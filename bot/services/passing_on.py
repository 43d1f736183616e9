"""A request goes from mentor to mentor: when nobody answers, when a mentor is not there, and to whom it goes next."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.mentors import Mentor as MentorRow
from bot.models.mentors import MentorRequest as RequestRow
from bot.models.mentors import Proposal as ProposalRow
from bot.models.people import Absence
from bot.models.people import Person as PersonRow
from bot.rules import fit
from bot.rules import mentors as rules
from bot.rules.fit import Mentee, Mentor
from bot.rules.mentors import BECOMES, MOST_TRIES, Match, ProposalState, RequestState, Verb, Way
from bot.services import mentor_pool, mentor_requests, messages, people, proposals
from bot.services import proposal_rows as rows
from bot.services.mentor_requests import WAITS

PAGE = 100
AT_ONCE = 10  # requests that look for a mentor together


@dataclass(frozen=True)
class Found:
    """Whom requests go to next; those for which nobody is left, with the wish that would open most, if one would."""

    matches: tuple[Match, ...]
    nobody: Mapping[UUID, str | None]


async def is_due(session: AsyncSession, *, now: datetime) -> bool:
    """Whether anything is to be done: one look without a lock, for most ticks find nothing."""
    looks = [which.limit(1) for which in (_late(now), _unable(now.date()), _left(), _free())]
    return await session.scalar(union_all(*(select(look.subquery()) for look in looks)).limit(1)) is not None


async def let_go(session: AsyncSession, *, now: datetime) -> int:
    """One page of what nobody will answer any more: too late, the mentor not there, the mentee gone. How many."""
    gone = await session.scalars(_left().limit(PAGE).with_for_update(of=RequestRow, skip_locked=True))
    closed = await mentor_requests.close(session, gone.all(), now=now)
    late = await _pass(session, _late(now), Verb.EXPIRE, now=now)
    return len(closed) + late + await _pass(session, _unable(now.date()), Verb.SKIP, now=now)


async def _pass(session: AsyncSession, which: Select[UUID], verb: Verb, *, now: datetime) -> int:
    """These proposals are over. A mentor's own offer ends with it, and sounds like any other "not now"."""
    ids = (await session.scalars(which.limit(PAGE).with_for_update(skip_locked=True))).all()
    found = await rows.load(session, ProposalRow.id.in_(ids), on=now.date()) if ids else []
    state = BECOMES[ProposalState.PROPOSED, verb].value
    await session.execute(update(ProposalRow).where(ProposalRow.id.in_(ids)).values(state=state, decided_at=now))
    offers = [one for one in found if one.way is Way.OFFER]
    closed = {"state": RequestState.WITHDRAWN.value, "closed_at": now}
    await session.execute(
        update(RequestRow).where(RequestRow.id.in_([one.request.id for one in offers])).values(**closed)
    )
    told = [messages.owed(proposals.NOT_NOW, to=one.mentor.id, about=one.id, at=now) for one in offers]
    await messages.tell_many(session, told)
    await proposals.draw_anew(session, found, now=now)
    return len(found)


def _asked() -> Select[UUID]:
    is_open = ProposalRow.state == ProposalState.PROPOSED.value
    return select(ProposalRow.id).join(RequestRow, RequestRow.id == ProposalRow.request_id).where(is_open)


def _late(now: datetime) -> Select[UUID]:
    return _asked().where(ProposalRow.expires_at <= now)


def _unable(today: date) -> Select[UUID]:
    """Put before somebody who has stopped, has left, or is on leave; a mentor on leave may still have offered."""
    is_away = exists().where(Absence.person_id == ProposalRow.mentor_id, people.holds(Absence, today))
    offers = exists().where(MentorRow.person_id == ProposalRow.mentor_id, MentorRow.ended_on.is_(None))
    is_here = exists().where(PersonRow.id == ProposalRow.mentor_id, PersonRow.is_active, ~PersonRow.is_guest)
    return _asked().where(or_(~offers, ~is_here, and_(is_away, ProposalRow.way != Way.OFFER.value)))


def _left() -> Select[UUID]:
    """Open requests of people who have left."""
    is_open = RequestRow.state.in_([RequestState.OPEN.value, RequestState.OFFERED.value])
    left = or_(~PersonRow.is_active, PersonRow.is_guest)
    return select(RequestRow.id).join(PersonRow, PersonRow.id == RequestRow.mentee_id).where(is_open, left)


def _free() -> Select[UUID]:
    """Open requests that nobody has before them and that do not wait for a round."""
    return select(RequestRow.id).where(_is_looking())


def _is_looking() -> ColumnElement[bool]:
    is_open = RequestRow.state == RequestState.OPEN.value
    return and_(is_open, RequestRow.waits_since.is_(None), ~mentor_pool.is_asked())


# The next one


async def look(session: AsyncSession, *, now: datetime, weights: Mapping[str, int]) -> Found:
    """Whom the next few requests go to: those they named, in order, then the best free mentor. Only read, so that a
    large pool holds nobody up."""
    first = (RequestRow.comes_first.desc(), RequestRow.asked_at)
    ids = (await session.scalars(_free().order_by(*first).limit(AT_ONCE))).all()
    if not ids:
        return Found((), {})
    tried = await rows.before(session, ids, on=now.date())
    done = {one for one in ids if rules.tries((old.way, old.state) for old in tried[one]) >= MOST_TRIES}
    mentees, pool = await mentor_pool.load(session, requests=ids, today=now.date())
    order = {request: place for place, request in enumerate(ids)}
    mentees.sort(key=lambda mentee: order[mentee.request])
    return await asyncio.to_thread(_choose, mentees, pool, done, weights)


def _choose(mentees: Sequence[Mentee], pool: Sequence[Mentor], done: set[UUID], weights: Mapping[str, int]) -> Found:
    """One after the other, so that the last place of a mentor is given once."""
    mentors = {one.person: one for one in pool}
    matches, nobody = [], {}
    for mentee in mentees:
        match = None if mentee.request in done else _next(mentee, mentors, weights)
        if match is None:
            nearest = fit.nearest(mentee, mentors.values())
            nobody[mentee.request] = f"{nearest.bar}:{nearest.opens}" if nearest else None
        else:
            matches.append(match)
            mentors[match.mentor] = replace(mentors[match.mentor], taken=mentors[match.mentor].taken + 1)
    return Found(tuple(matches), nobody)


def _next(mentee: Mentee, mentors: Mapping[UUID, Mentor], weights: Mapping[str, int]) -> Match | None:
    named = (mentors[one] for one in mentee.choices if one in mentors)
    chosen = next((one for one in named if not fit.bars(mentee, one)), None)
    if chosen is not None:
        best = fit.explain(mentee, chosen, weights=weights)
    else:
        found = fit.best(mentee, mentors.values(), weights=weights, most=1)
        if not found:
            return None
        best = found[0]
    return Match(mentee.request, best.mentor, best.score, best.reasons)


async def send_on(session: AsyncSession, found: Found, *, now: datetime) -> int:
    """Put the requests before whom they were found for; the others wait for a round, and their mentees hear why.

    How many are not looking any more: none, when all of it has changed in the meantime.
    """
    done = len(await proposals.propose(session, found.matches, now=now))
    for request, nearest in found.nobody.items():
        waits = update(RequestRow).where(RequestRow.id == request, _is_looking())
        values = {"waits_since": now, "comes_first": True, "nearest": nearest}
        mentee = await session.scalar(waits.values(**values).returning(RequestRow.mentee_id))
        if mentee is not None:
            key = f"{WAITS}:{request.hex}:{now:%Y%m%dT%H%M%S}"
            await messages.tell(session, WAITS, to=mentee, about=request, at=now, key=key)
            await messages.redraw_home(session, [mentee], at=now)
            done += 1
    return done
