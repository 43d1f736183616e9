"""Home: the one place to see and change everything one may, one part at a time."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from bot.rules.features import ALL
from bot.rules.home import Home, Me, Part, Report
from bot.rules.readiness import Progress
from bot.views import bundles, inputs, my_data, notices, parts, people, reading, setting_up
from bot.views.check_ins import moment
from bot.views.inputs import Option
from bot.views.words import day, escape, listing, plural

SAY = "home.milestone"
FOCUS, UNFOCUS, NO_CHANCE, CHANCE = "focus", "unfocus", "no-chance", "chance"
SHOW = {Part.ME: "home.me", Part.TEAM: "home.team"}
NAMES = {Part.ME: "Me", Part.TEAM: "My team"}
MOST_MILESTONES = 12
MOST_REPORTS = 40


def home(shown: Home, *, now: datetime, today: date, features: Collection[str] = ALL) -> dict[str, Any]:
    """`features`: those that are on; nothing of the others is offered."""
    body = _team(shown.team, today) if shown.part is Part.TEAM else _me(shown, now, today, features)
    owner = setting_up.blocks(shown.setting_up) if shown.setting_up else []
    return parts.home([*_tabs(shown), *owner, *body])


def _tabs(shown: Home) -> list[dict[str, Any]]:
    if not shown.has_team:
        return []
    buttons = [
        parts.button(NAMES[part], id=SHOW[part], style="primary" if part is shown.part else None) for part in Part
    ]
    return [parts.actions(*buttons, id="parts")]


def _me(shown: Home, now: datetime, today: date, features: Collection[str]) -> list[dict[str, Any]]:
    me = shown.me
    if me is None or me.track is None or me.level is None:
        said = (
            "*Welcome!* You are not enrolled in the program yet. When a colleague asks you to review, it shows up here."
        )
        mine = parts.actions(parts.button("My data", id=my_data.OPEN), id="do")
        return [parts.section(said, id="welcome"), mine, *_asks(me, features)]
    where = f"*{escape(shown.person.name)}*\n{escape(me.track.name)} · {escape(me.level.name)} ({me.level.key})"
    asked = [parts.context(_next_prompt(me, shown.person.schedule.zone, now, today), id="next-prompt")]
    return [
        parts.section(where, id="where"),
        *(asked if "check_ins" in features else []),
        parts.actions(*_buttons(me, features), id="do"),
        *_asks(me, features),
        *people.upward_blocks(me.upward),
        *(_milestones(me) if me.progress else []),
    ]


def _buttons(me: Me, features: Collection[str]) -> list[dict[str, Any]]:
    buttons = [
        ("check_ins", parts.button(
            "Change my check-in" if me.is_answered else "Check in", id=notices.OPEN_CHECK_IN,
            style=None if me.is_answered else "primary",
        )),
        ("evidence", parts.button("Save evidence", id=notices.NEW_EVIDENCE)),
        ("people", parts.button("When to ask me", id=people.OPEN_WISHES)),
        ("people", parts.button("My data", id=my_data.OPEN)),
    ]  # fmt: skip
    return [button for feature, button in buttons if feature in features]


def _milestones(me: Me) -> list[dict[str, Any]]:
    """Each milestone with what can be said about it."""
    shown = enumerate(me.progress[:MOST_MILESTONES])
    lines = [parts.section(_milestone(me, one), id=f"milestone-{n}", accessory=_menu(me, one)) for n, one in shown]
    return [*lines, people.no_promise()]


def _milestone(me: Me, one: Progress) -> str:
    line = people.milestone_line(one)
    if one.milestone.key in me.focus:
        line += "\nIn your focus: your check-in asks about it."
    if one.milestone.key in me.no_chance:
        line += "\nYour team gives you no chance to show this: your manager sees it as a wish for work."
    return line


def _menu(me: Me, one: Progress) -> dict[str, Any]:
    key = one.milestone.key
    focus, closed = key in me.focus, key in me.no_chance
    return inputs.overflow(
        [
            Option(f"{UNFOCUS}:{key}", "Take it out of my focus") if focus else Option(f"{FOCUS}:{key}", "My focus"),
            Option(f"{CHANCE}:{key}", "There is a chance now")
            if closed
            else Option(f"{NO_CHANCE}:{key}", "My team gives me no chance to show this"),
        ],
        id=SAY,
    )


def said(value: str) -> tuple[str, str]:
    """(what was said, the key of the milestone) of a choice in its menu."""
    what, _, key = value.partition(":")
    return what, key


def _next_prompt(me: Me, zone: str, now: datetime, today: date) -> str:
    if not me.is_asked:
        return "You have switched prompts off; you can check in whenever you like. `/ladder less` switches them on."
    if me.next_prompt_at is not None:
        when = moment(me.next_prompt_at, zone, now)
    else:
        when = day(me.next_round_on, today) if me.next_round_on else "when the next round begins"
    return f"{'This round is answered. ' if me.is_answered else ''}I ask next: {when}."


def _asks(me: Me | None, features: Collection[str]) -> list[dict[str, Any]]:
    """What waits for this person."""
    line = parts.divider(id="asks-line")
    if me is None:
        return []
    is_open = "check_ins" in features and me.level is not None and not me.is_answered
    shows_evidence = "evidence" in features and bool(me.to_review or me.to_change)
    if not (is_open or shows_evidence):
        return [line, parts.section("*Nothing waits for you.* Enjoy the quiet.", id="asks")]
    mine = [parts.section("Your check-in of this round is open; one press or one sentence is enough.", id="open")]
    reviews = [bundles.review_line(one, number) for number, one in enumerate(me.to_review)]
    changes = [bundles.change_line(one, number) for number, one in enumerate(me.to_change)]
    pieces = [*reviews, *changes] if shows_evidence else []
    return [line, parts.section("*Waiting for you*", id="asks"), *(mine if is_open else []), *pieces]


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
    if report.wishes:
        said += f"\nWould like a chance to show: {escape(listing(report.wishes))}"
    return parts.section(f"*{escape(report.name)}* ({report.level})\n{said}", id=f"report-{number}")
