"""`ladderbot closed`, as an operator types it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import keyring
from bot.cli import main
from tests.support.engines import Servers


@pytest.fixture(autouse=True)
def url(servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", servers.url("sqlite"))
    monkeypatch.setenv("FIELD_KEYS", "1:" + keyring.new_key())


def typed(*words: str) -> Result:
    return CliRunner().invoke(main.app, ["closed", *words])


def test_closing_days_come_and_go() -> None:
    assert "None ahead" in typed("list").output
    assert typed("add", "2099-12-24", "2100-01-01").output == "Closed: 2099-12-24 to 2100-01-01.\n"
    assert typed("add", "2099-05-02").output == "Closed: 2099-05-02.\n"
    assert typed("list").output == "2099-05-02\n2099-12-24 to 2100-01-01\n"
    assert typed("remove", "2099-05-02").output == "Open again.\n"
    assert typed("list").output == "2099-12-24 to 2100-01-01\n"


@pytest.mark.parametrize("words", [("add", "soon"), ("add", "2099-12-24", "2099-12-23"), ("remove", "2099-01-01")])
def test_what_cannot_be_done_ends_with_a_sentence(words: tuple[str, ...]) -> None:
    result = typed(*words)
    assert result.exit_code != 0
    assert result.exception is None or isinstance(result.exception, SystemExit)
