"""A pair that has been quiet: three ways to go on, all of them fine."""

from typing import Any

from bot.rules.less import Topic
from bot.rules.mentorships import Side
from bot.views import less, mentorships, parts
from bot.views.mentor_sessions import PLAN
from bot.views.words import escape


def asked(side: Side) -> dict[str, Any]:
    """The same gentle choice goes to both, each in their own conversation."""
    name = escape(side.other.name)
    said = f"It has been quiet between you and *{name}* for a while. What would suit you now?"
    choice = "Plan a session, let it rest until a day, or let it end well: all three are fine, and none needs a reason."
    twice = "Leave and pauses do not count. I ask twice at most; silence is fine, too."
    why = f"You get this because you and {name} are mentor and mentee, and so does {name}. {twice}"
    blocks = [
        parts.section(f"{said}\n{choice}", id="said"),
        parts.actions(*_buttons(side), id="do"),
        parts.context(why, id="why"),
        less.row(Topic.SESSIONS),
    ]
    return parts.message(said, blocks)


def _buttons(side: Side) -> list[dict[str, Any]]:
    value = side.mentorship.id.hex
    return [
        parts.button("Plan a session", id=PLAN, value=value, style="primary"),
        parts.button("Pause, or end well", id=mentorships.OPEN_END, value=value),
    ]


def line(side: Side, number: int) -> list[dict[str, Any]]:
    """The same in the morning's list."""
    said = (
        f"It has been quiet between you and {escape(side.other.name)} for a while. Plan a session, rest, or end well?"
    )
    return [parts.section(said, id=f"quiet-{number}"), parts.actions(*_buttons(side), id=f"quiet-do-{number}")]
