"""`ladderbot opportunities`: the catalogue of chances to grow, from a file."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli import files
from bot.cli.asking import console, told, with_database
from bot.clock import Clock
from bot.database import Database
from bot.rules import opportunities_file as rules
from bot.services import opportunities_file
from bot.services.opportunities_file import Preview

PATIENCE = 30.0  # seconds to wait for the bot's own writing

app = typer.Typer(name="opportunities", help="Chances to grow that people offer.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Keeps `import` a word of its own: Typer runs the only command of a group without it."""


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    apply: Annotated[bool, typer.Option("--apply", help="Do it; without this, only show what would change.")] = False,
) -> None:
    """Add chances to grow from a CSV file, and change those that are known by their title."""
    data = told(lambda: files.read(file))

    async def work(db: Database, clock: Clock) -> Preview:
        now = clock.now()
        if not apply:
            async with db.reading() as session:
                return await opportunities_file.preview(session, data, by=None, today=now.date())
        async with db.writing(patience=PATIENCE) as session:
            return await opportunities_file.apply(session, data, by=None, now=now, today=now.date())

    found = with_database(work)
    if found.findings:
        files.print_findings(found.findings)
        raise typer.Exit(1)
    files.print_diff(found.diff, summary=rules.summary(found.diff), what="called", many="chances")
    if found.diff and not apply:
        console.print(files.DRY)
