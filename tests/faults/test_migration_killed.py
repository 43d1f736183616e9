"""F21: the process is killed in the middle of a migration; starting again completes it and leaves no trace."""

from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.pool import NullPool

from bot import schema
from bot.database import sync_url
from tests.faults import processes, victims
from tests.support.engines import Servers

MIGRATIONS = Path(__file__).parents[2] / "migrations"


def revisions() -> list[str]:
    return [script.revision for script in reversed(list(ScriptDirectory(MIGRATIONS).walk_revisions()))]


@pytest.mark.parametrize("revision", revisions())
@pytest.mark.parametrize("statement", [1, 10, -1])
async def test_killed_in_a_step_and_started_again(servers: Servers, engine: str, revision: str, statement: int) -> None:
    """-1: everything has run, nothing is committed."""
    url = servers.empty_url(engine)
    earlier = revisions()[: revisions().index(revision)]
    if earlier:
        schema.upgrade(url, to=earlier[-1])
    before = tables(url)
    with processes.running(victims.upgrade_and_die, url, revision, statement) as victim:
        assert await processes.ended(victim) == victims.DEAD
    assert tables(url) == before
    schema.upgrade(url)
    assert schema.drift(url) == []
    assert not [name for name in tables(url) if name.startswith("_alembic_tmp")]


def tables(url: str) -> set[str]:
    """Those that another connection sees. On PostgreSQL it waits until the dead one's locks are gone."""
    engine = create_engine(sync_url(url), poolclass=NullPool)
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(725301)"))
        return set(inspect(connection).get_table_names()) - {"alembic_version"}
