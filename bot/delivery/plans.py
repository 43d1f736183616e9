"""Messages of growth plans: to a helper, and to the member whose manager did something for the plan."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import Message
from bot.rules.plans import Asked, Comment, Protected
from bot.services import plan_support
from bot.services.plan_support import COMMENTED, PROTECTED
from bot.services.plans import HELP_ASKED
from bot.views import plan_messages as views


async def load_asked(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Asked]:
    return await plan_support.asked_of(session, ids)


async def load_comments(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Comment]:
    return await plan_support.comments_by_id(session, ids)


async def load_protected(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Protected]:
    """Of those whose time is still kept free."""
    return await plan_support.protected_of(session, ids, now=now)


MESSAGES: Mapping[str, Message] = {
    HELP_ASKED: Message(load_asked, views.help_asked, answers=True),
    COMMENTED: Message(load_comments, views.commented, answers=True),
    PROTECTED: Message(load_protected, views.protected, answers=True),
}
