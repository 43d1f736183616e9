"""Program feedback moves once a day, at nine where the program is: nothing of it follows a click within seconds."""

import logging
from datetime import date, datetime, timedelta
from functools import partial

from bot import sealing
from bot.jobs import keeping, timers
from bot.jobs.tools import Tools, page_by_page
from bot.rules import cadence
from bot.rules import program_feedback as rules
from bot.rules.program_feedback import CycleState
from bot.rules.refusal import Refusal
from bot.services import feedback_cycles, feedback_forms, feedback_releases, feedback_threads

log = logging.getLogger(__name__)

NAME = "program feedback"
HOUR = 9
LOOKS = timedelta(minutes=5)


async def run(tools: Tools) -> datetime:
    """What is due since the last look. Keys of cycles that are over go at every look, so also after a crash."""
    now = tools.clock.now()
    await sweep(tools)
    tick = last_tick(now, tools.zone)
    if tools.seen is not None and tools.seen < tick:
        await daily(tools, cadence.local_day(tick, tools.zone))  # one that was missed is made up for, as of its day
    return now


def last_tick(now: datetime, zone: str) -> datetime:
    """The latest nine o'clock that has been, at the program's place."""
    today = cadence.local_day(now, zone)
    tick = cadence.resolve(today, HOUR, zone)
    return tick if tick <= now else cadence.resolve(today - cadence.DAY, HOUR, zone)


async def daily(tools: Tools, today: date) -> None:
    """Each step in a transaction of its own; one that was done already changes nothing."""
    feedback, now = tools.feedback, tools.clock.now()
    async with tools.db.writing(patience=timers.PATIENCE) as session:
        await feedback_cycles.note_privacy(session, feedback=feedback, today=today, now=now)
        await feedback_cycles.retire(session, today=today)
    await release(tools, today)
    await talk(tools)
    await open_next(tools, today)
    await announce(tools, today)
    async with tools.db.writing(patience=timers.PATIENCE) as session:
        await feedback_cycles.remind_steward(session, feedback=feedback, today=today, now=now)


async def release(tools: Tools, today: date) -> None:
    """Open the cycle that has closed, if its key is here; its key goes when all of it is in the database."""
    now = tools.clock.now()
    async with tools.db.writing(patience=timers.PATIENCE) as session:
        cycle = await feedback_releases.release_due(session, feedback=tools.feedback, today=today, now=now)
    if cycle is not None and cycle.state != CycleState.OPEN:
        await sweep(tools)
        await keeping.clear_log(tools.db)
        log.info("a cycle of program feedback is over: %s", cycle.state)


async def open_next(tools: Tools, today: date) -> None:
    """On a Monday, where nothing speaks against it; the doctor tells what does."""
    if rules.opening_day(today) != today or not tools.feedback.weeks:
        return
    try:
        async with tools.db.writing(patience=timers.PATIENCE) as session:
            await feedback_cycles.open_cycle(session, feedback=tools.feedback, today=today)
    except Refusal as why:
        log.info("no cycle of program feedback was opened: %s", why.sentence)


async def talk(tools: Tools) -> None:
    """What authors have said since yesterday reaches the readers, and new texts can be talked about."""
    async with tools.db.writing(patience=timers.PATIENCE) as session:
        await feedback_threads.release_held(session)
    async with tools.db.reading() as session:
        is_done = await feedback_threads.is_up_to_date(session)
    after: tuple[str, bytes] | None = None
    while not is_done:
        async with tools.db.reading() as session:
            begun, after = await feedback_threads.to_begin(session, after=after)
        async with tools.db.writing(patience=timers.PATIENCE) as session:
            await feedback_threads.begin(session, begun)
        is_done = after is None


async def announce(tools: Tools, today: date) -> None:
    """Everybody on the roster hears of a cycle that has opened, and once more before it closes: all of them alike."""
    for tell in (feedback_forms.tell_opened, feedback_forms.remind):
        await page_by_page(tools.db, partial(tell, now=tools.clock.now(), today=today))


async def sweep(tools: Tools) -> None:
    """The keys of cycles that are over are destroyed, after what they opened is safe."""
    async with tools.db.reading() as session:
        over = await feedback_cycles.over(session, feedback=tools.feedback)
    sealing.forget(tools.feedback.folder, over)
