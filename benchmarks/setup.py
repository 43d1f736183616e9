"""What is there before the watch starts: databases with a company in them, and a bot that talks to the local Slack."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from sqlalchemy import event, insert
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from benchmarks.measure import apart
from benchmarks.slack import TOKEN
from bot import settings
from bot.clock import StandingClock
from bot.database import BUSY_MS, Database, driver_url
from bot.models.attention import Welcome
from bot.models.people import Person, Placement
from bot.services import framework
from bot.settings import Settings
from tests.support import engines
from tests.support.engines import Servers

SUNDAY = datetime(2026, 11, 15, 12, 0, tzinfo=UTC)  # a round that begins tomorrow is planned
MONDAY = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)  # and everybody below is at work when it is handed over
NOWHERE = "http://127.0.0.1:1/api/"  # for what calls nobody
LONG_AGO = date(2025, 1, 6)
PLACES = (
    ("Europe/Lisbon", "PT"), ("Europe/London", "GB"), ("Europe/Berlin", "DE"), ("Europe/Paris", "FR"),
    ("Europe/Madrid", "ES"), ("Europe/Stockholm", "SE"), ("Europe/Warsaw", "PL"), ("Europe/Helsinki", "FI"),
    ("Europe/Athens", "GR"), ("Europe/Rome", None),
)  # fmt: skip
LEVELS = (("technical", "T2"), ("leadership", "L2"), ("process", "P2"), ("customer", "C2"), ("management", "M2"))
HOURS = (9, 10)
PRAGMAS = (f"busy_timeout={BUSY_MS}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON",
           "trusted_schema=OFF", "cache_size=-16384")  # fmt: skip


class Workbench:
    """Databases to measure on, each made once and copied for each side; `api_url` is the local Slack."""

    def __init__(self, servers: Servers, api_url: str) -> None:
        self.api_url = api_url
        self._servers = servers
        self._made: dict[tuple[object, ...], str] = {}

    def template(self, engine: str, make: Callable[[str, int], None], members: int) -> str:
        """The database that `make(url, members)` fills."""
        key = (engine, make, members)
        if key not in self._made:
            url = self._servers.url(engine)
            apart(make, url, members)
            self._made[key] = url
        return self._made[key]


@contextmanager
def copied(url: str) -> Iterator[str]:
    """A copy that nobody has touched, gone afterwards."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        file = Path(f"{parsed.database}-{uuid4().hex}.db")
        shutil.copyfile(parsed.database or "", file)
        yield f"sqlite:///{file}"
        for left in file.parent.glob(f"{file.name}*"):
            left.unlink()
        return
    name = f"t{uuid4().hex}"
    with psycopg.connect(_server(url), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{parsed.database}"')
        connection.execute("CHECKPOINT")  # what copying has left to write is no side's work
        yield parsed.set(database=name).render_as_string(hide_password=False)
        connection.execute(f'DROP DATABASE "{name}"')


def _server(url: str) -> str:
    return make_url(url).set(database="postgres").render_as_string(hide_password=False)


def company(url: str, members: int) -> None:
    """The framework and this many members, all of whom get their prompt in the same round."""
    asyncio.run(_company(url, members))


async def _company(url: str, members: int) -> None:
    db = engines.database(url)
    text = await asyncio.to_thread((Path(__file__).parent.parent / "framework.yml").read_text)
    people = [person(number) for number in range(members)]
    async with db.writing() as session:
        await framework.load(session, text, by=None, now=SUNDAY)
        connection = await session.connection()
        await connection.execute(insert(Person), people)
        await connection.execute(insert(Placement), [_placement(n, one) for n, one in enumerate(people)])
        await connection.execute(insert(Welcome), [{"person_id": one["id"], "as_member_at": SUNDAY} for one in people])
    await tidied(db)
    await db.close()


def person(number: int) -> dict[str, Any]:
    zone, country = PLACES[number % len(PLACES)]
    return {
        "id": uuid4(), "slack_id": f"U{number:08d}", "dm_channel": f"D{number:08d}", "email": f"{number}@example.com",
        "name": f"Person {number}", "zone": zone, "country": country, "preferred_hour": HOURS[number // 3 % 2],
    }  # fmt: skip


def _placement(number: int, person: dict[str, Any]) -> dict[str, Any]:
    track, level = LEVELS[number // 2 % len(LEVELS)]
    return {"id": uuid4(), "person_id": person["id"], "track": track, "level": level, "from_on": LONG_AGO}


async def tidied(db: Database) -> None:
    """What filling has left behind is cleared up, so that a copy is one whole file with fresh statistics."""
    async with db.engine.connect() as connection:
        raw = await connection.get_raw_connection()
        assert raw.driver_connection is not None
        if db.is_sqlite:
            await raw.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            await raw.driver_connection.set_autocommit(True)
            await raw.driver_connection.execute("SET statement_timeout = 0")
            await raw.driver_connection.execute("VACUUM ANALYZE")


def plain_engine(url: str) -> AsyncEngine:
    """What anybody would make: SQLAlchemy's defaults, with the same pragmas."""
    engine = create_async_engine(driver_url(url))
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _same_pragmas)
    return engine


def _same_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def settings_for(api_url: str, **given: Any) -> Settings:
    """The bot behind its HTTP door, and its Slack."""
    values = {"slack_bot_token": TOKEN, "slack_signing_secret": "benchmarks", "slack_api_url": api_url, "port": 0}
    return settings.read(_env_file=None, **values, **given)


def clock() -> StandingClock:
    return StandingClock(MONDAY)
