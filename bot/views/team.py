"""The team, in Home or behind a button: what waits for a manager, person by person, and who reads in their place."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from bot.rules import team as rules
from bot.rules.features import ALL
from bot.rules.home import Home
from bot.rules.team import Order, Report
from bot.views import career_talks, deputies, directions, inputs, mirrors, parts, plans, reading
from bot.views.inputs import Option
from bot.views.words import day, escape, listing, plural

SHOWN = "team.v1"
REPORT = "home.report"
AWAY, PLAN, ROUND = "away", "plan", "round"  # what a manager can do from somebody's line
SORT = "team.sort"
BACK, NEXT = "team.back", "team.next"
ORDERS = (
    Option(Order.WAITS, "What waits first"),
    Option(Order.NAME, "By name"),
    Option(Order.LEVEL, "By track and level"),
)


def modal(shown: Home, *, today: date, features: Collection[str] = ALL) -> dict[str, Any]:
    """The same as in Home, behind a button of a message."""
    return parts.modal("My team", blocks(shown, today=today, features=features), id=SHOWN)


def blocks(shown: Home, *, today: date, features: Collection[str] = ALL) -> list[dict[str, Any]]:
    team = rules.in_order(shown.team, shown.order)
    mine = [one for one in team if one.manager is None]
    if not team:
        empty = "*Nobody of your team is enrolled yet.* Whoever runs the program can do that."
        return [parts.section(empty, id="empty")]
    unread = sum(report.unread for report in team)
    read = parts.button("Read new check-ins", id=reading.OPEN, style="primary")
    said = f"*{plural(unread, 'answer', 'answers')} to read*" if unread else "*All read.* Nothing waits for you here."
    first = parts.section(said, id="unread", accessory=read) if unread else parts.section(said, id="unread")
    order = parts.actions(inputs.choice(ORDERS, id=SORT, initial=shown.order), id="order")
    return [
        first,
        *([order] if len(team) > 1 else []),
        parts.divider(id="line"),
        *_lines(rules.on_page(team, shown.page), today, features),
        *_turn(shown.order, shown.page, rules.pages(team)),
        *(_of_manager(shown) if mine and "check_ins" in features else []),
        *([directions.team_row(), career_talks.team_row()] if mine and "growth" in features else []),
    ]


def _of_manager(shown: Home) -> list[dict[str, Any]]:
    """For whoever has people of their own: who reads while they are away, and a look at themselves."""
    return [parts.divider(id="own"), deputies.row(shown.deputy), mirrors.row()]


def _lines(team: Sequence[Report], today: date, features: Collection[str]) -> list[dict[str, Any]]:
    """Each person; before those of somebody else, for whom one reads."""
    lines: list[dict[str, Any]] = []
    before: str | None = None
    for number, report in enumerate(team):
        if report.manager and report.manager != before:
            away = f"*While {escape(report.manager)} is away*: their people. It ends when they are back."
            lines.append(parts.section(away, id=f"manager-{number}"))
        before = report.manager
        lines.append(_report(report, number, today, features))
    return lines


def _report(report: Report, number: int, today: date, features: Collection[str]) -> dict[str, Any]:
    said = f"*{escape(report.name)}* · {escape(report.track)} · {report.level}\n{_waits(report, today)}"
    if report.wishes:
        said += f"\nWould like a chance to show: {escape(listing(report.wishes))}"
    if report.mentors:
        said += f"\nMentored by {escape(listing(report.mentors))}"
    if report.has_career_talk and "growth" in features:
        said += f"\n{career_talks.in_team(report.career_talk_on, today)}"
    if report.protected and "growth" in features:
        said += f"\n{plans.kept_free(report.protected, today)}"
    menu = None if report.manager else _menu(report, features)
    return parts.section(said, id=f"report-{number}", accessory=menu)


def _waits(report: Report, today: date) -> str:
    """What waits, then when they last checked in: silence is as fine as an answer."""
    waits = []
    if report.unread:
        waits.append(f"{plural(report.unread, 'answer', 'answers')} to read")
    if report.waiting and report.waiting_since:
        since = day(report.waiting_since.date(), today)
        waits.append(f"{plural(report.waiting, 'piece', 'pieces')} of evidence in review, the first since {since}")
    if report.is_talk_due:
        waits.append("a talk is due")
    said = [*(waits or ["nothing waits"]), *(["away"] if report.is_away else [])]
    said.append(f"last check-in {day(report.last_on, today)}" if report.last_on else "no check-in so far")
    return " · ".join(said)


def _menu(report: Report, features: Collection[str]) -> dict[str, Any]:
    label = "Away until another day" if report.is_away else "Set away"
    choices = [("people", AWAY, label), ("growth", PLAN, "Growth plan"), ("feedback", ROUND, "Suggest a round")]
    options = [Option(f"{what}:{report.id.hex}", name) for feature, what, name in choices if feature in features]
    return inputs.overflow(options, id=REPORT)


def _turn(order: Order, page: int, pages: int) -> list[dict[str, Any]]:
    """Where one is in a large team, and the way to the pages beside it."""
    if pages == 1:
        return []
    page = min(page, pages - 1)
    buttons = []
    if page > 0:
        buttons.append(parts.button("Back", id=BACK, value=_place(order, page - 1), says="The people before"))
    if page + 1 < pages:
        buttons.append(parts.button("Next", id=NEXT, value=_place(order, page + 1), says="More people"))
    return [parts.context(f"Page {page + 1} of {pages}", id="page"), parts.actions(*buttons, id="turn")]


def _place(order: Order, page: int) -> str:
    return f"{order}:{page}"


def place(action: Mapping[str, Any]) -> tuple[Order, int]:
    """(in which order, on which page) somebody wants to look, by what they pressed or chose."""
    chosen = action.get("selected_option")
    value = str(chosen.get("value") if isinstance(chosen, Mapping) else action.get("value"))
    name, _, page = value.partition(":")
    order = Order(name) if name in set(Order) else Order.WAITS
    return order, int(page) if page.isdecimal() and len(page) < 5 else 0
