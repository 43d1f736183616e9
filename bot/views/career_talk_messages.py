"""What the two of a career talk hear: that one is proposed, its day, its brief, and afterwards one question."""

from datetime import date
from typing import Any

from bot.rules.career_talks import Own
from bot.rules.less import Topic
from bot.views import career_talks as views
from bot.views import less, parts
from bot.views.words import escape

TWICE_A_YEAR = (
    "You get this because your last career talk, or your start here, was half a year ago. It is an offer: no test, and "
    "no decision is made in it."
)


def proposed(own: Own) -> dict[str, Any]:
    """By the other one, or by the program."""
    name, value = escape(own.other.name), own.talk.id.hex
    if own.talk.proposed_by is None:
        said = f"It is time for a career talk with {name}, if you like: where you want to go, and what helps."
        why = TWICE_A_YEAR
    else:
        said = f"{name} would like to have a career talk with you: about the way ahead, and what helps."
        why = f"You get this because {name} proposed it. It is no test, and no decision is made in it."
    buttons = (
        parts.button("Choose a day", id=views.CHOOSE_DAY, value=value, style="primary"),
        parts.button("Not now", id=views.CALL_OFF, value=value),
    )
    return _asking(said, buttons, why)


def planned(own: Own, *, today: date) -> dict[str, Any]:
    """The day is set, or moved, by the other one."""
    name, value = escape(own.other.name), own.talk.id.hex
    verb = "moved your career talk" if own.talk.moves > 1 else "chose a day for your career talk"
    said = f"{name} {verb}. {views.stands(own, today)}"
    first = "Look at the brief" if own.is_member else "Open"
    opener = views.READ_BRIEF if own.is_member else views.OPEN
    buttons = (
        parts.button(first, id=opener, value=value), parts.button("Move it", id=views.CHOOSE_DAY, value=value)
    )  # fmt: skip
    why = "You get this because it is your talk, too. Either of you may move it."
    return _answering(said, buttons, why)


def off(own: Own) -> dict[str, Any]:
    said = f"The career talk with {escape(own.other.name)} does not take place for now."
    buttons = (parts.button("Career talks", id=views.OPEN_LIST),)
    return _answering(said, buttons, "You get this because a talk was proposed. Either of you can propose another one.")


def brief(own: Own, *, today: date) -> dict[str, Any]:
    """What is in it stays behind the button."""
    name, value = escape(own.other.name), own.talk.id.hex
    said = f"The brief for your career talk with {name} is here. {views.stands(own, today)}"
    why = "You get this because the talk is near. Both of you see the same page."
    if own.is_member:
        why += " What you would rather leave out of it, you can."
    buttons = (
        parts.button("Read the brief", id=views.READ_BRIEF, value=value, style="primary"),
        parts.button("Move it", id=views.CHOOSE_DAY, value=value),
    )
    return _answering(said, buttons, why)


def talked(own: Own) -> dict[str, Any]:
    name, value = escape(own.other.name), own.talk.id.hex
    buttons = (
        parts.button("We talked: notes", id=views.NOTE, value=value, style="primary"),
        parts.button("Move it", id=views.CHOOSE_DAY, value=value),
    )
    why = "You get this once, on the morning after the day that the two of you chose."
    return _asking(f"Did you and {name} have your career talk?", buttons, why)


def line(own: Own, number: int) -> dict[str, Any]:
    """One that waits for a day, or for whether it took place, in the morning's list."""
    name = escape(own.other.name)
    said = f"Did you and {name} have your career talk?" if own.talk.on else f"A career talk with {name}, if you like"
    says = f"Open the career talk with {own.other.name}"
    return parts.section(
        said,
        id=f"career-talk-{number}",
        accessory=parts.button("Open", id=views.OPEN, value=own.talk.id.hex, says=says),
    )


def noted(own: Own) -> dict[str, Any]:
    """That there are notes, not what they say."""
    said = f"{escape(own.other.name)} has noted your career talk. You can read it, and add to it."
    buttons = (parts.button("Open", id=views.OPEN, value=own.talk.id.hex),)
    return _answering(said, buttons, "You get this once, because it was your talk, too. Only the two of you read it.")


def _asking(said: str, buttons: tuple[dict[str, Any], ...], why: str) -> dict[str, Any]:
    blocks = [
        parts.section(said, id="said"),
        parts.actions(*buttons, id="next"),
        parts.context(why, id="why"),
        less.row(Topic.REMINDERS),
    ]
    return parts.message(said, blocks)


def _answering(said: str, buttons: tuple[dict[str, Any], ...], why: str) -> dict[str, Any]:
    blocks = [parts.section(said, id="said"), parts.actions(*buttons, id="next"), parts.context(why, id="why")]
    return parts.message(said, blocks)
