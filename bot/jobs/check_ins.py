"""Rounds of check-ins: plan ahead, and hand over what is due. In pages, so that nobody waits behind a round."""

from datetime import datetime
from functools import partial

from bot.jobs import timers
from bot.jobs.tools import Tools, page_by_page
from bot.services import check_in_rounds as rounds

PLANNING = "plan check-ins"


async def plan(tools: Tools) -> datetime:
    """Prompts from the last planned moment (seven days back at most) to 48 hours ahead."""
    now = tools.clock.now()
    until = now + rounds.AHEAD
    since = max(tools.seen or now - rounds.BEHIND, now - rounds.BEHIND)
    await page_by_page(tools.db, partial(rounds.plan_some, since=since, until=until))
    return until


async def hand_over(tools: Tools) -> None:
    """Due prompts become messages owed."""
    while True:
        async with tools.db.writing(patience=timers.PATIENCE) as session:
            handled = await rounds.hand_over_some(session, now=tools.clock.now())
        if handled < rounds.PAGE:
            break
