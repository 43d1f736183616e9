"""After a round is published: its pairs become proposals, a page at a time, so that nobody waits behind all of them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.matching import MatchPair
from bot.rules.match_rounds import Verb
from bot.rules.mentors import Match, Way
from bot.services import match_rounds, proposals

PAGE = 100


async def pass_on(session: AsyncSession, round_id: UUID, *, now: datetime) -> bool:
    """Put the best pairs before their mentors that have not been yet; whether there may be more.

    A request that is not open any more, or a mentor who has no place any more, is left for the next round.
    """
    rows = await session.execute(
        select(MatchPair.request_id, MatchPair.mentor_id, MatchPair.score, MatchPair.reasons)
        .where(MatchPair.round_id == round_id, MatchPair.mentor_id.is_not(None), ~MatchPair.is_passed_on)
        .order_by(MatchPair.score.desc(), MatchPair.request_id)
        .limit(PAGE)
    )
    matches = [Match(row.request_id, row.mentor_id, row.score, tuple(row.reasons.split())) for row in rows]
    if not matches:
        await match_rounds.become(session, round_id, Verb.HAND_ON)
        return False
    ids = [match.request for match in matches]
    await session.execute(
        update(MatchPair).where(MatchPair.round_id == round_id, MatchPair.request_id.in_(ids)).values(is_passed_on=True)
    )
    await proposals.propose(session, matches, way=Way.ROUND, now=now)
    return True
