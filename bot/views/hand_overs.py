"""What authors hear when somebody they asked cannot read their evidence: who does now, or that they can choose."""

from collections.abc import Mapping
from typing import Any

from bot.rules.evidence import OPEN_FOR_REVIEW, Evidence, State
from bot.rules.hand_overs import HandedOn, Waits
from bot.views import evidence as views
from bot.views import parts
from bot.views.words import escape, listing

LEAVE_IT = "You can name somebody else, or leave it as it is: whoever you asked can still read it."


def handed_on(found: HandedOn) -> Mapping[str, Any]:
    """No blame: somebody is away or not here any more, and somebody else reads it."""
    evidence, review = found.evidence, found.review
    who, title = f"*{escape(review.reviewer)}*", f"_{escape(evidence.milestone.title)}_"
    because = f"{who} is away for a while" if review.is_here else f"{who} is no longer here"
    now = evidence.after(review)
    if now is not None:
        said = f"{because}, so *{escape(now.reviewer)}* now reads your evidence for {title}."
    elif evidence.state is State.IN_REVIEW:
        said = f"{because}. The others you asked still read your evidence for {title}; you can name one more."
    else:
        said = f"{because}, so your evidence for {title} is {views.STATES[evidence.state]}."
    return _message(said, evidence, is_urgent=now is None)


def waits(found: Waits) -> Mapping[str, Any]:
    """One line: somebody is away for long, or it has waited long; who has not answered is not named."""
    title = f"_{escape(found.evidence.milestone.title)}_"
    if found.absent:
        who = listing([f"*{escape(name)}*" for name in found.absent])
        said = (
            f"{who} {'is' if len(found.absent) == 1 else 'are'} away for a while, and your evidence for {title} waits."
        )
    else:
        said = f"Your evidence for {title} has waited for more than a week."
    return _message(f"{said} {LEAVE_IT}", found.evidence, is_urgent=False)


def _message(said: str, evidence: Evidence, *, is_urgent: bool) -> Mapping[str, Any]:
    value = evidence.id.hex
    name = parts.button("Name somebody else", id=views.EDIT, value=value, style="primary" if is_urgent else None)
    read = parts.button("Read it", id=views.OPEN, value=value)
    buttons = [name, read] if evidence.state in OPEN_FOR_REVIEW else [read]
    why = "You get this because you sent the evidence."
    blocks = [parts.section(said, id="said"), parts.actions(*buttons, id="next"), parts.context(why, id="why")]
    return parts.message(said, blocks)
