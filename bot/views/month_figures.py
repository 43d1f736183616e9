"""All figures of a month: each with one sentence that says what it shows, as text, as a table for a spreadsheet."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bot.rules import csv_cells, scopes
from bot.rules.days import MONTHS
from bot.rules.months import COUNTS, DAYS, Figure, Month, Name, Shown, Window, month_of
from bot.rules.small_cells import LEAST
from bot.views import charts, parts, surface
from bot.views.words import escape, listing, plural

OPEN = "month.figures"
PAGE = "month.figures.v1"
EVERYBODY = "everybody"
NONE = "–"
MOST_NAMED = 12
BETWEEN = " → "

Named = Callable[[str], str]  # the name of a track or a milestone, by its key

TITLES = {
    Name.PARTICIPATION: "Participation",
    Name.COMPLETION: "Completion",
    Name.REVIEWS: "Waiting for a verdict",
    Name.READINGS: "Waiting to be read",
    Name.REQUESTS: "Waiting for a mentor",
    Name.READINESS: "Readiness",
    Name.COVERAGE: "Mentoring",
    Name.THANKED: "Thanked in public",
    Name.ASSESSED: "Self-assessment",
    Name.CHANCES: "Chances to grow",
    Name.NO_CHANCE: "No chance to show it",
    Name.WANTS: "What people want for now",
    Name.LEFT: "Who left",
    Name.PROMOTED: "Who moved up",
    Name.MOVED: "Between tracks",
}
ABOUT = {
    Name.PARTICIPATION: "Of those who were asked and not away, how many answered at least one check-in.",
    Name.COMPLETION: "Of the check-ins each of them was asked for, the share they answered, on average.",
    Name.REVIEWS: "Days from evidence sent to a verdict, weekends included: the middle, and the middle half.",
    Name.READINGS: "Days from a check-in given to read by the manager: the middle, and the middle half.",
    Name.REQUESTS: "Days from asking for a mentor to having one: the middle, and the middle half.",
    Name.READINESS: "The share of their next level's milestones that people have met, on average. Never a promise.",
    Name.COVERAGE: "The share of members who have a mentor or are one.",
    Name.THANKED: "Of the members, the share whom somebody thanked where all can read it. It should reach every track.",
    Name.ASSESSED: "Of the members, the share who said in the last year how they see their own work. Nobody has to.",
    Name.CHANCES: "Of the members, the share who got a place in one or planned one. They should reach every track.",
    Name.NO_CHANCE: "Milestones of which five or more say that their team gives them no chance to show them.",
    Name.WANTS: "How many said so in their direction, to grow or to deepen: each is as good an answer as the others.",
    Name.LEFT: "Of those who were here when the month began, the share who left the company, beside everybody.",
    Name.PROMOTED: "Of those who were on a track when the month began, the share who stand higher on it now.",
    Name.MOVED: "How many went from one track to another: every track is a way to grow.",
}
QUIET = "*Milestones nobody shows*: five or more could have sent evidence for them in the last year, and nobody did."
SENT_BACK = "*Often sent back*: at least half of the verdicts of the last year asked for more or declined."
NOTE = (
    f"Groups of fewer than {LEAST} are not shown, nor what would tell them; shares are rounded to 5 %, counts of "
    "people down to fives. Nobody who was away is counted."
)


def called(window: Window) -> str:
    """ "October 2026", or the first and the last day of what is no month."""
    if window == month_of(window.from_on):
        return f"{MONTHS[window.from_on.month - 1].capitalize()} {window.from_on.year}"
    return f"{window.from_on.isoformat()} to {window.last.isoformat()}"


def share(value: float | None) -> str:
    return NONE if value is None else f"{value:.0%}"


def days(value: float | None) -> str:
    return NONE if value is None else f"{value:g} {'day' if value == 1 else 'days'}"


def people(least: int) -> str:
    """At least so many, and up to four more."""
    return f"{least:,}–{least + 4:,}" if least else f"under {LEAST}"


def hidden(shown: Month) -> str:
    groups = plural(shown.hidden, "group is", "groups are")
    return (
        f"{groups} not shown: fewer than {LEAST} people, all but one alike, or changed by so few that the difference "
        "would be theirs."
    )


def page(shown: Month, *, tracks: Named, milestones: Named, beside: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """`beside`: where program feedback is read, whose figures are told as they were written and are none of these."""
    of = f" for {escape(scopes.said(shown.scope))}" if shown.scope else ""
    blocks = [parts.section(f"*{called(shown.window)}*{of}", id="month")]
    for name in Name:
        blocks += _figure(name, shown.figure(name), tracks=milestones if name is Name.NO_CHANCE else tracks)
    blocks += _ladder(shown, milestones)
    blocks += beside
    left_out = [hidden(shown)] if shown.hidden else []
    blocks.append(parts.context(*left_out, NOTE, id="note"))
    return dict(surface.guard(parts.modal("All figures", blocks, id=PAGE), "modal"))


def _figure(name: Name, figure: Figure, *, tracks: Named) -> Iterator[dict[str, Any]]:
    """Nothing for a figure of which nothing can be shown: the note at the end counts it."""
    header, rows = header_of(name), [_row(name, row, tracks) for row in figure.rows]
    for start in range(0, len(rows), charts.ROWS_AT_ONCE):
        said = f"*{TITLES[name]}*: {ABOUT[name]}\n" if start == 0 else ""
        table = charts.as_text(header, rows[start : start + charts.ROWS_AT_ONCE])
        yield parts.section(f"{said}{table}", id=f"{name.name.lower()}-{start}")


def header_of(name: Name) -> tuple[str, ...]:
    if name in COUNTS:
        return ("", "people")
    return ("", "people", "middle", "middle half", "before") if name in DAYS else ("", "people", "now", "before")


def _row(name: Name, row: Shown, named: Named) -> tuple[str, ...]:
    group = group_of(name, row, named)
    if name in COUNTS:
        return (group, people(row.people))
    if name in DAYS:
        low, high = row.spread or (0, 0)
        return (group, people(row.people), days(row.now), f"{low:g}–{high:g}", days(row.before))
    return (group, people(row.people), share(row.now), share(row.before))


def group_of(name: Name, row: Shown, named: Named) -> str:
    if not row.path:
        return EVERYBODY
    if name is Name.MOVED:
        return BETWEEN.join(named(key) for key in row.path[0].split(BETWEEN))
    return ", ".join([named(row.path[0]), *(f"band {band}" if band else "no band" for band in row.path[1:])])


def _ladder(shown: Month, milestones: Named) -> Iterator[dict[str, Any]]:
    for about, keys, name in ((QUIET, shown.quiet, "quiet"), (SENT_BACK, shown.sent_back, "sent-back")):
        if keys:
            named = [f"_{escape(milestones(key))}_" for key in keys[:MOST_NAMED]]
            others = len(keys) - len(named)
            more = [plural(others, "other", "others")] if others else []
            yield parts.section(f"{about}\n{listing([*named, *more])}.", id=name)


# For a spreadsheet

HEADER = (
    "from", "until", "part", "figure", "group", "band", "people at least", "people at most", "value",
    "the month before", "middle half from", "middle half to", "unit",
)  # fmt: skip
BLANK = ("",) * 8  # of what is said of a milestone by its name alone


def table(months: Sequence[Month], *, tracks: Named, milestones: Named) -> bytes:
    """A file with every figure that was shown of these months, a line for each group."""
    return csv_cells.write((line for month in months for line in _lines(month, tracks, milestones)), HEADER)


def _lines(month: Month, tracks: Named, milestones: Named) -> Iterator[Sequence[object]]:
    when = (month.window.from_on.isoformat(), month.window.last.isoformat(), scopes.said(month.scope))
    for name in Name:
        named = milestones if name is Name.NO_CHANCE else tracks
        unit = "people" if name in COUNTS else "days" if name in DAYS else "share"
        for row in month.figure(name).rows:
            group = group_of(name, Shown(row.path[:1], row.people), named)
            low, high = row.spread or (None, None)
            band = row.path[1] if len(row.path) > 1 else ""
            yield (
                *when, TITLES[name], group, band, row.people, row.people + 4, row.now, row.before, low, high, unit
            )  # fmt: skip
    for title, keys in (("Milestones nobody shows", month.quiet), ("Often sent back", month.sent_back)):
        for key in keys:
            yield (*when, title, milestones(key), *BLANK)
