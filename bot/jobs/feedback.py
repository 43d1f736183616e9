"""Requests for feedback that nobody answered end after two weeks."""

from bot.jobs import timers
from bot.jobs.tools import Tools
from bot.services import feedback_asks

ENDING = "end requests for feedback"


async def end_due(tools: Tools) -> None:
    async with tools.db.writing(patience=timers.PATIENCE) as session:
        await feedback_asks.end_due(session, now=tools.clock.now())
