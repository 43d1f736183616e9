"""Requests for a mentor go on to the next one, page by page."""

from bot.jobs import timers
from bot.jobs.tools import Tools
from bot.services import passing_on

PASSING_ON = "pass requests on"


async def has_work(tools: Tools) -> bool:
    async with tools.db.reading() as session:
        return await passing_on.is_due(session, now=tools.clock.now())


async def pass_on(tools: Tools) -> None:
    """Let go of what nobody will answer any more, then look for the next mentor of whatever is free.

    The looking is done by a reader, so that nobody waits behind it.
    """
    now = tools.clock.now()
    let_go = passing_on.PAGE
    while let_go >= passing_on.PAGE:
        async with tools.db.writing(patience=timers.PATIENCE) as session:
            let_go = await passing_on.let_go(session, now=now)
    is_moving = True
    while is_moving:
        async with tools.db.reading() as session:
            found = await passing_on.look(session, now=now, weights=tools.matching.weights)
        async with tools.db.writing(patience=timers.PATIENCE) as session:
            is_moving = await passing_on.send_on(session, found, now=now) > 0
