"""Feedback as it is read: by its receiver, its giver and a chosen manager; in the hub, and what each hears of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from bot.rules.feedback import AT_ONCE, LONGEST, MOST_QUESTION, Feedback
from bot.rules.less import Topic
from bot.views import forms, inputs, less, parts
from bot.views.feedback import SHOWN, TITLE, expectation, said, to_hub
from bot.views.words import day, escape

READ = "feedback.read"
EARLIER = "feedback.earlier"
CHANGE = "feedback.change"
TAKE_BACK = "feedback.take_back"
THANK = "feedback.thank"
QUESTION = "feedback.question"
SAVE = "feedback.save"
QUESTION_FORM = "feedback.question.v1"
ANSWER_FORM = "feedback.answer.v1"
MOST_DIGITS = 6


def opened(found: Feedback, *, me: UUID, can_save: bool, today: date) -> dict[str, Any]:
    """The same words, with what this reader may do with them. `can_save`: as evidence of their own."""
    if found.receiver_id == me:
        return _received(found, can_save, today)
    if found.giver_id == me:
        return _given(found, today)
    why = f"You read this because {escape(found.giver)} chose so, and you were {escape(found.receiver)}'s manager then."
    who = f"*{escape(found.giver)}* to *{escape(found.receiver)}*"
    blocks = [parts.section(who, id="who"), *_words(found, today), parts.context(why, id="why"), to_hub()]
    return parts.modal(TITLE, blocks, id=SHOWN)


def _received(found: Feedback, can_save: bool, today: date) -> dict[str, Any]:
    value = found.id.hex
    buttons = [
        *([] if found.thanked_at else [parts.button("Say thanks", id=THANK, value=value, style="primary")]),
        *([] if found.question else [parts.button("Ask a question", id=QUESTION, value=value)]),
        *([parts.button("Save as evidence", id=SAVE, value=value)] if can_save else []),
    ]
    thanked = [parts.context(f"You have thanked {escape(found.giver)}.", id="thanked")] if found.thanked_at else []
    readers = (
        f"You and {escape(found.manager)}, your manager then, read this." if found.manager else "You alone read this."
    )
    blocks = [
        parts.section(f"*{escape(found.giver)}* wrote to you", id="who"),
        *_words(found, today),
        *_question(found),
        *thanked,
        *([parts.actions(*buttons, id="do")] if buttons else []),
        parts.context(readers, id="readers"),
        to_hub(),
    ]
    return parts.modal(TITLE, blocks, id=SHOWN)


def _given(found: Feedback, today: date) -> dict[str, Any]:
    """One's own words: to be changed while nobody has read them, and the place for an answer."""
    blocks = [
        parts.section(f"You wrote to *{escape(found.receiver)}*. {_stands(found, today)}", id="who"),
        *_words(found, today),
        *_question(found),
    ]
    if found.question and not found.answer:
        answer = inputs.text_input("Your answer", id="answer", is_long=True, at_most=LONGEST)
        return parts.modal(TITLE, [*blocks, answer], id=ANSWER_FORM, submit="Answer", about=found.id.hex)
    if found.waits:
        blocks.append(parts.actions(*_changes(found), id="do"))
    return parts.modal(TITLE, [*blocks, to_hub()], id=SHOWN)


def _changes(found: Feedback) -> list[dict[str, Any]]:
    why = "It is gone with its words. Nobody has read it, and you need no reason."
    sure = parts.confirm("Take it back?", why, yes="Take it back", no="Leave it")
    value = found.id.hex
    return [
        parts.button("Change it", id=CHANGE, value=value),
        parts.button("Take it back", id=TAKE_BACK, value=value, style="danger", confirm=sure),
    ]


def _words(found: Feedback, today: date) -> list[dict[str, Any]]:
    words = found.words
    when = day(words.done_on or found.given_at.date(), today)
    named = f" · {escape(found.competency.name)}" if found.competency else ""
    blocks = [parts.context(f"{when[:1].upper()}{when[1:]}{named}", id="when")]
    if found.competency and found.competency.expectation:
        blocks.append(parts.context(expectation(found.competency), id="expected"))
    shown = (
        ("What was done", words.did),
        ("What changed because of it", words.changed),
        ("A next step", words.next_step),
    )
    for number, (label, text) in enumerate(shown):
        if text:
            blocks += [parts.context(label, id=f"label-{number}"), parts.words(text, id=f"words-{number}")]
    return blocks


def _question(found: Feedback) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = []
    for label, text in ((f"{found.receiver} asked", found.question), (f"{found.giver} answered", found.answer)):
        if text:
            key = label.rpartition(" ")[2]
            blocks += [parts.context(escape(label), id=f"{key}-label"), parts.words(text, id=key)]
    return blocks


def _stands(found: Feedback, today: date) -> str:
    """How it stands, for its giver."""
    name = escape(found.receiver)
    if found.read_at is None:
        return "Nobody has read it yet."
    if found.question and not found.answer:
        return f"{name} has a question about it."
    return f"{name} thanks you for it." if found.thanked_at else f"{name} read it {_on(found.read_at.date(), today)}."


def _on(when: date, today: date) -> str:
    said = day(when, today)
    return said if said in ("today", "yesterday") else f"on {said}"


def question_form(found: Feedback) -> dict[str, Any]:
    name = escape(found.giver)
    said = f"*One question, and {name} answers it here.* What takes longer is worth a talk."
    box = inputs.text_input("What would you like to know?", id="question", is_long=True, at_most=MOST_QUESTION)
    return parts.modal(
        "Ask a question", [parts.section(said, id="said"), box], id=QUESTION_FORM, submit="Ask", about=found.id.hex
    )


def read_one(view: Mapping[str, Any], field: str) -> tuple[UUID | None, str]:
    """(the feedback, what was typed into this field)."""
    return forms.thing(forms.about(view)), str(forms.answers(view).get(field) or "")


def asked(found: Feedback) -> dict[str, Any]:
    return said(f"*Asked.* {escape(found.giver)} hears of it now, and you hear from me with the answer.")


def answered_form(found: Feedback) -> dict[str, Any]:
    return said(f"*Sent.* {escape(found.receiver)} hears that you answered.")


def as_evidence(found: Feedback) -> tuple[str, str]:
    """(what was done, what changed), quoted and signed, for the form of evidence."""
    return f'{found.giver} wrote: "{found.words.did}"', f'{found.giver} wrote: "{found.words.changed}"'


# In the hub


def received_rows(many: Sequence[Feedback], *, today: date, after: int = 0) -> list[dict[str, Any]]:
    """One page of it, `after` so many newer ones."""
    title = parts.section("*What colleagues wrote to you*", id="received")
    if not many:
        return [title, parts.context("Nothing yet. You can ask for some, about one thing.", id="received-none")]
    earlier = parts.actions(parts.button("Earlier", id=EARLIER, value=str(after + AT_ONCE)), id="earlier")
    shown = [_row(one, number, today) for number, one in enumerate(many[:AT_ONCE])]
    return [title, *shown, *([earlier] if len(many) > AT_ONCE else [])]


def earlier(many: Sequence[Feedback], *, today: date, after: int) -> dict[str, Any]:
    return parts.modal(TITLE, [*received_rows(many, today=today, after=after), to_hub()], id=SHOWN)


def read_earlier(value: str) -> int:
    """How many newer ones were seen already."""
    return int(value) if value.isdecimal() and len(value) < MOST_DIGITS else 0


def _row(found: Feedback, number: int, today: date) -> dict[str, Any]:
    named = f", {escape(found.competency.name)}" if found.competency else ""
    new = "*New:* " if found.waits else ""
    said = f"{new}*{escape(found.giver)}*{named}, {day(found.given_at.date(), today)}"
    button = parts.button("Read", id=READ, value=found.id.hex, says=f"Read what {found.giver} wrote")
    return parts.section(said, id=f"received-{number}", accessory=button)


def given_rows(many: Sequence[Feedback], *, today: date) -> list[dict[str, Any]]:
    rows = [
        parts.section(
            f"To *{escape(one.receiver)}*, {day(one.given_at.date(), today)}. {_stands(one, today)}",
            id=f"given-{number}",
            accessory=parts.button("Look", id=READ, value=one.id.hex, says=f"Look at what I wrote to {one.receiver}"),
        )
        for number, one in enumerate(many)
    ]
    return [parts.section("*What you gave*", id="given"), *rows] if rows else []


def manager_rows(many: Sequence[Feedback], *, today: date) -> list[dict[str, Any]]:
    rows = [
        parts.section(
            f"*{escape(one.giver)}* to *{escape(one.receiver)}*, {day(one.given_at.date(), today)}",
            id=f"mine-{number}",
            accessory=parts.button("Read", id=READ, value=one.id.hex, says=f"Read what {one.giver} wrote"),
        )
        for number, one in enumerate(many)
    ]
    return [parts.section("*What givers let you read as the manager*", id="mine"), *rows] if rows else []


# Messages: who and what, never the words


def given_to_you(found: Feedback) -> dict[str, Any]:
    name = escape(found.giver)
    if found.taken_back_at is not None:
        said = f"*{name}* has taken back what they wrote before it was read. Nothing is left to do."
        return parts.message(said, [parts.section(said, id="said")])
    said = f"*{name}* wrote to you, as you asked." if found.request_id else f"*{name}* wrote feedback for you."
    why = f"You get this because {name} sent it to you, with their name. Read it when it suits you."
    return _message(said, "Read it", found, why, less.row(Topic.FEEDBACK))


def thanked(found: Feedback) -> dict[str, Any]:
    said = f"*{escape(found.receiver)}* has read what you wrote, and says thank you."
    return _message(said, "Look at it", found, "You get this because you gave the feedback.")


def question(found: Feedback) -> dict[str, Any]:
    said = f"*{escape(found.receiver)}* has a question about the feedback you gave."
    return _message(said, "Read and answer", found, "You get this because you gave the feedback. One answer is enough.")


def answered(found: Feedback) -> dict[str, Any]:
    said = f"*{escape(found.giver)}* answered your question."
    return _message(said, "Read it", found, "You get this because you asked about their feedback.")


def _message(said: str, label: str, found: Feedback, why: str, *last: dict[str, Any]) -> dict[str, Any]:
    button = parts.button(label, id=READ, value=found.id.hex, style="primary")
    blocks = [parts.section(said, id="said"), parts.actions(button, id="do"), parts.context(why, id="why"), *last]
    return parts.message(said, blocks)
