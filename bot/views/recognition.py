"""Recognition: the form, what two people read of it, and how it is named in the channel."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.rules.recognition import LONGEST, Form, Page, State, Thanks
from bot.views import forms, inputs, parts, surface
from bot.views.inputs import Option
from bot.views.words import clip, day, escape

OPEN = "recognition.open"
NEW = "recognition.new"
READ = "recognition.read"
PUBLISH = "recognition.publish"
WITHDRAW = "recognition.withdraw"
WHOM_FORM = "recognition.whom.v1"
FORM = "recognition.v1"
PAGE = "recognition.page.v1"
TITLE = "Thanks"
GONE = "This thanks was withdrawn by one of the two."
ABOUT = (
    "*Thank somebody for something they did*, quiet things first. They alone read it; others only if you both agree, "
    "and only for as long as you both do."
)
FOR_ALL, FOR_ONE = "all", "one"


# Giving it


def whom_form() -> dict[str, Any]:
    who = inputs.people_select("Whom do you thank?", id="receiver", at_most=1)
    return parts.modal(TITLE, [parts.section(ABOUT, id="about"), who], id=WHOM_FORM, submit="Go on")


def read_whom(view: Mapping[str, Any]) -> str:
    """A Slack id."""
    chosen = forms.answers(view).get("receiver")
    return chosen[0] if isinstance(chosen, list) and chosen else ""


def form(found: Form, did: str = "") -> dict[str, Any]:
    """Who reads it stands above, before anything is written. `did`: what was typed behind the name."""
    name = escape(clip(found.receiver.name, 100))
    blocks = [
        parts.section(f"*Signed with your name. {name} will read it.*", id="readers"),
        inputs.text_input(
            "What did they do?", id="did", initial=did, is_long=True, at_most=LONGEST, hint="One thing you saw."
        ),
        inputs.text_input(
            "What changed because of it?", id="changed", is_long=True, at_most=LONGEST, is_optional=True
        ),
        inputs.select("What does it show?", [Option(one.key, one.name) for one in found.competencies], id="competency"),
        *_who_reads(found, name),
    ]  # fmt: skip
    return parts.modal(TITLE, blocks, id=FORM, submit="Send", about=found.receiver.slack_id or "")


def _who_reads(found: Form, name: str) -> list[dict[str, Any]]:
    if found.channel is None:
        return []
    options = [
        Option(FOR_ALL, f"Others too, if {clip(found.receiver.name, 40)} agrees"),
        Option(FOR_ONE, f"{clip(found.receiver.name, 40)} alone"),
    ]
    told = (
        f"If you both agree, <#{found.channel}> names it, with both names. Either of you can withdraw it at any time. "
        f"If {name} would rather keep it, nobody hears of that."
    )
    return [inputs.radio("Who reads it?", options, id="audience", initial=FOR_ALL), parts.context(told, id="told")]


def read(view: Mapping[str, Any]) -> dict[str, Any]:
    """{to, competency, did, changed, is_for_all} as sent."""
    typed = forms.answers(view)
    words = {name: str(typed.get(name) or "") for name in ("competency", "did", "changed")}
    return {**words, "to": forms.about(view), "is_for_all": typed.get("audience") == FOR_ALL}


def sent(thanks: Thanks) -> dict[str, Any]:
    said = f"*Sent.* {escape(clip(thanks.receiver, 100))} hears of it in their own working hours."
    then = "`/ladder thanks` shows what you gave and got, and takes it back."
    return parts.modal(TITLE, [parts.section(said, id="said"), parts.context(then, id="then"), _to_page()], id=PAGE)


def _to_page() -> dict[str, Any]:
    return parts.actions(parts.button("All my thanks", id=OPEN), id="page")


# Looking at it


def page(found: Page, *, today: date) -> dict[str, Any]:
    received = [_line(one, n, today, f"{_name(one.giver)} thanks you") for n, one in enumerate(found.received)]
    given = [
        _line(one, n, today, f"You thank {_name(one.receiver)}") for n, one in enumerate(found.given, len(received))
    ]
    blocks = [
        parts.section(ABOUT, id="about"),
        parts.actions(parts.button("Thank somebody", id=NEW, style="primary"), id="do"),
        *([parts.section("*For you*", id="received"), *received] if received else []),
        *([parts.section("*From you*", id="given"), *given] if given else []),
    ]
    return dict(surface.guard(parts.modal(TITLE, blocks, id=PAGE), "modal"))


def _name(name: str) -> str:
    return f"*{escape(clip(name, 100))}*"


def _line(one: Thanks, number: int, today: date, said: str) -> dict[str, Any]:
    button = parts.button("Read", id=READ, value=one.id.hex, says=f"Read the thanks: {one.competency}")
    public = ", published" if one.state is State.PUBLISHED else ""
    when = day(one.given_at.date(), today)
    return parts.section(f"{said}: {escape(one.competency)}\n{when}{public}", id=f"thanks-{number}", accessory=button)


def shown(thanks: Thanks, *, is_receiver: bool, is_giver: bool, channel: str | None) -> dict[str, Any]:
    """One thanks; whoever is thanked says whether others read it, and either of the two withdraws it."""
    blocks = [
        parts.section(
            f"{_name(thanks.giver)} thanks {_name(thanks.receiver)}\n{escape(thanks.competency)}, "
            f"{escape(thanks.track_name)}",
            id="who",
        ),
        parts.context("What they did", id="did-title"),
        parts.words(thanks.did, id="did"),
        *_changed(thanks),
    ]
    if is_receiver or is_giver:
        blocks.append(parts.section(_stands(thanks, is_receiver=is_receiver, channel=channel), id="state"))
        buttons = _buttons(thanks, is_receiver=is_receiver, channel=channel)
        blocks += [*([parts.actions(*buttons, id="do")] if buttons else []), _to_page()]
    return dict(surface.guard(parts.modal(TITLE, blocks, id=PAGE), "modal"))


def _changed(thanks: Thanks) -> list[dict[str, Any]]:
    if not thanks.changed:
        return []
    title = parts.context("What changed because of it", id="changed-title")
    return [title, parts.words(thanks.changed, id="changed")]


def _can_publish(thanks: Thanks, channel: str | None) -> bool:
    return thanks.is_for_all and thanks.is_here and channel is not None and thanks.state is not State.PUBLISHED


def _stands(thanks: Thanks, *, is_receiver: bool, channel: str | None) -> str:
    giver, receiver = escape(clip(thanks.giver, 100)), escape(clip(thanks.receiver, 100))
    if thanks.state is State.PUBLISHED:
        return f"<#{thanks.channel}> names it. Either of you can withdraw it at any time, without a reason."
    if is_receiver and _can_publish(thanks, channel):
        return (
            f"It is yours alone. {giver} agrees that <#{channel}> names it, so that others see what good work on your "
            f"track looks like. If you would rather keep it, do nothing: {giver} hears nothing of that."
        )
    if not is_receiver and thanks.is_for_all:
        return f"It is with {receiver}. Whether others read it is theirs to say, and quietly so."
    return "It stays between the two of you."


def _buttons(thanks: Thanks, *, is_receiver: bool, channel: str | None) -> list[dict[str, Any]]:
    value = thanks.id.hex
    why = "Its words are gone then, here and in the channel. You need no reason."
    sure = parts.confirm("Withdraw it?", why, yes="Withdraw it", no="Keep it")
    withdraw = parts.button("Withdraw it", id=WITHDRAW, value=value, style="danger", confirm=sure)
    if is_receiver and _can_publish(thanks, channel):
        return [parts.button("Let others read it", id=PUBLISH, value=value, style="primary")]
    return [] if is_receiver and thanks.state is not State.PUBLISHED else [withdraw]


def withdrawn() -> dict[str, Any]:
    said = "*It is gone*, with its words. If the channel named it, the message there is changed as well."
    return parts.modal(TITLE, [parts.section(said, id="said"), _to_page()], id=PAGE)


# Messages: who and what, never its words


def given(thanks: Thanks) -> dict[str, Any]:
    said = f"{_name(thanks.giver)} thanks you for something you did: {escape(thanks.competency)}."
    button = parts.button("Read it", id=READ, value=thanks.id.hex, style="primary")
    why = f"You get this because {escape(clip(thanks.giver, 100))} wrote it to you. You alone read it."
    blocks = [parts.section(said, id="said"), parts.actions(button, id="do"), parts.context(why, id="why")]
    return parts.message(said, blocks)


def published(thanks: Thanks) -> dict[str, Any]:
    """In the channel, as it stands now. The words stay behind the button, so that withdrawing takes them from all."""
    if thanks.state is not State.PUBLISHED:
        return parts.message(GONE, [parts.section(GONE, id="said")])
    said = f"{_name(thanks.giver)} thanks {_name(thanks.receiver)}: {escape(thanks.competency)}"
    button = parts.button("Read it", id=READ, value=thanks.id.hex, says=f"Read the thanks to {thanks.receiver}")
    why = (
        f"{escape(thanks.track_name)}. Both agreed to this, and each can withdraw it. Thank somebody yourself: "
        "`/ladder thanks`."
    )
    blocks = [parts.section(said, id="said"), parts.actions(button, id="do"), parts.context(why, id="why")]
    return parts.message(said, blocks)


def hub_row() -> dict[str, Any]:
    """In *Feedback*."""
    button = parts.button("Open", id=OPEN, says="Open thanks, given and received")
    said = "*Thanks*\nFor something that somebody did. Others read it only if you both agree."
    return parts.section(said, id="thanks", accessory=button)
