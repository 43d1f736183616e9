"""Who looked: what somebody has of their own, and who opened it when."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from bot.rules.looks import Look
from bot.views import parts, surface
from bot.views.words import day, escape, plural

PAGE = "looks.v1"
OPEN = "looks.open"
MOST = 40  # things
MOST_LINES = 10  # of each
EMPTY = (
    "*Nobody has opened anything of yours.* When your manager, a mentor or a reviewer opens a check-in or evidence of "
    "yours, it stands here."
)
WHY = "Kept for 12 months. You alone see this, and you owe nobody a word about it."
BECAUSE = {
    "manager": "as your manager",
    "manager then": "as the manager it was given to",
    "manager after the person": "as your manager, after you had it first",
    "manager if shared": "as your manager, since you share it",
    "manager once rated": "as your manager, with their own view in",
    "manager if handed over": "as the manager it was handed over to",
    "deputy": "standing in for your manager",
    "mentor if shared": "as your mentor, since you share these",
    "manager then if chosen": "as your manager then, as whoever gave it chose",
    "reviewer": "as a reviewer you named",
    "council if attached": "as a council member, for your case",
    "owner": "as an owner of the program",
    "helper": "since you asked them to help",
    "offerer": "since they offer what you asked for",
}
TITLES = {
    "feedback": "Feedback you received",
    "growth plan": "Your growth plan",
    "career-talk notes": "Your career talk",
    "self-assessment": "Your self-assessment",
    "messages": "Which messages you were sent, and when",
    "direction": "What you want for now",
    "round": "Your round, and who is asked",
    "round report": "The report of your round",
    "story": "Your story",
    "interest in an opportunity": "That you are interested in a chance to grow",
}


def modal(looks: Sequence[Look], *, today: date) -> dict[str, Any]:
    """By thing, the one that was opened last first."""
    if not looks:
        return parts.modal("Who looked", [parts.section(EMPTY, id="empty"), parts.context(WHY, id="why")], id=PAGE)
    by_thing: dict[UUID, list[Look]] = {}
    for look in looks:  # the newest first
        by_thing.setdefault(look.about, []).append(look)
    shown = list(by_thing.values())[:MOST]
    blocks = [parts.section(_thing(opened, today), id=f"look-{number}") for number, opened in enumerate(shown)]
    drawn = parts.modal("Who looked", [parts.context(WHY, id="why"), *blocks], id=PAGE)
    return dict(surface.guard(drawn, "modal"))


def _thing(looks: Sequence[Look], today: date) -> str:
    lines = [_line(look, today) for look in looks[:MOST_LINES]]
    more = len(looks) - len(lines)
    rest = [f"… and {plural(more, 'time', 'times')} before that"] if more > 0 else []
    return "\n".join([f"*{_title(looks[0], today)}*", *lines, *rest])


def _line(look: Look, today: date) -> str:
    because = BECAUSE.get(look.because)
    return f"• {escape(look.viewer)} opened it {_when(look.on_date, today)}{f', {because}' if because else ''}"


def _when(on: date, today: date) -> str:
    said = day(on, today)
    return said if said in ("today", "yesterday", "tomorrow") else f"on {said}"


def _title(look: Look, today: date) -> str:
    if look.round_on is not None:
        return f"Your check-in of the round of {day(look.round_on, today)}"
    if look.milestone is not None:
        return f"Your evidence for {escape(look.milestone)}"
    return TITLES.get(look.thing, "Something of yours that is no longer kept")
