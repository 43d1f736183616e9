"""Short notices: what is not possible, what went wrong, and a way back."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.views import forms, parts, surface
from bot.views.words import escape

PAGE = "notice.v1"
KEPT = "notice.kept.v1"
OPEN_CHECK_IN = "check_in.open"
NEW_EVIDENCE = "evidence.new"
OPEN_WISHES = "people.open_wishes"
OPEN_MENTORING = "mentors.open"
OPEN_PROGRAM_FEEDBACK = "program_feedback.open"
GIVE_FEEDBACK = "feedback.give"
OPENERS = {
    "/checkin": ("Open my check-in", OPEN_CHECK_IN),
    "/evidence": ("Save evidence", NEW_EVIDENCE),
    "/feedback": ("Give feedback", GIVE_FEEDBACK),
    "/mentor": ("Mentoring", OPEN_MENTORING),
    "/program-feedback": ("Open the form", OPEN_PROGRAM_FEEDBACK),
}

OLD_BUTTON = "This is from an earlier time and does nothing any more. `/ladder` shows what is open now."
UNKNOWN_WORD = "I don't know that word. `/ladder help` lists what I can do."


def message(sentence: str, more: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """An ephemeral answer, and a button to go on when there is one. A sentence may name people, so it is escaped."""
    said = escape(sentence)
    return parts.message(said, [parts.section(said, id="notice"), *more])


def page(sentence: str) -> dict[str, Any]:
    """The same as a page of its own, above a form that stays as it is."""
    return parts.modal("One moment", [parts.section(escape(sentence), id="notice")], id=PAGE, close="Back")


def reopen_command(command: str) -> list[dict[str, Any]]:
    if command not in OPENERS:
        return []
    label, action = OPENERS[command]
    return [parts.actions(parts.button(label, id=action), id="again")]


def same_button(body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The button that was pressed, once more."""
    pressed = (body.get("actions") or [{}])[0]
    if pressed.get("type") != "button":
        return []
    label = str((pressed.get("text") or {}).get("text") or "Try again")
    again = parts.button(label, id=str(pressed.get("action_id")), value=str(pressed.get("value") or ""))
    return [parts.actions(again, id="again")]


def form_changed(view: Mapping[str, Any]) -> dict[str, Any]:
    """An old form sent to newer code: nothing is kept, so what was typed is shown to be copied."""
    typed = [text for text in forms.answers(view).values() if isinstance(text, str) and text]
    said = "*This form has changed since you opened it, so I could not keep it.* Please open it again."
    blocks = [parts.section(said, id="notice")]
    if typed:
        blocks.append(parts.context("What you wrote, to copy:", id="label"))
        blocks += [parts.words(text, id=f"typed-{number}") for number, text in enumerate(typed[:20])]
    return dict(surface.guard(parts.modal("Please open it again", blocks, id=KEPT), "modal"))
