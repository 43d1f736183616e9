# ruff: noqa: A002 - `id` is the word for what Slack calls block_id, action_id and callback_id
"""Charts and tables of figures, for messages and Home; Slack takes none in a modal, where `as_text` stands for them.

Not every workspace can draw them yet. `plainly` is what is sent where Slack refuses: the same figures, as text.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

import slackblocks as sb

from bot.views import parts, pieces
from bot.views.pieces import BLANK, Drawn
from bot.views.words import clip, escape

Kind = Literal["line", "bar", "area", "pie"]
Number = int | float

MOST_TITLE = 50
MOST_LABEL = 20
MOST_CATEGORIES = 20
MOST_SERIES = 6  # also the segments of a pie
MOST_ROWS, MOST_COLUMNS = 99, 20  # of a table, without its header
MOST_CELL = 30
LEAST_NAME, MOST_LINE = 12, 62  # characters of fixed width that a modal shows without a break
ROWS_AT_ONCE = 25  # of a table in text, so that it fits into one section
CHART, TABLE = "data_visualization", "table"
_ALONG: Mapping[str, Callable[..., sb.Chart]] = {"line": sb.LineChart, "bar": sb.BarChart, "area": sb.AreaChart}


def chart(
    title: str, kind: Kind, categories: Sequence[str], series: Mapping[str, Sequence[Number]], *, id: str
) -> Drawn:
    """`series`: name → one figure for each category; a pie has one series, and leaves out what is nothing.

    At most two in a message. Categories and series beyond what Slack takes are left to the table beside it.
    """
    pieces.check(bool(categories) and bool(series), f"{id}: a chart needs figures")
    whole = all(len(figures) == len(categories) for figures in series.values())
    pieces.check(whole, f"{id}: every series has one figure for each category")
    drawn = _pie(categories, next(iter(series.values()))) if kind == "pie" else _along(kind, categories, series)
    made = sb.DataVisualizationBlock(pieces.clipped(title, MOST_TITLE), drawn, block_id=pieces.known(id))
    return pieces.drawn(made)


def _pie(categories: Sequence[str], figures: Sequence[Number]) -> sb.Chart:
    some = {name: figure for name, figure in zip(categories, figures, strict=True) if figure > 0}
    names = _labels(list(some)[:MOST_SERIES])
    return sb.PieChart([sb.ChartSegment(*one) for one in zip(names, some.values(), strict=False)])


def _along(kind: Kind, categories: Sequence[str], series: Mapping[str, Sequence[Number]]) -> sb.Chart:
    along = _labels(categories[:MOST_CATEGORIES])
    names = _labels(list(series)[:MOST_SERIES])
    lines = [
        sb.DataSeries(name, [sb.DataPoint(label, figure) for label, figure in zip(along, figures, strict=False)])
        for name, figures in zip(names, series.values(), strict=False)
    ]
    return _ALONG[kind](lines, sb.AxisConfig(along))


def _labels(names: Sequence[str]) -> list[str]:
    """Short enough, and no two alike: Slack tells points apart by their label."""
    labels: list[str] = []
    for name in names:
        label, number = pieces.clipped(name, MOST_LABEL), 1
        while label in labels:
            number += 1
            label = f"{clip(pieces.clipped(name, MOST_LABEL), MOST_LABEL - 4)} {number}"
        labels.append(label)
    return labels


def table(header: Sequence[str], rows: Sequence[Sequence[str]], *, id: str) -> Drawn:
    """A native table, one to a message: the first column to the left, figures to the right."""
    kept = [[_cell(cell) for cell in row[:MOST_COLUMNS]] for row in (header, *rows[:MOST_ROWS])]
    columns = [sb.ColumnSettings(align="right" if n else "left") for n in range(len(kept[0]))]
    return pieces.drawn(sb.TableBlock(kept, column_settings=columns, block_id=pieces.known(id)))


def _cell(said: str) -> sb.RawText | sb.RichTextObject:
    return sb.RawText(said if said.strip() else BLANK)


def as_text(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """mrkdwn: columns in fixed width, the first to the left and no wider than fits beside the figures, on the right."""
    cells = [[clip(cell, MOST_CELL) for cell in row] for row in (header, *rows)]
    widths = [max(len(row[n]) for row in cells) for n in range(len(header))]
    widths[0] = min(widths[0], max(LEAST_NAME, MOST_LINE - sum(2 + width for width in widths[1:])))
    lines = [_line([clip(row[0], widths[0]), *row[1:]], widths) for row in cells if any(row)]
    said = escape("\n".join(line.replace("`", "'") for line in lines))
    return f"```\n{said}\n```"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    figures = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
    return "  ".join([row[0].ljust(widths[0]), *figures]).rstrip()


def plainly(drawn: Mapping[str, Any]) -> dict[str, Any] | None:
    """The same message or Home with text where charts and tables stood; None where there are none."""
    blocks = drawn.get("blocks") or []
    if not any(block.get("type") in _IN_TEXT for block in blocks):
        return None
    return {**drawn, "blocks": [one for block in blocks for one in _plain(block)]}


def _plain(block: Drawn) -> Iterator[Drawn]:
    if block.get("type") not in _IN_TEXT:
        yield block
        return
    title, header, rows = _IN_TEXT[block["type"]](block)
    for first in range(0, max(len(rows), 1), ROWS_AT_ONCE):
        said = as_text(header, rows[first : first + ROWS_AT_ONCE])
        yield parts.section(f"{title}{said}", id=f"{block['block_id']}-{first}" if first else block["block_id"])


Figures = tuple[str, Sequence[str], Sequence[Sequence[str]]]  # what is said above, header, rows


def _chart_in_text(block: Drawn) -> Figures:
    drawn, title = block["chart"], f"*{escape(block['title'])}*\n"
    if "segments" in drawn:
        shares = drawn["segments"]
        return title, ("", ""), [(one["label"], said) for one, said in zip(shares, _figures(shares), strict=True)]
    series = drawn["series"]
    columns = [[point["label"] for point in series[0]["data"]], *(_figures(one["data"]) for one in series)]
    return title, ("", *(one["name"] for one in series)), list(zip(*columns, strict=True))


def _table_in_text(block: Drawn) -> Figures:
    header, *rows = [[cell["text"] for cell in row] for row in block["rows"]]
    return "", ["" if name == BLANK else name for name in header], rows


def _figures(points: Sequence[Drawn]) -> list[str]:
    """Whole numbers as such, others to a tenth; in a column all alike."""
    values = [point["value"] for point in points]
    places = 0 if all(isinstance(value, int) for value in values) else 1
    return [f"{value:,.{places}f}" for value in values]


_IN_TEXT = {CHART: _chart_in_text, TABLE: _table_in_text}
