"""The month that is over: reckoned beside everything else, kept, and owed to the owners."""

from bot.jobs import timers
from bot.jobs.tools import Tools
from bot.rules import cadence
from bot.rules import months as rules
from bot.services import month_rows, months

TELLING = "tell owners of their month"


async def has_work(tools: Tools) -> bool:
    """In the first days of a month; later it is of no use any more."""
    return rules.is_told_on(cadence.local_day(tools.clock.now(), tools.zone))


async def tell(tools: Tools) -> None:
    """Once for each part of the company that has an owner."""
    now = tools.clock.now()
    window = rules.month_of(cadence.local_day(now, tools.zone)).before
    async with tools.db.reading(patience=months.PATIENCE) as session:
        reckoned = await months.reckon(session, window=window, zone=tools.zone, now=now)
    async with tools.db.writing(patience=timers.PATIENCE) as session:
        await month_rows.keep(session, reckoned)
        await months.tell(session, window=window, now=now)
