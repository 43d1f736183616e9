"""`ladderbot people`: the directory from Slack, and tracks, levels and managers from a file."""

import asyncio
from functools import partial
from typing import Annotated

import aiohttp
import typer
from rich.table import Table
from rich.text import Text
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import settings
from bot.cli import files
from bot.cli.asking import console, errors, told, with_database
from bot.clock import Clock
from bot.database import Database
from bot.jobs import people as jobs
from bot.jobs.tools import Tools
from bot.opening import opened
from bot.rules import away
from bot.rules.people_diff import Known, summary
from bot.rules.refusal import Refusal
from bot.services import people_file
from bot.services.directory import SyncResult

COLUMNS = ("name", "e-mail", "track", "level", "manager")

app = typer.Typer(name="people", help="Who is in the directory, and who takes part.", no_args_is_help=True)
AllowEnding = Annotated[int, typer.Option(min=0, help="How many members, exactly, may end although they are many.")]


@app.command("import")
def import_file(file: files.CsvFile, apply: files.IsApplied = False, allow_ending: AllowEnding = 0) -> None:
    """Read tracks, levels and managers from a CSV file. A blank cell changes nothing; `none` ends something."""
    preview = partial(people_file.preview, allow_ending=allow_ending)
    zone = told(settings.read_storage).program_zone
    change = partial(people_file.apply, zone=zone, allow_ending=allow_ending)
    found = files.bring(file, is_applied=apply, preview=preview, apply=change)
    files.print_diff(found.diff, is_applied=apply, summary=summary(found.diff), what="who", many="people")


@app.command()
def sync(allow_ending: AllowEnding = 0) -> None:
    """Bring the directory in line with Slack now; it also happens each night."""
    result = told(lambda: asyncio.run(_sync(allow_ending)))
    if result.stopped:
        errors.print(
            f"Slack's list would end {result.ended:,} members at once, so nobody's account was ended. "
            f"If that is meant: ladderbot people sync --allow-ending {result.ended}"
        )
        raise typer.Exit(1)
    console.print(f"{result.new:,} new, {result.changed:,} changed, {result.ended:,} ended")


async def _sync(allow_ending: int) -> SyncResult:
    given = settings.read()
    async with opened(given) as db:
        client = AsyncWebClient(given.slack_bot_token.get_secret_value(), base_url=given.slack_api_url)
        statuses = away.statuses(given.away_statuses)
        tools = Tools(db=db, clock=Clock(), client=client, zone=given.program_zone, away_statuses=statuses)
        try:
            return await jobs.sync(tools, allow_ending=allow_ending)
        except SlackApiError as error:
            raise Refusal(f"Slack refused: {error.response.get('error', 'no reason given')}.") from None
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Refusal(f"Slack does not answer ({type(error).__name__}).") from None


@app.command("list")
def list_people() -> None:
    """Everybody with an account, and those imported before they had one."""

    async def work(db: Database, clock: Clock) -> list[Known]:
        async with db.reading() as session:
            return await people_file.everybody(session, today=clock.now().date())

    everybody = with_database(work)
    names: dict[object, str] = {one.id: one.state.name for one in everybody}
    table = Table(*COLUMNS)
    for one in everybody:
        if one.is_active:
            state = one.state
            manager = names.get(state.manager) if state.manager else None
            table.add_row(*(Text(cell or "") for cell in (state.name, state.email, state.track, state.level, manager)))
    console.print(table)
