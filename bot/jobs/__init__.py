"""The clock calls us. The timetable on one screen; each replica runs all of it, each job runs once."""

import logging
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from bot.database import UNREACHABLE
from bot.jobs import (
    away,
    career_talks,
    check_ins,
    feedback,
    keeping,
    manager_weeks,
    match_rounds,
    mentor_sessions,
    mentors,
    mentorships,
    months,
    nudges,
    people,
    program_feedback,
    promises,
    rounds,
    timers,
    welcomes,
)
from bot.jobs.timers import Done
from bot.jobs.tools import Job, Tools
from bot.rules import features as rules

log = logging.getLogger(__name__)

TWICE_A_DAY = timedelta(hours=12)  # each looks a day ahead at least

TIMETABLE = (
    Job("sync the directory", people.sync_directory, every=timedelta(days=1)),
    Job(welcomes.PLANNING, welcomes.plan, every=TWICE_A_DAY),
    Job(check_ins.PLANNING, check_ins.plan, every=TWICE_A_DAY),
    Job("hand over check-ins", check_ins.hand_over),
    Job(manager_weeks.PLANNING, manager_weeks.plan, every=TWICE_A_DAY),
    Job(away.HANDING_ON, away.hand_on, every=timedelta(hours=6)),
    Job(away.RETURNING, away.welcome_back, every=TWICE_A_DAY),
    Job(nudges.PLANNING, nudges.plan, every=TWICE_A_DAY),
    Job(mentors.PASSING_ON, mentors.pass_on, every=timedelta(minutes=1), has_work=mentors.has_work),
    Job(mentorships.PLANNING, mentorships.plan, every=TWICE_A_DAY),
    Job(mentor_sessions.ASKING, mentor_sessions.ask, every=timedelta(days=1)),
    Job(match_rounds.OPENING, match_rounds.open_scheduled, every=TWICE_A_DAY),
    Job(match_rounds.MATCHING, match_rounds.work, is_long=True),
    Job(feedback.ENDING, feedback.end_due, every=TWICE_A_DAY),
    Job(program_feedback.NAME, program_feedback.run, every=program_feedback.LOOKS),
    Job(promises.COMING_BACK, promises.bring_back, every=TWICE_A_DAY),
    Job(career_talks.PROPOSING, career_talks.propose, every=timedelta(days=1)),
    Job(rounds.TENDING, rounds.tend, every=TWICE_A_DAY),
    Job(months.TELLING, months.tell, every=timedelta(hours=1), is_long=True, has_work=months.has_work),
    Job("let go of what is old", keeping.retire, every=timedelta(days=1)),
)


RETRY = timedelta(minutes=5)


def timetable(features: Collection[str]) -> tuple[Job, ...]:
    """Without the lines of the features that are off."""
    off = rules.jobs(rules.ALL - set(features))
    return tuple(job for job in TIMETABLE if job.name not in off)


async def run_due(tools: Tools, features: Collection[str] = rules.ALL, *, is_long: bool = False) -> None:
    """All short jobs of the timetable that are due, in its order, or all long ones. A job that fails is logged, tried
    again soon, and holds up no other."""
    try:
        later = await timers.not_yet(tools.db, tools.clock)
        chosen = [job for job in timetable(features) if job.is_long == is_long and job.name not in later]
        await _run_all([job for job in chosen if job.every is None or await _has_work(job, tools)], tools)
    except UNREACHABLE as error:
        log.error("the database did not answer (%s)", type(error).__name__)


async def _has_work(job: Job, tools: Tools) -> bool:
    return job.has_work is None or await job.has_work(tools)


async def _run_all(chosen: Sequence[Job], tools: Tools) -> None:
    """Claimed together and given back together: a transaction for each would cost more than most of the work."""
    timed = [job.name for job in chosen if job.every is not None]
    claimed = await timers.claim(tools.db, tools.clock, timed) if timed else {}
    began = tools.clock.now()
    done = {
        name: Done(one.due_at, began) for name, one in claimed.items()
    }  # what is not begun, because we are told to end, is due again
    try:
        for job in chosen:
            if job.every is None:
                await _run(job, tools)
            elif job.name in claimed:
                due = claimed[job.name]
                seen, is_well = await _run(job, replace(tools, seen=due.seen))
                done[job.name] = Done(due.due_at, began + (job.every if is_well else RETRY), seen)
    finally:
        await timers.done(tools.db, done)


async def _run(job: Job, tools: Tools) -> tuple[datetime | None, bool]:
    """(how far it has looked, whether it went well)."""
    try:
        return await job.run(tools), True
    except (ClientError, SlackApiError) as error:
        log.error("%s: Slack did not answer (%s)", job.name, type(error).__name__)
    except UNREACHABLE as error:
        log.error("%s: the database did not answer (%s)", job.name, type(error).__name__)
    except Exception:
        log.exception("%s failed and is tried again", job.name)
    return None, False
