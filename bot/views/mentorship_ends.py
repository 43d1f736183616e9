"""The end of a mentorship: a pause instead of it, the question before it, the news of it, and what was it like."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from bot.rules.less import Topic
from bot.rules.mentorships import MARKS, EndedFor, Mentorship, Side
from bot.views import forms, inputs, less, mentorships, parts
from bot.views.inputs import Option
from bot.views.mentorships import spelled
from bot.views.words import escape

FORM = "mentorship.end.v1"
SURVEY = "mentorship.survey.v1"
SAID = "mentorship.said.v1"
OPEN_SURVEY = "mentorship.open_survey"
FIND_NEW = "mentorship.find_new"
PAUSE, WAKE, END = "pause", "wake", "end"

WORTH = ("Not at all", "Hardly", "Partly", "Yes", "Very much")
ENDED = {
    EndedFor.TERM: "The time the two of you agreed on is over.",
    EndedFor.CHOICE: "That needs no reason, and nobody did anything wrong.",
    EndedFor.LEFT: "{name} is not here any more.",
}
THEN_MENTEE = "Nothing is shared any more."
THEN_MENTOR = "A place of yours is free again. Thank you for the time you gave."


def modal(side: Side) -> dict[str, Any]:
    one, name = side.mentorship, side.other.name
    rests = [Option(WAKE, "Go on now", "It rests no longer.")] if one.paused_until else []
    options = [
        *rests,
        Option(PAUSE, "Let it rest until a day", "No questions and no reminders until then."),
        Option(END, "Let it end", "Nothing is shared any more. Nobody asks why."),
    ]
    return parts.modal(
        "End or pause",
        [
            parts.section(
                f"Both are fine, and neither needs a reason. *{escape(name)}* hears *that* it ends or rests, never who "
                "chose it.",
                id="said",
            ),
            inputs.radio("What fits now?", options, id="what"),
            inputs.date_input("Rest until", id="until", initial=one.paused_until, is_optional=True),
        ],
        id=FORM, submit="Do that", about=one.id.hex,
    )  # fmt: skip


def read(view: Mapping[str, Any]) -> tuple[UUID | None, str, date | None]:
    """(the mentorship, what fits, until when); nothing chosen reads as ""."""
    typed = forms.answers(view)
    until = typed.get("until")
    return forms.thing(forms.about(view)), str(typed.get("what") or ""), until if isinstance(until, date) else None


def done(side: Side) -> dict[str, Any]:
    """What the form turns into, and the press that prolongs: how it stands now."""
    one, name = side.mentorship, escape(side.other.name)
    if one.ended_at is not None:
        said = f"*It has come to its end.* {name} hears that from me, and not who ended it."
        return _said(said, parts.actions(_survey_button(one), id="do"))
    if one.paused_until is not None:
        return _said(f"*It rests until {spelled(one.paused_until)}.* Both of you read that. I ask nothing until then.")
    return _said(f"*It goes on until {spelled(one.ends_on)}.* Both of you read that.")


def looking() -> dict[str, Any]:
    return _said("*I look for somebody new*, with the wishes you had. `/mentor` shows how it stands, and changes them.")


def thanks() -> dict[str, Any]:
    return _said("*Thank you.* It helps to find what makes pairs last.")


def _said(text: str, *more: dict[str, Any]) -> dict[str, Any]:
    return parts.modal("Mentorship", [parts.section(text, id="said"), *more], id=SAID)


def _survey_button(one: Mentorship) -> dict[str, Any]:
    return parts.button("Say how it was", id=OPEN_SURVEY, value=one.id.hex)


def term(side: Side) -> dict[str, Any]:
    """The question a week before the end; silence is an answer, too."""
    one, name = side.mentorship, escape(side.other.name)
    said = f"Your mentorship with *{name}* comes to the end you agreed on: {spelled(one.ends_on)}."
    asked = (
        "It can go on for three months, or end well. If neither of you says anything, it ends then, and that is fine."
    )
    value = one.id.hex
    buttons = parts.actions(
        parts.button("Go on for three months", id=mentorships.PROLONG, value=value, style="primary"),
        parts.button("Look at it", id=mentorships.OPEN, value=value),
        id="do",
    )
    why = f"You get this because you and {name} agreed on that day. Both of you are asked."
    blocks = [parts.section(f"{said}\n{asked}", id="said"), buttons, parts.context(why, id="why")]
    return parts.message(said, [*blocks, less.row(Topic.REMINDERS)])


def ended(side: Side) -> dict[str, Any]:
    one, name = side.mentorship, escape(side.other.name)
    said = f"Your mentorship with *{name}* has come to its end."
    because = ENDED[one.ended_for or EndedFor.CHOICE].format(name=name)
    what = THEN_MENTEE if side.is_mentee else THEN_MENTOR
    if side.is_mentee and one.ended_for is EndedFor.LEFT:
        what = "I look for somebody new with the wishes you had, and you come first. `/mentor` changes that."
    buttons = [_survey_button(one), *_find_new(side)]
    why = f"You get this because you were {'the mentee' if side.is_mentee else 'the mentor'} in it."
    return parts.message(
        said,
        [
            parts.section(f"{said}\n{because} {what}", id="said"),
            parts.actions(*buttons, id="do"),
            parts.context(why, id="why"),
        ],
    )


def _find_new(side: Side) -> list[dict[str, Any]]:
    """For the mentee; where the mentor has left it is done already."""
    one = side.mentorship
    if not side.is_mentee or one.ended_for is EndedFor.LEFT:
        return []
    return [parts.button("Find a new match", id=FIND_NEW, value=one.id.hex)]


def survey(side: Side) -> dict[str, Any]:
    """Private: the other never sees it."""
    marks = [Option(str(mark), WORTH[mark - 1]) for mark in MARKS]
    asked = f"Your mentorship with *{escape(side.other.name)}* is over."
    who = "Only you see what you answer. Owners see means over five people or more, and never a name."
    return parts.modal(
        "How was it?",
        [
            parts.section(f"{asked} {who}", id="who"),
            inputs.radio("Was it worth your time?", marks, id="worth"),
            inputs.radio("Did the two of you fit?", marks, id="fit"),
            inputs.checkboxes(
                "And again?", [Option("again", "I would be paired with the same person again")], id="again",
                is_optional=True, hint="If both of you say so, you may be paired again at once.",
            ),
        ],
        id=SURVEY, submit="Send", about=side.mentorship.id.hex,
    )  # fmt: skip


def read_survey(view: Mapping[str, Any]) -> tuple[UUID | None, dict[str, Any]]:
    """(the mentorship, the fields of `rules.read_survey`)."""
    typed = forms.answers(view)
    again = typed.get("again")
    fields = {
        "worth": str(typed.get("worth") or ""), "fit": str(typed.get("fit") or ""),
        "again": again if isinstance(again, list) else [],
    }  # fmt: skip
    return forms.thing(forms.about(view)), fields
