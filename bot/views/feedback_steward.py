"""What stewards of program feedback hear: a cycle waits for its key, or a setting of its privacy is not what it was."""

from datetime import timedelta
from typing import Any

from bot.rules.program_feedback import Changed, Waiting
from bot.views import my_data, parts
from bot.views.words import day, escape

RELEASE = "ladderbot program-feedback release --key FILE"
WHY = "You get this as a steward of program feedback; the role ends when an owner takes it back."


def waiting(one: Waiting) -> dict[str, Any]:
    """On the day a cycle has closed, and twice more while nobody opens it."""
    today = one.cycle.closes + timedelta(days=one.days)
    said = "A cycle of program feedback has closed, and waits for your key."
    if one.days:
        said = f"A cycle of program feedback has been waiting for your key for {one.days} days."
    how = (
        f"Bring `{one.cycle.id}.key` to the server and run `{RELEASE}`. It is opened if at least {one.cycle.k} people "
        f"have answered; otherwise it stays sealed for another window. From {day(one.cycle.given_up, today)} on nobody "
        "waits any longer: what was sent is then destroyed unread."
    )
    return _told(said, how)


def changed(one: Changed) -> dict[str, Any]:
    """Who reads, from how many people on, by what it is broken down, who answers, who has the key."""
    what = escape(one.what.removeprefix("program feedback: "))
    said = f"A privacy setting of program feedback has changed: *{what}*."
    how = f"It was: {escape(one.before) or 'not set'}\nIt is: {escape(one.after) or 'not set'}\nA cycle that is open "
    return _told(said, f"{how}keeps its number of people and its breakdown. Ask the owners if this surprises you.")


def _told(said: str, more: str) -> dict[str, Any]:
    look = parts.button("See my roles", id=my_data.SEE, value="role_grant")
    blocks = [
        parts.section(f"{said}\n{more}", id="said"), parts.actions(look, id="do"), parts.context(WHY, id="why")
    ]  # fmt: skip
    return parts.message(said, blocks)
