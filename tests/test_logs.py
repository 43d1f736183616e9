"""What is logged opens no door and quotes nobody."""

import io
import logging
from collections.abc import Callable, Iterator

import pytest

from bot import logs

TYPED = "canary: my win of the week"


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], str]]:
    """What arrives on stderr, with logging set up as in production."""
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    root = logging.getLogger()
    before, level, apscheduler = root.handlers[:], root.level, logging.getLogger("apscheduler").level
    root.handlers[:] = []  # pytest's own stay as they are
    logs.configure("DEBUG")
    yield stream.getvalue
    root.handlers[:], root.level = before, level
    logging.getLogger("apscheduler").setLevel(apscheduler)


SECRETS = {
    "a bot token": "xoxb-12-34-AbCd",
    "a user token": "xoxp-12-34-AbCd",
    "a token of an old app": "xoxa-2-12-AbCd",
    "a refresh token": "xoxe-1-AbCd",
    "an app token": "xapp-1-A1-2-c0ffee",
    "the password of a database": "hunter2",
}
LINES = {name: f"cannot use {secret}, sorry" for name, secret in SECRETS.items()}
LINES["the password of a database"] = "cannot open postgresql+psycopg://ladderbot:hunter2@db:5432/ladderbot"


@pytest.mark.parametrize("name", SECRETS)
def test_what_opens_doors_is_blacked_out(said: Callable[[], str], name: str) -> None:
    logging.getLogger("bot").info(LINES[name])
    logging.getLogger("bot").warning("once more: %s", LINES[name])
    assert SECRETS[name] not in said()
    assert said().count("[secret]") == 2


@pytest.mark.parametrize("name", SECRETS)
def test_tracebacks_do_not_open_doors_either(said: Callable[[], str], name: str) -> None:
    try:
        raise ValueError(LINES[name])
    except ValueError:
        logging.getLogger("bot").exception("it failed")
    assert SECRETS[name] not in said()
    assert "it failed" in said()
    assert "ValueError" in said()


@pytest.mark.parametrize(
    "library",
    [
        "aiosqlite",
        "aiosqlite.core",
        "slack_bolt",
        "slack_bolt.AsyncApp",
        "slack_sdk.web.async_client",
        "sqlalchemy.engine.Engine",
        "psycopg",
        "aiohttp.access",
        "asyncio",
    ],
)
def test_debug_lines_of_libraries_that_carry_words_are_dropped(said: Callable[[], str], library: str) -> None:
    logging.getLogger(library).setLevel(logging.DEBUG)
    logging.getLogger(library).debug(TYPED)
    logging.getLogger(library).warning("this one is ours to know")
    logging.getLogger(library).setLevel(logging.NOTSET)
    assert "canary" not in said()
    assert "this one is ours to know" in said()


@pytest.mark.parametrize(
    "line",
    [
        "Invalid request signature detected (signature: v0=1, timestamp: 1, body: %s)",
        "Unhandled request ({'type': 'view_submission', 'view': '%s'})",
    ],
)
@pytest.mark.parametrize("logger", ["slack_bolt.RequestVerification", "slack_bolt.AsyncApp"])
def test_lines_of_bolt_with_a_body_are_dropped(said: Callable[[], str], logger: str, line: str) -> None:
    logging.getLogger(logger).info(line, TYPED)
    logging.getLogger(logger).warning(line, TYPED)
    assert said() == ""


def test_our_own_lines_pass_with_their_place(said: Callable[[], str]) -> None:
    logging.getLogger("bot.jobs").info("planned %d prompts", 14)
    assert said().endswith(" INFO bot.jobs: planned 14 prompts\n")


def test_the_ticker_does_not_tell_of_every_tick(said: Callable[[], str]) -> None:
    logging.getLogger("apscheduler.executors.default").info("Running job")
    assert said() == ""
