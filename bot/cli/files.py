"""What every command says that reads a CSV file: the file, what is wrong in it, and what it changes."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from rich.table import Table
from rich.text import Text

from bot.cli.asking import console, errors
from bot.rules.csv_lines import LARGEST, Finding
from bot.rules.people_file import Change
from bot.rules.refusal import Refusal

MOST = 100  # findings or entries printed; nobody reads more at once
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


def read(file: Path) -> bytes:
    """The file, or as much of it as shows that it is too large."""
    try:
        with file.open("rb") as opened_file:
            return opened_file.read(LARGEST + 1)
    except OSError as error:
        raise Refusal(f"{file} cannot be read: {error.strerror}.") from None


def print_findings(findings: Sequence[Finding]) -> None:
    for finding in findings[:MOST]:
        errors.print(str(finding), markup=False)
    if len(findings) > MOST:
        errors.print(f"and {len(findings) - MOST:,} more")
    errors.print("Nothing was changed.")


def print_diff(diff: Sequence[Changed], *, summary: str, what: str, many: str) -> None:
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
