"""Replies by receipt: the form that asks for one, what it opens, and what is said back."""

from collections.abc import Mapping
from typing import Any

from bot.rules.feedback_threads import (
    FIELDS,
    LONGEST,
    RECEIPT,
    VERDICTS,
    Opened,
    Replies,
    Said,
    Side,
    Thread,
    Verdict,
    reply_to,
)
from bot.rules.promises import Promise
from bot.views import forms, inputs, parts, program_feedback
from bot.views.inputs import Option
from bot.views.words import escape

OPEN = program_feedback.RECEIPT
FORM = "feedback_threads.receipt.v1"
REPLY = "feedback_threads.v1"
REPLIED = "feedback_threads.replied.v1"
TITLE = "Replies by receipt"
MOST_TURNS = 5  # of each text, the newest: more of the longest would not fit
MOST_PROMISES = 3
SPOKE = {Side.READER: "*A reader answered*", Side.AUTHOR: "*You replied*"}
HELD = "readers see it tomorrow morning"
HOW = (
    "What you reply reaches all readers with the replies of others at nine the next morning, without a name or a time. "
    "Nobody else can open this, and it is nowhere in your own data here."
)


def ask() -> dict[str, Any]:
    hint = "26 letters and digits. Blanks, dashes and small letters do no harm."
    return parts.modal(
        TITLE,
        [
            parts.section("It opens what readers answered to your words. Nothing of it says who you are.", id="said"),
            inputs.text_input("Your receipt", id=RECEIPT, hint=hint, at_most=60),
        ],
        id=FORM, submit="Open",
    )  # fmt: skip


def typed(view: Mapping[str, Any]) -> str:
    return str(forms.answers(view).get(RECEIPT) or "")


def threads(opened: Opened) -> dict[str, Any]:
    """Every text with what was said about it, and room for a reply to each."""
    blocks = [block for one in opened.threads for block in _thread(one, is_only=len(opened.threads) == 1)]
    blocks += [block for one in opened.kept[:MOST_PROMISES] for block in _kept(one)]
    return parts.modal(TITLE, [*blocks, parts.context(HOW, id="how")], id=REPLY, submit="Reply", about=opened.receipt)


def _thread(shown: Thread, *, is_only: bool) -> list[dict[str, Any]]:
    line = [] if is_only or shown.field == "text1" else [parts.divider(id=f"line-{shown.field}")]
    turns = shown.said[-MOST_TURNS:]
    silence = parts.context("Nobody has answered yet.", id=f"silence-{shown.field}")
    return [
        *line,
        parts.section("*You wrote*", id=f"wrote-{shown.field}"),
        parts.words(shown.text, id=f"text-{shown.field}"),
        *(block for number, turn in enumerate(turns) for block in _turn(turn, f"{shown.field}-{number}")),
        *([] if turns else [silence]),
        inputs.text_input("Your reply", id=reply_to(shown.field), is_long=True, at_most=LONGEST, is_optional=True),
    ]


def _turn(turn: Said, key: str) -> list[dict[str, Any]]:
    spoke = f"{SPOKE[turn.side]} ({HELD})" if turn.is_held else SPOKE[turn.side]
    return [parts.section(spoke, id=f"spoke-{key}"), parts.words(turn.words, id=f"said-{key}")]


def _kept(promise: Promise) -> list[dict[str, Any]]:
    options = [Option(one.value, said) for one, said in VERDICTS.items()]
    said = f"*You said:* {escape(promise.said)}\n*We did:* {escape(promise.did)}"
    return [
        parts.divider(id=f"line-{promise.id.hex}"),
        parts.section(said, id=f"kept-{promise.id.hex}"),
        inputs.radio("Did it help?", options, id=promise.id.hex, is_optional=True),
    ]


def receipt(view: Mapping[str, Any]) -> str:
    """The receipt with which the replies were opened."""
    return forms.about(view)


def read(view: Mapping[str, Any]) -> Replies:
    given = forms.answers(view)
    words = {field: str(given.get(reply_to(field)) or "") for field in FIELDS}
    chosen = {forms.thing(key): value for key, value in given.items() if isinstance(value, str)}
    verdicts = {key: Verdict(value) for key, value in chosen.items() if key is not None and value in set(Verdict)}
    return Replies({field: one for field, one in words.items() if one}, verdicts)


def replied() -> dict[str, Any]:
    said = "*Kept.* Readers see it tomorrow at nine, together with the replies of others and in no order."
    return parts.modal(TITLE, [parts.section(said, id="said")], id=REPLIED)
