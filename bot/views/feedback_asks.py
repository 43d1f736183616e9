"""Asking for feedback: the form, the request before a colleague, and how it stands for whoever asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.rules.feedback import Expected
from bot.rules.feedback_asks import MOST_ASKED, MOST_NOTE, SAID, Ask, Busy, Request, State
from bot.rules.less import Topic
from bot.views import forms, inputs, less, parts
from bot.views.inputs import Option
from bot.views.words import clip, day, escape, listing, plural

ASK = "feedback_asks.ask"
ANSWER = "feedback_asks.answer"
NOT_NOW = "feedback_asks.not_now"
FORM = "feedback_asks.form.v1"
SHOWN = "feedback_asks.shown.v1"
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
    said = f"*Asked.* {listing([f'*{escape(name)}*' for name in names])} can answer for two weeks."
    more = "Each answer comes to you with a name. At the end you hear how many could."
    return parts.modal("Ask for feedback", [parts.section(f"{said}\n{more}", id="said")], id=SHOWN)


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
    rows = [
        parts.section(f"{_title(one, today)}\n{_stands(one, today)}", id=f"asked-{number}")
        for number, one in enumerate(many)
    ]
    return [parts.section("*What you asked for*", id="asked"), *rows] if rows else []


def _title(ask: Ask, today: date) -> str:
    asked = day(ask.asked_at.date(), today)
    about = f"*{escape(ask.competency.name)}*" if ask.competency else "*In general*"
    return f"{about}, {asked}, of {plural(ask.asked, 'colleague', 'colleagues')}"


def _stands(ask: Ask, today: date) -> str:
    """`2 answered, 1 could not this time, 1 is open until Monday`: never who."""
    until = day(ask.ends_at.date(), today)
    said = [f"{ask.given} answered"]
    said += [f"{ask.could_not} could not this time"] if ask.could_not else []
    said += [f"{plural(ask.open, 'is', 'are')} open until {until}"] if ask.open else []
    return ", ".join(said) + "."


def _about(ask: Ask) -> str:
    return f": {escape(ask.competency.name)}" if ask.competency else ""


# Messages: who and what, never the words


def asked(found: Request) -> dict[str, Any]:
    """The request before one colleague, as it stands now."""
    name = escape(found.ask.asker)
    if found.state is not State.OPEN:
        said = f"*{name}* asked you for feedback; {SAID[found.state]}."
        if found.state is State.DECLINED:
            said += f" That is fine: {name} hears only that somebody could not this time."
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
