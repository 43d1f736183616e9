"""What readers of program feedback see: the digest, words page by page, an answer, and folding away.

The digest has no words of anybody; they stand behind its button alone.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.rules.feedback_digests import Digest, Page, Public, Shown
from bot.rules.feedback_threads import LONGEST, Said, Side
from bot.rules.less import spelled
from bot.rules.program_feedback import Cycle
from bot.views import feedback_figures, forms, inputs, parts, promises, surface
from bot.views.words import plural, unlinked

OPEN = "feedback_digests.open"
EARLIER, LATER = "feedback_digests.earlier", "feedback_digests.later"
READ = "feedback_digests.read"
BACK, ON = "feedback_digests.page_back", "feedback_digests.page_on"
ANSWER = "feedback_digests.answer"
FOLD = "feedback_digests.fold"
LEAVE_OPEN = "feedback_digests.leave_open"
DIGEST = "feedback_digests.v1"
WORDS = "feedback_digests.words.v1"
ANSWER_FORM = "feedback_digests.answer.v1"
TITLE = "Program feedback"
MOST_TURNS = 4  # of a conversation, the newest

WHY = "You get this because you are one of its readers, who are named to everybody before they write."
NOTHING_YET = (
    "*Nothing has been opened yet.* When a cycle closes and enough people have answered, its figures and "
    "words stand here, and you hear of it at nine in the morning."
)
PLEASE = "They stand in an order drawn by lot. Please do not guess who wrote what, and ask nobody."
SPOKE = {Side.READER: "A reader answered:", Side.AUTHOR: "The author replied:"}
FOLD_WHY = (
    "For words that attack a person. Once a second reader agrees, nobody can read them any more; everybody sees how "
    "many were folded away, and nobody is unmasked."
)


def message(shown: Digest) -> dict[str, Any]:
    """To each reader, once, when a cycle has been opened."""
    said = _opened(shown)
    blocks = [
        parts.section(said, id="said"),
        *feedback_figures.drawn(shown),
        *_words_line(shown),
        parts.actions(*_buttons(shown), id="do"),
        parts.context(WHY, id="why"),
    ]
    return parts.message(said, blocks)


def modal(shown: Digest | None, cycles: Sequence[Cycle]) -> dict[str, Any]:
    """The same at any time, of this cycle or an earlier one."""
    if shown is None:
        return parts.modal(TITLE, [parts.section(NOTHING_YET, id="said")], id=DIGEST)
    blocks = [
        parts.section(_opened(shown), id="said"),
        parts.actions(*_buttons(shown), id="do"),
        *feedback_figures.told(shown),
        *_words_line(shown),
        *_turning(shown.cycle, cycles),
    ]
    return dict(surface.guard(parts.modal(TITLE, blocks, id=DIGEST), "modal"))


def _opened(shown: Digest) -> str:
    first, last = spelled(shown.cycle.opens), f"{spelled(shown.cycle.closes)} {shown.cycle.closes.year}"
    return f"*Program feedback* of {first} to {last}: {shown.table.people} people answered."


def _words_line(shown: Digest) -> list[dict[str, Any]]:
    said = [f"{plural(shown.texts, 'text', 'texts')} to read."] if shown.texts else ["Nobody wrote words."]
    said += [f"{plural(shown.waiting, 'author has', 'authors have')} replied to you."] if shown.waiting else []
    said += [folded(shown.folded)] if shown.folded else []
    return [parts.section(" ".join(said), id="words")]


def folded(count: int) -> str:
    attack = "it attacks" if count == 1 else "they attack"
    return f"{plural(count, 'text was', 'texts were')} folded away, because two readers found that {attack} a person."


def _buttons(shown: Digest) -> list[dict[str, Any]]:
    cycle = shown.cycle.id
    read = [parts.button("Read what was written", id=READ, value=_place(cycle, 0), style="primary")]
    return [*(read if shown.texts else []), parts.button("Promise something", id=promises.NEW, value=cycle)]


def _turning(cycle: Cycle, cycles: Sequence[Cycle]) -> list[dict[str, Any]]:
    """The newest comes first, so the earlier ones follow it."""
    ids = [one.id for one in cycles]
    place = ids.index(cycle.id)
    buttons = [parts.button("Earlier cycle", id=EARLIER, value=ids[place + 1])] if place + 1 < len(ids) else []
    buttons += [parts.button("Later cycle", id=LATER, value=ids[place - 1])] if place else []
    return [parts.actions(*buttons, id="turn")] if buttons else []


def pressed_cycle(value: object) -> str | None:
    """The cycle whose digest is wanted; None for the newest."""
    found = forms.thing(value)
    return found.hex if found else None


# Words


def page(shown: Page) -> dict[str, Any]:
    head = [f"*{plural(shown.whole, 'text', 'texts')}.* {PLEASE}"]
    head += [folded(shown.folded)] if shown.folded else []
    texts = [block for one in shown.texts for block in _text(one, shown)]
    blocks = [parts.section("\n".join(head), id="head"), *texts, *_pages(shown)]
    return dict(surface.guard(parts.modal("What was written", blocks, id=WORDS, close="Back"), "modal"))


def _text(one: Shown, page: Page) -> list[dict[str, Any]]:
    value = f"{_place(page.cycle.id, page.number)}:{one.slot}"
    return [
        parts.divider(id=f"line-{one.slot}"),
        parts.words(unlinked(one.text), id=f"text-{one.slot}"),
        *_conversation(one),
        parts.actions(parts.button("Answer", id=ANSWER, value=value), *_folding(one, value), id=f"do-{one.slot}"),
    ]


def _conversation(one: Shown) -> list[dict[str, Any]]:
    turns = one.said[-MOST_TURNS:]
    blocks = [block for number, turn in enumerate(turns) for block in _turn(turn, f"{one.slot}-{number}")]
    state = "The author waits for your answer." if one.waits else "Answered." if turns else "Not answered yet."
    asked = {True: "You asked to fold it away; another reader decides.", False: "A reader wants to fold it away."}
    notes = [state] if one.asked_by_me is None else [state, asked[one.asked_by_me]]
    return [*blocks, parts.context(*notes, id=f"state-{one.slot}")]


def _turn(turn: Said, key: str) -> list[dict[str, Any]]:
    return [parts.context(SPOKE[turn.side], id=f"who-{key}"), parts.words(unlinked(turn.words), id=f"said-{key}")]


def _folding(one: Shown, value: str) -> list[dict[str, Any]]:
    label = "Agree to fold away" if one.asked_by_me is False else "Fold away"
    sure = parts.confirm("Fold it away?", FOLD_WHY, yes="Fold away", no="Leave it")
    fold = [parts.button(label, id=FOLD, value=value, confirm=sure)] if not one.asked_by_me else []
    leave = [parts.button("Leave it open", id=LEAVE_OPEN, value=value)] if one.asked_by_me is not None else []
    return [*fold, *leave]


def _pages(shown: Page) -> list[dict[str, Any]]:
    if not shown.last:
        return []
    cycle, number = shown.cycle.id, shown.number
    back = [parts.button("Back", id=BACK, value=_place(cycle, number - 1))] if number else []
    on = [parts.button("Further", id=ON, value=_place(cycle, number + 1))] if number < shown.last else []
    here = parts.context(f"Page {number + 1} of {shown.last + 1}", id="page")
    return [parts.divider(id="pages"), here, parts.actions(*back, *on, id="turn")]


def _place(cycle_id: str, number: int) -> str:
    return f"{cycle_id}:{number}"


def read_place(value: object) -> tuple[str | None, int, str | None]:
    """(cycle, page, text) of a button or of the form behind it; None for what is no id of ours."""
    cycle, number, slot = [*str(value or "").split(":"), "", ""][:3]
    found, text = forms.thing(cycle), forms.thing(slot)
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0
    return found.hex if found else None, page, text.hex if text else None


def answer_form(one: Shown, *, place: str) -> dict[str, Any]:
    hint = "All readers see it, and whoever holds the receipt of these words: it says “a reader”, not your name."
    return parts.modal(
        "Answer",
        [
            parts.words(unlinked(one.text), id="text"),
            *_conversation(one),
            inputs.text_input("Your answer", id="words", is_long=True, at_most=LONGEST, hint=hint),
        ],
        id=ANSWER_FORM, submit="Answer", close="Back", about=place,
    )  # fmt: skip


def read_answer(view: Mapping[str, Any]) -> tuple[str, str]:
    """(where, the words)."""
    return forms.about(view), str(forms.answers(view).get("words") or "")


# Home


def owner_blocks(newest: Cycle | None) -> list[dict[str, Any]]:
    """In the owners' part of Home."""
    opened = f"The newest that was opened closed on {spelled(newest.closes)}." if newest else "None was opened yet."
    said = f"*Program feedback*\nWhat people say without their names, once enough have answered. {opened}"
    buttons = [parts.button("Read the digest", id=OPEN), parts.button("You said, we did", id=promises.OPEN)]
    return [parts.section(said, id="feedback"), parts.actions(*buttons, id="feedback-do")]


def home_blocks(shown: Public | None) -> list[dict[str, Any]]:
    """What everybody reads of the newest cycle that was opened."""
    if shown is None:
        return []
    lines = [f"*What people said about the program*: {shown.people} answered the last time."]
    lines += [feedback_figures.in_words(item, one, shown.before.get(item)) for item, one in shown.items.items()]
    lines += [folded(shown.folded)] if shown.folded else []
    return [parts.section("\n".join(lines), id="feedback-said")]
