"""Messages to the stewards of program feedback."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import Message
from bot.rules.program_feedback import Changed, Waiting
from bot.services import feedback_cycles
from bot.services.feedback_cycles import CHANGED, STEWARD
from bot.views import feedback_steward as views


async def load_waiting(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Waiting]:
    return await feedback_cycles.load_waiting(session, ids, today=now.date())


async def load_changed(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Changed]:
    return await feedback_cycles.load_changed(session, ids)


MESSAGES: Mapping[str, Message] = {
    STEWARD: Message(load_waiting, views.waiting, owes_action=True, answers=True),
    CHANGED: Message(load_changed, views.changed, answers=True),
}
