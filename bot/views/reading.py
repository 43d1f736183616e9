"""How a manager reads check-ins, one after the other, and what comes back to the person."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from bot.rules.check_ins import LONGEST, CheckIn, Moved, Reply, Unread
from bot.views import forms, inputs, parts
from bot.views.check_ins import LABELS
from bot.views.inputs import Option
from bot.views.words import day, escape, plural

FORM = "reading.v1"
DONE = "reading.done.v1"
SHOWN = "reading.reply.v1"
OPEN = "reading.open"
OPEN_REPLY = "reading.open_reply"
TALK = "talk"
MOVED = {Moved.FORWARD: "moved forward", Moved.SAME: "no change", Moved.STUCK: "stuck here"}


def modal(unread: Unread, *, today: date) -> dict[str, Any]:
    """One answer, with what the manager can do with it; sending shows the next one."""
    left = (
        f"{plural(unread.left, 'more answer', 'more answers')} after this one." if unread.left else "This is the last."
    )
    moved = "\n".join(f"• {escape(title)}: {MOVED[how]}" for title, how in unread.moved)
    return parts.modal(
        "New check-ins",
        [
            parts.section(f"*{escape(unread.name)}* · {day(unread.check_in.submitted_at.date(), today)}", id="who"),
            *([parts.context(_in_place_of(unread.in_place_of), id="for")] if unread.in_place_of else []),
            parts.context(left, id="left"),
            *([parts.section(moved, id="moved")] if moved else []),
            *words_of(unread.check_in),
            parts.divider(id="line"),
            _fresh(unread, inputs.text_input(
                "Reply", id="reply", is_long=True, at_most=LONGEST, is_optional=True,
                hint=f"{unread.name} reads it. Leave it empty to note only that you have read this.",
            )),
            *([] if unread.in_place_of else [_fresh(unread, _later(unread))]),
        ],
        id=FORM, submit="Seen, next" if unread.left else "Seen", about=unread.check_in.id.hex,
    )  # fmt: skip


def _in_place_of(manager: str) -> str:
    return f"You read this while {escape(manager)} is away. What is to be talked about waits for them."


def _later(unread: Unread) -> dict[str, Any]:
    if unread.check_in.is_to_talk_about:
        said = f"*{escape(unread.name)}* has put this on the list for your next conversation: `/ladder talk`."
        return parts.context(said, id="later")
    talk = Option(TALK, "Talk about it next time", "Both of you find it with /ladder talk until you have talked.")
    return inputs.checkboxes("For later", [talk], id="later", is_optional=True)


def _fresh(unread: Unread, block: dict[str, Any]) -> dict[str, Any]:
    """An id of its own for each answer: Slack keeps what was typed in a block that keeps its id, also for the next."""
    return {**block, "block_id": f"{block['block_id']}:{unread.check_in.id.hex}"}


def words_of(check_in: CheckIn) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = []
    for name in sorted(LABELS, key=lambda one: one != "help_wanted"):  # what somebody waits for comes first
        text = getattr(check_in.words, name)
        if text:
            blocks += [parts.context(f"*{LABELS[name]}*", id=f"{name}-label"), parts.words(text, id=f"{name}-words")]
    return blocks


def read(view: Mapping[str, Any]) -> tuple[UUID | None, str, bool]:
    """(the check-in, the reply, whether to talk about it)."""
    typed = {key.partition(":")[0]: value for key, value in forms.answers(view).items()}
    later = typed.get("later")
    return forms.thing(forms.about(view)), str(typed.get("reply") or ""), isinstance(later, list) and TALK in later


def all_read() -> dict[str, Any]:
    said = "*Nothing new to read.* What your people send arrives here, and waits until you have time."
    return parts.modal("New check-ins", [parts.section(said, id="done")], id=DONE)


def replied(reply: Reply) -> dict[str, Any]:
    """What the person hears; the words are behind the button."""
    manager = escape(reply.manager)
    said = f"*{manager}* has read your check-in"
    said += " and replied." if reply.reply else "."
    if reply.is_to_talk_about:
        said += " It is on the list for your next conversation: `/ladder talk`."
    blocks = [parts.section(said, id="said")]
    if reply.reply:
        read_it = parts.button("Read the reply", id=OPEN_REPLY, value=reply.check_in.id.hex)
        blocks.append(parts.actions(read_it, id="next"))
    return parts.message(said, [*blocks, parts.context("You get this because you sent the check-in.", id="why")])


def reply_modal(reply: Reply) -> dict[str, Any]:
    """The reply beside what it answers."""
    return parts.modal(
        "Reply",
        [
            parts.context(f"*{escape(reply.manager)}* wrote", id="who"),
            parts.words(reply.reply, id="reply-words"),
            parts.divider(id="line"),
            parts.context("Your check-in", id="yours"),
            *words_of(reply.check_in),
        ],
        id=SHOWN,
    )
