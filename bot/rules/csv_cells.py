"""CSV that a spreadsheet shows and never runs (OWASP ASVS 5.0, 1.2.10; Symfony's CVE-2021-41270)."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

# Spreadsheets skip blanks before they decide that a cell is a formula, and a tab or a carriage return alone is enough.
RUNS = re.compile(r"[^\S\t\r]*[\t\r\0=+\-@＝＋－＠]")


def cell(value: object) -> str:
    """The value as text for one cell; text that a spreadsheet would run gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float | Decimal):
        return str(value)
    text = str(value)
    return f"'{text}" if RUNS.match(text) else text


def write(rows: Iterable[Sequence[object]], header: Sequence[str]) -> bytes:
    """A whole file: every cell quoted, UTF-8 with the mark by which spreadsheets know it; the header comes first."""
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    for row in (header, *rows):
        writer.writerow([cell(value) for value in row])
    return file.getvalue().encode("utf-8-sig", "replace")
