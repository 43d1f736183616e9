"""`ladderbot run`, `migrate` and `sandbox`: the commands that go on until they are told to stop."""

import asyncio
import signal
from typing import Annotated

import typer

from bot import logs, schema, settings
from bot.app import Ladderbot
from bot.cli.asking import console, told
from bot.clock import Clock
from bot.opening import opened
from bot.settings import Settings
from story import play, show


def run() -> None:
    """Run the bot: Socket Mode or HTTP, by which tokens are set. Stops within ten seconds of SIGTERM."""
    chosen = told(settings.read)
    logs.configure(chosen.log_level)
    told(lambda: asyncio.run(_run(chosen)))


async def _run(chosen: Settings) -> None:
    stop = stopped()
    async with opened(chosen) as db, Ladderbot(chosen, db, Clock()) as bot:
        way = "Socket Mode" if chosen.uses_sockets else f"HTTP on {chosen.host}:{bot.port}"
        console.print(f"Ladderbot is up ({way}).")
        await stop.wait()
    console.print("Ladderbot has stopped.")


def stopped() -> asyncio.Event:
    """Set when the process is asked to end."""
    event = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, event.set)
    return event


def migrate(
    to: Annotated[str, typer.Option(help="A revision, or head.")] = "head",
) -> None:
    """Bring the database to the version of this program. Safe to repeat; interrupted, it leaves nothing half done."""
    storage = told(settings.read_storage)
    schema.upgrade(storage.database_url.get_secret_value(), to=to)
    console.print(f"The database is at {to}.")


def sandbox(
    story: Annotated[
        bool, typer.Option("--story", help="Play a program without a browser, check it, and end.")
    ] = False,
    port: Annotated[int, typer.Option(help="Where the local Slack listens.")] = 8701,
) -> None:
    """A local Slack with a demo company: no account needed."""
    logs.configure("WARNING")
    if story:
        raise typer.Exit(asyncio.run(play.main()))
    asyncio.run(show.main(port=port, stopped=stopped))


def register(app: typer.Typer) -> None:
    app.command()(run)
    app.command()(migrate)
    app.command()(sandbox)
