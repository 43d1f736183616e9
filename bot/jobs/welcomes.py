"""Welcomes: whoever is new, or has become a manager, hears from the program before it asks them anything."""

from bot.jobs import timers
from bot.jobs.tools import Tools
from bot.services import welcomes

PLANNING = welcomes.PLANNING


async def plan(tools: Tools) -> None:
    """Everybody who has not been welcomed yet, page by page; looked for by a reader, so that nobody waits."""
    now, after = tools.clock.now(), None
    while True:
        async with tools.db.reading() as session:
            found = await welcomes.newcomers(session, after=after, now=now)
        if found:
            async with tools.db.writing(patience=timers.PATIENCE) as session:
                await welcomes.welcome(session, found, now=now)
        if len(found) < welcomes.PAGE:
            break
        after = found[-1].id
