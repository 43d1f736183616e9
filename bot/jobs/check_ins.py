"""Rounds of check-ins: plan ahead, and hand over what is due. In pages, so that nobody waits behind a round."""

from datetime import datetime

from bot.jobs import timers
from bot.jobs.tools import Tools
from bot.services import check_in_rounds as rounds

PLANNING = "plan check-ins"


async def plan(tools: Tools) -> datetime:
    """Prompts from the last planned moment (seven days back at most) to 48 hours ahead."""
    now = tools.clock.now()
    until = now + rounds.AHEAD
    since = max(tools.seen or now - rounds.BEHIND, now - rounds.BEHIND)
    after = None
    while True:
        async with tools.db.writing(patience=timers.PATIENCE) as session:
            after = await rounds.plan_some(session, after=after, since=since, until=until)
        if after is None:
            break
    return until


async def hand_over(tools: Tools) -> None:
    """Due prompts become messages owed."""
    while True:
        async with tools.db.writing(patience=timers.PATIENCE) as session:
            handled = await rounds.hand_over_some(session, now=tools.clock.now())
        if handled < rounds.PAGE:
            break
