"""`ladderbot people` and `ladderbot role`, as an operator types them."""

import asyncio
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from bot.cli import people, roles
from bot.models.framework import Release
from tests.support import engines
from tests.support.engines import Servers
from tests.support.rows import NOW

FILE = """\
email,name,track,level,manager
ana@example.com,Ana [b]Pérez,technical,T2,mats@example.com
mats@example.com,Mats,,,
"""


@pytest.fixture
def folder(tmp_path: Path, servers: Servers, framework_text: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an environment of its own: a database with a framework and nobody in it."""
    url = servers.url("sqlite")
    asyncio.run(_with_framework(url, framework_text))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("FIELD_KEYS", "1:" + "A" * 43 + "=")
    monkeypatch.setenv("COLUMNS", "200")
    (tmp_path / "people.csv").write_text(FILE)
    return tmp_path


async def _with_framework(url: str, text: str) -> None:
    db = engines.database(url)
    async with db.writing() as session:
        session.add(Release(version="1.0.0", source=text, loaded_at=NOW))
    await db.close()


def run(app: typer.Typer, *words: str) -> Result:
    return CliRunner().invoke(app, words)


def test_a_file_is_shown_first_and_applied_when_asked(folder: Path) -> None:
    shown = run(people.app, "import", "people.csv")
    assert shown.exit_code == 0
    assert "2 people change: 2 new, 1 track or level, 1 manager" in shown.output
    assert "--apply" in shown.output
    assert "Ana" not in run(people.app, "list").output
    assert run(people.app, "import", "people.csv", "--apply").exit_code == 0
    listed = run(people.app, "list").output
    assert "Ana [b]Pérez" in listed
    assert "ana@example.com" in listed
    assert "Nothing changes." in run(people.app, "import", "people.csv", "--apply").output


def test_findings_are_named_by_line(folder: Path) -> None:
    (folder / "people.csv").write_text(FILE + "ana@example.com,,wizardry,T2,\n")
    told = run(people.app, "import", "people.csv", "--apply")
    assert told.exit_code == 1
    assert "line 4: ana@example.com is on line 2 and again on line 4. Keep one of the two." in told.output
    assert "Nothing was changed." in told.output
    assert "ana@example.com" not in run(people.app, "list").output


def test_a_sync_needs_slack(folder: Path) -> None:
    told = run(people.app, "sync")
    assert told.exit_code == 1
    assert "SLACK_BOT_TOKEN" in told.output or "SLACK_APP_TOKEN" in told.output


def test_roles_are_given_taken_listed_and_logged(folder: Path) -> None:
    run(people.app, "import", "people.csv", "--apply")
    assert run(roles.app, "give", "ana@example.com", "Council-Member").output == "Ana [b]Pérez is council member now.\n"
    assert run(roles.app, "give", "mats@example.com", "owner").exit_code == 0
    assert "council member" in run(roles.app, "list").output
    assert run(roles.app, "take", "mats@example.com", "owner").exit_code == 1
    assert run(roles.app, "take", "ana@example.com", "council member").exit_code == 0
    assert "council member" not in run(roles.app, "list").output
    log = run(roles.app, "log").output
    assert log.index("people file") < log.index("role council member") < log.index("role owner")
    assert "the operator" in log
    assert "Mats" in log


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("give", "zed@example.com", "owner"), "Nobody in the directory"),
        (("give", "ana@example.com", "king"), "There is no role 'king'."),
        (("take", "ana@example.com", "chair"), "Ana [b]Pérez is not chair."),
    ],
)
def test_what_cannot_be_done_is_said(folder: Path, words: tuple[str, ...], sentence: str) -> None:
    run(people.app, "import", "people.csv", "--apply")
    told = run(roles.app, *words)
    assert told.exit_code == 1
    assert sentence in told.output
