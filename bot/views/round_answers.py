"""A 360 round for whoever is asked: the terms in plain words, and the form for an answer, page by page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bot.rules.less import spelled
from bot.rules.rounds import LONGEST, QUESTIONS, Competency, Form, Perspective, Round, Seat, Text
from bot.views import forms, inputs, parts
from bot.views.inputs import Option
from bot.views.words import escape

ACCEPT = "rounds.accept"
DECLINE = "rounds.decline"
ANSWER = "rounds.answer"
TERMS = "rounds.terms"
FORM = "rounds.answer.v1"
SHOWN = "rounds.answer.said.v1"
TITLE = "360 round"
AT_ONCE = 8  # competencies on one page of the form
RATING = "rating-"
CANNOT_SAY = "none"
HOW_LONG = "about 15 minutes"

RATINGS = (
    Option("5", "5 · far beyond it, others learn from it"),
    Option("4", "4 · beyond it"),
    Option("3", "3 · as it is expected here"),
    Option("2", "2 · part of it"),
    Option("1", "1 · I do not see it yet"),
    Option(CANNOT_SAY, "I cannot say"),
)
HINTS = {
    Text.KEEP: "What did they do, and what changed because of it?",
    Text.MORE: "One thing, with an example, helps more than five without.",
    Text.ELSE: "",
}
MY_HINTS = {Text.KEEP: "What works for you?", Text.MORE: "What would help you?", Text.ELSE: ""}
CLOSED_TO_ALL = "When it closes, single answers are deleted: then nobody at all can look up who said what."


# The terms


def terms_modal(found: Round, seat: Seat) -> dict[str, Any]:
    """What is promised, before anybody decides whether to answer."""
    said = f"*{escape(found.subject.name)}* would like to know what you see in their work: {HOW_LONG}."
    return parts.modal(TITLE, [parts.section(said, id="said"), *terms(found, seat)], id=SHOWN)


def terms(found: Round, seat: Seat) -> list[dict[str, Any]]:
    """Who sees what, as it was fixed when the round opened."""
    mine = seat.perspective is Perspective.SELF
    promises = _of_mine(found) if mine else _signed(found) if seat.perspective is Perspective.MANAGER else _kept(found)
    held = f"Held against {found.terms.level} as worded in release {found.terms.version} of the framework."
    until = f"You can change your answer until {spelled(found.due_on)}. {CLOSED_TO_ALL}"
    lines = "\n".join(f"• {line}" for line in (_for_growth(found, mine=mine), *promises, until))
    return [
        parts.section(f"*How this works*\n{lines}", id="terms"),
        parts.context(f"These rules were fixed when the round opened; nobody changes them now. {held}", id="fixed"),
    ]


def _for_growth(found: Round, *, mine: bool) -> str:
    who = "you attach" if mine else f"{escape(found.subject.name)} attaches"
    return f"It is for growth. It goes to a promotion case only if {who} it."


def _kept(found: Round) -> tuple[str, ...]:
    """What those are promised whose answers carry no name."""
    name, least = escape(found.subject.name), found.terms.least
    return (
        f"*Your answer carries no name.* Words are shown only where {least} of a kind, peers or people {name} leads, "
        "have answered. They are split by question and shuffled: no order, no time. Those of fewer are deleted unread.",
        f"Ratings are rounded. Those of fewer than {least} count only together with others', or not at all.",
        f"{name} reads it first, {_then_manager(found)}",
        "Your way of writing, or something only you saw, can still tell who you are. Write with that in mind.",
    )


def _signed(found: Round) -> tuple[str, ...]:
    name = escape(found.subject.name)
    return (
        f"*Signed with your name.* {name} reads what you write as yours, beside what colleagues say.",
        f"What colleagues say carries no name, and shows only where at least {found.terms.least} have answered.",
        f"{name} reads all of it first; you once {name} has, or {_days(found)} after it closes.",
    )


def _of_mine(found: Round) -> tuple[str, ...]:
    return (
        "*This is how you see yourself.* It stands beside what others see, in both directions.",
        f"What colleagues say carries no name, and shows only where at least {found.terms.least} have answered.",
        f"You read it first, {_then_manager(found)}",
    )


def _then_manager(found: Round) -> str:
    who = escape(found.manager.name) if found.manager else "whoever is their manager by then"
    return f"then {who}: once that is done, or {_days(found)} after it closes."


def _days(found: Round) -> str:
    return f"{found.terms.manager_after} working days"


# The answer


def modal(form: Form, page: int = 0) -> dict[str, Any]:
    """One page of it. The terms stand on the first, the three questions in words on the last."""
    pages = _pages(form.round)
    page = min(max(page, 0), pages - 1)
    is_last = page == pages - 1
    rated = form.round.terms.competencies[page * AT_ONCE : (page + 1) * AT_ONCE]
    return parts.modal(
        TITLE,
        [
            *(_first(form) if page == 0 else []),
            *([parts.context(f"Page {page + 1} of {pages}", id="page")] if pages > 1 else []),
            *([_rating(one, form) for one in rated]),
            *(_texts(form) if is_last else []),
        ],
        id=FORM, submit="Send" if is_last else "Keep and go on", about=f"{form.seat.id.hex}:{page}",
    )  # fmt: skip


def _pages(found: Round) -> int:
    return max(-(-len(found.terms.competencies) // AT_ONCE), 1)


def _first(form: Form) -> list[dict[str, Any]]:
    return [parts.section(_about_whom(form), id="who"), *terms(form.round, form.seat), parts.divider(id="line")]


def _about_whom(form: Form) -> str:
    level, name = form.round.terms.level, escape(form.round.subject.name)
    match form.seat.perspective:
        case Perspective.SELF:
            return f"*How do you see your own work at {level}?*"
        case Perspective.MANAGER:
            return f"*What do you see in {name}'s work at {level}?* You answer as their manager."
        case Perspective.REPORT:
            return f"*What do you see in {name}'s work at {level}?* You answer as somebody they lead."
    return f"*What do you see in {name}'s work at {level}?* You answer as a peer."


def _rating(one: Competency, form: Form) -> dict[str, Any]:
    given = form.answer.ratings.get(one.key) if form.answer else None
    return inputs.select(
        one.name, RATINGS, id=f"{RATING}{one.key}", initial=str(given) if given else None,
        placeholder="What do you see?", is_optional=True,
        hint=f"{form.round.terms.level}: {one.expectation}" if one.expectation else "",
    )  # fmt: skip


def _texts(form: Form) -> list[dict[str, Any]]:
    hints = MY_HINTS if form.seat.perspective is Perspective.SELF else HINTS
    written = form.answer.texts if form.answer else {}
    return [
        inputs.text_input(
            asked, id=text, initial=written.get(text, ""), is_long=True, at_most=LONGEST, is_optional=True,
            hint=hints[text],
        )
        for text, asked in QUESTIONS.items()
    ]  # fmt: skip


@dataclass(frozen=True)
class Typed:
    """What one page brings. `ratings`: competency → rating, None for "I cannot say"; what is left open is not in it."""

    seat: UUID | None
    page: int
    ratings: Mapping[str, int | None]
    texts: Mapping[Text, str]


def read(view: Mapping[str, Any]) -> Typed:
    seat, _, page = forms.about(view).partition(":")
    typed = forms.answers(view)
    rated = {key.removeprefix(RATING): value for key, value in typed.items() if key.startswith(RATING)}
    return Typed(
        seat=forms.thing(seat),
        page=int(page) if page.isdecimal() and len(page) < 3 else 0,
        ratings={key: _number(str(value)) for key, value in rated.items() if value},
        texts={text: str(typed.get(text) or "") for text in Text if text in typed},
    )


def _number(value: str) -> int | None:
    return int(value) if value in {one.value for one in RATINGS} - {CANNOT_SAY} else None


def next_page(form: Form, page: int) -> dict[str, Any] | None:
    """The page after this one; None after the last."""
    return modal(form, page + 1) if page + 1 < _pages(form.round) else None


def kept(form: Form) -> dict[str, Any]:
    """What the form turns into."""
    until = spelled(form.round.due_on)
    said = f"*Kept.* Thank you! You can change it until {until}; what stands there then is what counts."
    if form.answer is None:
        said = f"*Nothing is in it yet*, so it does not count as an answer. You have until {until}."
    again = parts.actions(
        parts.button("Change my answer" if form.answer else "Answer", id=ANSWER, value=form.seat.id.hex), id="again"
    )
    return parts.modal(
        TITLE, [parts.section(said, id="said"), again, parts.context(CLOSED_TO_ALL, id="then")], id=SHOWN
    )
