"""Who knows this: a page to look for colleagues by what they have shown, and to be found oneself or not."""

from collections.abc import Mapping
from typing import Any

from bot.rules.who_knows import LONGEST, Competence, Found, Meant
from bot.views import forms, inputs, parts
from bot.views.words import clip, escape, listing

FORM = "who_knows.v1"
OPEN = "who_knows.open"
CHOOSE = "who_knows.choose"
MORE = "who_knows.more"
AGREE, TAKE_BACK = "who_knows.agree", "who_knows.take_back"
TITLE = "Who knows this?"
MOST_NAMES = 12
NOTE = (
    "Only colleagues with accepted evidence for it who agreed to be found, by name. It says nothing of how much "
    "anybody has shown, and nothing of those who did not agree."
)
NOBODY = "*Nobody who agreed to be found has shown this yet.* Others may know it all the same: ask around."


def growth_row(*, is_findable: bool) -> dict[str, Any]:
    """Where it stands in *My growth*."""
    own = "Colleagues find you, too, as you agreed." if is_findable else "You are not found yourself, unless you agree."
    said = f"Find colleagues by what they have shown. {own}"
    button = parts.button("Look", id=OPEN, says=TITLE)
    return parts.section(f"*{TITLE}*\n{said}", id="who-knows", accessory=button)


def page(found: Found) -> dict[str, Any]:
    blocks = [
        inputs.text_input(
            "A competency, in your words", id="typed", initial=found.typed, at_most=LONGEST, is_optional=True,
            hint=clip(f"For example {listing(found.names[:4])}.", 300) if found.names else "",
        ),
        *_answer(found),
        parts.divider(id="line"),
        _own(found),
        parts.context(NOTE, id="note"),
    ]  # fmt: skip
    return parts.modal(TITLE, blocks, id=FORM, submit="Look")


def _answer(found: Found) -> list[dict[str, Any]]:
    meant = found.meant
    if meant is None:
        return []
    if meant.is_close or len(meant.fits) != 1:
        return _suggestions(found, meant)
    one = meant.fits[0]
    blocks = [parts.section(f"*{escape(one.name)}*\n{escape(one.about)}", id="competency")]
    if not found.people:
        return [*blocks, parts.section(NOBODY, id="nobody")]
    lines = [f"• {escape(who.name)}{f' · {escape(who.track)}' if who.track else ''}" for who in found.people]
    blocks.append(parts.section("\n".join(lines), id="people"))
    if found.is_more:
        more = parts.button("Show more", id=MORE, value=f"{found.skipped + len(found.people)}:{one.name}")
        blocks.append(parts.actions(more, id="more"))
    return blocks


def _suggestions(found: Found, meant: Meant) -> list[dict[str, Any]]:
    typed = escape(clip(found.typed, LONGEST))
    if not meant.fits:
        names = listing([escape(name) for name in found.names[:MOST_NAMES]])
        return [parts.section(f"Nothing in the framework is called “{typed}”. It knows {names}.", id="unknown")]
    said = f"Nothing is called “{typed}”. Did you mean:" if meant.is_close else f"“{typed}” may mean several things:"
    return [
        parts.section(said, id="unknown"),
        *(_suggestion(one, number) for number, one in enumerate(meant.fits)),
    ]


def _suggestion(one: Competence, number: int) -> dict[str, Any]:
    button = parts.button("Look", id=CHOOSE, value=one.name, says=f"Look for {one.name}")
    return parts.section(f"*{escape(one.name)}*\n{escape(one.about)}", id=f"meant-{number}", accessory=button)


def _own(found: Found) -> dict[str, Any]:
    """Whether whoever looks can be found, and for what."""
    what = listing([escape(name) for name in found.own]) or "nothing yet: it takes accepted evidence"
    if found.is_findable:
        said = f"*You can be found*: your name and your track, for {what}."
        return parts.section(said, id="own", accessory=parts.button("Take it back", id=TAKE_BACK))
    said = f"*You cannot be found.* If you like to be, colleagues see your name and your track, for {what}."
    return parts.section(said, id="own", accessory=parts.button("Let them find me", id=AGREE))


def read(view: Mapping[str, Any]) -> str:
    return str(forms.answers(view).get("typed") or "")


def read_more(value: object) -> tuple[int, str]:
    """(how many to leave out, which competency) of the button for more."""
    skip, _, name = (value if isinstance(value, str) else "").partition(":")
    return int(skip) if skip.isascii() and skip.isdigit() and len(skip) < 6 else 0, name
