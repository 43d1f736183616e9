"""The demo company with program feedback: Inês and Mats read it, a cycle has opened on Monday at nine."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select

from bot.clock import StandingClock
from bot.database import Base
from bot.models.program_feedback import FeedbackBox
from bot.rules.people import Role
from bot.rules.program_feedback import Cycle
from bot.services import people, program_feedback, roles
from sandbox import Channel
from sandbox.history import Call
from story import stage as story
from story.stage import Actor, Stage
from tests.handlers import acts
from tests.support import engines

MONDAY_NINE = datetime(2026, 11, 16, 9, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)
CONTACT = "Grace Otieno"
READERS = ("ines", "mats")
WRITERS = ("ana", "noor", "lea", "kiran", "tom", "yuki")


@asynccontextmanager
async def opened(url: str, clock: StandingClock, folder: Path, **given: Any) -> AsyncIterator[Stage]:
    db = engines.database(url)
    settings = {"feedback_contact": CONTACT, "feedback_key_dir": folder, **given}
    slack = story.workspace(clock, channels=[Channel(id="C0GENERAL", name="general")], rate_limits=False)
    try:
        async with story.opened(db, clock, slack=slack, **settings) as stage:
            await _second_reader(stage)
            await stage.advance(MONDAY_NINE + A_MINUTE)  # all that is owed that morning has arrived
            yield stage
    finally:
        await db.close()


async def _second_reader(stage: Stage) -> None:
    now = stage.clock.now()
    async with stage.db.writing() as session:
        mats = await people.by_any_name(session, "U0MATS", on=now.date())
        await roles.give(session, mats.id, Role.OWNER, by=None, now=now, today=now.date())


async def cycle(stage: Stage) -> Cycle:
    async with stage.db.reading() as session:
        return (await program_feedback.cycles(session))[0]


async def boxes(stage: Stage) -> Sequence[FeedbackBox]:
    async with stage.db.reading() as session:
        return (await session.scalars(select(FeedbackBox))).all()


async def kept(stage: Stage) -> dict[str, list[Row[Any]]]:
    """Every row of every table, also what any other act would write: keys that make it happen once, looks, messages."""
    async with stage.db.reading() as session:
        return {
            table.name: sorted((await session.execute(select(table))).all(), key=str)
            for table in Base.metadata.sorted_tables
        }


async def sends(actor: Actor, **values: str) -> str:
    """Fill the form in and send it; returns the receipt, or nothing where there was none."""
    await actor.types("/program-feedback")
    await actor.submits(**values)
    shown = receipt(actor)
    await actor.closes(everything=True)
    return shown


def receipt(actor: Actor) -> str:
    held = [one for one in actor.modal["blocks"] if one["block_id"].startswith("receipt")]
    return str(held[0]["element"]["initial_value"]) if held else ""


def calls(stage: Stage, since: int) -> list[Call]:
    """What the bot asked of Slack since then."""
    return [one for one in stage.slack.history[since:] if isinstance(one, Call)]


async def closes(stage: Stage) -> None:
    """The morning on which the cycle is opened."""
    morning = nine((await cycle(stage)).closes)
    await acts.jump(stage, morning)
    await stage.advance(morning + A_MINUTE)


def nine(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
