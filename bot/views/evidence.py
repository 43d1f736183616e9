"""Evidence of one's own: the form, the piece as it is read, and what the author hears of each verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from bot.rules.evidence import LONGEST, MOST_REVIEWERS, SHARED_BAND, Evidence, Review, State, Verdict
from bot.rules.framework import Level
from bot.views import forms, inputs, parts
from bot.views.inputs import Option
from bot.views.words import day, escape, listing, plural

FORM = "evidence.v1"
AGAIN = "evidence.again.v1"
SHOWN = "evidence.shown.v1"
OPEN = "evidence.open"
EDIT = "evidence.edit"
MANY_OPEN = 3  # from so many on, whoever asks is told

STATES = {
    State.IN_REVIEW: "in review",
    State.CHANGES: "waiting for your changes",
    State.SHORT: "in need of one more reviewer",
    State.ACCEPTED: "accepted and counts towards the milestone",
    State.DECLINED: "declined, with the reasons given",
    State.WITHDRAWN: "withdrawn",
}
SAID = {
    Verdict.ACCEPTED: "accepted your evidence",
    Verdict.CHANGES: "asked for changes to your evidence",
    Verdict.DECLINED: "declined your evidence",
    Verdict.ASKED: "has your evidence",
    Verdict.RELEASED: "is no longer asked to read your evidence",
}


@dataclass(frozen=True)
class Filled:
    """What the form starts with."""

    milestone: str | None = None
    did: str = ""
    impact: str = ""
    links: tuple[str, ...] = ()
    done_on: date | None = None
    amount: Decimal | int = 1
    reviewers: Sequence[str] = field(default_factory=tuple)


def modal(levels: Sequence[Level], filled: Filled, *, today: date) -> dict[str, Any]:
    """A new piece of evidence. `levels`: those whose milestones can be chosen, at least one."""
    options = [
        Option(one.key, one.title, f"{level.key} · {_target(one)}") for level in levels for one in level.milestones
    ]
    choose = inputs.select("Which milestone does it show?", options, id="milestone", initial=filled.milestone)
    who = "You, the reviewers you name and your manager read this. You can change it until it is decided."
    return parts.modal(
        "Save evidence",
        [parts.context(who, id="reader"), choose, *_inputs(filled, today)],
        id=FORM, submit="Send",
    )  # fmt: skip


def edit(evidence: Evidence, reviewers: Sequence[str], *, today: date) -> dict[str, Any]:
    """The author's own evidence, to be changed; the reviewers' reasons stand above it."""
    claim = evidence.claim
    filled = Filled(claim.milestone, claim.did, claim.impact, claim.links, claim.done_on, claim.amount, reviewers)
    told = f"*{escape(evidence.milestone.title)}*\nEverybody you name reads the new words and gives a new verdict."
    return parts.modal(
        "Change evidence",
        [parts.section(told, id="about"), *_reasons(evidence), *_inputs(filled, today)],
        id=AGAIN, submit="Send again", about=evidence.id.hex,
    )  # fmt: skip


def _inputs(filled: Filled, today: date) -> list[dict[str, Any]]:
    return [
        inputs.text_input("What did you do?", id="did", initial=filled.did, is_long=True, at_most=LONGEST),
        inputs.text_input(
            "What changed because of it?", id="impact", initial=filled.impact, is_long=True, at_most=LONGEST,
            hint="For whom, and how would they notice?",
        ),
        inputs.text_input(
            "Links", id="links", initial="\n".join(filled.links), is_long=True, at_most=LONGEST, is_optional=True,
            hint="Where it can be seen: one link a line. They are shown to your reviewers, and opened only by them.",
        ),
        inputs.date_input("When was the work done?", id="done_on", initial=filled.done_on or today),
        inputs.number_input(
            "How much of it?", id="amount", initial=Decimal(_number(Decimal(filled.amount))), decimals=True,
            hint="In what the milestone counts: 1 review, 2.5 hours.",
        ),
        inputs.people_select(
            "Who saw the work?", id="reviewers", initial=filled.reviewers, at_most=MOST_REVIEWERS,
            hint=f"One to {MOST_REVIEWERS} colleagues. Each gives a verdict of their own.",
        ),
    ]  # fmt: skip


def _target(milestone: Any) -> str:
    months = "month" if milestone.window_months == 1 else f"{milestone.window_months} months"
    return f"{_number(milestone.target)} {milestone.unit} in {months}"


def _number(amount: Decimal) -> str:
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def read(view: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """(what was typed, by the fields of a claim; the Slack ids of the reviewers)."""
    typed = forms.answers(view)
    done_on, reviewers = typed.get("done_on"), typed.get("reviewers")
    claim = {name: str(typed.get(name) or "") for name in ("milestone", "did", "impact", "links", "amount")}
    return (
        {**claim, "done_on": done_on if isinstance(done_on, date) else None},
        list(reviewers) if isinstance(reviewers, list) else [],
    )


def sent(evidence: Evidence, load: Mapping[UUID, int] | None = None) -> dict[str, Any]:
    """What the form turns into once it is sent. `load`: reviewer → pieces that wait for their verdict, this one too."""
    names = listing([f"*{escape(review.reviewer)}*" for review in evidence.reviews])
    said = f"*Sent.* {names} will read it, and you hear from me with each verdict."
    needed = (
        "It takes two to accept at this level." if evidence.level.band >= SHARED_BAND else "One acceptance is enough."
    )
    notes = [parts.context(needed, id="needed")]
    for number, review in enumerate(evidence.reviews):
        others = (load or {}).get(review.reviewer_id, 0) - 1
        if others >= MANY_OPEN:
            note = f"{escape(review.reviewer)} has {others} other pieces to read, so it may take a little."
            notes.append(parts.context(note, id=f"load-{number}"))
    return parts.modal("Save evidence", [parts.section(said, id="said"), *notes], id=SHOWN)


def piece(evidence: Evidence, *, today: date) -> list[dict[str, Any]]:
    """What the author wrote and what it is held against, for whoever may read it."""
    claim, milestone = evidence.claim, evidence.milestone
    expectation = evidence.level.expectations.get(milestone.competency, "")
    held = f"*Held against*\n{escape(milestone.measure)} Target: {_target(milestone)}."
    blocks = [
        parts.section(f"*{escape(evidence.author)}* · {_title(evidence)}", id="who"),
        parts.context(
            f"Done {day(claim.done_on, today)} · {_share(evidence)}",
            id="when",
        ),
        parts.section(held, id="held"),
    ]
    if expectation:
        blocks.append(parts.context(f"At this level: {escape(expectation)}", id="expected"))
    blocks += [
        parts.context("What was done", id="did-label"),
        parts.words(claim.did, id="did-words"),
        parts.context("What changed because of it", id="impact-label"),
        parts.words(claim.impact, id="impact-words"),
    ]
    return blocks + [_link(link, id=f"link-{number}") for number, link in enumerate(claim.links)]


def _link(link: str, *, id: str) -> dict[str, Any]:  # noqa: A002
    """To be pressed; one too long for that as it was typed, so that it is never shown in half."""
    pressed = f"<{escape(link)}>"
    return parts.section(pressed, id=id) if len(pressed) <= LONGEST else parts.words(link, id=id)


def _share(evidence: Evidence) -> str:
    milestone = evidence.milestone
    return f"{_number(evidence.claim.amount)} of {_number(milestone.target)} {milestone.unit}"


def _title(evidence: Evidence) -> str:
    return f"{escape(evidence.milestone.title)} ({evidence.level.key})"


def _reasons(evidence: Evidence) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = []
    for number, review in enumerate(evidence.reviews):
        if review.reason:
            blocks.append(parts.context(f"*{escape(review.reviewer)}* · {review.verdict}", id=f"reviewer-{number}"))
            blocks.append(parts.words(review.reason, id=f"reason-{number}"))
    return blocks


def shown(evidence: Evidence, *, today: date) -> dict[str, Any]:
    """The author's own evidence with every verdict."""
    names = "\n".join(f"• {escape(review.reviewer)}: {review.verdict}" for review in evidence.reviews)
    state = parts.section(f"This evidence is *{STATES[evidence.state]}*.\n{names}", id="state")
    return parts.modal("My evidence", [*piece(evidence, today=today), state, *_reasons(evidence)], id=SHOWN)


def verdict(evidence: Evidence, review: Review) -> dict[str, Any]:
    """What the author hears of one verdict; the reason is behind the button."""
    title = escape(evidence.milestone.title)
    said = f"*{escape(review.reviewer)}* {SAID[review.verdict]} for _{title}_. It is {STATES[evidence.state]}."
    waiting = sum(one.verdict is Verdict.ASKED for one in evidence.reviews)
    if evidence.state is State.IN_REVIEW and waiting:
        said += f" {plural(waiting, 'verdict is', 'verdicts are')} still to come."
    value = evidence.id.hex
    buttons = [parts.button("Read it", id=OPEN, value=value)]
    if evidence.state in (State.CHANGES, State.SHORT):
        buttons.insert(0, parts.button("Change and send again", id=EDIT, value=value, style="primary"))
    why = "You get this because you sent the evidence."
    return parts.message(
        said, [parts.section(said, id="said"), parts.actions(*buttons, id="next"), parts.context(why, id="why")]
    )
