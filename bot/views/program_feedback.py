"""Program feedback: what is promised before anybody writes, the form, the receipt, and what everybody hears of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.rules.feedback_forms import Announced, Form, Notice
from bot.rules.less import Topic, spelled
from bot.rules.program_feedback import ITEMS, MOST_TEXT, Answers
from bot.views import forms, inputs, less, notices, parts
from bot.views.inputs import Option
from bot.views.words import day, escape, listing

FORM = "program_feedback.v1"
SENT = "program_feedback.sent.v1"
PAGE = "program_feedback.page.v1"
OPEN = notices.OPEN_PROGRAM_FEEDBACK
TAKE_BACK = "program_feedback.take_back"
RECEIPT = "feedback_threads.open"
TITLE = "Program feedback"

TEXTS = {"text1": "What helps you, and should stay?", "text2": "What gets in your way, and what would be better?"}
CANNOT_SAY = "cannot say"
SCALE = {5: "5 · fully", 4: "4 · mostly", 3: "3 · half", 2: "2 · hardly", 1: "1 · not at all"}
OPTIONS = [*(Option(str(n), said) for n, said in SCALE.items()), Option(CANNOT_SAY, "I can't say")]

PROMISE = (
    "*What we promise, and what we cannot*\n"
    "• Readers, your manager and the database administrator cannot see who wrote what. After the cycle closes the key "
    "is destroyed and nobody can, including us.\n"
    "• Slack carries your form to our server and therefore sees it: who opened and sent it, when, and what is in it. "
    "Someone who alters our program while you submit could read it; it is built from public code, and whoever runs it "
    "can print for you what it does here.\n"
    "• Your writing style and facts only you know can identify you. Answers appear together, shuffled, only when at "
    "least {k} people answered."
)
SMALL_GROUP = "Among so many, notes alone seldom reach {k}; answers to the questions make it likelier."
TOO_FEW = "If fewer than {k} answer, all stays sealed for another window, three in all, and is then destroyed unread."
READS = (
    "• *You are one of its readers.* Your words are released with the rest; your ratings are in no figure, nor in the "
    "{k}."
)
TAKEN_BACK = "*Done.* Whatever you sent in this cycle is gone, and nobody has read it. You can send something new."
KEEP = (
    "With it you can read an answer and reply, and nobody learns who you are: Home, *I have a receipt*. "
    "*Keep it outside Slack; nobody can send it to you again.*"
)
NOT_TAKEN = (
    "*What followed the command was not taken.* Slack keeps commands, and whoever may export them can read them. Write "
    "it into this form instead."
)
OTHERWISE = "It reminds you once, a week before it closes."
DESTROYED = "Last time too few answered, three windows long. All of it was destroyed unread, as promised."


def form(shown: Form, *, today: date, has_typed: bool = False) -> dict[str, Any]:
    """One form for a note alone and for the pulse: any one part of it is enough. `has_typed`: after the command."""
    return parts.modal(
        TITLE,
        [
            *([parts.section(NOT_TAKEN, id="not-taken")] if has_typed else []),
            parts.section(safety(shown.contact), id="safety"),
            parts.section(PROMISE.format(k=shown.k), id="promise"),
            parts.section(_facts(shown, today), id="facts"),
            parts.divider(id="line"),
            *(_item(name, sentence) for name, sentence in ITEMS.items()),
            *(_text(name, asked) for name, asked in TEXTS.items()),
            parts.actions(_take_back(), _receipt(), id="do"),
        ],
        id=FORM, submit="Send", about=f"{shown.cycle_id} {shown.receipt}",
    )  # fmt: skip


def safety(contact: str) -> str:
    return f"*Not for emergencies, and not about a person:* {escape(contact)} answers within a day."


def _facts(shown: Form, today: date) -> str:
    until = day(shown.closes, today)
    lines = [
        "*Before you write*",
        f"• *Who reads it:* {listing([escape(one) for one in shown.readers])}.",
        f"• *{shown.group:,} people can take part now.* {_likely(shown)}",
        f"• *What counts:* the last three things you send before {until}; we cannot show them to you. Until then you "
        "can take all of it back. After the release nothing can be taken back.",
    ]
    if shown.is_steward:
        lines.append("• *The key* is with a steward, not on our server: before the release not even we can open it.")
    if shown.is_reader:
        lines.append(READS.format(k=shown.k))
    return "\n".join(lines)


def _likely(shown: Form) -> str:
    small = SMALL_GROUP.format(k=shown.k) if shown.is_small else ""
    return f"{small} {TOO_FEW.format(k=shown.k)}".strip()


def _item(name: str, sentence: str) -> dict[str, Any]:
    return inputs.select(sentence, OPTIONS, id=name, placeholder="From 1 to 5", is_optional=True)


def _text(name: str, asked: str) -> dict[str, Any]:
    return inputs.text_input(asked, id=name, is_long=True, at_most=MOST_TEXT, is_optional=True)


def _take_back() -> dict[str, Any]:
    sure = parts.confirm(
        "Take everything back?", "All that you sent in this cycle is deleted, unread. Nobody is told.",
        yes="Take it back", no="Leave it",
    )  # fmt: skip
    return parts.button("Take back everything I sent in this cycle", id=TAKE_BACK, confirm=sure)


def read(view: Mapping[str, Any]) -> tuple[str, str, Answers]:
    """(id of the cycle, receipt, answers) of the form: an item that was left empty and "can't say" are the same."""
    given = forms.answers(view)
    cycle_id, _, receipt = forms.about(view).partition(" ")
    ratings = {name: _rating(given.get(name)) for name in ITEMS}
    first, second = (str(given.get(name) or "") for name in TEXTS)
    return cycle_id, receipt, Answers(ratings, (first, second))


def _rating(value: object) -> int | None:
    return int(value) if isinstance(value, str) and value in {str(n) for n in SCALE} else None


def sent(receipt: str, answers: Answers) -> dict[str, Any]:
    """What the form turns into: the only place where the receipt is ever shown. Without words nobody can reply."""
    said = parts.section("*It is in, sealed.* Thank you for saying it.", id="said")
    until = parts.context("Until the cycle closes you can send more, or take all of it back.", id="until")
    if not any(answers.texts):
        return parts.modal(TITLE, [said, until], id=PAGE)
    return parts.modal(
        TITLE,
        [
            said,
            inputs.text_input("Your receipt, to copy", id="receipt", initial=receipt, at_most=60),
            parts.section(KEEP, id="keep"),
            until,
        ],
        id=SENT, submit="I have kept it",
    )  # fmt: skip


def taken_back() -> dict[str, Any]:
    return parts.modal(TITLE, [parts.section(TAKEN_BACK, id="said")], id=PAGE, close="Back")


def closed(why: str) -> dict[str, Any]:
    """Instead of the form: why it is not there now, and the way to a reply all the same."""
    return parts.modal(TITLE, [parts.section(escape(why), id="said"), parts.actions(_receipt(), id="do")], id=PAGE)


def _receipt() -> dict[str, Any]:
    return parts.button("I have a receipt", id=RECEIPT)


def opened(shown: Announced) -> dict[str, Any]:
    """A cycle has opened: to everybody alike."""
    said = f"{escape(shown.name)}, how is the career program for you? Program feedback is open."
    how = (
        f"A few questions and room for words, all of it optional. What you send before {_closes(shown)} counts. Nobody "
        "can see who wrote what; the form says how, before you write."
    )
    why = f"You get this because program feedback has opened for everybody in the program. {OTHERWISE}"
    return _announcement(said, how, why)


def reminder(shown: Announced) -> dict[str, Any]:
    """A week before it closes, also to those who have answered."""
    said = f"{escape(shown.name)}, program feedback closes soon: what you send before {_closes(shown)} counts."
    how = "If you have answered: thank you, and never mind this. I cannot know who has, so it goes to everybody alike."
    why = "You get this because it goes to everybody in the program, once, a week before a cycle closes."
    return _announcement(said, how, why)


def _closes(shown: Announced) -> str:
    return day(shown.closes, shown.today)


def _announcement(said: str, how: str, why: str) -> dict[str, Any]:
    open_it = parts.button("Open the form", id=OPEN, style="primary")
    return parts.message(
        said,
        [
            parts.section(f"{said}\n{how}", id="said"),
            parts.actions(open_it, id="do"),
            parts.context(why, id="why"),
            less.row(Topic.PROGRAM_FEEDBACK),
        ],
    )


def line(closes: date) -> dict[str, Any]:
    """Among what waits, whether or not somebody has answered."""
    said = f"Program feedback is open: what is sent before {spelled(closes)} counts. I cannot know who has answered."
    return parts.section(said, id="program-feedback", accessory=parts.button("Open the form", id=OPEN))


def home_blocks(notice: Notice | None, *, today: date) -> list[dict[str, Any]]:
    """The same lines for everybody, whatever they have sent."""
    if notice is None or notice == Notice():
        return []
    said = ["*Program feedback*"]
    if notice.closes:
        said.append(f"Open now, sealed and without names: what you send before {day(notice.closes, today)} counts.")
    elif notice.is_destroyed:
        said.append(DESTROYED)
    if notice.has_replies:
        said.append("There are replies to what was written; a receipt opens them.")
    buttons = [parts.button("Give program feedback", id=OPEN)] if notice.closes else []
    return [
        parts.section("\n".join(said), id="feedback"),
        parts.actions(*buttons, _receipt(), id="feedback-do"),
    ]
