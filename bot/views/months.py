"""An owner's month: the message with its charts, and the form that asks for a table. All figures: `month_figures`."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.rules import scopes
from bot.rules.less import Topic
from bot.rules.months import DAYS, FIRST, LAST, Month, Name, Shown
from bot.views import charts, forms, inputs, less, month_figures, parts
from bot.views.month_figures import Named
from bot.views.words import escape, plural

CSV = "month.csv"
FORM = "month.csv.v1"
SAID = "month.said.v1"
FILE_NAME = "program-months.csv"
YOURS = "The months of the program as a table. Slack keeps it here until you delete it."
TITLE = "The program's month"
WHY = "You get this because you are an owner of the program: once a month, on the first day you work."
WHY_PART = "You get this because you are an owner of the program for {}: once a month, on the first day you work."
FIRST_ONE = "It is the first month I tell you about, so there is little to compare it with yet."
NOTHING = (
    "Too few people have taken part so far to show figures without telling who is behind them. From five people on "
    "there is something to see; until then, the program is small enough to ask around."
)
PARITY = "*Tracks side by side*: every track has the same standing, so none of these should fall far behind."


def home_blocks(shown: Month | None, *, scope: str = scopes.WHOLE) -> list[dict[str, Any]]:
    """What owners find in Home."""
    of = f" for {escape(scopes.said(scope))}" if scope else ""
    if shown is None:
        said = f"*{TITLE}*{of}\nOn the first working day of each month I tell you here how the last one went."
        return [parts.section(said, id="month")]
    said = f"*{TITLE}*{of}\n{headline(shown)}"
    return [parts.section(said, id="month"), parts.actions(*_buttons(), id="month-do")]


def _buttons() -> list[dict[str, Any]]:
    return [parts.button("All figures", id=month_figures.OPEN), parts.button("CSV", id=CSV)]


def headline(shown: Month) -> str:
    """The month in a sentence or two."""
    name = f"*{month_figures.called(shown.window)}*"
    if shown.is_empty:
        return f"{name}: {NOTHING}"
    said = [sentence for sentence in (_answered(shown), _waited(shown)) if sentence]
    return f"{name}: {' '.join(said)}" if said else f"{name}: what follows is all that can be shown of it."


def _answered(shown: Month) -> str:
    rows = shown.figure(Name.PARTICIPATION).rows
    whole = shown.figure(Name.PARTICIPATION).of()
    if whole is not None:
        return f"{_share(whole)} of those who were asked answered a check-in{_then(whole)}."
    if rows:
        least, most = min(rows, key=_now), max(rows, key=_now)
        if _share(least) == _share(most):
            return f"{_share(least)} of those who were asked answered a check-in, on every track shown."
        return f"Between {_share(least)} and {_share(most)} of those who were asked answered a check-in, by track."
    return ""


def _waited(shown: Month) -> str:
    whole = shown.figure(Name.REVIEWS).of()
    if whole is None:
        return ""
    return f"Half of those whose evidence got a verdict had waited {month_figures.days(whole.now)} or less."


def _now(row: Shown) -> float:
    return row.now or 0


def _share(row: Shown) -> str:
    return month_figures.share(row.now)


def _then(row: Shown) -> str:
    return "" if row.before is None else f" ({month_figures.share(row.before)} the month before)"


def message(shown: Month, *, tracks: Named) -> dict[str, Any]:
    said = headline(shown)
    why = WHY_PART.format(escape(scopes.said(shown.scope))) if shown.scope else WHY
    first = [parts.context(FIRST_ONE, id="first")] if not shown.has_before and not shown.is_empty else []
    left_out = [parts.context(month_figures.hidden(shown), id="hidden")] if shown.hidden and not shown.is_empty else []
    return parts.message(
        said,
        [
            parts.section(said, id="said"),
            *_charts(shown, tracks),
            *_parity(shown, tracks),
            *first,
            *left_out,
            *([] if shown.is_empty else [parts.actions(*_buttons(), id="do")]),
            parts.context(why, id="why"),
            less.row(Topic.MONTH),
        ],
    )


def _charts(shown: Month, tracks: Named) -> list[dict[str, Any]]:
    """Two at most, each with what it shows."""
    found = [
        _chart(shown, Name.PARTICIPATION, "Who answered a check-in, in %", tracks),
        _chart(shown, Name.READINESS, "Milestones of the next level met, in %", tracks),
    ]
    return [block for blocks in found for block in blocks]


def _chart(shown: Month, name: Name, title: str, tracks: Named) -> list[dict[str, Any]]:
    rows = [row for row in shown.figure(name).rows if len(row.path) == 1 and row.now is not None]
    if not rows:
        return []
    series = {month_figures.called(shown.window): [_percent(row.now) for row in rows]}
    if all(row.before is not None for row in rows):  # a bar that is missing would look like nobody
        series[month_figures.called(shown.window.before)] = [_percent(row.before) for row in rows]
    drawn = charts.chart(title, "bar", [tracks(row.path[0]) for row in rows], series, id=f"chart-{name.name.lower()}")
    return [drawn, parts.context(month_figures.ABOUT[name], id=f"about-{name.name.lower()}")]


def _percent(value: float | None) -> int:
    return round((value or 0) * 100)


PARITY_OF = {
    Name.PARTICIPATION: "answered", Name.READINESS: "ready", Name.COVERAGE: "mentoring", Name.REVIEWS: "verdict",
    Name.PROMOTED: "moved up", Name.LEFT: "left",
}  # fmt: skip


def _parity(shown: Month, tracks: Named) -> list[dict[str, Any]]:
    """A column for each figure of which something can be shown."""
    told = {name: {row.path[0]: row for row in shown.figure(name).rows if len(row.path) == 1} for name in PARITY_OF}
    told = {name: rows for name, rows in told.items() if rows}
    if not told:
        return []
    keys = sorted({key for rows in told.values() for key in rows}, key=tracks)
    lines = [_side_by_side(key, {name: rows.get(key) for name, rows in told.items()}, tracks) for key in keys]
    header = ("track", "people", *(PARITY_OF[name] for name in told))
    return [parts.section(PARITY, id="parity-about"), charts.table(header, lines, id="parity")]


def _side_by_side(key: str, found: Mapping[Name, Shown | None], tracks: Named) -> list[str]:
    people = max(row.people for row in found.values() if row)
    cells = [
        (month_figures.days if name in DAYS else month_figures.share)(row.now if row else None)
        for name, row in found.items()
    ]
    return [tracks(key), month_figures.people(people), *cells]


# The table


def form(today: date) -> dict[str, Any]:
    said = "Every month that I have told of and that lies between these days, as it was shown then."
    first, last = date(today.year - 1, today.month, 1), today.replace(day=1)
    return parts.modal(
        "Months as a table",
        [
            parts.section(said, id="said"),
            inputs.date_input("From", id=FIRST, initial=first),
            inputs.date_input("Until", id=LAST, initial=last),
        ],
        id=FORM, submit="Get the file",
    )  # fmt: skip


def read(view: Mapping[str, Any]) -> tuple[date | None, date | None]:
    typed = forms.answers(view)
    first, last = typed.get(FIRST), typed.get(LAST)
    return first if isinstance(first, date) else None, last if isinstance(last, date) else None


def given(months: Sequence[Month]) -> dict[str, Any]:
    said = f"*{plural(len(months), 'month', 'months')} in {FILE_NAME}*: it is in your conversation with me."
    return parts.modal("Months as a table", [parts.section(said, id="said")], id=SAID)
