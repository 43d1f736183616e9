"""Nudges: planned a day ahead, in pages."""

from datetime import datetime

from bot.jobs import timers
from bot.jobs.tools import Tools
from bot.services import nudges

PLANNING = "name again what waits"


async def plan(tools: Tools) -> datetime:
    """Lists that remind, between the last look (seven days back at most) and 24 hours ahead."""
    now = tools.clock.now()
    since = max(tools.seen or now, now - nudges.BEHIND)
    after = None
    while tools.nudges_a_week:
        async with tools.db.writing(patience=timers.PATIENCE) as session:
            after = await nudges.plan_some(
                session, after=after, since=since, now=now, most=tools.nudges_a_week, features=tools.features
            )
        if after is None:
            break
    return now
