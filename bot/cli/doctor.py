"""`ladderbot doctor`: what works, and what to mend, a line each. Changes nothing and prints no secret."""

import asyncio
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime

import aiohttp
import typer
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from sqlalchemy.exc import ArgumentError

from bot import keyring, opening, schema, settings
from bot.cli.asking import console
from bot.clock import Clock
from bot.database import UNREACHABLE, Database
from bot.delivery.slack import http_session, sender
from bot.keyring import KeyProblem, Keyring
from bot.rules import cadence, features
from bot.services import doctor
from bot.services.doctor import Finding, mend, note, ok
from bot.settings import Settings, SettingsProblem, Storage

MOST_SKEW = timedelta(seconds=60)
SILENT = (aiohttp.ClientError, TimeoutError, OSError, SlackClientError)
MIGRATE = "Run: ladderbot migrate"
CURRENT = "The database answers and is at the version of this program."


def register(app: typer.Typer) -> None:
    app.command(name="doctor")(main)


def main() -> None:
    """Check settings, Slack, database, keys, clock and program. Each line that begins with "mend" says what to do."""
    found = asyncio.run(examine(Clock()))
    for one in found:
        console.print(f"{one.kind + ':':<5} {one.sentence}", markup=False)
    if any(one.kind == "mend" for one in found):
        raise typer.Exit(1)


async def examine(clock: Clock) -> list[Finding]:
    """Everything, with what the environment says now; one thing that is broken hides no other that can be seen."""
    found: list[Finding] = []
    try:
        given = settings.read()
        found.append(ok(f"The settings can be read; PROGRAM_ZONE is {given.program_zone}."))
        found += await _slack(given, clock)
    except SettingsProblem as problem:
        found += [mend(line) for line in str(problem).splitlines()]
    try:
        found += await _storage(settings.read_storage(), clock)
    except SettingsProblem:
        found.append(note("The database has not been looked at: mend its settings first."))
    return found


# Slack


async def _slack(given: Settings, clock: Clock) -> list[Finding]:
    async with http_session(given.http_seconds) as session:
        client = sender(
            given.slack_bot_token.get_secret_value(), api_url=given.slack_api_url, seconds=given.http_seconds,
            session=session,
        )  # fmt: skip
        found = await _bot_token(client, given, clock)
        found += await _app_token(client, given) if given.uses_sockets else await _address(session, given)
    return found


async def _bot_token(client: AsyncWebClient, given: Settings, clock: Clock) -> list[Finding]:
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        advice = "Copy the Bot User OAuth Token from OAuth & Permissions; installing the app again makes a new one."
        return [mend(f"SLACK_BOT_TOKEN: Slack refuses it ({_reason(error)}). {advice}")]
    except SILENT as error:
        advice = "Check the way to the internet from here, a proxy, and SLACK_API_URL."
        return [mend(f"Slack does not answer ({type(error).__name__}). {advice}")]
    headers = {name.lower(): str(value) for name, value in answer.headers.items()}
    return [_kind_of_token(answer), _scopes(headers.get("x-oauth-scopes"), given), _skew(headers.get("date"), clock)]


def _reason(error: SlackApiError) -> str:
    return str(error.response.get("error") or "no reason given")


def _kind_of_token(answer: AsyncSlackResponse) -> Finding:
    if not answer.get("bot_id"):
        return mend("SLACK_BOT_TOKEN is somebody's own token. Copy the Bot User OAuth Token, which begins with xoxb-.")
    return ok(f"Slack takes the bot token; the workspace is {answer.get('team', 'nameless')}.")


def _scopes(told: str | None, given: Settings) -> Finding:
    if told is None:
        return note("Slack did not say which scopes the bot has.")
    granted = {scope.strip() for scope in told.split(",")} - {""}
    wanted = features.scopes(features.switched_on(given.features), without=given.leave_out_commands)
    if wanted - granted:
        missing = ", ".join(sorted(wanted - granted))
        advice = "Replace the app's manifest with that of: ladderbot manifest; then install the app again."
        return mend(f"The bot lacks the scopes {missing}. {advice}")
    if granted - wanted:
        return note(f"The bot has scopes that it does not use: {', '.join(sorted(granted - wanted))}.")
    return ok("The bot has the scopes that it uses, and no other.")


def _skew(told: str | None, clock: Clock) -> Finding:
    try:
        theirs = parsedate_to_datetime(told or "")
    except ValueError:
        return note("Slack did not say what time it is.")
    apart = clock.real() - (theirs if theirs.tzinfo else theirs.replace(tzinfo=UTC))
    if abs(apart) > MOST_SKEW:
        seconds = abs(round(apart.total_seconds()))
        way = "ahead of" if apart > timedelta() else "behind"
        return mend(f"The clock of this machine is {seconds} seconds {way} Slack's. Set it by NTP.")
    return ok("The clock agrees with Slack's.")


async def _app_token(client: AsyncWebClient, given: Settings) -> list[Finding]:
    token = given.slack_app_token.get_secret_value() if given.slack_app_token else ""
    opener = AsyncWebClient(base_url=client.base_url, session=client.session, retry_handlers=[])
    try:
        await opener.apps_connections_open(app_token=token)
    except SlackApiError as error:
        advice = "Turn Socket Mode on, and copy an App-Level Token with connections:write from Basic Information."
        return [mend(f"SLACK_APP_TOKEN: Slack opens no connection ({_reason(error)}). {advice}")]
    except SILENT as error:
        return [mend(f"Slack opens no connection ({type(error).__name__}). Check the way to the internet from here.")]
    return [ok("Slack opens a connection for Socket Mode.")]


async def _address(session: aiohttp.ClientSession, given: Settings) -> list[Finding]:
    """The address may be secret in part, so it is not printed."""
    if given.public_url is None:
        return [note("With PUBLIC_URL=https://YOUR-ADDRESS the way from Slack to this bot would be tried, too.")]
    try:
        async with session.get(f"{given.public_url}/healthz", allow_redirects=False) as answer:
            is_ours = answer.status == 200 and (await answer.content.read(16)).strip() == b"ok"
            said = f"status {answer.status}"
    except SILENT as error:
        is_ours, said = False, type(error).__name__
    if is_ours:
        return [ok("The public address answers.")]
    advice = "Start the bot, and check the proxy in front of it and the address; /healthz should say ok."
    return [mend(f"PUBLIC_URL does not lead to a running bot ({said}). {advice}")]


# The database


async def _storage(given: Storage, clock: Clock) -> list[Finding]:
    file = given.database_file
    if file is not None and not file.exists():
        return [mend(f"There is no database {file} yet. {MIGRATE}")]
    ring, problem = _keys(given)
    try:
        db = Database(given.database_url.get_secret_value(), ring or keyring.parse(f"1:{keyring.new_key()}"))
    except (ArgumentError, ValueError):
        return [mend("DATABASE_URL cannot be read. Use sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME.")]
    try:
        if not await schema.is_current(db.engine):
            return [mend(f"The database is not at the version of this program. {MIGRATE}")]
        async with db.reading() as session:
            keys = mend(problem) if problem else await doctor.keys(session, are_there=ring is not None)
            today = cadence.local_day(clock.now(), given.program_zone)
            feedback = await doctor.program_feedback(session, feedback=opening.feedback(given), today=today)
            return [ok(CURRENT), keys, *await doctor.program(session, today=today), *feedback]
    except UNREACHABLE as error:
        advice = "Check that it runs, and its address, user and password in DATABASE_URL."
        return [mend(f"The database does not answer ({type(error).__name__}). {advice}")]
    finally:
        await db.close()


def _keys(given: Storage) -> tuple[Keyring | None, str | None]:
    """The keys, and why they cannot be used. Neither, where their file is missing: nothing is made here."""
    file = given.database_file
    if given.field_keys is None and file is not None and not file.with_suffix(".key").exists():
        return None, None
    try:
        return opening.keys(given), None
    except (SettingsProblem, KeyProblem) as problem:
        return None, str(problem)
