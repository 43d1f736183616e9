"""`ladderbot opportunities`, as an operator types it."""

import asyncio
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.main import app
from tests.support import engines, rows
from tests.support.engines import Servers

FILE = "title,kind,learn,offered_by,places\nOn [b]call,rotation,Calm at night.,noor@example.com,2\n"


@pytest.fixture
def folder(tmp_path: Path, servers: Servers, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an environment of its own: a database with a small company."""
    url = servers.url("sqlite")
    asyncio.run(_company(url))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("FIELD_KEYS", "1:" + "A" * 43 + "=")
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


async def _company(url: str) -> None:
    db = engines.database(url)
    async with db.writing() as session:
        await rows.cast(session)
    await db.close()


def imports(*words: str) -> Result:
    return CliRunner().invoke(app, ["opportunities", "import", *words])


def test_a_file_is_shown_first_applied_when_asked_and_then_changes_nothing(folder: Path) -> None:
    (folder / "chances.csv").write_text(FILE)
    shown = imports("chances.csv")
    assert shown.exit_code == 0
    assert "On [b]call (new)" in shown.output
    assert "1 chance: 1 new" in shown.output
    assert "--apply" in shown.output
    assert "1 new" in imports("chances.csv", "--apply").output
    assert "Nothing changes." in imports("chances.csv", "--apply").output


def test_nothing_is_changed_where_a_line_is_wrong(folder: Path) -> None:
    (folder / "chances.csv").write_text(FILE + "Nobody's,course,Much.,,\n")
    found = imports("chances.csv", "--apply")
    assert found.exit_code == 1
    assert "line 3: Nobody offers this. Write an e-mail of the directory into offered_by." in found.output
    assert "Nothing was changed." in found.output
