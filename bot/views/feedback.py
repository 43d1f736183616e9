"""Feedback: the form in which it is written, and what it turns into."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from bot.rules.feedback import LONGEST, Expected, Feedback, Form, Readers, Words
from bot.rules.plain_words import Question
from bot.views import forms, inputs, notices, parts
from bot.views.inputs import Option
from bot.views.words import clip, escape

GIVE = notices.GIVE_FEEDBACK
COMPETENCY = "feedback.competency"
NOT_NOW = "feedback_asks.not_now"
WHOM = "feedback.whom.v1"
FORM = "feedback.form.v1"
CHANGE_FORM = "feedback.change.v1"
SHOWN = "feedback.shown.v1"
HUB = "feedback_hub.open"
HUB_PAGE = "feedback_hub.page.v1"
WINDOWS = (HUB_PAGE, SHOWN)  # give way to what is opened from them, so that nothing old is left behind it
TITLE = "Feedback"
NONE = "none"  # of the competencies
LABELS = {
    "did": "What did they do?",
    "changed": "What changed because of it?",
    "next_step": "A next step, if you see one",
}


NOTHING = Words("", "")


@dataclass(frozen=True)
class Filled:
    """What the form starts with. `is_sure`: a question was asked back already."""

    words: Words = NOTHING
    competency: str = ""
    readers: Readers = Readers.PERSON
    is_sure: bool = False


# The form


def whom() -> dict[str, Any]:
    """Without a name: whom it is for."""
    choose = inputs.people_select("Whom is it for?", id="receiver", at_most=1, hint="Any colleague but yourself.")
    return parts.modal("Give feedback", [choose], id=WHOM, submit="Next")


def read_whom(view: Mapping[str, Any]) -> str | None:
    chosen = forms.answers(view).get("receiver")
    return str(chosen[0]) if isinstance(chosen, list) and chosen else None


def start(found: Form) -> Filled:
    """What the form of this colleague starts with: one's own words, or the competency they asked about."""
    if found.before is not None:
        about = found.before.competency
        return Filled(found.before.words, about.key if about else "")
    return Filled(competency=found.asked_for.key if found.asked_for else "")


def form(found: Form, filled: Filled | None = None, questions: Sequence[Question] = ()) -> dict[str, Any]:
    """Words for one colleague. `questions`: asked back once, each above its field; sending again sends it as it is."""
    given = filled or start(found)
    asked = {one.field: one for one in questions}
    blocks = [
        *_over(found),
        parts.section(_signed(found), id="signed"),
        *_asked_back(questions),
        *_note(found),
        *_text(given.words.did, "did", asked, hint="What you saw or heard yourself, as in a film."),
        *_text(given.words.changed, "changed", asked, hint="For whom, and how would they notice?"),
        *_competency(found.competencies, given.competency),
        *_text(given.words.next_step, "next_step", asked, is_optional=True),
        inputs.date_input("When was it?", id="done_on", initial=given.words.done_on, is_optional=True),
        *([] if found.before else _readers(found, given.readers)),
    ]
    about = _about(found, is_sure=bool(questions) or given.is_sure)
    if found.before is not None:
        return parts.modal("Change feedback", blocks, id=CHANGE_FORM, submit="Keep", about=about)
    return parts.modal("Give feedback", blocks, id=FORM, submit="Send", about=about)


def _signed(found: Form) -> str:
    name = escape(found.receiver.name)
    if found.before is not None and found.before.manager:
        return f"*Signed with your name. {name} and {escape(found.before.manager)} will read it.*"
    return f"*Signed with your name. {name} will read it.*"


def _over(found: Form) -> list[dict[str, Any]]:
    """A request that was closed while somebody wrote: their words are theirs, to give or to leave."""
    if not found.over:
        return []
    name = escape(found.receiver.name)
    told = f"*{name} does not wait for this any more:* {found.over}.\nWhat you wrote is still here. *Send* gives it "
    return [parts.section(f"{told}unasked, which is welcome at any time; closing the window drops it.", id="over")]


def _asked_back(questions: Sequence[Question]) -> list[dict[str, Any]]:
    """At the top, because the field that it is about may be further down than a phone shows."""
    if not questions:
        return []
    asked = "one question back" if len(questions) == 1 else f"{len(questions)} questions back"
    told = f"*Not sent yet: {asked}.* Add to your words if you like; *Send* takes them as they are."
    return [parts.section(told, id="asked-back")]


def _note(found: Form) -> list[dict[str, Any]]:
    """What they would like to know; and the quiet way out, for whoever came here from a list."""
    if found.request is None:
        return []
    name, value = escape(found.receiver.name), found.request.hex
    label = parts.context(f"What {name} would like to know", id="note-label")
    return [
        *([label, parts.words(found.note, id="note")] if found.note else []),
        parts.actions(parts.button("Not now", id=NOT_NOW, value=value, says=f"Not now, to {name}"), id="not-now"),
    ]


def _text(
    text: str, field: str, asked: Mapping[str, Question], *, hint: str = "", is_optional: bool = False
) -> list[dict[str, Any]]:
    box = inputs.text_input(
        LABELS[field], id=field, initial=text, is_long=True, at_most=LONGEST, hint=hint, is_optional=is_optional
    )
    question = asked.get(field)
    if question is None:
        return [box]
    return [parts.section(f"*A question back:* {escape(question.sentence)}", id=f"ask-{field}"), box]


def _competency(competencies: Sequence[Expected], key: str) -> list[dict[str, Any]]:
    """Which competency it is about; what that asks at their level stands below the menu."""
    if not competencies:
        return []
    options = [Option(NONE, "No competency in particular"), *(Option(one.key, one.name) for one in competencies)]
    chosen = next((one for one in competencies if one.key == key), None)
    menu = inputs.choice(options, id=COMPETENCY, initial=chosen.key if chosen else NONE)
    said = expectation(chosen) if chosen else "Choose one, and what their level asks stands here."
    return [parts.section("*Is it about a competency?*", id="competency-label"),
            parts.actions(menu, id="competency"), parts.context(said, id="expected")]  # fmt: skip


def expectation(one: Expected) -> str:
    return f"At {escape(one.level)}: {escape(one.expectation)}" if one.expectation else escape(one.name)


def _readers(found: Form, chosen: Readers) -> list[dict[str, Any]]:
    name = clip(found.receiver.name, 50)
    if found.manager is None:
        return [parts.context(f"{escape(name)} alone reads it.", id="alone")]
    options = [
        Option(Readers.PERSON, f"{name} alone"),
        Option(Readers.MANAGER, clip(f"{name} and {found.manager}, their manager", 75), f"After {name} has read it"),
    ]
    hint = "This stays as it is once it is sent."
    return [inputs.radio("Who will read it?", options, id="readers", initial=chosen, hint=hint)]


def _about(found: Form, *, is_sure: bool) -> str:
    ids = (found.receiver.id, found.request, found.before.id if found.before else None)
    return ":".join([*(one.hex if one else "" for one in ids), "sure" if is_sure else ""])


@dataclass(frozen=True)
class About:
    """Whom a form is for, which request it answers, which words it changes, and whether a question was asked back."""

    receiver: UUID | None
    request: UUID | None
    feedback: UUID | None
    is_sure: bool


def read_about(view: Mapping[str, Any]) -> About:
    receiver, request, feedback, sure = [*forms.about(view).split(":"), "", "", "", ""][:4]
    return About(forms.thing(receiver), forms.thing(request), forms.thing(feedback), sure == "sure")


def read(view: Mapping[str, Any]) -> Filled:
    typed = forms.answers(view)
    done_on, competency = typed.get("done_on"), str(typed.get("competency") or "")
    did, changed, next_step = (str(typed.get(name) or "") for name in LABELS)
    words = Words(did, changed, next_step, done_on if isinstance(done_on, date) else None)
    is_shared = typed.get("readers") == Readers.MANAGER
    return Filled(
        words, "" if competency == NONE else competency, Readers.MANAGER if is_shared else Readers.PERSON,
        is_sure=read_about(view).is_sure,
    )  # fmt: skip


def texts(filled: Filled) -> dict[str, str]:
    """What was typed, by field, for the gentle check."""
    return {name: getattr(filled.words, name) for name in LABELS}


def sent(found: Feedback) -> dict[str, Any]:
    name = escape(found.receiver)
    told = f"*Sent.* {name} hears that you wrote, and reads it in a window of its own."
    return said(f"{told}\nUntil then you can change it or take it back: Home, *Feedback*.")


def changed(found: Feedback) -> dict[str, Any]:
    return said(f"*Kept.* {escape(found.receiver)} reads the new words.")


def taken_back() -> dict[str, Any]:
    return said("*It is gone*, with its words. If a message about it had arrived, that says so.")


def said(text: str) -> dict[str, Any]:
    return parts.modal(TITLE, [parts.section(text, id="said"), to_hub()], id=SHOWN)


def to_hub() -> dict[str, Any]:
    """From a page to all there is."""
    return parts.actions(parts.button("My feedback", id=HUB), id="hub")
