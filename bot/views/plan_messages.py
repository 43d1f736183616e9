"""What others hear of a growth plan, and its member of them: who and why, with the words behind a button."""

from datetime import date
from typing import Any

from bot.rules.plans import Asked, Comment, Protected
from bot.views import parts, plans
from bot.views.words import day, escape, plural

HELP = "plans.help"
NO_THANKS = "plans.no_thanks"
ASKED = "plans.asked.v1"


def help_asked(asked: Asked) -> dict[str, Any]:
    """To whoever was named as a helper, once."""
    member = escape(asked.member)
    said = f"*{member}* would like your help with something in their growth plan."
    why = f"You get this once, because {member} named you. There is nothing you have to do, and no thanks is fine."
    return _message(said, why, parts.button("See what it is", id=HELP, value=asked.action.id.hex))


def asked_page(asked: Asked, *, today: date) -> dict[str, Any]:
    """The one action, in its member's words."""
    one, value = asked.action, asked.action.id.hex
    return parts.modal(
        "Help with an action",
        [
            parts.section(f"*{escape(asked.member)}* · {one.kind} · by {day(one.due_on, today)}", id="who"),
            parts.context("What they want to do", id="title-label"),
            parts.words(one.title, id="title-words"),
            parts.context("What shows that it is done", id="shows-label"),
            parts.words(one.shows, id="shows-words"),
            parts.context("If you can help, tell them: they would like to hear from you.", id="next"),
            parts.actions(parts.button("No thanks, not this time", id=NO_THANKS, value=value), id="do"),
        ],
        id=ASKED,
    )


def declined() -> dict[str, Any]:
    said = "*That is fine.* Their plan says that you cannot this time, and nothing more. Nobody else sees it."
    return parts.modal("Help with an action", [parts.section(said, id="said")], id=ASKED)


def commented(one: Comment) -> dict[str, Any]:
    said = f"*{escape(one.manager)}* has read your growth plan and wrote you something."
    return _message(said, "You get this because it is your plan.", _open())


def protected(one: Protected) -> dict[str, Any]:
    hours = plural(one.hours, "hour", "hours")
    said = f"*{escape(one.manager)}* keeps {hours} a week free for your growth plan."
    why = "You get this because the time is yours. Your check-in asks whether it was there; every answer is fine."
    return _message(said, why, _open())


def _open() -> dict[str, Any]:
    return parts.button("Open my plan", id=plans.OPEN, style="primary")


def _message(said: str, why: str, button: dict[str, Any]) -> dict[str, Any]:
    blocks = [parts.section(said, id="said"), parts.actions(button, id="do"), parts.context(why, id="why")]
    return parts.message(said, blocks)
