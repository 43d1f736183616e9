"""Fixtures for every test: real engines, a clock that stands still, the framework."""

import os
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import settings

from bot.clock import StandingClock
from bot.database import Database
from bot.rules.framework import Framework
from tests.support import engines, frameworks
from tests.support.engines import Servers

# CI tries the same cases each time; whoever works on the code tries new ones. How long one takes says nothing.
settings.register_profile("ladderbot", derandomize=bool(os.environ.get("CI")), deadline=None, max_examples=50)
settings.load_profile("ladderbot")

MONDAY = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    with engines.folder() as folder, engines.servers(folder) as made:
        yield made


@pytest.fixture(params=engines.ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Runs a test on both engines."""
    name: str = request.param
    return name


@pytest.fixture
def url(servers: Servers, engine: str) -> str:
    """A fresh database with all tables, on each engine in turn."""
    return servers.url(engine)


@pytest.fixture
async def db(url: str) -> AsyncIterator[Database]:
    opened = engines.database(url)
    yield opened
    await opened.close()


@pytest.fixture
def clock() -> StandingClock:
    """Monday 16 November 2026, 08:00 UTC: the first day of a round."""
    return StandingClock(MONDAY)


@pytest.fixture(scope="session")
def framework_text() -> str:
    return frameworks.TEXT


@pytest.fixture(scope="session")
def framework() -> Framework:
    return frameworks.FRAMEWORK
