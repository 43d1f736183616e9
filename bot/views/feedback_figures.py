"""The figures of a cycle of program feedback: charts and a table, or all of it as text; each says what it shows."""

from collections.abc import Mapping
from typing import Any

from bot.rules.feedback_digests import FOR_ALL, Digest, Figure, Group, moved
from bot.rules.program_feedback import ITEMS, Dimension
from bot.views import charts, parts
from bot.views.words import escape, listing

NAMES: Mapping[str, str] = {item: item.capitalize() for item in ITEMS}
HEADER = ("question", "people", "mean", "change", "4 or 5")
NOW, BEFORE = "now", "cycle before"
FEWEST_BARS = 2
WHY_WITHHELD = {"few": "too few chose an answer", "alike": "nearly all chose the same"}
GROUPED = {Dimension.TRACK: "track", Dimension.COUNTRY: "country"}
NO_GROUP = {Dimension.TRACK: "without a track", Dimension.COUNTRY: "without a country"}

MEANS = "The mean of what people chose, from 1 (not at all) to 5 (fully)."
AND_BEFORE = "Beside it stands the cycle before."
COLUMNS = "How many chose an answer, the mean, its change since the cycle before, and how many chose 4 or 5."
PARTLY = "Groups that are too small or of one opinion are left out, and so is what would tell them."
ROUNDED = "Numbers of people are bands, shares are rounded to 5 %. Nothing here is ever reckoned a second time."


def drawn(shown: Digest) -> list[dict[str, Any]]:
    """For a message: one native table and at most two charts."""
    table = [charts.table(HEADER, _rows(shown), id="table"), *_columns()] if shown.table.items else []
    return [_asked(), *_means(shown), *table, *_withheld(shown), *_chart_of_groups(shown), *_groups(shown), _note()]


def told(shown: Digest) -> list[dict[str, Any]]:
    """The same for a dialog, where Slack draws neither."""
    table = charts.as_text(HEADER, _rows(shown))
    said = [parts.section(table, id="table"), *_columns()] if shown.table.items else []
    return [_asked(), *said, *_withheld(shown), *_groups(shown), _note()]


def _means(shown: Digest) -> list[dict[str, Any]]:
    now = shown.table.items
    if len(now) < FEWEST_BARS:
        return []
    series, what = {NOW: [one.mean for one in now.values()]}, MEANS
    before = shown.before.items if shown.before else {}
    if before.keys() >= now.keys():  # where only some have one of the cycle before, the table tells
        series, what = {BEFORE: [before[item].mean for item in now], **series}, f"{MEANS} {AND_BEFORE}"
    drawn = charts.chart("Program feedback, from 1 to 5", "bar", [NAMES[item] for item in now], series, id="means")
    return [drawn, parts.context(what, id="means-said")]


def _asked() -> dict[str, Any]:
    return parts.context("\n".join(f"*{NAMES[item]}*: {said}" for item, said in ITEMS.items()), id="asked")


def _columns() -> list[dict[str, Any]]:
    return [parts.context(COLUMNS, id="table-said")]


def _rows(shown: Digest) -> list[tuple[str, ...]]:
    changes = moved(shown.table.items, shown.before.items) if shown.before else {}
    return [
        (NAMES[item], one.people, f"{one.mean:.1f}", change(changes.get(item)), f"{one.high} %")
        for item, one in shown.table.items.items()
    ]


def change(by: float | None) -> str:
    return "–" if by is None else f"{by:+.1f}" if by else "0.0"


def _withheld(shown: Digest) -> list[dict[str, Any]]:
    """One line for all that is not told."""
    why = [f"{NAMES[item]} ({WHY_WITHHELD[reason]})" for item, reason in shown.table.withheld.items()]
    return [parts.context(f"Not shown: {listing(why)}.", id="withheld")] if why else []


def _chart_of_groups(shown: Digest) -> list[dict[str, Any]]:
    """Choice and standing side by side, of the groups that have both."""
    both = {key: one.items for key, one in shown.table.groups.items() if one.items.keys() >= set(FOR_ALL)}
    if len(both) < FEWEST_BARS:
        return []
    series = {NAMES[item]: [items[item].mean for items in both.values()] for item in FOR_ALL}
    return [charts.chart(_by(shown), "bar", [_name(shown, key) for key in both], series, id="by-group")]


def _by(shown: Digest) -> str:
    return f"Choice and standing, by {GROUPED[Dimension(shown.table.dimension or Dimension.TRACK)]}"


def _name(shown: Digest, key: str) -> str:
    return shown.names.get(key, key) or NO_GROUP[Dimension(shown.table.dimension or Dimension.TRACK)]


def _groups(shown: Digest) -> list[dict[str, Any]]:
    if shown.table.dimension is None:
        return []
    by = GROUPED[Dimension(shown.table.dimension)]
    if not shown.table.groups:
        return [parts.context(f"By {by} nothing can be shown: the groups are too small.", id="groups")]
    lines = [_group(shown, key, one) for key, one in shown.table.groups.items()]
    left_out = f"\n_{PARTLY}_" if shown.table.is_partly_hidden else ""
    said = f"*By {by}*: the means of each group of five or more.\n"
    return [parts.section(said + "\n".join(lines) + left_out, id="groups")]


def _group(shown: Digest, key: str, group: Group) -> str:
    means = listing([f"{NAMES[item].lower()} {one.mean:.1f}" for item, one in group.items.items()])
    return f"• {escape(_name(shown, key))} ({group.people} people): {means}"


def _note() -> dict[str, Any]:
    return parts.context(ROUNDED, id="note")


def in_words(item: str, now: Figure, before: Figure | None) -> str:
    """One figure as a sentence, for everybody's Home."""
    since = f" (the cycle before: {before.mean:.1f})" if before else ""
    return f"• _{ITEMS[item]}_: {now.mean:.1f} of 5{since}, and about {now.high} % chose 4 or 5."
