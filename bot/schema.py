"""The schema's version: bring a database to it, and tell whether it is there."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, pool
from sqlalchemy.engine import Engine
from sqlalchemy.ext.asyncio import AsyncEngine

from bot import models
from bot.database import sync_url


def upgrade(url: str, *, to: str = "head") -> None:
    with _engine(url).connect() as connection:
        command.upgrade(_config(connection), to)


def downgrade(url: str, *, to: str = "base") -> None:
    with _engine(url).connect() as connection:
        command.downgrade(_config(connection), to)


def drift(url: str) -> list[object]:
    """What the models say and the database does not: empty when they agree."""
    with _engine(url).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, models.TABLES))


def head() -> str | None:
    return ScriptDirectory.from_config(_config(None)).get_current_head()


async def is_current(engine: AsyncEngine) -> bool:
    async with engine.connect() as connection:
        return await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision()) == head()


def _engine(url: str) -> Engine:
    parsed = sync_url(url)
    if parsed.get_backend_name() == "sqlite":
        return create_engine(parsed, poolclass=pool.NullPool, connect_args={"isolation_level": None})
    return create_engine(parsed, poolclass=pool.NullPool)


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent.parent / "migrations"))
    config.attributes["connection"] = connection
    return config
