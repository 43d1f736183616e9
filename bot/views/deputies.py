"""Deputies: naming one, what they hear, and what they get in a manager's place."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.rules.deputies import InPlace, Named, Told
from bot.rules.weeks import HelpWanted, Week
from bot.views import forms, inputs, manager_weeks, parts
from bot.views.words import day, escape

FORM = "deputy.v1"
SAID = "deputy.said.v1"
OPEN = "deputy.open"
RATHER_NOT = "deputy.rather_not"
TITLE = "While you are away"
READS = (
    "While you are away, and only then, your deputy gets your week, reads the check-ins that come in from now on, and "
    "agrees to names for 360 rounds. Whoever writes or names sees that. When you are back it ends at once."
)


def row(deputy: str | None) -> dict[str, Any]:
    """The line under the team."""
    said = f"*{escape(deputy)}* reads for you while you are away." if deputy else "Nobody reads while you are away."
    label = "Change it" if deputy else "Name a deputy"
    return parts.section(said, id="deputy", accessory=parts.button(label, id=OPEN, says=f"{label}: your deputy"))


def modal(named: Named | None, chosen: Sequence[str]) -> dict[str, Any]:
    """`chosen`: the Slack id of the deputy of now, if there is one."""
    return parts.modal(
        TITLE,
        [
            parts.section(READS, id="reads"),
            inputs.people_select(
                "Who reads for you?", id="deputy", initial=chosen, at_most=1, is_optional=True,
                hint="They hear that you named them, and may say no. Leave it empty and things wait for you.",
            ),
            inputs.date_input(
                "Until when?", id="until", initial=named.until_on if named else None, is_optional=True,
                hint="Leave it empty if it holds whenever you are away.",
            ),
        ],
        id=FORM, submit="Keep",
    )  # fmt: skip


def read(view: Mapping[str, Any]) -> tuple[str, date | None]:
    """(the Slack id of the deputy, "" for nobody; the day it ends)."""
    typed = forms.answers(view)
    people, until = typed.get("deputy"), typed.get("until")
    return (people[0] if isinstance(people, list) and people else ""), (until if isinstance(until, date) else None)


def said(named: Named, today: date) -> str:
    until = f" until {day(named.until_on, today)}" if named.until_on else ""
    return (
        f"{escape(named.deputy)} reads for you{until}, while you are away and only then. "
        "Your people see that in their form."
    )


NOBODY = "Nobody reads for you. While you are away, things wait for you."


def kept(sentence: str) -> dict[str, Any]:
    return parts.modal(TITLE, [parts.section(sentence, id="said")], id=SAID)


def named(found: Told) -> Mapping[str, Any]:
    """What a deputy hears."""
    manager = escape(found.named.manager)
    said = f"*{manager}* named you as deputy: while {manager} is away, you read the new check-ins of their people."
    more = "You hear from me then, at your own hours; it ends when they are back. `/ladder read` opens what there is."
    button = parts.button("I would rather not", id=RATHER_NOT, value=found.named.id.hex)
    why = f"You get this once, because {manager} named you."
    blocks = [parts.section(f"{said} {more}", id="said"), parts.actions(button, id="no"), parts.context(why, id="why")]
    return parts.message(said, blocks)


def declined(found: Told) -> Mapping[str, Any]:
    """What the manager hears who had asked that person."""
    said = f"*{escape(found.named.deputy)}* cannot stand in for you. You can name somebody else, or let things wait."
    why = "You get this because you named a deputy."
    button = parts.button("Name a deputy", id=OPEN)
    blocks = [parts.section(said, id="said"), parts.actions(button, id="again"), parts.context(why, id="why")]
    return parts.message(said, blocks)


def rather_not(manager: str) -> dict[str, Any]:
    said = f"That is fine. I tell {escape(manager)} that they need somebody else."
    return parts.modal("Deputy", [parts.section(said, id="said")], id=SAID)


def week(found: InPlace) -> Mapping[str, Any]:
    """A manager's week, for whoever stands in."""
    assert isinstance(found.found, Week)  # noqa: S101  (its load gives no other)
    return manager_weeks.week(found.found, in_place_of=found.named.manager)


def help_wanted(found: InPlace) -> Mapping[str, Any]:
    """Help wanted from a manager, for whoever stands in."""
    assert isinstance(found.found, HelpWanted)  # noqa: S101
    return manager_weeks.help_wanted(found.found, in_place_of=found.named.manager)
