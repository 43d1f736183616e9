"""Opening the database as the settings say: the right keys, the right version, or a sentence that tells what to do."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from bot import keyring, schema
from bot.database import Database, insert_new
from bot.keyring import KeyProblem, Keyring
from bot.models.messages import KeyCheck
from bot.rules.program_feedback import Dimension, Feedback
from bot.settings import NONE, SettingsProblem, Storage

log = logging.getLogger(__name__)

KNOWN = "people's words open with this key"


def keys(settings: Storage) -> Keyring:
    """FIELD_KEYS, or the embedded database's own key file, which is made when it is missing."""
    if settings.field_keys is not None:
        return keyring.parse(settings.field_keys.get_secret_value())
    file = settings.database_file
    if file is None:
        raise SettingsProblem(
            "FIELD_KEYS is not set. On PostgreSQL you keep the keys yourself; make one with: ladderbot new-key"
        )
    path = file.with_suffix(".key")
    if not path.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        log.warning(
            "Made the key file %s. Back it up apart from the database: without it nobody's words can be read.", path
        )
    return keyring.from_file(path)


def feedback(settings: Storage) -> Feedback:
    """What the operator has chosen about program feedback."""
    return Feedback(
        folder=settings.feedback_folder,
        weeks=settings.pulse_weeks,
        dimension=None if settings.pulse_dimension == NONE else Dimension(settings.pulse_dimension),
        contact=settings.feedback_contact,
        steward=settings.feedback_steward,
        k=settings.feedback_people,
    )


@asynccontextmanager
async def opened(settings: Storage) -> AsyncIterator[Database]:
    """The database, migrated and with the right keys. SettingsProblem or KeyProblem says what is missing.

    The embedded database is brought to the current version by itself; PostgreSQL only by `ladderbot migrate`, so that
    the bot's own role needs no right to change tables.
    """
    ring = keys(settings)
    url = settings.database_url.get_secret_value()
    if settings.database_file is not None:
        schema.upgrade(url)
    db = Database(url, ring)
    try:
        await _check_version(db)
        await check_key(db)
        yield db
    finally:
        await db.close()


async def _check_version(db: Database) -> None:
    try:
        is_current = await schema.is_current(db.engine)
    except (DBAPIError, OSError) as error:
        raise SettingsProblem(f"DATABASE_URL: the database does not answer ({type(error).__name__}).") from None
    if not is_current:
        raise SettingsProblem("The database is not at the version of this program. Run: ladderbot migrate")


async def check_key(db: Database) -> None:
    """A wrong key is found now, not when somebody's words do not open."""
    async with db.writing() as session:
        await insert_new(session, KeyCheck, [{"id": 1, "sealed": KNOWN}])
        if await session.scalar(select(KeyCheck.sealed).where(KeyCheck.id == 1)) != KNOWN:
            raise KeyProblem("FIELD_KEYS are not the keys of this database.")
