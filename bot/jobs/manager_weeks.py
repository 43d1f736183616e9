"""A manager's week: planned a day ahead, in pages."""

from datetime import datetime

from bot.jobs import timers
from bot.jobs.tools import Tools
from bot.services import manager_weeks as weeks

PLANNING = "tell managers of their week"


async def plan(tools: Tools) -> datetime:
    """Weeks that managers hear of between the last look (seven days back at most) and 24 hours ahead."""
    now = tools.clock.now()
    since = max(tools.seen or now, now - weeks.BEHIND)
    after = None
    while True:
        async with tools.db.writing(patience=timers.PATIENCE) as session:
            after = await weeks.plan_some(session, after=after, since=since, now=now)
        if after is None:
            break
    return now
