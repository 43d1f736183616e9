"""`ladderbot doctor`: a good set-up, and each thing that can be wrong with one, against the local Slack."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import typer
from aiohttp import web
from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession
from typer.testing import CliRunner

from bot import keyring, opening
from bot.cli import doctor
from bot.clock import Clock
from bot.database import Database
from bot.models.framework import Release
from bot.models.people import Person, RoleGrant
from bot.services.doctor import LOST_KEYS, WRONG_KEYS
from sandbox import Fault, Workspace
from story import stage as stages
from tests.support import rows
from tests.support.engines import Servers

KEY = "1:" + keyring.new_key()
NAMES = ("FEATURES", "LEAVE_OUT_COMMANDS", "PROGRAM_ZONE", "PUBLIC_URL", "SLACK_SIGNING_SECRET", "LOG_LEVEL")
Do = Callable[[Callable[[AsyncSession], Awaitable[object]]], Awaitable[None]]


class Ahead(Clock):
    """A machine whose clock is two minutes ahead."""

    def real(self) -> datetime:
        return super().real() + timedelta(minutes=2)


@pytest.fixture
async def slack() -> AsyncIterator[Workspace]:
    async with stages.workspace(Clock(), rate_limits=False) as running:
        yield running


@pytest.fixture
def url(servers: Servers) -> str:
    return servers.url("sqlite")


@pytest.fixture
async def do(url: str) -> Do:
    """Run something in a transaction of that database, with the right key."""

    async def run(work: Callable[[AsyncSession], Awaitable[object]]) -> None:
        db = Database(url, keyring.parse(KEY))
        try:
            async with db.writing() as session:
                await work(session)
        finally:
            await db.close()

    return run


@pytest.fixture(autouse=True)
async def environment(
    slack: Workspace, url: str, do: Do, framework_text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> pytest.MonkeyPatch:
    """A good set-up: the cast, the framework, an owner, the right key, Socket Mode."""
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SLACK_BOT_TOKEN", slack.bot_token)
    monkeypatch.setenv("SLACK_APP_TOKEN", slack.app_token)
    monkeypatch.setenv("SLACK_API_URL", slack.api_url)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("FIELD_KEYS", KEY)
    await do(lambda session: _company(session, framework_text))
    db = Database(url, keyring.parse(KEY))
    await opening.check_key(db)
    await db.close()
    return monkeypatch


async def _company(session: AsyncSession, framework_text: str) -> None:
    session.add(Release(version="1.0.0", source=framework_text, loaded_at=rows.NOW))
    await rows.cast(session)


async def found(kind: str, clock: Clock | None = None) -> list[str]:
    """The sentences of one kind. No secret is in any of them, of whatever kind."""
    everything = await doctor.examine(clock or Clock())
    said = "\n".join(one.sentence for one in everything)
    assert not any(secret in said for secret in ("xoxb", "xapp-", KEY[2:], "hunter2"))
    return [one.sentence for one in everything if one.kind == kind]


async def only_mend(clock: Clock | None = None) -> str:
    (sentence,) = await found("mend", clock)
    return sentence


# A good set-up


async def test_where_all_is_well_nothing_is_to_mend() -> None:
    assert await found("mend") == []
    assert await found("ok") == [
        "The settings can be read; PROGRAM_ZONE is UTC.",
        "Slack takes the bot token; the workspace is Sandbox.",
        "The bot has the scopes that it uses, and no other.",
        "The clock agrees with Slack's.",
        "Slack opens a connection for Socket Mode.",
        "The database answers and is at the version of this program.",
        "The keys open what was sealed.",
        "Framework 1.0.0 is in force, with 5 tracks.",
        "Owners with an active account: 1.",
        "Everybody's time zone is known.",
        "Members: 4.",
    ]
    assert await found("note") == [
        "Members without a manager, so that nobody reads their check-ins: 3.",
        "People without a track, who take no part: 1.",
        "No cycle of program feedback can open: FEEDBACK_CONTACT names nobody yet who answers what is urgent or about "
        "a person.",
    ]


async def test_a_line_for_each_and_an_exit_code(slack: Workspace) -> None:
    app = typer.Typer()
    doctor.register(app)
    good = await asyncio.to_thread(CliRunner().invoke, app, [])
    assert good.exit_code == 0
    assert "ok:   The clock agrees with Slack's.\n" in good.output
    assert "note: People without a track, who take no part: 1.\n" in good.output
    slack.scopes.discard("im:history")
    bad = await asyncio.to_thread(CliRunner().invoke, app, [])
    assert bad.exit_code == 1
    assert "mend: The bot lacks the scopes im:history." in bad.output
    assert len(bad.output.splitlines()) == len(good.output.splitlines())


# Slack


async def test_a_refused_token_is_named_with_slacks_reason(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("SLACK_BOT_TOKEN", "xoxb-of-another-time")
    assert (await only_mend()).startswith("SLACK_BOT_TOKEN: Slack refuses it (invalid_auth). Copy the Bot User OAuth")


async def test_a_slack_that_does_not_answer_hides_nothing_else(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("SLACK_API_URL", "http://127.0.0.1:1/api/")
    first, second = await found("mend")
    assert first.startswith("Slack does not answer (ClientConnectorError).")
    assert second.startswith("Slack opens no connection (ClientConnectorError).")
    assert "The keys open what was sealed." in await found("ok")


async def test_an_app_token_that_opens_nothing(slack: Workspace) -> None:
    slack.fault(Fault("apps.connections.open", "error", error="missing_scope"))
    assert (await only_mend()).startswith(
        "SLACK_APP_TOKEN: Slack opens no connection (missing_scope). Turn Socket Mode on"
    )


async def test_scopes_are_those_of_the_chosen_features(slack: Workspace, environment: pytest.MonkeyPatch) -> None:
    slack.scopes.add("channels:history")
    assert "The bot has scopes that it does not use: channels:history." in await found("note")
    assert await found("mend") == []
    environment.setenv("FEATURES", "none")
    environment.setenv("LEAVE_OUT_COMMANDS", "/ladder /checkin /evidence /mentor")
    assert "The bot has scopes that it does not use: channels:history, commands, mpim:write." in await found("note")


async def test_a_clock_that_is_wrong() -> None:
    assert (await only_mend(Ahead())).endswith("seconds ahead of Slack's. Set it by NTP.")


async def test_the_public_address(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("SLACK_APP_TOKEN")
    environment.setenv("SLACK_SIGNING_SECRET", "hunter2-hunter2")
    assert any("PUBLIC_URL" in one for one in await found("note"))
    app = web.Application()
    app.add_routes([web.get("/healthz", healthy), web.get("/old/healthz", greeting)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    here = f"http://127.0.0.1:{runner.addresses[0][1]}"
    environment.setenv("PUBLIC_URL", f"{here}/")
    assert "The public address answers." in await found("ok")
    for wrong, reason in (("/old", "status 200"), ("/gone", "status 404")):
        environment.setenv("PUBLIC_URL", here + wrong)
        assert (await only_mend()).startswith(f"PUBLIC_URL does not lead to a running bot ({reason}).")
    await runner.cleanup()
    environment.setenv("PUBLIC_URL", here)
    assert (await only_mend()).startswith("PUBLIC_URL does not lead to a running bot (ClientConnectorError).")


async def healthy(_: web.Request) -> web.Response:
    return web.Response(text="ok")


async def greeting(_: web.Request) -> web.Response:
    return web.Response(text="Hello from somebody else's page.")


# Settings, database, keys


async def test_every_setting_that_cannot_be_used_has_a_line(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("PROGRAM_ZONE", "Mars/Olympus")
    environment.setenv("PUBLIC_URL", "https://ana:hunter2@example.com")
    first, second = await found("mend")
    assert first.startswith("PROGRAM_ZONE: this is no IANA time zone.")
    assert second.startswith("PUBLIC_URL: this is no web address.")
    assert await found("note") == ["The database has not been looked at: mend its settings first."]


async def test_tokens_that_are_missing_hide_no_database(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("SLACK_BOT_TOKEN")
    assert (await only_mend()).startswith("SLACK_BOT_TOKEN is empty or a placeholder.")
    assert "The keys open what was sealed." in await found("ok")


async def test_a_database_that_is_not_there_yet_is_not_made(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("DATABASE_URL", "sqlite:///new.db")
    environment.delenv("FIELD_KEYS")
    assert await only_mend() == "There is no database new.db yet. Run: ladderbot migrate"
    assert os.listdir() == []


async def test_a_database_of_another_version(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    environment.setenv("DATABASE_URL", "sqlite:///empty.db")
    assert await only_mend() == "The database is not at the version of this program. Run: ladderbot migrate"


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("postgresql://ladderbot:hunter2@127.0.0.1:1/ladderbot", "The database does not answer (OperationalError)."),
        ("mysql://ladderbot:hunter2@db/ladderbot", "DATABASE_URL cannot be read."),
        ("hunter2", "DATABASE_URL cannot be read."),
    ],
)
async def test_a_database_that_cannot_be_reached(environment: pytest.MonkeyPatch, value: str, sentence: str) -> None:
    environment.setenv("DATABASE_URL", value)
    assert (await only_mend()).startswith(sentence)


async def test_keys_that_are_wrong_malformed_or_lost(environment: pytest.MonkeyPatch, url: str) -> None:
    environment.setenv("FIELD_KEYS", "1:" + keyring.new_key())
    assert await only_mend() == WRONG_KEYS
    environment.setenv("FIELD_KEYS", "2:" + keyring.new_key())
    assert await only_mend() == WRONG_KEYS
    environment.setenv("FIELD_KEYS", "hunter2")
    assert (await only_mend()).startswith("FIELD_KEYS looks like 1:<base64>")
    environment.delenv("FIELD_KEYS")
    assert await only_mend() == LOST_KEYS
    assert not Path(url.removeprefix("sqlite:///")).with_suffix(".key").exists()


async def test_a_fresh_database_has_keys_to_come(environment: pytest.MonkeyPatch, servers: Servers) -> None:
    environment.setenv("DATABASE_URL", servers.url("sqlite"))
    assert any(one.startswith("Nothing has been sealed yet") for one in await found("note"))
    assert [one.split(".")[0] for one in await found("mend")] == [
        "No framework is loaded",
        "The program has no owner with an active account",
        "Nobody takes part yet",
    ]


# The program


async def test_an_owner_who_has_left_is_none(do: Do) -> None:
    await do(lambda session: session.execute(update(Person).where(Person.name == "Lea Roux").values(is_active=False)))
    assert await only_mend() == (
        "The program has no owner with an active account. Whoever administers the workspace becomes one in Home, "
        "or run: ladderbot role give E-MAIL owner"
    )


async def test_zones_that_this_machine_does_not_know(do: Do) -> None:
    await do(lambda session: session.execute(update(Person).where(Person.name == "Ana Pérez").values(zone="Mars/Base")))
    assert (await only_mend()).startswith("People with a time zone that this machine does not know: 1.")


async def test_members_whom_slack_does_not_know_yet(do: Do) -> None:
    await do(lambda session: session.execute(update(Person).where(Person.name == "Ana Pérez").values(slack_id=None)))
    await do(lambda session: session.execute(delete(RoleGrant)))
    assert any(one.startswith("Members not found in Slack yet, who get nothing: 1.") for one in await found("note"))
    assert "no owner" in await only_mend()
