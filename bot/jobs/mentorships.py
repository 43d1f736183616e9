"""Mentorships and their terms: the two are asked whether they go on, and what nobody prolongs ends by itself."""

from functools import partial

from bot.jobs.tools import Tools, page_by_page
from bot.services import mentorship_ends

PLANNING = "look after mentorships"


async def plan(tools: Tools) -> None:
    now = tools.clock.now()
    await page_by_page(tools.db, partial(mentorship_ends.end_some, now=now))
    await page_by_page(tools.db, partial(mentorship_ends.ask_some, now=now))
