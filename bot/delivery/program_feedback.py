"""What everybody on the roster hears of a cycle of program feedback: that it has opened, and that it will close."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import Later, Message, at_an_open_hour
from bot.rules.feedback_forms import Announced
from bot.services import feedback_forms
from bot.services.feedback_cycles import OPENED
from bot.services.feedback_forms import REMINDER
from bot.views import program_feedback as views


async def load(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Announced | Later]:
    return at_an_open_hour(await feedback_forms.announced(session, ids, now=now), now)


MESSAGES: Mapping[str, Message] = {
    OPENED: Message(load, views.opened, asks=True),
    REMINDER: Message(load, views.reminder, asks=True),
}
