"""Nudges: planned a day ahead, in pages."""

from datetime import datetime
from functools import partial

from bot.jobs.tools import Tools, page_by_page
from bot.services import nudges

PLANNING = "name again what waits"


async def plan(tools: Tools) -> datetime:
    """Lists that remind, between the last look (seven days back at most) and 24 hours ahead."""
    now = tools.clock.now()
    since = max(tools.seen or now, now - nudges.BEHIND)
    if tools.nudges_a_week:
        most, features = tools.nudges_a_week, tools.features
        await page_by_page(tools.db, partial(nudges.plan_some, since=since, now=now, most=most, features=features))
    return now
