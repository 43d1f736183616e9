"""A file of opportunities: what is wrong in it, or what it would add and change."""

from collections.abc import Sequence
from typing import Any

from bot.rules.csv_lines import Finding
from bot.rules.opportunities import Offered
from bot.rules.opportunities_file import Changed, summary
from bot.rules.setting_up import CHANCES, Seen
from bot.views import parts
from bot.views import setting_up_files as files
from bot.views.words import escape

DROP = "chances.drop"
WHO_TOOK = "How many are taken on each track stands in *All figures* of a month."


def home_row(offered: Offered) -> list[dict[str, Any]]:
    """For owners: whether the catalogue has something for every track, and the way to fill it at once."""
    said = "*Chances to grow*\nAnybody offers one with `/ladder chances`. A file brings many at once."
    if offered.open:
        said += f"\nOpen now: {offered.open}. {WHO_TOOK}"
        said += "".join(f"\n• for {escape(track)}: {count or 'none'}" for track, count in offered.by_track)
    return [parts.section(said, id="chances", accessory=parts.button("New file of chances", id=DROP))]


def look(findings: Sequence[Finding], diff: Sequence[Changed], seen: Seen) -> dict[str, Any]:
    if findings:
        return files.wrong(CHANCES, [str(finding) for finding in findings])
    if not diff:
        return files.page(CHANCES, "Nothing changes: all of this is in the catalogue already.")
    lines = [parts.section(f"*{summary(diff)}*", id="summary"), *files.listed([_line(one) for one in diff])]
    return files.apply(CHANCES, lines, seen)


def _line(one: Changed) -> str:
    changes = [f"{change.what} {files.step(change.before, change.after)}" for change in one.changes]
    new = f" (new {one.offer.kind})" if one.is_new else ""
    return f"line {one.line}: *{escape(one.called)}*{new} {', '.join(changes)}".rstrip()


def applied(what: str) -> dict[str, Any]:
    return files.page(CHANCES, f"*Done.* {escape(what)}")
