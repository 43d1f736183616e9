"""The team part of Home: what waits for a manager, person by person, and who reads while they are away."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from bot.rules.features import ALL
from bot.rules.home import Home, Report
from bot.views import deputies, forms, inputs, parts, reading
from bot.views.inputs import Option
from bot.views.words import day, escape, listing, plural

REPORT = "home.report"
MOST_REPORTS = 40


def blocks(shown: Home, *, today: date, features: Collection[str] = ALL) -> list[dict[str, Any]]:
    team = shown.team
    mine = [one for one in team if one.manager is None]
    named = [deputies.row(shown.deputy)] if mine and "check_ins" in features else []
    if not team:
        empty = "*Nobody of your team is enrolled yet.* Whoever runs the program can do that."
        return [parts.section(empty, id="empty")]
    unread = sum(report.unread for report in team)
    read = parts.button("Read new check-ins", id=reading.OPEN, style="primary")
    said = f"*{plural(unread, 'answer', 'answers')} to read*" if unread else "*All read.* Nothing waits for you here."
    first = parts.section(said, id="unread", accessory=read) if unread else parts.section(said, id="unread")
    more = len(team) - MOST_REPORTS
    rest = [parts.context(f"… and {more} more people.", id="more")] if more > 0 else []
    return [first, parts.divider(id="line"), *_lines(team[:MOST_REPORTS], today), *rest, *named]


def _lines(team: Sequence[Report], today: date) -> list[dict[str, Any]]:
    """Each person; before those of somebody else, for whom one reads."""
    lines: list[dict[str, Any]] = []
    before: str | None = None
    for number, report in enumerate(team):
        if report.manager and report.manager != before:
            away = f"*While {escape(report.manager)} is away*: their people. It ends when they are back."
            lines.append(parts.section(away, id=f"manager-{number}"))
        before = report.manager
        lines.append(_report(report, number, today))
    return lines


def _report(report: Report, number: int, today: date) -> dict[str, Any]:
    waits = []
    if report.unread:
        waits.append(f"{plural(report.unread, 'answer', 'answers')} to read")
    if report.waiting and report.waiting_since:
        since = day(report.waiting_since.date(), today)
        waits.append(f"{plural(report.waiting, 'piece', 'pieces')} of evidence in review, the first since {since}")
    if report.is_away:
        waits.append("away")
    said = listing(waits) or "nothing waits"
    if report.wishes:
        said += f"\nWould like a chance to show: {escape(listing(report.wishes))}"
    menu = None if report.manager else _menu(report)
    return parts.section(f"*{escape(report.name)}* ({report.level})\n{said}", id=f"report-{number}", accessory=menu)


def _menu(report: Report) -> dict[str, Any]:
    label = "Away until another day" if report.is_away else "Set away"
    return inputs.overflow([Option(report.id.hex, label)], id=REPORT)


def reported(action: Mapping[str, Any]) -> UUID | None:
    """Whose line it was."""
    chosen = action.get("selected_option")
    return forms.thing(chosen.get("value")) if isinstance(chosen, Mapping) else None
