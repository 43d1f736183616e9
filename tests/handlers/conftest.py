"""A stage for people to act on: the demo company on a Friday, with the framework and everybody's prompts planned."""

import asyncio
import logging
import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from bot.clock import StandingClock
from bot.logs import Discreet
from sandbox import Channel
from story import stage as stages
from story.stage import Stage
from tests.support import engines
from tests.support.engines import Servers

FRIDAY = datetime(2026, 11, 13, 12, tzinfo=UTC)
Copy = Callable[[str], str]


@pytest.fixture(autouse=True)
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """What is logged, filtered as in production. Nothing that people do may look like a mistake of ours."""
    caplog.set_level(logging.INFO)
    discreet = Discreet()
    caplog.handler.addFilter(discreet)
    yield caplog
    caplog.handler.removeFilter(discreet)
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


@pytest.fixture(scope="session")
def copies(servers: Servers) -> Iterator[Copy]:
    """Copies of a database in which the demo company is set up: set up once for each engine, then only copied."""
    made: dict[str, str] = {}
    with engines.folder() as folder:

        def copy(engine: str) -> str:
            if engine not in made:
                made[engine] = servers.url(engine)
                asyncio.run(_set_up(made[engine]))
            return _copied(made[engine], folder)

        yield copy


async def _set_up(url: str) -> None:
    db = engines.database(url)
    async with stages.opened(db, StandingClock(FRIDAY)) as stage:
        await stages.set_up(stage)
        await stage.bot.tick()
    await db.close()


def _copied(url: str, folder: Path) -> str:
    source = make_url(url)
    if source.get_backend_name() == "sqlite":
        target = folder / f"{len(list(folder.iterdir()))}.db"
        shutil.copyfile(str(source.database), target)
        target.chmod(0o600)
        return f"sqlite:///{target}"
    copy = source.set(database=f"{source.database}_{len(list(folder.iterdir()))}")
    (folder / str(copy.database)).touch()
    server = source.set(database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{copy.database}" TEMPLATE "{source.database}"'.encode())
    return copy.render_as_string(hide_password=False)


@pytest.fixture
def clock() -> StandingClock:
    """Friday 13 November 2026, 12:00 UTC; a round begins on the Monday after."""
    return StandingClock(FRIDAY)


@pytest.fixture
def friday(copies: Copy) -> str:
    """On SQLite; `make postgresql` plays all of it on the other."""
    return copies(os.environ.get("STAGE", "sqlite"))


@pytest.fixture
def either_friday(copies: Copy, engine: str) -> str:
    return copies(engine)


@pytest.fixture
async def stage(friday: str, clock: StandingClock) -> AsyncIterator[Stage]:
    async with _opened(friday, clock) as opened:
        yield opened


@pytest.fixture
async def either(either_friday: str, clock: StandingClock) -> AsyncIterator[Stage]:
    """The stage on SQLite, and again on PostgreSQL."""
    async with _opened(either_friday, clock) as opened:
        yield opened


@asynccontextmanager
async def _opened(url: str, clock: StandingClock) -> AsyncIterator[Stage]:
    db = engines.database(url)
    slack = stages.workspace(clock, channels=[Channel(id="C0GENERAL", name="general")], rate_limits=False)
    try:
        async with stages.opened(db, clock, slack=slack) as opened:
            yield opened
    finally:
        await db.close()
