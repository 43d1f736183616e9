"""Messages about who is interested in an opportunity. None says what it is called; the button opens it."""

from typing import Any

from bot.rules.opportunities import Ask, Interest, Opportunity, Told
from bot.views import parts
from bot.views.opportunities import LOOK, OPEN
from bot.views.words import escape, plural

OTHERS = "See what else there is"


def asked(told: Told) -> dict[str, Any]:
    """To whoever offers it."""
    said = f"*{escape(told.ask.name)}* is interested in the {told.opportunity.offer.kind} you offer."
    more = "Say welcome, or that it is taken; both are fine. Nobody else sees who asked."
    why = "You get this because you offer it, and only you can answer."
    return _message(said, more, _look(told.opportunity), why)


def answered(told: Told) -> dict[str, Any]:
    """To who asked."""
    one = told.opportunity
    why = "You get this once, because you were interested in it."
    if told.ask.state is Interest.ACCEPTED:
        said = f"*Welcome!* {escape(one.by_name)} has a place for you in the {one.offer.kind} you asked about."
        more = "Take it into your plan from there, if you like. If plans change, step back any time."
        return _message(said, more, _look(one), why)
    said = f"{escape(one.by_name)} thanks you for your interest: the place in the {one.offer.kind} is taken this time."
    more = "It says nothing about you or your work."
    return _message(said, more, parts.button(OTHERS, id=OPEN), why)


def for_manager(told: Told) -> dict[str, Any]:
    """To the manager of who takes part, since it needs working time."""
    one = told.opportunity
    hours = f", about {plural(one.offer.hours, 'hour', 'hours')} a week" if one.offer.hours else ""
    said = f"*{escape(told.ask.name)}* takes part in a {one.offer.kind} that {escape(one.by_name)} offers{hours}."
    more = "There is nothing to approve here. A word about the time it needs helps both of you."
    why = "You get this once, as the manager, because it needs working time."
    return _message(said, more, _look(one), why)


def stepped_back(told: Told) -> dict[str, Any]:
    """To whoever offers it, where a place is free again."""
    said = f"*{escape(told.ask.name)}* had to step back from the {told.opportunity.offer.kind} you offer."
    more = "Their place is free again. Plans change, and it needs no reason."
    return _message(said, more, _look(told.opportunity), "You get this once, because you offer it.")


def gone(told: Told) -> dict[str, Any]:
    """To who asked for what is withdrawn."""
    one = told.opportunity
    said = f"The {one.offer.kind} of {escape(one.by_name)} that you asked about is not offered any more."
    why = "You get this once, because you were interested in it."
    return _message(said, "There is nothing to do for you.", parts.button(OTHERS, id=OPEN), why)


def withdrawn(one: Opportunity) -> dict[str, Any]:
    """To whoever offered it."""
    said = f"An owner of the program has taken the {one.offer.kind} you offered out of the catalogue, and says why."
    why = "You get this once, because you offered it."
    more = "You can offer it again, changed."
    return _message(said, more, _look(one, "Read why"), why)


def ask_line(one: Ask, number: int) -> dict[str, Any]:
    """In the morning's list of whoever offers it."""
    said = f"{escape(one.name)} is interested in a chance you offer."
    button = parts.button("Look", id=LOOK, value=one.opportunity_id.hex, says=f"Look at what {one.name} asks for")
    return parts.section(said, id=f"interest-{number}", accessory=button)


def _look(one: Opportunity, label: str = "Look at it") -> dict[str, Any]:
    return parts.button(label, id=LOOK, value=one.id.hex, style="primary")


def _message(said: str, more: str, button: dict[str, Any], why: str) -> dict[str, Any]:
    blocks = [parts.section(f"{said}\n{more}", id="said"), parts.actions(button, id="do"), parts.context(why, id="why")]
    return parts.message(said, blocks)
