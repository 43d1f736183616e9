"""You said, we did: the list that everybody can open, the forms of owners, and what the channel reads of it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from bot.rules.less import Topic, spelled
from bot.rules.promises import LONGEST, Due, Promise, State
from bot.views import forms, inputs, less, parts, surface
from bot.views.inputs import Option
from bot.views.words import day, escape, plural

OPEN = "promises.open"
NEW = "promises.new"
CLOSE = "promises.close"
PAGE = "promises.page.v1"
FORM = "promises.form.v1"
KEEP_FORM = "promises.keep.v1"
DROP_FORM = "promises.drop.v1"
TITLE = "You said, we did"
KEEP, DROP = "keep", "drop"
MOST_IN_HOME = 3
IN_A_MONTH = timedelta(days=30)

NOTHING = "Nothing is promised so far. What owners promise because of what people say stands here, with its day."
HERE = "This is posted here so that whoever said something sees what becomes of it."
BY_RECEIPT = "If you wrote about it, you can say without a name whether this fixed it: Home, *I have a receipt*."


def home_blocks(promises: Sequence[Promise], *, today: date) -> list[dict[str, Any]]:
    """The next few in everybody's Home, and the way to all of them; nothing where nothing was promised."""
    if not promises:
        return []
    lines = "\n\n".join(_told(one, today) for one in promises[:MOST_IN_HOME])
    every = parts.button("See all", id=OPEN, says="See all of: you said, we did")
    return [parts.section(f"*{TITLE}*\n{lines}", id="promises", accessory=every)]


def page(promises: Sequence[Promise], *, today: date, is_owner: bool) -> dict[str, Any]:
    """All of them; an owner finds what can be done with each."""
    lines = [_line(one, today, is_owner=is_owner) for one in promises]
    new = [parts.actions(parts.button("New promise", id=NEW, style="primary"), id="do")] if is_owner else []
    blocks = [*new, *(lines or [parts.section(NOTHING, id="nothing")])]
    return dict(surface.guard(parts.modal(TITLE, blocks, id=PAGE), "modal"))


def _line(one: Promise, today: date, *, is_owner: bool) -> dict[str, Any]:
    id = f"promise-{one.id.hex}"  # noqa: A001  (what Slack calls block_id)
    is_open = is_owner and one.state is State.OPEN
    return parts.section(_told(one, today), id=id, accessory=_menu(one) if is_open else None)


def _menu(one: Promise) -> dict[str, Any]:
    choices = [Option(f"{KEEP}:{one.id.hex}", "We did it"), Option(f"{DROP}:{one.id.hex}", "It will not happen")]
    return inputs.overflow(choices, id=CLOSE)


def _told(one: Promise, today: date) -> str:
    said = f"*You said:* {escape(one.said)}"
    if one.state is State.KEPT:
        return f"{said}\n*We did:* {escape(one.did)}"
    if one.state is State.DROPPED:
        return f"{said}\n*We do not:* {escape(one.did)}\n*Why:* {escape(one.why_not)}"
    late = "it was due" if one.due_on < today else "by"
    return f"{said}\n*We do:* {escape(one.did)} ({late} {day(one.due_on, today)})"


def chosen(value: object) -> tuple[str, UUID | None]:
    """(what to do, the promise) of a choice in its menu."""
    what, _, promise = str(value or "").partition(":")
    return what, forms.thing(promise)


def form(cycle_id: str | None, *, today: date) -> dict[str, Any]:
    return parts.modal(
        "New promise",
        [
            parts.section("Everybody can read this, and it comes back to you on its day until it is done.", id="what"),
            inputs.text_input(
                "What did people say?", id="said", is_long=True, at_most=LONGEST,
                hint="In your own words. Nobody should recognize a sentence, or a person in it.",
            ),
            inputs.text_input("What do you do about it?", id="did", is_long=True, at_most=LONGEST),
            inputs.date_input("By when?", id="due_on", initial=today + IN_A_MONTH),
        ],
        id=FORM, submit="Promise it", about=cycle_id or "",
    )  # fmt: skip


def read(view: Mapping[str, Any]) -> tuple[str | None, str, str, date | None]:
    """(cycle it follows from, what was said, what is done, by when)."""
    typed = forms.answers(view)
    due_on = typed.get("due_on")
    said, did = (str(typed.get(name) or "") for name in ("said", "did"))
    return forms.about(view) or None, said, did, due_on if isinstance(due_on, date) else None


def keep_form(one: Promise) -> dict[str, Any]:
    return parts.modal(
        "We did it",
        [
            parts.section(f"*You said:* {escape(one.said)}", id="was"),
            inputs.text_input(
                "What is different now?", id="did", initial=one.did, is_long=True, at_most=LONGEST,
                hint="Everybody reads it. Whoever wrote about it can tell you whether it fixed it, without a name.",
            ),
        ],
        id=KEEP_FORM, submit="Tell everybody", about=one.id.hex,
    )  # fmt: skip


def drop_form(one: Promise) -> dict[str, Any]:
    return parts.modal(
        "It will not happen",
        [
            parts.section(f"*We do:* {escape(one.did)}", id="was"),
            inputs.text_input("Why not?", id="why_not", is_long=True, at_most=LONGEST, hint="Everybody reads it."),
        ],
        id=DROP_FORM, submit="Tell everybody", about=one.id.hex,
    )  # fmt: skip


def read_closing(view: Mapping[str, Any]) -> tuple[UUID | None, str]:
    """(the promise, what was typed) of either form that closes one."""
    typed = forms.answers(view)
    return forms.thing(forms.about(view)), str(typed.get("did") or typed.get("why_not") or "")


# In the channel


def made(one: Promise) -> dict[str, Any]:
    until = f"{spelled(one.due_on)} {one.due_on.year}"
    return _posted(f"*You said:* {escape(one.said)}\n*We do:* {escape(one.did)} (by {until})", HERE)


def kept(one: Promise) -> dict[str, Any]:
    return _posted(f"*You said:* {escape(one.said)}\n*We did:* {escape(one.did)}", HERE, BY_RECEIPT)


def dropped(one: Promise) -> dict[str, Any]:
    said = f"*You said:* {escape(one.said)}\n*We do not:* {escape(one.did)}\n*Why:* {escape(one.why_not)}"
    return _posted(said, HERE)


def _posted(said: str, *why: str) -> dict[str, Any]:
    every = parts.actions(parts.button("See all", id=OPEN, says="See all of: you said, we did"), id="do")
    return parts.message(said, [parts.section(said, id="said"), every, parts.context(*why, id="why")])


# Coming back to its owner


def due(shown: Due) -> dict[str, Any]:
    said = f"A promise of yours about the program {_since(shown)}. Is it done?"
    why = "You get this because you look after it. It comes back every two weeks until it is kept or dropped."
    blocks = [
        parts.section(said, id="said"),
        parts.actions(parts.button("See it", id=OPEN, style="primary"), id="do"),
        parts.context(why, id="why"),
        less.row(Topic.REMINDERS),
    ]
    return parts.message(said, blocks)


def _since(shown: Due) -> str:
    due_on = shown.promise.due_on
    return "is due today" if due_on == shown.today else f"was due {day(due_on, shown.today)}"


def due_line(count: int) -> dict[str, Any]:
    """The same in the morning's list."""
    said = f"{plural(count, 'promise', 'promises')} about the program: the day has come"
    return parts.section(said, id="promises", accessory=parts.button("See it", id=OPEN, says="See what is promised"))
