"""Pairs that have been quiet are asked what would suit them now.

What is sent around a session needs no job: it is owed when the session is planned.
"""

from functools import partial

from bot.jobs.tools import Tools, page_by_page
from bot.services import quiet_pairs

ASKING = "ask quiet pairs"


async def ask(tools: Tools) -> None:
    """All pairs, in pages."""
    await page_by_page(tools.db, partial(quiet_pairs.ask_some, now=tools.clock.now()))
