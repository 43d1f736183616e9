"""The forms of a career talk: its day, its notes, and what was agreed."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from bot.rules.career_talks import LONGEST, LONGEST_ACTION, Own
from bot.rules.people import Person
from bot.views import career_talks as views
from bot.views import forms, inputs, parts
from bot.views.inputs import Option
from bot.views.words import escape

DAY_FORM = "career_talk.day.v1"
NOTES_FORM = "career_talk.notes.v1"
ACTION_FORM = "career_talk.action.v1"
MEMBER, MANAGER = "member", "manager"


def day_modal(own: Own, *, today: date) -> dict[str, Any]:
    """A day for both. It is a date and no hour: that is between the two and their calendars."""
    talk = own.talk
    first = talk.on if talk.on is not None and talk.on >= today else None
    blocks = [
        parts.section(f"*With {escape(own.other.name)}.* {views.stands(own, today)}", id="said"),
        inputs.date_input("Which day?", id="on", initial=first, hint="The hour is for you two to find."),
        parts.context(
            f"{escape(own.other.name)} hears of it and may move it like you. Three working days before, both of you "
            "find the same brief.",
            id="who",
        ),
    ]
    return parts.modal(
        views.TITLE, blocks, id=DAY_FORM, submit="Move it" if talk.on else "Keep", about=f"{talk.id.hex}:{talk.moves}"
    )


def read_day(view: Mapping[str, Any]) -> tuple[UUID | None, int, date | None]:
    """(the talk, how often its day had been set, the day)."""
    talk, number = _about(view)
    on = forms.answers(view).get("on")
    return talk, number, on if isinstance(on, date) else None


def _about(view: Mapping[str, Any]) -> tuple[UUID | None, int]:
    talk, _, count = forms.about(view).partition(":")
    return forms.thing(talk), int(count) if count.isascii() and count.isdigit() and len(count) < 9 else 0


def notes_modal(own: Own, *, typed: str | None = None) -> dict[str, Any]:
    """`typed`: what this one wrote while the other one saved; then both versions stand here, and nothing is lost."""
    talk = own.talk
    blocks = []
    if typed is not None:
        said = f"*{escape(own.other.name)} has saved the notes since you opened them.* Below is what they say now."
        yours = "Your own words are still in the field. Put together what should stay, and save again."
        blocks += [
            parts.section(said, id="changed"),
            parts.words(talk.notes or "Nothing.", id="theirs"),
            parts.context(yours, id="yours"),
        ]
    blocks += [
        inputs.text_input(
            "What did you talk about?", id="notes", initial=talk.notes if typed is None else typed, is_long=True,
            at_most=LONGEST, is_optional=True, hint="A few lines that will still mean something in half a year.",
        ),
        parts.context(views.BOTH_ONLY, id="who"),
    ]  # fmt: skip
    return parts.modal("Notes", blocks, id=NOTES_FORM, submit="Save", about=f"{talk.id.hex}:{talk.take}")


def read_notes(view: Mapping[str, Any]) -> tuple[UUID | None, int, str]:
    """(the talk, which version was changed, the notes)."""
    talk, take = _about(view)
    return talk, take, str(forms.answers(view).get("notes") or "")


def action_modal(own: Own) -> dict[str, Any]:
    member, manager = own.talk.member, own.talk.manager
    who = [Option(MEMBER, _called(own, member)), Option(MANAGER, _called(own, manager))]
    blocks = [
        inputs.text_input("What is going to happen?", id="words", is_long=True, at_most=LONGEST_ACTION),
        inputs.radio("Who does it?", who, id="who", initial=MEMBER if own.is_member else MANAGER),
        inputs.date_input("By when?", id="due_on", is_optional=True),
        parts.context(views.BOTH_ONLY, id="readers"),
    ]
    return parts.modal("What you agreed", blocks, id=ACTION_FORM, submit="Add", about=own.talk.id.hex)


def _called(own: Own, who: Person) -> str:
    return "Me" if who.id == own.me.id else who.name


def read_action(view: Mapping[str, Any]) -> tuple[UUID | None, dict[str, Any]]:
    """(the talk, the fields of `career_notes.add_action`)."""
    typed = forms.answers(view)
    due_on = typed.get("due_on")
    return forms.thing(forms.about(view)), {
        "words": str(typed.get("words") or ""),
        "is_managers": typed.get("who") == MANAGER,
        "due_on": due_on if isinstance(due_on, date) else None,
    }
