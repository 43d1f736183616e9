"""A CSV file as lines: encoding, separator, header. Nothing raises; what cannot be read is a finding."""

import csv
import difflib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

LARGEST = 20 * 1024 * 1024  # bytes
SEPARATORS = ",;\t"

SAVE_AS_UTF8 = "Save it as “CSV UTF-8”."


@dataclass(frozen=True)
class Sheet:
    """What a kind of file looks like. `keys`: one of these columns is there at least; `no_key` says so if not.

    `aliases`: other names of columns. `header`: a line to begin with.
    """

    columns: tuple[str, ...]
    keys: tuple[str, ...]
    no_key: str
    header: str
    aliases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """What is wrong on one line (1-based, the header is line 1), and what to do about it."""

    line: int
    sentence: str
    suggestion: str = ""

    def __str__(self) -> str:
        return f"line {self.line}: {self.sentence} {self.suggestion}".rstrip()


@dataclass(frozen=True)
class Line:
    """One entry of the file: the line it begins on, and the cells that are not blank by the name of their column."""

    number: int
    cells: dict[str, str]

    def cell(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Lines:
    """Lines that could be read, and what was found wrong on the way, both in the order of the file."""

    lines: tuple[Line, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass
class _Reading:
    sheet: Sheet
    findings: list[Finding] = field(default_factory=list)

    def note(self, line: int, sentence: str, suggestion: str = "") -> None:
        self.findings.append(Finding(line, sentence, suggestion))


def read(data: bytes, sheet: Sheet) -> Lines:
    """The lines of a CSV file: UTF-8, separated by comma, semicolon or tab."""
    reading = _Reading(sheet)
    text = _decoded(data, reading)
    lines = () if text is None else tuple(_lines(text, reading))
    return Lines(lines, tuple(sorted(reading.findings, key=lambda finding: finding.line)))


def shown(raw: str) -> str:
    """A piece of the file as it may be printed: short, and without what would garble a terminal."""
    text = "".join(one if one.isprintable() else "\ufffd" for one in raw[:60])
    return f"“{text}”" if len(raw) <= 60 else f"“{text}…”"


def _decoded(data: bytes, reading: _Reading) -> str | None:
    """The text of the file, or None after saying why there is none."""
    if len(data) > LARGEST:
        reading.note(1, "The file is larger than 20 MiB.", "Split it into several files.")
    elif not data.strip():
        reading.note(1, "The file is empty.", reading.sheet.header)
    elif data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        reading.note(1, "This is a spreadsheet, not a CSV file.", SAVE_AS_UTF8)
    elif data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")) or _has_many_zeros(data):
        reading.note(1, "The file is UTF-16 text; UTF-8 is read here.", SAVE_AS_UTF8)
    else:
        return _utf8(data, reading)
    return None


def _has_many_zeros(data: bytes) -> bool:
    return data[:4096].count(0) * 4 >= len(data[:4096])


def _utf8(data: bytes, reading: _Reading) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = max(before.count(b"\n"), before.count(b"\r")) + 1
        reading.note(line, "This is not UTF-8 text; it may be Windows-1252 or Latin-1.", SAVE_AS_UTF8)
        return None


def _lines(text: str, reading: _Reading) -> Iterator[Line]:
    records = _records(text, reading)
    number, header = next(records, (1, []))
    columns = _columns(number, header, reading)
    if not any(key in columns for key in reading.sheet.keys):
        if not reading.findings:
            reading.note(number, reading.sheet.no_key, reading.sheet.header)
        return
    for start, record in records:
        cells = {n: cell for n, raw in enumerate(record) if (cell := raw.strip())}
        if cells:
            yield _line(start, cells, columns, reading)


def _records(text: str, reading: _Reading) -> Iterator[tuple[int, list[str]]]:
    """The records of the file with the line each begins on: a quoted cell may hold line breaks."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    start = 1
    try:
        for record in reader:
            if any(map(str.strip, record)):
                yield start, record
            start = reader.line_num + 1
    except csv.Error:
        sentence = "From here on the quotes do not match, or a cell is far too long."
        reading.note(start, sentence, 'Close every " and write "" for a quote inside a cell.')


def _separator(text: str) -> str:
    """What the first line with words is separated by; quoted separators do not count."""
    head = text[:10_000].lstrip().replace("\r", "\n").partition("\n")[0]
    bare = "".join(head.split('"')[::2])
    return max(SEPARATORS, key=bare.count)


def _columns(line: int, header: list[str], reading: _Reading) -> list[str]:
    """The columns in the order of the file; those that are not ours keep a name that no line asks for."""
    columns: list[str] = []
    for raw in header:
        name = "_".join(raw.replace("-", " ").casefold().split())
        name = reading.sheet.aliases.get(name, name)
        if name and name not in reading.sheet.columns:
            reading.note(line, f"The column {shown(raw.strip())} is not known.", _nearest(name, reading.sheet.columns))
        elif name and name in columns:
            reading.note(line, f"The column {name} is there twice.", "Keep one of the two.")
        columns.append(name)
    return columns


def _nearest(name: str, columns: Sequence[str]) -> str:
    close = difflib.get_close_matches(name[:60], columns, n=1, cutoff=0.4)
    return f"Did you mean {close[0]}?" if close else f"Columns are {', '.join(columns)}."


def _line(start: int, cells: dict[int, str], columns: list[str], reading: _Reading) -> Line:
    if any(n >= len(columns) or not columns[n] for n in cells):
        reading.note(start, "There is a value in a column without a name.", "Are there too many separators here?")
    return Line(start, {columns[n]: cell for n, cell in cells.items() if n < len(columns)})
