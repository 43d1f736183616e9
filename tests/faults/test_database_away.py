"""F5: the database goes away and comes back. People hear a sentence in time, and nothing is written half.

F24: what SQLite is told, so that a power cut loses nothing that was committed.
"""

import asyncio
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import func, select, text

from bot import schema
from bot.clock import StandingClock
from bot.database import Database
from bot.handlers.errors import UNREACHED
from bot.models.check_ins import CheckIn
from bot.models.messages import Inbox
from sandbox import Persona
from story import stage
from story.stage import Stage
from tests.faults import crowd, judge
from tests.support import engines
from tests.support.engines import Servers

IN_TIME = 3.0


class Postgres:
    """A server of this test's own, which it may stop without a word."""

    def __init__(self, folder: Path) -> None:
        self._server: Any = engines.start_postgresql(folder)
        self.url: str = self._server.get_uri()

    def stop_at_once(self) -> None:
        self._ctl("stop", "-m", "immediate")

    def start(self) -> None:
        options = (self._server.pgdata / "postmaster.opts").read_text().partition(" ")[2]
        self._ctl("start", "-w", "-l", str(self._server.log), "-o", options.strip().replace('"', "'"))

    def _ctl(self, verb: str, *more: str) -> None:
        command = [str(self._server.bin_path / "pg_ctl"), "-D", str(self._server.pgdata), verb, *more]
        done = subprocess.run(command, user=self._server.system_user, capture_output=True, timeout=20, check=False)  # noqa: S603
        assert done.returncode == 0, done.stderr

    def end(self) -> None:
        """The server that runs now is not the one that was started first: stop it by its folder."""
        self.stop_at_once()
        self._server.cleanup()


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[Postgres]:
    made = Postgres(tmp_path / "pg")
    schema.upgrade(made.url)
    yield made
    made.end()


@asynccontextmanager
async def colleague_at_work(url: str, clock: StandingClock) -> AsyncIterator[tuple[Stage, Persona]]:
    """A colleague with the form of their check-in open, and a prompt owed to another."""
    db, known = engines.database(url), crowd.users(2)
    await crowd.load_framework(db, clock.now())
    people = await crowd.enrol(db, known)
    async with stage.opened(db, clock, slack=stage.workspace(clock, known)) as scene:
        await crowd.owe_prompts(db, people, at=clock.now())
        await scene.bot.engine.settle()
        await crowd.owe_prompts(db, people[1:], at=clock.now() - crowd.DAY)
        person = scene.slack.persona("c0000")
        await person.types("/checkin")
        await person.fills(win=judge.CANARY)
        yield scene, person
    await db.close()


async def test_postgresql_stops_without_a_word_and_comes_back(postgres: Postgres, clock: StandingClock) -> None:
    async with colleague_at_work(postgres.url, clock) as (scene, person):
        await asyncio.to_thread(postgres.stop_at_once)
        await says_so_in_time(person)
        await scene.bot.tick()
        assert await scene.bot.problem() == "the database does not answer"
        await asyncio.to_thread(postgres.start)
        assert await scene.bot.problem() is None
        await all_is_well(scene, person)


async def test_sqlite_is_held_by_another_process_and_let_go(servers: Servers, clock: StandingClock) -> None:
    url = servers.url("sqlite")
    async with colleague_at_work(url, clock) as (scene, person):
        other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)
        other.execute("BEGIN EXCLUSIVE")
        await says_so_in_time(person, can_read=True)
        await asyncio.gather(scene.bot.tick(), says_so_in_time(person, can_read=True))
        other.execute("ROLLBACK")
        other.close()
        await all_is_well(scene, person)


async def says_so_in_time(person: Persona, *, can_read: bool = False) -> None:
    """A form stays open with the sentence above it; a command and a button answer with it."""
    assert UNREACHED in str(await timed(person.submits()))
    await person.closes()  # the page with the sentence; what was typed is still there below it
    assert person.modal is not None
    assert judge.CANARY in str(person.modal["state"])
    if not can_read:
        assert UNREACHED in str(await timed(person.types("/ladder")))
    await timed(person.presses("Nothing new", surface="message"))
    assert UNREACHED in str(person.ephemerals[-1])


async def timed(act: Any) -> Any:
    before = monotonic()
    answer = await act
    assert monotonic() - before < IN_TIME
    assert answer is not None, "silence"
    return answer


async def all_is_well(scene: Stage, person: Persona) -> None:
    """What failed can simply be done again, and what is owed arrives."""
    assert await counts(scene.db) == (0, 0)
    await person.submits()
    assert await counts(scene.db) == (1, 1)
    await scene.advance(scene.clock.now() + 10 * crowd.SECOND)
    await judge.check(scene.db, scene.slack.history, kinds=["check_in.prompt"])


async def counts(db: Database) -> tuple[int | None, int | None]:
    """Check-ins, and presses noted as done."""
    async with db.reading() as session:
        return await session.scalar(select(func.count(CheckIn.id))), await session.scalar(
            select(func.count(Inbox.event_key))
        )


async def test_sqlite_syncs_what_it_commits_and_wipes_what_it_deletes(servers: Servers) -> None:
    db = engines.database(servers.url("sqlite"))
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 1500}
    async with db.reading() as one, db.reading() as another:
        for session in (one, another):
            found = {name: await session.scalar(text(f"PRAGMA {name}")) for name in wanted}
            assert found == wanted
    await db.close()
