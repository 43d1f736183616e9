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
    "manager if handed over": "as the manager it was handed over to",
    "deputy": "standing in for your manager",
    "mentor if shared": "as your mentor, since you share these",
    "reviewer": "as a reviewer you named",
    "council if attached": "as a council member, for your case",
    "owner": "as an owner of the program",
}
TITLES = {"messages": "Which messages you were sent, and when", "story": "Your story"}


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
