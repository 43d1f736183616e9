"""Home: the one place to see and change everything one may, one part at a time."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from bot.rules.home import Home, Me, Part, Report
from bot.views import bundles, notices, parts, people, reading
from bot.views.check_ins import moment
from bot.views.words import day, escape, listing, plural

SHOW = {Part.ME: "home.me", Part.TEAM: "home.team"}
NAMES = {Part.ME: "Me", Part.TEAM: "My team"}
MOST_MILESTONES = 12
MOST_REPORTS = 40


def home(shown: Home, *, now: datetime, today: date) -> dict[str, Any]:
    body = _team(shown.team, today) if shown.part is Part.TEAM else _me(shown, now, today)
    return parts.home([*_tabs(shown), *body])


def _tabs(shown: Home) -> list[dict[str, Any]]:
    if not shown.has_team:
        return []
    buttons = [
        parts.button(NAMES[part], id=SHOW[part], style="primary" if part is shown.part else None) for part in Part
    ]
    return [parts.actions(*buttons, id="parts")]


def _me(shown: Home, now: datetime, today: date) -> list[dict[str, Any]]:
    me = shown.me
    if me is None or me.track is None or me.level is None:
        said = (
            "*Welcome!* You are not enrolled in the program yet. When a colleague asks you to review, it shows up here."
        )
        return [parts.section(said, id="welcome"), *_asks(me)]
    where = f"*{escape(shown.person.name)}*\n{escape(me.track.name)} · {escape(me.level.name)} ({me.level.key})"
    buttons = parts.actions(
        parts.button(
            "Change my check-in" if me.is_answered else "Check in", id=notices.OPEN_CHECK_IN,
            style=None if me.is_answered else "primary",
        ),
        parts.button("Save evidence", id=notices.NEW_EVIDENCE),
        parts.button("When to ask me", id=people.OPEN_WISHES),
        id="do",
    )  # fmt: skip
    return [
        parts.section(where, id="where"),
        parts.context(_next_prompt(me, shown.person.schedule.zone, now, today), id="next-prompt"),
        buttons,
        *_asks(me),
        *people.upward_blocks(me.upward),
        *(people.milestone_blocks(me.progress[:MOST_MILESTONES]) if me.progress else []),
    ]


def _next_prompt(me: Me, zone: str, now: datetime, today: date) -> str:
    if me.next_prompt_at is not None:
        when = moment(me.next_prompt_at, zone, now)
    else:
        when = day(me.next_round_on, today) if me.next_round_on else "when the next round begins"
    return f"{'This round is answered. ' if me.is_answered else ''}I ask next: {when}."


def _asks(me: Me | None) -> list[dict[str, Any]]:
    """What waits for this person."""
    line = parts.divider(id="asks-line")
    if me is None:
        return []
    is_open = me.level is not None and not me.is_answered
    if not (is_open or me.to_review or me.to_change):
        return [line, parts.section("*Nothing waits for you.* Enjoy the quiet.", id="asks")]
    mine = [parts.section("Your check-in of this round is open; one press or one sentence is enough.", id="open")]
    reviews = [bundles.review_line(one, number) for number, one in enumerate(me.to_review)]
    changes = [bundles.change_line(one, number) for number, one in enumerate(me.to_change)]
    return [line, parts.section("*Waiting for you*", id="asks"), *(mine if is_open else []), *reviews, *changes]


def _team(team: Sequence[Report], today: date) -> list[dict[str, Any]]:
    if not team:
        return [
            parts.section("*Nobody of your team is enrolled yet.* Whoever runs the program can do that.", id="empty")
        ]
    unread = sum(report.unread for report in team)
    read = parts.button("Read new check-ins", id=reading.OPEN, style="primary")
    said = f"*{plural(unread, 'answer', 'answers')} to read*" if unread else "*All read.* Nothing waits for you here."
    first = parts.section(said, id="unread", accessory=read) if unread else parts.section(said, id="unread")
    lines = [_report(report, number, today) for number, report in enumerate(team[:MOST_REPORTS])]
    more = len(team) - MOST_REPORTS
    rest = [parts.context(f"… and {more} more people.", id="more")] if more > 0 else []
    return [first, parts.divider(id="line"), *lines, *rest]


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
    return parts.section(f"*{escape(report.name)}* ({report.level})\n{said}", id=f"report-{number}")
