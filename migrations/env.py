"""Runs migrations on a connection handed over by `bot.schema`, or on DATABASE_URL for `alembic` on the command line."""

from typing import Literal

from alembic import context
from sqlalchemy import Connection, create_engine, text

from bot import models
from bot.database import EncryptedText, UTCDateTime, sync_url

config = context.config


def plain_type(kind: str, item: object, _autogen: object) -> str | Literal[False]:
    """Migrations name the database's types, not ours, so that they stay true when ours move."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, EncryptedText):
        return "sa.LargeBinary()"
    return False


def run(connection: Connection) -> None:
    """All steps in one explicit transaction: a migration that is interrupted leaves nothing behind."""
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        # A batch rebuild of a parent with foreign keys on would silently delete its children.
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    context.configure(
        connection=connection,
        target_metadata=models.TABLES,
        render_as_batch=is_sqlite,
        compare_type=True,
        transactional_ddl=True,
        render_item=plain_type,
    )
    with context.begin_transaction():
        if not is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(725301)"))  # two replicas migrate one after the other
        context.run_migrations()
        if is_sqlite:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"migration left rows without their parent: {broken[:3]}")
    if is_sqlite:
        connection.commit()
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")


given = config.attributes.get("connection")
if given is not None:
    run(given)
else:
    engine = create_engine(sync_url(config.get_main_option("sqlalchemy.url") or context.get_x_argument(True)["url"]))
    with engine.connect() as connection:
        run(connection)
