"""Credit for mentors: what may be counted, and the form of evidence filled with it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from bot.rules import mentor_credit as rules
from bot.rules.framework import Framework, Level
from bot.rules.mentor_credit import Credit
from bot.rules.people import Person
from bot.views import evidence, forms, parts
from bot.views.evidence import Filled
from bot.views.words import escape, plural

FORM = "mentor_credit.v1"
USE = "mentor_credit.use"
MOST_LINES = 5
NAMED = "Your mentee saw the work and stands there as a reviewer. Take them out if you would rather ask somebody else."
UNNAMED = "Name somebody who saw the work. Ask your mentee first, if you would like to name them: reviewers are seen."


def lines(found: Sequence[Credit]) -> list[dict[str, Any]]:
    """For a mentor: what both confirmed, where the mentee agrees that it counts."""
    return [_line(credit, number) for number, credit in enumerate(found[:MOST_LINES])]


def _line(credit: Credit, number: int) -> dict[str, Any]:
    many = plural(credit.sessions, "session", "sessions")
    said = f"*{many} confirmed* with {escape(credit.mentee.name)}, not counted yet"
    says = f"Use as evidence: sessions with {credit.mentee.name}"
    button = parts.button("Use as evidence", id=USE, value=credit.mentorship_id.hex, says=says)
    return parts.section(said, id=f"credit-{number}", accessory=button)


def modal(
    credit: Credit, mentor: Person, levels: Sequence[Level], framework: Framework, *, today: date
) -> dict[str, Any]:
    """The form of evidence, filled without the mentee's name; each session in it counts once."""
    best = rules.best_milestone(levels, framework)
    may_ask = credit.may_name and credit.mentee.slack_id
    filled = Filled(
        milestone=best.key if best else None,
        did=rules.did(credit, mentor),
        done_on=credit.last_on,
        amount=credit.sessions,
        reviewers=[credit.mentee.slack_id] if may_ask and credit.mentee.slack_id else [],
    )
    drawn = evidence.modal(levels, filled, today=today)
    note = parts.context(NAMED if filled.reviewers else UNNAMED, id="named")
    about = {"callback_id": FORM, "private_metadata": credit.mentorship_id.hex}
    return {**drawn, **about, "blocks": [*drawn["blocks"], note]}


def read(view: Mapping[str, Any]) -> tuple[UUID | None, dict[str, Any], list[str]]:
    """(the mentorship, the claim as typed, the Slack ids of the reviewers)."""
    return forms.thing(forms.about(view)), *evidence.read(view)
