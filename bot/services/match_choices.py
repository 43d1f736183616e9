"""Another mentor for a request of a round: who fits next best and has a place, and choosing one of them."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.matching import MatchPair
from bot.rules import access, fit
from bot.rules import match_rounds as rules
from bot.rules.fit import Fit
from bot.rules.match_rounds import Candidate, Choice, Pair, Side, State, Verb
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import match_rounds, mentor_pool, people, roles

Weights = Mapping[str, int]


async def choices(
    session: AsyncSession, *, by: Person, round_id: UUID, request: UUID, weights: Weights, today: date
) -> Choice:
    """The next best mentors who may be asked, by the same rules as all pairs."""
    await roles.require_owner(session, by=by, on=today, thing=match_rounds.ROUND)
    found = (await match_rounds.by_id(session, [round_id])).get(round_id)
    if found is None:
        access.refuse()
    if found.state is not State.READY:
        rules.refuse(found.state)
    pair = await match_rounds.one_pair(session, round_id, request, today=today)
    fits = (await _fits(session, pair, round_id, weights, today))[: rules.CHOICES]
    who = await people.by_id(session, [one.mentor for one in fits], on=today)
    sides = {one.id: Side(one.id, one.name, one.track or "", one.level or "") for one in who.values()}
    return Choice(round_id, pair, tuple(Candidate(sides[one.mentor], one.score, one.reasons) for one in fits))


async def choose(
    session: AsyncSession, *, by: Person, round_id: UUID, request: UUID, mentor: UUID, weights: Weights, today: date
) -> None:
    """This mentor instead. Refusal for one who does not fit: no rule gives way to an owner."""
    await roles.require_owner(session, by=by, on=today, thing=match_rounds.ROUND)
    await match_rounds.become(session, round_id, Verb.EDIT)
    pair = await match_rounds.one_pair(session, round_id, request, today=today)
    found = next((one for one in await _fits(session, pair, round_id, weights, today) if one.mentor == mentor), None)
    if found is None:
        raise Refusal(rules.DOES_NOT_FIT, field="mentor")
    await match_rounds.set_mentor(session, round_id, request, mentor=mentor, score=found.score, reasons=found.reasons)


async def _fits(session: AsyncSession, pair: Pair, round_id: UUID, weights: Weights, today: date) -> list[Fit]:
    """All mentors who may be asked and have a place that no pair of this round takes, but the one found already."""
    mentees, mentors = await mentor_pool.load(session, requests=[pair.request], today=today)
    if not mentees:
        return []
    given = await _given(session, round_id)
    has_place = [one for one in mentors if one.taken + given.get(one.person, 0) < one.capacity]
    now = pair.mentor.id if pair.mentor else None
    return [one for one in fit.best(mentees[0], has_place, weights=weights) if one.mentor != now]


async def _given(session: AsyncSession, round_id: UUID) -> dict[UUID, int]:
    """Mentor → places that this round fills."""
    rows = await session.execute(
        select(MatchPair.mentor_id, func.count())
        .where(MatchPair.round_id == round_id, MatchPair.mentor_id.is_not(None))
        .group_by(MatchPair.mentor_id)
    )
    return {row[0]: row[1] for row in rows if row[0] is not None}
