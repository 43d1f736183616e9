"""Evidence: the form, the request to a reviewer, the verdict, and what the author hears."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from bot.rules.evidence import LONGEST, MOST_REVIEWERS, SHARED_BAND, Evidence, Review, State, Verdict
from bot.rules.features import ALL
from bot.rules.framework import Level
from bot.rules.less import Topic
from bot.views import forms, inputs, less, notices, parts
from bot.views.inputs import Option
from bot.views.words import day, escape, listing, plural

FORM = "evidence.v1"
AGAIN = "evidence.again.v1"
REVIEW = "evidence.review.v1"
SHOWN = "evidence.shown.v1"
ACCEPT = "evidence.accept"
CHANGES = "evidence.changes"
DECLINE = "evidence.decline"
OPEN = "evidence.open"
EDIT = "evidence.edit"
MANY_OPEN = 3  # from so many on, whoever asks is told

VERDICTS = {ACCEPT: Verdict.ACCEPTED, CHANGES: Verdict.CHANGES, DECLINE: Verdict.DECLINED}
STATES = {
    State.IN_REVIEW: "in review",
    State.CHANGES: "waiting for your changes",
    State.SHORT: "in need of one more reviewer",
    State.ACCEPTED: "accepted and counts towards the milestone",
    State.DECLINED: "declined, with the reasons given",
    State.WITHDRAWN: "withdrawn",
}
YOU = {
    Verdict.ACCEPTED: "You accepted {author}'s evidence for _{title}_.",
    Verdict.CHANGES: "You asked {author} for changes to the evidence for _{title}_.",
    Verdict.DECLINED: "You declined {author}'s evidence for _{title}_.",
    Verdict.RELEASED: "{author} does not need your verdict on _{title}_ any more.",
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
            *_shown(evidence, today=today),
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


def _shown(evidence: Evidence, *, today: date) -> list[dict[str, Any]]:
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
    return parts.modal("My evidence", [*_shown(evidence, today=today), state, *_reasons(evidence)], id=SHOWN)


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
