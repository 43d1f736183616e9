"""What every command does that reads a CSV file: say what is wrong in it or what it changes, and do it when asked."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Annotated, Protocol, TypeVar

import typer
from rich.table import Table
from rich.text import Text

from bot.cli.asking import console, errors, told, with_database
from bot.clock import Clock
from bot.database import Database
from bot.rules.csv_lines import LARGEST, Finding
from bot.rules.people_diff import Change
from bot.rules.refusal import Refusal

MOST = 100  # findings or entries printed; nobody reads more at once
PATIENCE = 30.0  # seconds to wait for the bot's own writing
DRY = "This was a dry run. To do it, add: --apply"


class Changed(Protocol):
    """One entry of a file, and what changes of it."""

    @property
    def called(self) -> str: ...

    @property
    def line(self) -> int: ...

    @property
    def is_new(self) -> bool: ...

    @property
    def changes(self) -> Sequence[Change]: ...


class Preview(Protocol):
    """What is wrong with a file, or what it changes."""

    @property
    def findings(self) -> Sequence[Finding]: ...

    @property
    def diff(self) -> Sequence[Changed]: ...


Found = TypeVar("Found", bound=Preview)
CsvFile = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]
IsApplied = Annotated[bool, typer.Option("--apply", help="Do it; without this, only show what would change.")]


def bring(
    file: Path,
    *,
    is_applied: bool,
    preview: Callable[..., Awaitable[Found]],
    apply: Callable[..., Awaitable[Found]],
) -> Found:
    """What the file would change, or has changed. What is wrong in it is printed, nothing is changed, and it ends.

    `preview(session, data, today=)` and `apply(session, data, now=, today=)`: the services that do it.
    """
    data = told(lambda: _read(file))

    async def work(db: Database, clock: Clock) -> Found:
        now = clock.now()
        if not is_applied:
            async with db.reading() as session:
                return await preview(session, data, today=now.date())
        async with db.writing(patience=PATIENCE) as session:
            return await apply(session, data, now=now, today=now.date())

    found = with_database(work)
    if found.findings:
        _print_findings(found.findings)
        raise typer.Exit(1)
    return found


def _read(file: Path) -> bytes:
    """The file, or as much of it as shows that it is too large."""
    try:
        with file.open("rb") as opened_file:
            return opened_file.read(LARGEST + 1)
    except OSError as error:
        raise Refusal(f"{file} cannot be read: {error.strerror}.") from None


def _print_findings(findings: Sequence[Finding]) -> None:
    for finding in findings[:MOST]:
        errors.print(str(finding), markup=False)
    if len(findings) > MOST:
        errors.print(f"and {len(findings) - MOST:,} more")
    errors.print("Nothing was changed.")


def print_diff(diff: Sequence[Changed], *, is_applied: bool, summary: str, what: str, many: str) -> None:
    """`what`: the head of the column with names; `many`: what the entries are."""
    table = Table("line", what, "what", "before", "after")
    for one in diff[:MOST]:
        name = f"{one.called} (new)" if one.is_new else one.called
        for n, change in enumerate(one.changes or [Change("", "", "")]):
            first = (str(one.line), name) if n == 0 else ("", "")
            table.add_row(*map(Text, (*first, change.what.replace("_", " "), change.before, change.after)))
    if diff:
        console.print(table)
    if len(diff) > MOST:
        console.print(f"and {len(diff) - MOST:,} more {many}")
    console.print(summary, markup=False)
    if diff and not is_applied:
        console.print(DRY)
