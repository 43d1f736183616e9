"""A view of somebody's work against the words of a level: how it is asked for, and what a manager is asked."""

from collections.abc import Mapping
from typing import Any

from bot.rules.assessments import LONGEST, Assessment, Blind, Expected, Rating, Said, State
from bot.views import forms, inputs, parts, side_by_side, surface
from bot.views.inputs import Option
from bot.views.words import clip, escape, listing, plural

RATE = "assessments.rate"
SEND = "assessments.send"
FORM = "assessments.rate.v1"
DRAFT = "assessments.draft.v1"
RATING = "rating-"
TITLE = "My view"
HOW = "*Keep* sends nothing yet: you read it over first, and can go on later."
RATINGS = (
    Option(Rating.NOT_YET, "Not yet", "Not to be seen so far"),
    Option(Rating.SOMETIMES, "Sometimes", "In some of the work, or with help"),
    Option(Rating.MOSTLY, "Mostly", "In most of the work that calls for it"),
    Option(Rating.ALWAYS, "As described", "Whenever the work calls for it, also when it is hard"),
    Option(Rating.CANNOT_SAY, "I can't say", "There was no chance to see it"),
)


# What every form about a level has


def expected(one: Expected) -> list[dict[str, Any]]:
    """The words of the level, as they were when it was begun."""
    return [parts.section(f"*{escape(one.name)}*\n{escape(one.text)}", id=f"expected-{one.key}")]


def rating_input(one: Expected, *, initial: Rating | None = None, is_optional: bool = False) -> dict[str, Any]:
    return inputs.select(
        "How often is it so?", RATINGS, id=f"{RATING}{one.key}", initial=initial, is_optional=is_optional
    )


def read(view: Mapping[str, Any]) -> dict[str, Said]:
    """Competency → what was said of it."""
    typed = forms.answers(view)
    keys = [name.removeprefix(RATING) for name in typed if name.startswith(RATING)]
    return {key: Said(_rating(typed.get(f"{RATING}{key}")), str(typed.get(f"note-{key}") or "")) for key in keys}


def _rating(value: object) -> Rating | None:
    return Rating(value) if isinstance(value, str) and value in set(Rating) else None


# The manager


def line(one: Blind, number: int) -> dict[str, Any]:
    """Something a manager is asked, in Home, in the morning's list and beside their own."""
    button = parts.button("Give my view", id=RATE, value=one.id.hex, says=f"Give my view to {one.author}")
    return parts.section(_asks(one.author, len(one.asked), one), id=f"assessment-{number}", accessory=button)


def _asks(author: str, many: int, one: Blind | Assessment) -> str:
    of = f"{escape(one.wording.level_name)} ({escape(one.wording.level)})"
    return (
        f"*{escape(clip(author, 100))}* asks how you see {plural(many, 'competency', 'competencies')} at the level {of}"
    )


def rate_form(blind: Blind) -> dict[str, Any]:
    name = escape(clip(blind.author, 100))
    said = f"{_asks(blind.author, len(blind.asked), blind)}.\n*{name} reads it, signed by you.*"
    then = f"Neither of you sees the other's view before both are in. Those with whom {name} shares it read it, too."
    blocks = [parts.section(said, id="said"), parts.context(then, HOW, id="then")]
    for number, (one, pieces) in enumerate(blind.asked):
        so_far = blind.so_far(one)
        blocks += [
            *expected(one), *side_by_side.evidence(pieces, id=f"asked-{number}"),
            rating_input(one, initial=so_far.rating, is_optional=True), _note(one, so_far.note),
        ]  # fmt: skip
    return dict(surface.guard(parts.modal(TITLE, blocks, id=FORM, submit="Keep", about=blind.id.hex), "modal"))


def _note(one: Expected, initial: str) -> dict[str, Any]:
    return inputs.text_input(
        "What did you see?", id=f"note-{one.key}", initial=initial, is_long=True, at_most=LONGEST, is_optional=True,
        hint="One thing that was done, and what changed because of it.",
    )  # fmt: skip


def draft(blind: Blind) -> dict[str, Any]:
    """A view as it is kept, to be read over and sent."""
    blocks = [parts.section(f"{_asks(blind.author, len(blind.asked), blind)}.", id="said")]
    for number, (one, _) in enumerate(blind.asked):
        blocks += [*expected(one), *side_by_side.view_of("You", blind.so_far(one), id=f"mine-{number}")]
    go_on = parts.button("Go on", id=RATE, value=blind.id.hex)
    send = parts.button("Send it", id=SEND, value=blind.id.hex, style="primary")
    blocks.append(parts.section(_not_sent(blind), id="state"))
    blocks.append(parts.actions(*([] if blind.left_open else [send]), go_on, id="do"))
    return dict(surface.guard(parts.modal(TITLE, blocks, id=DRAFT), "modal"))


def _not_sent(blind: Blind) -> str:
    name = escape(clip(blind.author, 100))
    if blind.left_open:
        named = listing([escape(one.name) for one in blind.left_open])
        return f'*Kept for you, and not sent.* Open still: {named}. "I can\'t say" is an answer, too.'
    return (
        f"*Kept for you, and not sent yet.* Once sent, {name} reads it and it stays, for the two of you to talk about."
    )


# Messages: who and what, never anybody's words


def asked(found: Assessment) -> dict[str, Any]:
    """The question to the manager, as it stands now."""
    author = escape(clip(found.author, 100))
    if found.state is State.OPEN:
        said = f"{author} does not need your view any more. Thank you for being there."
        return parts.message(said, [parts.section(said, id="said")])
    if found.state is State.RATED:
        said = f"Your view is in, and {author} reads it now. Thank you! A talk about both is the best part of it."
        look = parts.button("Read both", id=side_by_side.LOOK, value=found.id.hex)
        return parts.message(said, [parts.section(said, id="said"), parts.actions(look, id="do")])
    said = f"{_asks(found.author, len(found.picked), found)}."
    give = parts.button("Give my view", id=RATE, value=found.id.hex, style="primary")
    why = (
        f"You get this because {author} asks you as their manager. You see the words of the level and the evidence; "
        f"{author}'s own view once yours is in. I name it once more, some days from now, and then never again."
    )
    return _message(said, give, why)


def both(found: Assessment) -> dict[str, Any]:
    said = (
        f"*{escape(clip(found.rater, 100))}* has given a view of what you picked. Now you both can read both, side by "
        "side."
    )
    look = parts.button("Read both", id=side_by_side.LOOK, value=found.id.hex, style="primary")
    return _message(said, look, "You get this because you asked for it.")


def shared(found: Assessment) -> dict[str, Any]:
    author = escape(clip(found.author, 100))
    of = f"{escape(found.wording.level_name)} ({escape(found.wording.level)})"
    said = f"*{author}* shares a self-assessment with you, against the level {of}."
    look = parts.button("Read it", id=side_by_side.LOOK, value=found.id.hex)
    return _message(
        said, look, f"You get this once, because {author} would like you to read it, and sees that you did."
    )


def _message(said: str, button: dict[str, Any], why: str) -> dict[str, Any]:
    blocks = [parts.section(said, id="said"), parts.actions(button, id="do"), parts.context(why, id="why")]
    return parts.message(said, blocks)
