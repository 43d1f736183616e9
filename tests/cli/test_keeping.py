import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import typer
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from typer.testing import CliRunner, Result

from bot import keyring
from bot.cli import keeping
from bot.database import Database
from bot.models.check_ins import CheckIn
from bot.models.messages import Inbox
from bot.models.people import Person
from tests.support import rows
from tests.support.engines import Servers

OLD = "1:" + keyring.new_key()
Do = Callable[[Callable[[AsyncSession], Awaitable[object]]], object]


@pytest.fixture
def url(servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An embedded database, named by the environment."""
    url = servers.url("sqlite")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("FIELD_KEYS", OLD)
    return url


@pytest.fixture
def do(url: str) -> Do:
    """Run something in a transaction of that database, keys as they are at first."""

    async def run(work: Callable[[AsyncSession], Awaitable[object]]) -> object:
        db = Database(url, keyring.parse(OLD))
        try:
            async with db.writing() as session:
                return await work(session)
        finally:
            await db.close()

    return lambda work: asyncio.run(run(work))


@pytest.fixture(autouse=True)
def ana(do: Do) -> None:
    """Ana, with a check-in."""

    async def add(session: AsyncSession) -> None:
        await rows.check_in(session, await rows.person(session, "Ana Pérez"), win="Ana's win")

    do(add)


def types(*words: str, answer: str = "") -> Result:
    app = typer.Typer()
    keeping.register(app)
    return CliRunner().invoke(app, words, input=answer)


async def names(session: AsyncSession) -> list[str]:
    return list(await session.scalars(select(Person.name)))


def test_an_export_is_files_that_nobody_else_can_read(tmp_path: Path) -> None:
    folder = tmp_path / "for ana"
    answer = types("export", "ana@example.com", str(folder))
    assert answer.output.startswith(f"Wrote 4 files to {folder}.")
    assert json.loads((folder / "ladderbot-export.json").read_text())["check_in"][0]["win"] == "Ana's win"
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


def test_an_export_is_not_mixed_with_other_files(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    answer = types("export", "ana@example.com", str(tmp_path))
    assert answer.exit_code == 1
    assert answer.output == f"{tmp_path} is not empty. Name a new folder, so that nothing is mixed up.\n"


def test_a_folder_that_is_a_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine")
    answer = types("export", "ana@example.com", str(tmp_path / "taken"))
    assert answer.exit_code == 1
    assert answer.output == f"{tmp_path}/taken cannot be written to: File exists.\n"


@pytest.mark.parametrize("command", [("export", "nobody@example.com", "out"), ("erase", "nobody@example.com")])
def test_somebody_unknown_is_named(command: tuple[str, ...]) -> None:
    answer = types(*command)
    assert answer.exit_code == 1
    assert answer.output == "Nobody in the directory has the e-mail, Slack id or id 'nobody@example.com'.\n"


def test_erasing_asks_for_the_name_and_tells_what_is_out_of_reach(do: Do) -> None:
    answer = types("erase", "U0ANA", answer="Ana Pérez\n")
    assert "Erased. Rows deleted or emptied: check_in 1, person 1, placement 1." in answer.output
    assert "Slack keeps the messages" in answer.output
    assert do(names) == ["Former colleague"]


def test_another_name_erases_nobody(do: Do) -> None:
    answer = types("erase", "U0ANA", answer="Mats Berg\n")
    assert answer.exit_code == 1
    assert "That is another name. Nothing was erased." in answer.output
    assert do(names) == ["Ana Pérez"]


def test_erasing_can_be_told_not_to_ask(do: Do) -> None:
    assert types("erase", "U0ANA", "--yes").exit_code == 0
    assert do(names) == ["Former colleague"]


def test_retention_can_be_run_now(do: Do) -> None:
    async def add(session: AsyncSession) -> None:
        session.add(Inbox(event_key="old", seen_at=datetime.now(UTC) - timedelta(days=2)))

    do(add)
    assert types("retention").output == "Kept long enough and deleted: inbox 1.\n"
    assert types("retention").output == "Kept long enough and deleted: nothing.\n"


def test_keys_are_rotated_until_the_old_one_can_go(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    new = "2:" + types("new-key").stdout.strip()
    monkeypatch.setenv("FIELD_KEYS", f"{new},{OLD}")
    assert types("rotate-keys").output.startswith("Sealed 3 values anew")
    monkeypatch.setenv("FIELD_KEYS", new)
    assert types("rotate-keys").output.startswith("Sealed 0 values anew")
    assert types("export", "U0ANA", str(tmp_path / "out")).exit_code == 0


def test_a_key_that_is_gone_too_early_is_said_in_a_sentence(do: Do, monkeypatch: pytest.MonkeyPatch) -> None:
    types("retention")
    monkeypatch.setenv("FIELD_KEYS", "2:" + keyring.new_key())
    answer = types("rotate-keys")
    assert answer.exit_code == 1
    assert answer.output == "A stored value was sealed with field key 01, which FIELD_KEYS lacks.\n"
    assert do(lambda session: session.scalar(select(func.count()).select_from(CheckIn))) == 1
