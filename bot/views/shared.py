"""What a mentee shares, for their mentor to read: check-ins as they were written, evidence by title."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.rules.check_ins import CheckIn
from bot.rules.evidence import Evidence
from bot.rules.people import Person
from bot.views import evidence, parts, surface
from bot.views.check_ins import LABELS
from bot.views.words import day, escape

PAGE = "shared.v1"


def check_ins(of: Person, given: Sequence[CheckIn], *, today: date) -> dict[str, Any]:
    who = f"{escape(of.name)} shares these with you, and can see that you looked. They end with the mentorship."
    blocks = [parts.context(who, id="who")]
    for number, one in enumerate(given):
        blocks.append(parts.section(f"*Round of {day(one.round_on, today)}*", id=f"round-{number}"))
        for name, label in LABELS.items():
            text = getattr(one.words, name)
            if text:
                blocks.append(parts.context(label, id=f"{name}-label-{number}"))
                blocks.append(parts.words(text, id=f"{name}-{number}"))
    if not given:
        blocks.append(parts.section("There is nothing to read yet.", id="empty"))
    return dict(surface.guard(parts.modal("Their check-ins", blocks, id=PAGE), "modal"))


def pieces(of: Person, sent: Sequence[Evidence]) -> dict[str, Any]:
    """By title and state; the words are behind the button."""
    who = f"{escape(of.name)} shares these with you, and can see what you open."
    blocks = [parts.context(who, id="who"), *(_piece(one, number) for number, one in enumerate(sent))]
    if not sent:
        blocks.append(parts.section("There is nothing to read yet.", id="empty"))
    return parts.modal("Their evidence", blocks, id=PAGE)


def _piece(one: Evidence, number: int) -> dict[str, Any]:
    title = escape(one.milestone.title)
    button = parts.button("Read it", id=evidence.OPEN, value=one.id.hex, says=f"Read it: {one.milestone.title}")
    return parts.section(f"*{title}* ({one.level.key})\n{one.state}", id=f"piece-{number}", accessory=button)
