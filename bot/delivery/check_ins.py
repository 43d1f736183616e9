"""Messages of check-ins."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import A_MOMENT, UPDATE, Later, Message, at_an_open_hour
from bot.rules.check_ins import Prompt
from bot.services import check_in_prompts
from bot.services.check_in_rounds import PROMPT
from bot.services.check_ins import PROMPT_AGAIN
from bot.views import check_ins as views


async def load_prompts(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Prompt | Later]:
    """Prompts still wanted; those whose person may not be written to at this hour wait for the next open one.

    The welcome comes first: a prompt waits a moment for one that has not arrived.
    """
    found = {
        prompt.id: prompt
        for prompt in await check_in_prompts.load(session, ids, now=now)
        if prompt.answer is None and not prompt.is_over and not prompt.is_switched_off
    }
    return {key: _after_the_welcome(one, now) for key, one in at_an_open_hour(found, now).items()}


def _after_the_welcome(one: Prompt | Later, now: datetime) -> Prompt | Later:
    return Later(now + A_MOMENT) if isinstance(one, Prompt) and one.is_early else one


async def load_again(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Prompt]:
    return {prompt.id: prompt for prompt in await check_in_prompts.load(session, ids, now=now)}


MESSAGES: Mapping[str, Message] = {
    PROMPT: Message(load_prompts, views.prompt, owes_action=True, asks=True),
    PROMPT_AGAIN: Message(load_again, views.prompt, method=UPDATE, redraws=PROMPT, answers=True),
}
