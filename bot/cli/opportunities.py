"""`ladderbot opportunities`: the catalogue of chances to grow, from a file."""

from functools import partial

import typer

from bot.cli import files
from bot.rules import opportunities_file as rules
from bot.services import opportunities_file

app = typer.Typer(name="opportunities", help="Chances to grow that people offer.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Keeps `import` a word of its own: Typer runs the only command of a group without it."""


@app.command("import")
def import_file(file: files.CsvFile, apply: files.IsApplied = False) -> None:
    """Add chances to grow from a CSV file, and change those that are known by their title."""
    preview, change = partial(opportunities_file.preview, by=None), partial(opportunities_file.apply, by=None)
    found = files.bring(file, is_applied=apply, preview=preview, apply=change)
    files.print_diff(found.diff, is_applied=apply, summary=rules.summary(found.diff), what="called", many="chances")
