"""Career talks, twice a year: proposed to those whose last one is half a year ago, passed on to a new manager,
and closed where nobody came back to one."""

from functools import partial

from bot.jobs import timers
from bot.jobs.tools import Tools, page_by_page
from bot.services import career_proposals

PROPOSING = "propose career talks"


async def propose(tools: Tools) -> None:
    now = tools.clock.now()
    async with tools.db.writing(patience=timers.PATIENCE) as session:
        await career_proposals.tidy(session, now=now)
    await page_by_page(tools.db, partial(career_proposals.propose_some, now=now))
