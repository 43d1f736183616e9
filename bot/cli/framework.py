"""`ladderbot framework`: hold the file against the rules, and make it the release in force."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.asking import console, errors, with_database
from bot.clock import Clock
from bot.database import Database
from bot.rules import framework_file
from bot.rules.framework import Framework
from bot.rules.framework_file import FrameworkError
from bot.services import framework as frameworks

app = typer.Typer(no_args_is_help=True, help="The framework file: check it, load it.")
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The framework file (YAML).")]


@app.command()
def lint(file: File) -> None:
    """Name every finding with its line and a suggestion. Exit code 1 when one of them is an error."""
    found = framework_file.findings(file.read_bytes())
    for finding in found:
        console.print(str(finding), markup=False)
    console.print(f"{len(found)} findings in {file.name}.")
    if any(finding.severity == "error" for finding in found):
        raise typer.Exit(1)


@app.command()
def load(file: File) -> None:
    """Make the file the release in force. Nothing changes when it has an error."""

    async def work(db: Database, clock: Clock) -> Framework:
        return await _load(db, file.read_text(), clock.now())

    try:
        loaded = with_database(work)
    except FrameworkError as error:
        for finding in error.findings:
            errors.print(str(finding), markup=False)
        raise typer.Exit(1) from None
    console.print(f"Version {loaded.version} of “{loaded.name}” is in force: {len(loaded.tracks)} tracks.")


async def _load(db: Database, text: str, now: datetime) -> Framework:
    async with db.writing() as session:
        return await frameworks.load(session, text, by=None, now=now)
