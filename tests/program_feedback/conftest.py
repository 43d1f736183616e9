"""Fixtures of the promises: a company of twenty, with its keys in a folder of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import StandingClock
from bot.database import Database
from story.stage import Stage
from tests.handlers.conftest import FRIDAY, copies, either_friday, friday  # noqa: F401  (fixtures)
from tests.program_feedback import company as companies
from tests.program_feedback import stages
from tests.program_feedback.company import Company


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the keys are: not beside the database."""
    return tmp_path / "feedback-keys"


@pytest.fixture
async def company(db: Database, folder: Path) -> Company:
    """Twenty members and two readers; a cycle has just opened."""
    made = await companies.founded(db, folder)
    await made.opens()
    return made


@pytest.fixture
async def stage(friday: str, folder: Path) -> AsyncIterator[Stage]:  # noqa: F811  (the fixture)
    """The demo company on a Monday at nine, when a cycle has opened; people type, press and send."""
    async with stages.opened(friday, StandingClock(FRIDAY), folder) as opened:
        yield opened


@pytest.fixture
async def either(either_friday: str, folder: Path) -> AsyncIterator[Stage]:  # noqa: F811  (the fixture)
    """The same on SQLite, and again on PostgreSQL."""
    async with stages.opened(either_friday, StandingClock(FRIDAY), folder) as opened:
        yield opened
