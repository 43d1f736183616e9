"""What follows from being away or having left: reviews go on to somebody else, and returns are prepared."""

from datetime import datetime
from functools import partial

from bot.jobs.tools import Tools, page_by_page
from bot.services import hand_overs, long_waits, returns

HANDING_ON = hand_overs.PLANNING
RETURNING = "welcome people back"


async def hand_on(tools: Tools) -> None:
    """Open reviews of those who have left, or are away for long; then authors hear what else waits for long."""
    now = tools.clock.now()
    await page_by_page(tools.db, partial(hand_overs.hand_on_some, now=now))
    await page_by_page(tools.db, partial(long_waits.tell_waiting_some, now=now))


async def welcome_back(tools: Tools) -> datetime:
    """Cards of those who come back between the last look (seven days back at most) and 24 hours ahead."""
    now = tools.clock.now()
    since = max(tools.seen or now, now - returns.BEHIND)
    await page_by_page(tools.db, partial(returns.plan_some, since=since, now=now))
    return now
