"""Evidence of others: the request to a reviewer, what they read, and their verdict."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from bot.rules.evidence import LONGEST, Evidence, Review, State, Verdict
from bot.rules.features import ALL
from bot.rules.less import Topic
from bot.views import forms, inputs, less, notices, parts
from bot.views.evidence import piece
from bot.views.inputs import Option
from bot.views.words import escape

REVIEW = "evidence.review.v1"
ACCEPT = "evidence.accept"
CHANGES = "evidence.changes"
DECLINE = "evidence.decline"

VERDICTS = {ACCEPT: Verdict.ACCEPTED, CHANGES: Verdict.CHANGES, DECLINE: Verdict.DECLINED}
YOU = {
    Verdict.ACCEPTED: "You accepted {author}'s evidence for _{title}_.",
    Verdict.CHANGES: "You asked {author} for changes to the evidence for _{title}_.",
    Verdict.DECLINED: "You declined {author}'s evidence for _{title}_.",
    Verdict.RELEASED: "{author} does not need your verdict on _{title}_ any more.",
}


def asked(evidence: Evidence, review: Review) -> dict[str, Any]:
    """The request to a reviewer, drawn as it stands now. The author's words stay behind the buttons."""
    title = escape(evidence.milestone.title)
    author = escape(evidence.author)
    if review.verdict is not Verdict.ASKED:
        said = f"{YOU[review.verdict].format(author=author, title=title)} Thank you for reading it."
        return parts.message(said, [parts.section(said, id="asked")])
    if evidence.state is State.CHANGES:
        said = f"Another reviewer asked {author} for changes to _{title}_. You hear from me when it comes back."
        return parts.message(said, [parts.section(said, id="asked")])
    if evidence.state not in (State.IN_REVIEW, State.SHORT):
        said = f"{author}'s evidence for _{title}_ is {evidence.state}, so there is nothing left to do. Thank you!"
        return parts.message(said, [parts.section(said, id="asked")])
    again = (
        "has changed the evidence and asks you to read it again"
        if evidence.take > 1
        else "asks you to read a piece of evidence"
    )
    said = f"*{author}* {again}: _{title}_ ({evidence.level.key})."
    why = f"You get this because {author} named you as somebody who saw the work. Each button shows it first."
    if (before := evidence.before(review)) is not None:
        whose = escape(before.reviewer)
        said = f"In place of *{whose}*: *{author}* has evidence to be read, _{title}_ ({evidence.level.key})."
        why = f"You get this because {whose}, who was asked, {_cannot(before)}. Each button shows it first."
    value = review.id.hex
    buttons = (
        parts.button("Accept", id=ACCEPT, value=value, style="primary"),
        parts.button("Ask for changes", id=CHANGES, value=value),
        parts.button("Decline", id=DECLINE, value=value),
    )
    blocks = [
        parts.section(said, id="asked"),
        parts.actions(*buttons, id="verdicts"),
        parts.context(why, id="why"),
        less.row(Topic.REVIEWS),
    ]
    return parts.message(said, blocks)


def _cannot(review: Review) -> str:
    return "is away for a while" if review.is_here else "is no longer here"


def review_modal(
    evidence: Evidence, review: Review, verdict: Verdict, *, today: date, features: Collection[str] = ALL
) -> dict[str, Any]:
    """What a reviewer reads, and where they decide; `verdict` is chosen already, by the button that was pressed."""
    options = [
        Option(Verdict.ACCEPTED, "Accept", "It shows the milestone."),
        Option(Verdict.CHANGES, "Ask for changes", "Something is missing; say what."),
        Option(Verdict.DECLINED, "Decline", "It shows something else; say why."),
    ]
    return parts.modal(
        "Review evidence",
        [
            *piece(evidence, today=today),
            *(_give_feedback(evidence) if "feedback" in features else []),
            parts.divider(id="line"),
            inputs.radio("Your verdict", options, id="verdict", initial=verdict),
            inputs.text_input(
                "Why", id="reason", is_long=True, at_most=LONGEST, is_optional=True,
                hint=f"{evidence.author} reads it, and so does their manager. Needed unless you accept.",
            ),
        ],
        id=REVIEW, submit="Send verdict", about=f"{review.id.hex}:{evidence.take}",
    )  # fmt: skip


def _give_feedback(evidence: Evidence) -> list[dict[str, Any]]:
    """A word to the author about it, which is no part of the verdict."""
    value, says = evidence.author_id.hex, f"Give feedback to {evidence.author}"
    return [parts.actions(parts.button("Give feedback", id=notices.GIVE_FEEDBACK, value=value, says=says), id="words")]


def read_review(view: Mapping[str, Any]) -> tuple[UUID | None, Verdict, str]:
    """(the review, the verdict, the reason); nothing chosen reads as ASKED."""
    typed = forms.answers(view)
    chosen = typed.get("verdict")
    verdict = Verdict(chosen) if isinstance(chosen, str) and chosen in set(Verdict) else Verdict.ASKED
    return forms.thing(forms.about(view).partition(":")[0]), verdict, str(typed.get("reason") or "")


def take_read(view: Mapping[str, Any]) -> int:
    """Which take of the evidence the reviewer had before them; 0 when the form does not say."""
    take = forms.about(view).partition(":")[2]
    return int(take) if take.isascii() and take.isdigit() and len(take) < 9 else 0
