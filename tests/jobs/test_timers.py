"""When a job runs next."""

from datetime import timedelta

from bot.clock import StandingClock
from bot.database import Database
from bot.jobs import timers
from bot.jobs.timers import Done
from bot.services import welcomes

SECOND, HOURS = timedelta(seconds=1), timedelta(hours=6)


async def test_a_look_that_is_asked_for_while_the_job_runs_is_not_forgotten(db: Database, clock: StandingClock) -> None:
    name = welcomes.PLANNING
    for asks in (False, True):
        due = (await timers.claim(db, clock, [name]))[name]
        clock.set(clock.now() + SECOND)
        if asks:
            async with db.writing() as session:
                await welcomes.look_soon(session, now=clock.now())
        await timers.done(db, {name: Done(due.due_at, clock.now() + HOURS)})
        assert (name in await timers.not_yet(db, clock)) is not asks
        clock.set(clock.now() + HOURS)
