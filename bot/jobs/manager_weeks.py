"""A manager's week: planned a day ahead, in pages."""

from datetime import datetime
from functools import partial

from bot.jobs.tools import Tools, page_by_page
from bot.services import deputy_weeks
from bot.services import manager_weeks as weeks

PLANNING = "tell managers of their week"


async def plan(tools: Tools) -> datetime:
    """Weeks that managers hear of, or deputies, between the last look (seven days back at most) and 24 hours ahead."""
    now = tools.clock.now()
    since = max(tools.seen or now, now - weeks.BEHIND)
    await page_by_page(tools.db, partial(weeks.plan_some, since=since, now=now))
    await page_by_page(tools.db, partial(deputy_weeks.plan_some, since=since, now=now))
    return now
