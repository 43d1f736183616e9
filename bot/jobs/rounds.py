"""360 rounds: what the clock closes, whom it tells, and what follows when people leave or managers change."""

from bot.jobs import timers
from bot.jobs.tools import Tools
from bot.services import round_reports, round_tending

TENDING = "look after rounds"
AT_ONCE = 20


async def tend(tools: Tools) -> None:
    """Each batch in a transaction of its own, so that nobody waits behind all of them."""
    now = tools.clock.now()
    async with tools.db.writing(patience=timers.PATIENCE) as session:
        await round_tending.tend(session, now=now, today=now.date())
    closed = AT_ONCE
    while closed:
        async with tools.db.writing(patience=timers.PATIENCE) as session:
            closed = await round_reports.close_due(session, now=now, limit=AT_ONCE)
    async with tools.db.writing(patience=timers.PATIENCE) as session:
        await round_reports.tell_managers(session, now=now)
