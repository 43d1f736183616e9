"""Asking for a mentor: the form, what comes of it, and what the mentee hears on the way."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.rules.fit_words import Reader, sentence
from bot.rules.framework import Framework
from bot.rules.mentor_forms import ANY, ANY_OTHER, TypedWish, choice_field, competencies
from bot.rules.mentors import (
    LONGEST,
    MOST_CHOICES,
    MOST_COMPETENCIES,
    MOST_TRIES,
    RHYTHMS,
    WAITS_DAYS,
    Request,
    Told,
    Way,
)
from bot.views import forms, inputs, mentors, parts
from bot.views.inputs import Option
from bot.views.words import escape

FORM = "mentor_requests.v1"
SENT = "mentor_requests.sent.v1"
USUAL_DAYS = 14
PLACES = ("Whom would you ask first?", "And if they cannot?", "And then?")
READER = (
    "Who reads this: only the mentor who is asked, from that moment on. Owners see that there is a request, and not a "
    "word of it. Your manager sees nothing."
)


def form(
    request: Request | None,
    choices: Sequence[str],
    avoided: Sequence[str],
    framework: Framework,
    *,
    track: str | None,
    there: str | None = None,
) -> dict[str, Any]:
    """A request, new or to be changed. `choices` and `avoided`: Slack ids; `track`: the mentee's own.

    `there`: the track on which they look for a mentor, as far as they have said so elsewhere.
    """
    replaces = "You have an open request. Sending this one takes its place, and keeps its turn."
    rhythms = [Option(str(days), said.capitalize()) for days, said in RHYTHMS.items()]
    blocks = [
        parts.context(READER, *([replaces] if request else []), id="reader"),
        inputs.text_input(
            "What would you like a mentor for?", id="goal", initial=request.goal if request else "", is_long=True,
            at_most=LONGEST, hint="A sentence or two: what you would like to understand, decide or try.",
        ),
        mentors.helps_input(framework, at_most=MOST_COMPETENCIES, initial=request.competencies if request else ()),
        inputs.radio(
            "How often would you like to meet?", rhythms, id="rhythm",
            initial=str(request.rhythm_days if request else USUAL_DAYS),
        ),
        inputs.select("On which track?", _tracks(framework, track), id="track", initial=there or _track(request)),
        mentors.languages(request.languages if request else ()),
        *(_choice(place, choices) for place in range(MOST_CHOICES)),
        mentors.avoid(avoided),
    ]  # fmt: skip
    return parts.modal("Ask for a mentor", blocks, id=FORM, submit="Send")


def _tracks(framework: Framework, own: str | None) -> list[Option]:
    named = [Option(one.key, f"{one.name}{' (my own)' if one.key == own else ''}") for one in framework.tracks]
    return [
        Option(ANY_OTHER, "Any other than mine", "Most is learned from where one is not."),
        Option(ANY, "Any, my own too"),
        *named,
    ]


def _track(request: Request | None) -> str:
    if request is None:
        return ANY_OTHER
    return request.track or (ANY if request.is_same_track else ANY_OTHER)


def _choice(place: int, choices: Sequence[str]) -> dict[str, Any]:
    hint = "Leave all three empty for the best match." if place == 0 else ""
    return inputs.people_select(
        PLACES[place], id=choice_field(place), initial=[one for one in choices[place : place + 1] if one], at_most=1,
        is_optional=True, hint=hint,
    )  # fmt: skip


def read(view: Mapping[str, Any]) -> TypedWish:
    typed = forms.answers(view)
    chosen = [mentors.many(typed.get(choice_field(place))) for place in range(MOST_CHOICES)]
    return TypedWish(
        goal=str(typed.get("goal") or ""), competencies=mentors.many(typed.get("competencies")),
        rhythm=str(typed.get("rhythm") or ""), track=str(typed.get("track") or ""),
        languages=mentors.many(typed.get("languages")), choices=[one[0] if one else "" for one in chosen],
        avoid=mentors.many(typed.get("avoid")),
    )  # fmt: skip


def sent(request: Request) -> dict[str, Any]:
    """What the form turns into once it is sent."""
    who = "first to whom you named, in your order" if request.choices else "to the best mentor who has a place"
    said = f"*Sent.* It goes {who}: one mentor at a time, with {WAITS_DAYS} working days to answer."
    then = (
        f"You hear from me with a yes, and whenever it moves on. After {MOST_TRIES} who could not, it waits for the "
        "next round and comes first there. `/mentor` takes it back at any time."
    )
    return parts.modal("Ask for a mentor", [parts.section(said, id="said"), parts.context(then, id="then")], id=SENT)


# What the mentee hears

WHY = "You get this because you asked for a mentor. `/mentor` shows where it stands."


def moved(told: Told) -> dict[str, Any]:
    """It is with the next mentor. Nobody is named but whom the mentee named."""
    proposal = told.proposal
    assert proposal is not None  # noqa: S101  (loaded with it)
    name = f"*{escape(proposal.mentor.name)}*, whom you named, has it now"
    now = name if proposal.way is Way.CHOICE else "it is with somebody who fits now; you hear the name with their yes"
    on = "has moved on" if told.before else "is on its way again"
    said = f"Your request for a mentor {on}: {now}.{_could_not(told)}"
    return _message(said, _back(told))


def waits(told: Told) -> dict[str, Any]:
    """Nobody was found for now."""
    said = f"I have not found a mentor for you yet, and I would have liked to.{_could_not(told)}"
    then = "Your request stays open, and comes first in the next round. You can ask anew any time, with other wishes."
    hint = mentors.opens_most(told.request)
    change = parts.button("Change my request", id=mentors.ASK)
    return _message(said, _back(told, change), then, *([hint] if hint else []))


def _could_not(told: Told) -> str:
    """Why it went on, of somebody the mentee asked for by name."""
    if told.before is None or told.before.way is not Way.CHOICE:
        return ""
    return f" {escape(told.before.mentor.name)} could not take it on this time."


def accepted(told: Told) -> dict[str, Any]:
    """A yes, with who it is."""
    proposal = told.proposal
    assert proposal is not None  # noqa: S101  (loaded with it)
    who = f"*{escape(proposal.mentor.name)}* ({mentors.level_of(proposal.mentor, told.framework)})"
    said = f"Good news: {who} says yes and is your mentor from now on."
    return _message(said, parts.button("Mentoring", id=mentors.OPEN), _reasons(told))


def _reasons(told: Told) -> str:
    assert told.proposal is not None  # noqa: S101
    names = competencies(told.framework)
    found = [
        escape(sentence(one, Reader.MENTEE, named=lambda key: names.get(key, key))) for one in told.proposal.reasons
    ]
    return "\n".join(f"• {one}" for one in found) or "I open a conversation for the two of you."


def _back(told: Told, *more: dict[str, Any]) -> list[dict[str, Any]]:
    back = parts.button("Take my request back", id=mentors.WITHDRAW, value=told.request.id.hex)
    return [*more, back]


def _message(said: str, buttons: dict[str, Any] | Sequence[dict[str, Any]], *lines: str) -> dict[str, Any]:
    shown = [buttons] if isinstance(buttons, dict) else list(buttons)
    blocks = [
        parts.section(said, id="said"),
        *(parts.section(line, id=f"line-{number}") for number, line in enumerate(lines)),
        parts.actions(*shown, id="do"),
        parts.context(WHY, id="why"),
    ]
    return parts.message(said, blocks)
