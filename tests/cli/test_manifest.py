"""`ladderbot manifest`: what is printed is what is pasted into Slack."""

from pathlib import Path
from typing import Any

import pytest
import typer
from ruamel.yaml import YAML
from typer.testing import CliRunner, Result

from bot.cli import manifest
from story.stage import ROOT

ADDRESS = "https://ladderbot.example.com"
EVENTS = f"{ADDRESS}/slack/events"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """Neither tokens nor a database: the manifest comes before both."""
    monkeypatch.chdir(tmp_path)
    for name in ("FEATURES", "LEAVE_OUT_COMMANDS", "SLACK_BOT_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def types(*words: str) -> Result:
    app = typer.Typer()
    manifest.register(app)
    return CliRunner().invoke(app, words)


def printed(*words: str) -> Any:
    answer = types(*words)
    assert answer.exit_code == 0, answer.output
    return YAML(typ="safe").load(answer.stdout)


def test_the_full_one_is_the_file() -> None:
    assert types().stdout == (ROOT / "manifest.yml").read_text()


def test_comments_stay_beside_what_is_left(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("FEATURES", "none")
    said = types().stdout
    assert "- users:read # the directory: names and time zones\n" in said
    assert "Save as evidence" not in said


def test_what_is_off_or_left_out_is_not_there(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("FEATURES", "check_ins")
    environment.setenv("LEAVE_OUT_COMMANDS", "/checkin")
    made = printed()
    assert [one["command"] for one in made["features"]["slash_commands"]] == ["/ladder"]
    assert "shortcuts" not in made["features"]


@pytest.mark.parametrize(
    ("given", "url"),
    [
        (ADDRESS, EVENTS), (f"{ADDRESS}/", EVENTS), (EVENTS, EVENTS),
        (f"{ADDRESS}/a/slack/events?x=1", f"{ADDRESS}/a/slack/events?x=1"),
    ],
)  # fmt: skip
def test_http_has_one_address_everywhere(given: str, url: str) -> None:
    made = printed("--request-url", given)
    sent = made["settings"]
    assert sent["socket_mode_enabled"] is False
    assert sent["event_subscriptions"]["request_url"] == sent["interactivity"]["request_url"] == url
    assert {one["url"] for one in made["features"]["slash_commands"]} == {url}
    assert len(made["features"]["slash_commands"]) == 6


@pytest.mark.parametrize(
    "given", ["http://ladderbot.example.com", "ladderbot.example.com", "https://", "https://a@b", ""]
)
def test_an_address_that_slack_would_not_take_is_refused(given: str) -> None:
    answer = types("--request-url", given)
    assert answer.exit_code == 1
    assert answer.output.startswith("Slack takes an address with TLS only.")


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("kudos, evidence", "FEATURES names kudos."),
        ("", "FEATURES: it is empty."),
        ("none, evidence", "FEATURES names none."),
    ],
)
def test_a_feature_that_is_none_is_refused(environment: pytest.MonkeyPatch, value: str, sentence: str) -> None:
    environment.setenv("FEATURES", value)
    answer = types()
    assert answer.exit_code == 1
    assert answer.output.startswith(sentence)
