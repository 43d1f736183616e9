"""Asking for feedback: the form, the request before a colleague, and how it stands for whoever asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from bot.rules.feedback import Expected
from bot.rules.feedback_asks import MOST_ASKED, MOST_NOTE, SAID, Ask, Busy, Request, State, Unanswered
from bot.rules.less import Topic
from bot.views import forms, inputs, less, parts
from bot.views.feedback import NOT_NOW, said
from bot.views.inputs import Option
from bot.views.words import clip, day, escape, listing

ASK = "feedback_asks.ask"
ANSWER = "feedback_asks.answer"
TAKE_BACK = "feedback_asks.take_back"
TAKE_BACK_FORM = "feedback_asks.take_back.v1"
FORM = "feedback_asks.form.v1"
SURE = "sure"
QUIET = "You ask for two weeks. A no is quiet: you hear how many answered, never who did not."


@dataclass(frozen=True)
class Wish:
    """What somebody typed. `asked`: Slack ids; `is_sure`: they have read how busy those are."""

    asked: tuple[str, ...] = ()
    competency: str = ""
    note: str = ""
    is_sure: bool = False


def form(competencies: Sequence[Expected], wish: Wish | None = None, busy: Sequence[Busy] = ()) -> dict[str, Any]:
    """`busy`: told once, above whom to ask; asking again asks them all the same."""
    given = wish or Wish()
    blocks = [
        parts.section(QUIET, id="quiet"),
        *_about_what(competencies, given.competency),
        *_busy(busy),
        inputs.people_select(
            "Whom do you ask?", id="asked", initial=given.asked, at_most=MOST_ASKED,
            hint=f"One to {MOST_ASKED} colleagues who saw your work.",
        ),
        inputs.text_input(
            "What would you like to know?", id="note", initial=given.note, is_long=True, at_most=MOST_NOTE,
            is_optional=True, hint="They read it before they write. One thing is easier to answer than all.",
        ),
    ]  # fmt: skip
    return parts.modal("Ask for feedback", blocks, id=FORM, submit="Ask", about=SURE if busy else "")


def _about_what(competencies: Sequence[Expected], chosen: str) -> list[dict[str, Any]]:
    if not competencies:
        return []
    options = [Option(one.key, one.name, clip(one.expectation, 75)) for one in competencies]
    asked = "About which competency?"
    return [inputs.select(asked, options, id="competency", initial=chosen, is_optional=True)]


def _busy(busy: Sequence[Busy]) -> list[dict[str, Any]]:
    if not busy:
        return []
    lines = [f"{escape(one.name)} has {one.asks} open asks, so it may take longer." for one in busy]
    return [parts.section("\n".join([*lines, "Asking again asks them all the same."]), id="busy")]


def read(view: Mapping[str, Any]) -> Wish:
    typed = forms.answers(view)
    asked = typed.get("asked")
    people = tuple(asked) if isinstance(asked, list) else ()
    about, note = str(typed.get("competency") or ""), str(typed.get("note") or "")
    return Wish(people, about, note, is_sure=forms.about(view) == SURE)


def sent(names: Sequence[str]) -> dict[str, Any]:
    told = f"*Asked.* {_bold(names)} can answer for two weeks."
    return said(f"{told}\nEach answer comes to you with a name. At the end you hear how many could.")


def _bold(names: Iterable[str]) -> str:
    return listing([f"*{escape(name)}*" for name in names])


# Taking it back


def take_back_form(found: Unanswered) -> dict[str, Any]:
    """From all who have not answered, or from some of them."""
    told = "They hear nothing new, and it leaves their list. What was answered stays with you."
    boxes = [Option(one.hex, clip(name, 75)) for one, name in found.people.items()]
    people = inputs.checkboxes("Who need not answer any more?", boxes, id="asked", initial=[one.value for one in boxes])
    return parts.modal(
        "Take back a request", [parts.section(told, id="told"), people], id=TAKE_BACK_FORM, submit="Take back",
        about=found.ask.id.hex,
    )  # fmt: skip


def read_take_back(view: Mapping[str, Any]) -> tuple[UUID | None, frozenset[UUID]]:
    """(the ask, whom it is taken back from)."""
    typed = forms.answers(view).get("asked")
    chosen = (forms.thing(one) for one in typed) if isinstance(typed, list) else ()
    return forms.thing(forms.about(view)), frozenset(one for one in chosen if one is not None)


def taken_back(names: Sequence[str]) -> dict[str, Any]:
    return said(f"*Taken back.* {_bold(names)} need not answer any more, and heard nothing new.")


def declined(found: Request) -> dict[str, Any]:
    return said(f"*Not now, and that is fine.* {escape(found.ask.asker)} sees only how many answered.")


# In the hub, and in the morning's list


def answer_rows(many: Sequence[Request]) -> list[dict[str, Any]]:
    rows = [line(one, number) for number, one in enumerate(many)]
    return [parts.section("*Colleagues ask you*", id="to-answer"), *rows] if rows else []


def line(found: Request, number: int) -> dict[str, Any]:
    """One that waits for a word of this person."""
    name = escape(found.ask.asker)
    button = parts.button("Answer", id=ANSWER, value=found.id.hex, says=f"Give feedback to {found.ask.asker}")
    return parts.section(
        f"*{name}* asks you for feedback{_about(found.ask)}", id=f"feedback-{number}", accessory=button
    )


def hub_rows(many: Sequence[Ask], *, today: date) -> list[dict[str, Any]]:
    rows = [_hub_row(one, number, today) for number, one in enumerate(many)]
    return [parts.section("*What you asked for*", id="asked"), *rows] if rows else []


def _hub_row(ask: Ask, number: int, today: date) -> dict[str, Any]:
    """`2 of 5 answered, open until Monday 30 November`: never who, nor whether the others said no."""
    about = f"*{escape(ask.competency.name)}*" if ask.competency else "*In general*"
    until = f", open until {day(ask.ends_at.date(), today)}" if ask.waits else ""
    said = f"{about}, {day(ask.asked_at.date(), today)}\n{ask.given} of {ask.asked} answered{until}."
    button = parts.button("Take back", id=TAKE_BACK, value=ask.id.hex, says="Take back this request for feedback")
    return parts.section(said, id=f"asked-{number}", accessory=button if ask.waits else None)


def _about(ask: Ask) -> str:
    return f": {escape(ask.competency.name)}" if ask.competency else ""


# Messages: who and what, never the words


def asked(found: Request) -> dict[str, Any]:
    """The request before one colleague, as it stands now."""
    name = escape(found.ask.asker)
    if found.state is not State.OPEN:
        said = f"*{name}* asked you for feedback; {SAID[found.state]}."
        if found.state is State.DECLINED:
            said += f" That is fine: {name} sees only how many answered."
        return parts.message(said, [parts.section(said, id="asked")])
    said = f"*{name}* asks you for feedback{_about(found.ask)}."
    value = found.id.hex
    buttons = (
        parts.button("Answer", id=ANSWER, value=value, style="primary"),
        parts.button("Not now", id=NOT_NOW, value=value),
    )
    why = f"You get this because {name} named you as somebody who saw their work."
    quiet = "A few sentences are enough. Not now is quiet, and needs no reason."
    blocks = [
        parts.section(said, id="asked"), parts.actions(*buttons, id="answer"), parts.context(why, quiet, id="why"),
        less.row(Topic.FEEDBACK),
    ]  # fmt: skip
    return parts.message(said, blocks)


def ended(ask: Ask) -> dict[str, Any]:
    """What whoever asked hears once, when its two weeks are over."""
    about = f" about {escape(ask.competency.name)}" if ask.competency else ""
    said = f"Your request for feedback{about} has ended. {_came(ask)}"
    ask_again = parts.button("Ask somebody else", id=ASK)
    why = "You get this because you asked. People are busy; it says nothing about you."
    blocks = [parts.section(said, id="said"), parts.actions(ask_again, id="do"), parts.context(why, id="why")]
    return parts.message(said, blocks)


def _came(ask: Ask) -> str:
    if not ask.given:
        return "Nobody could this time."
    return f"{ask.given} of {ask.asked} answered; the others could not this time."
