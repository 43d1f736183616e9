"""Messages of check-ins."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import UPDATE, Later, Message
from bot.rules import cadence
from bot.rules.check_ins import Prompt
from bot.services import check_in_prompts
from bot.services.check_in_rounds import PROMPT
from bot.services.check_ins import PROMPT_AGAIN
from bot.views import check_ins as views

A_MOMENT = timedelta(minutes=1)


async def load_prompts(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Prompt | Later]:
    """Prompts still wanted; those whose person may not be written to at this hour wait for the next open one.

    The welcome comes first: a prompt waits a moment for one that has not arrived.
    """
    wanted: dict[UUID, Prompt | Later] = {}
    for prompt in await check_in_prompts.load(session, ids, now=now):
        if prompt.answer is not None or prompt.is_over or prompt.is_switched_off:
            continue
        moment = cadence.next_open(now, prompt.schedule, prompt.away)
        if moment is not None:
            moment = max(moment, now + A_MOMENT) if prompt.is_early else moment
            wanted[prompt.id] = prompt if moment <= now else Later(moment)
    return wanted


async def load_again(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Prompt]:
    return {prompt.id: prompt for prompt in await check_in_prompts.load(session, ids, now=now)}


MESSAGES: Mapping[str, Message] = {
    PROMPT: Message(load_prompts, views.prompt, owes_action=True, asks=True),
    PROMPT_AGAIN: Message(load_again, views.prompt, method=UPDATE, redraws=PROMPT, answers=True),
}
