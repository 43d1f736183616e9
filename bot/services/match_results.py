"""What the clock does with a round of matching: note how far it is, keep what was found, tell owners, pass it on."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.matching import MatchPair, MatchRound
from bot.rules import cadence
from bot.rules.match_rounds import WORK, State, Verb
from bot.rules.people import Role
from bot.services import match_rounds, messages, people, roles
from bot.services.match_rounds import AGAIN, READY


async def due(session: AsyncSession) -> list[tuple[UUID, State]]:
    """The rounds with which something is to be done, the oldest first."""
    rows = await session.execute(
        select(MatchRound.id, MatchRound.state).where(MatchRound.state.in_(WORK)).order_by(MatchRound.opened_at)
    )
    return [(row.id, State(row.state)) for row in rows]


async def begin(session: AsyncSession, round_id: UUID) -> None:
    """From the start, also where somebody has died in the middle of it."""
    await match_rounds.become(session, round_id, Verb.MATCH, done=0)
    await session.execute(delete(MatchPair).where(MatchPair.round_id == round_id))


async def note(session: AsyncSession, round_id: UUID, *, done: int, whole: int, now: datetime) -> None:
    """How far it is, also in the message of the owner who opened it. Refusal when it was dropped meanwhile."""
    await match_rounds.become(session, round_id, Verb.MATCH, done=done, whole=whole)
    await _redraw(session, round_id, now)


async def keep(session: AsyncSession, round_id: UUID, rows: Sequence[Mapping[str, Any]]) -> None:
    """A page of pairs: `request_id`, `mentor_id`, `score`, `reasons`, `why_not`. Refusal when it was dropped."""
    await match_rounds.become(session, round_id, Verb.MATCH)
    given = {"round_id": round_id, "is_edited": False, "is_passed_on": False}
    await insert_new(session, MatchPair, [{**given, **row} for row in rows])


async def finish(session: AsyncSession, round_id: UUID, *, figures: Mapping[str, Any], now: datetime) -> None:
    await match_rounds.become(session, round_id, Verb.FINISH, figures=json.dumps(figures))
    await _tell(session, round_id, now)


async def fail(session: AsyncSession, round_id: UUID, *, now: datetime) -> None:
    """Nothing is kept of it, and whoever waits for it hears that it did not work."""
    await match_rounds.become(session, round_id, Verb.FAIL)
    await session.execute(delete(MatchPair).where(MatchPair.round_id == round_id))
    await _tell(session, round_id, now)


async def _redraw(session: AsyncSession, round_id: UUID, now: datetime) -> None:
    opened_by = await session.scalar(select(MatchRound.opened_by).where(MatchRound.id == round_id))
    if opened_by is not None:
        await messages.refresh(session, AGAIN, to=opened_by, about=round_id, at=now)


async def _tell(session: AsyncSession, round_id: UUID, now: datetime) -> None:
    """The owner who opened it has a message that is drawn anew; of one that the calendar opened, all owners hear."""
    opened_by = await session.scalar(select(MatchRound.opened_by).where(MatchRound.id == round_id))
    if opened_by is not None:
        await messages.refresh(session, AGAIN, to=opened_by, about=round_id, at=now)
        return
    owners = await people.by_id(session, await roles.holders(session, Role.OWNER, on=now.date()), on=now.date())
    away = await people.absences(session, list(owners), on=now.date() - cadence.DAY)
    for owner in owners.values():
        at = cadence.next_open(now, owner.schedule, away.get(owner.id, ()))
        if at is not None:
            await messages.tell(session, READY, to=owner.id, about=round_id, at=at)
