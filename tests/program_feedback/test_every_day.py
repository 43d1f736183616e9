"""All of it moves at nine in the morning and at no other time, and anybody can check what holds."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli.main import app
from bot.clock import StandingClock
from bot.database import Database
from bot.jobs import program_feedback as jobs
from bot.jobs.tools import Tools
from bot.rules.program_feedback import CycleState
from bot.services import program_feedback
from tests.program_feedback import company as companies
from tests.program_feedback.company import Company, answers

NOBODY: Any = None  # no job here calls Slack
MINUTES = timedelta(minutes=1)


@pytest.fixture
def engine() -> str:
    return "sqlite"


async def looks(company: Company, clock: StandingClock, seen: datetime | None) -> datetime:
    tools = Tools(company.db, clock, NOBODY, "UTC", feedback=company.feedback)
    return await jobs.run(replace(tools, seen=seen))


async def states(company: Company) -> list[str]:
    async with company.db.reading() as session:
        return [one.state for one in await program_feedback.cycles(session)]


async def test_a_cycle_opens_on_a_monday_at_nine_and_the_next_one_when_it_is_over(
    db: Database, folder: Path, clock: StandingClock
) -> None:
    company = await companies.founded(db, folder)
    nine = clock.now().replace(hour=9)
    seen = await looks(company, clock, None)
    clock.set(nine - MINUTES)
    seen = await looks(company, clock, seen)
    assert await states(company) == []
    clock.set(nine)
    seen = await looks(company, clock, seen)
    assert await states(company) == [CycleState.OPEN]
    for number, who in enumerate(company.members[:6]):
        await company.sends(who, answers(number % 5 + 1))
    clock.set(nine + timedelta(weeks=6) - MINUTES)
    seen = await looks(company, clock, seen)
    assert await states(company) == [CycleState.OPEN]
    clock.set(nine + timedelta(weeks=6))
    await looks(company, clock, seen)
    assert await states(company) == [CycleState.OPEN, CycleState.RELEASED]
    assert len(company.keys) == 2  # those of the new cycle


async def test_anybody_on_the_server_can_print_what_holds(
    company: Company, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("FIELD_KEYS", "1:" + "A" * 43 + "=")
    monkeypatch.setenv("FEEDBACK_KEY_DIR", str(company.feedback.folder))
    printed = await in_a_thread("program-feedback", "verify")
    for said in (
        "5, never less than 5",
        "22 people can take part",
        "R0 Doe, R1 Doe",
        "readable by nobody else",
        "fb_box",
    ):
        assert said in printed


async def in_a_thread(*words: str) -> str:
    """What a command prints; it runs a loop of its own."""
    made = await asyncio.to_thread(CliRunner().invoke, app, list(words))
    assert made.exit_code == 0, made.output
    return made.output
