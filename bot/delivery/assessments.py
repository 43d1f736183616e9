"""Messages of self-assessments: to the manager who is asked, to the author once both views are in, to new readers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import UPDATE, Load, Message
from bot.rules.assessments import Assessment, State
from bot.services import assessment_ratings, assessments
from bot.views import assessment_ratings as views


async def load(
    session: AsyncSession, ids: Sequence[UUID], now: datetime, *, states: frozenset[State]
) -> Mapping[UUID, Assessment]:
    """Those that still stand so."""
    return await assessment_ratings.in_state(session, ids, states)


async def load_shared(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Assessment]:
    return await assessments.shared(session, ids)


def _among(*states: State) -> Load:
    return partial(load, states=frozenset(states))


MESSAGES: Mapping[str, Message] = {
    assessment_ratings.ASKED: Message(_among(State.ASKED), views.asked, asks=True, owes_action=True),
    assessment_ratings.ASKED_AGAIN: Message(
        _among(*State), views.asked, method=UPDATE, redraws=assessment_ratings.ASKED, answers=True
    ),
    assessment_ratings.BOTH: Message(_among(State.RATED), views.both, answers=True),
    assessments.SHARED: Message(load_shared, views.shared, answers=True),
}
