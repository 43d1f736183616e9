"""Promises come back to their owners when their day has come."""

from bot.jobs import timers
from bot.jobs.tools import Tools
from bot.services import promises

COMING_BACK = "bring promises back"


async def bring_back(tools: Tools) -> None:
    async with tools.db.writing(patience=timers.PATIENCE) as session:
        await promises.plan_due(session, now=tools.clock.now())
