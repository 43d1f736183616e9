"""The check-in: its prompt, its form, what is shown after, and the way back."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.rules import readiness
from bot.rules.check_ins import LONGEST, WRITTEN, Answer, CheckIn, Form, Moved, Prompt, Receipt, Words
from bot.rules.features import ALL
from bot.rules.less import Topic
from bot.views import forms, inputs, less, parts, plan_ticks, surface
from bot.views.inputs import Option
from bot.views.words import day, escape, listing

FORM = "check_in.v1"
RECEIPT = "check_in.receipt.v1"
HISTORY = "check_in.history.v1"
ANSWER = "check_in.answer"
NOTHING_NEW = "check_in.nothing_new"
LATER_TODAY = "check_in.later_today"
TOMORROW = "check_in.tomorrow"
SKIP = "check_in.skip"
SAVE_WIN = "check_in.save_win"
TALK = "check_in.talk"

MOVED = "moved:"
PRIVATE = "private"
MOVES = (
    Option(Moved.FORWARD, "Moved forward"),
    Option(Moved.SAME, "No change"),
    Option(Moved.STUCK, "I'm stuck here"),
)
LABELS = dict(zip(WRITTEN, ("Win", "Obstacle", "Help wanted", "Learned"), strict=True))
TOLD = {
    Answer.ANSWERED: "Thank you, your check-in is in.",
    Answer.NOTHING_NEW: "Thank you. *Nothing new* is noted as your answer.",
    Answer.SKIPPED: "This round is left out. Nobody is told, and nothing counts against you.",
}


def prompt(drawn: Prompt) -> dict[str, Any]:
    """The message itself: five buttons until there is an answer, then one to change it."""
    value = drawn.id.hex
    why = f"You get this {drawn.rhythm}, as a member, at your own local time. `/ladder settings` changes that."
    if drawn.is_over:
        said = "This round is over; the next prompt has come or is on its way."
        return parts.message(said, [parts.section(said, id="asked")])
    if drawn.answer is not None:
        said = f"{TOLD[drawn.answer]} You can change it until the next prompt."
        change = parts.button("Change my answer", id=ANSWER, value=value)
        return parts.message(said, [parts.section(said, id="asked"), parts.actions(change, id="answers")])
    if drawn.again_at is not None:
        said = f"I'll ask again {moment(drawn.again_at, drawn.schedule.zone, drawn.now)}."
        now = parts.button("Answer now", id=ANSWER, value=value)
        return parts.message(said, [parts.section(said, id="asked"), parts.actions(now, id="answers")])
    said = f"Hi {escape(drawn.name)}, time for your check-in: what moved, what got in the way, what would help?"
    if drawn.now - drawn.due_at > timedelta(hours=2):
        said += " It comes a little late today; that is on my side, not yours."
    blocks = [parts.section(said, id="asked"), parts.actions(*_buttons(drawn, value), id="answers")]
    return parts.message(said, [*blocks, parts.context(why, id="why"), less.row(Topic.CHECK_INS)])


def _buttons(drawn: Prompt, value: str) -> list[dict[str, Any]]:
    put_off = [
        parts.button("Later today", id=LATER_TODAY, value=value),
        parts.button("Tomorrow", id=TOMORROW, value=value),
    ]
    return [
        parts.button("Answer", id=ANSWER, value=value, style="primary"),
        parts.button("Nothing new", id=NOTHING_NEW, value=value),
        *(put_off if drawn.can_put_off else []),
        parts.button("Skip", id=SKIP, value=value, says="Skip this round"),
    ]


def modal(form: Form, *, today: date, features: Collection[str] = ALL) -> dict[str, Any]:
    """The form, filled with what was given before."""
    words = form.given.words if form.given else Words()
    closes = f"You can change your answer until {day(form.next_on, today)}."
    return parts.modal(
        "Check-in",
        [
            parts.context(f"{_readers(form)} {closes}", id="reader"),
            *_milestones(form, words),
            inputs.text_input(
                "One win", id="win", initial=words.win, is_long=True, at_most=LONGEST, is_optional=True,
                placeholder="What went well, large or small?",
            ),
            inputs.text_input(
                "One obstacle", id="obstacle", initial=words.obstacle, is_long=True, at_most=LONGEST, is_optional=True,
                placeholder="What got in the way?",
            ),
            inputs.text_input(
                "Help wanted", id="help_wanted", initial=words.help_wanted, is_long=True, at_most=LONGEST,
                is_optional=True, placeholder="What would help, and from whom?",
            ),
            *_learned(form, words),
            *(plan_ticks.inputs_of(form.plan, today=today) if "growth" in features else []),
            *_privacy(form, words),
        ],
        id=FORM, submit="Send", about=form.round_on.isoformat(),
    )  # fmt: skip


def _readers(form: Form) -> str:
    if not form.readers:
        return "Only you read this: no manager is set for you."
    read = f"{_names(form.readers)} {'reads' if len(form.readers) == 1 else 'read'} this"
    if form.reader is None or form.deputy is None:
        return f"{read}, nobody else."
    return f"{read}; *{escape(form.deputy)}* may while {escape(form.reader)} is away. Nobody else."


def _names(readers: Sequence[str]) -> str:
    return listing([f"*{escape(name)}*" for name in readers])


def _milestones(form: Form, words: Words) -> list[dict[str, Any]]:
    if form.level is None or not form.focus:
        return []
    asked = [
        inputs.select(
            one.milestone.title, MOVES, id=MOVED + one.milestone.key, initial=words.moved.get(one.milestone.key),
            hint=readiness.line(one), placeholder="Choose, or leave empty", is_optional=True,
        )
        for one in form.focus
    ]  # fmt: skip
    return [parts.section(f"*Towards {escape(form.level.name)} ({form.level.key})*", id="towards"), *asked]


def _learned(form: Form, words: Words) -> list[dict[str, Any]]:
    if not (form.asks_learned or words.learned):
        return []
    learned = inputs.text_input(
        "What I learned", id="learned", initial=words.learned, is_long=True, at_most=LONGEST, is_optional=True,
        placeholder="What do you know now that you did not know before?",
    )  # fmt: skip
    return [learned]


def _privacy(form: Form, words: Words) -> list[dict[str, Any]]:
    if not form.readers:
        return []
    keep = Option(PRIVATE, "Keep this check-in to myself", "Only you can read it, now and later.")
    initial = [PRIVATE] if words.is_private else []
    return [inputs.checkboxes("Who reads it", [keep], id="privacy", initial=initial, is_optional=True)]


def read(view: Mapping[str, Any]) -> tuple[date | None, Words]:
    """(the round, what was written); the round is None when the form does not say."""
    typed = forms.answers(view)
    moved = {
        key.removeprefix(MOVED): Moved(value)
        for key, value in typed.items()
        if key.startswith(MOVED) and isinstance(value, str) and value in set(Moved)
    }
    return _day(forms.about(view)), Words(
        **{name: str(typed.get(name) or "") for name in WRITTEN},
        is_private=isinstance(kept := typed.get("privacy"), list) and PRIVATE in kept,
        moved=moved,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def receipt(given: Receipt, *, today: date, features: Collection[str] = ALL) -> dict[str, Any]:
    """What the form turns into once it is sent, and what can follow from it."""
    said = "Your change is kept." if given.check_in.edited_at else "Your check-in is in. Thank you!"
    who = f"{_names(given.readers)} can read it now." if given.readers else "Only you can read it."
    if given.has_reader and given.check_in.is_to_talk_about:
        who += " It is on the list for your next conversation: `/ladder talk` shows it to both of you."
    buttons = _what_follows(given, features)
    blocks = [
        parts.section(f"*{said}*\n{who}", id="said"),
        *([parts.actions(*buttons, id="follows")] if buttons else []),
        parts.context(f"Change it any time until {day(given.next_on, today)}: type `/checkin`.", id="next"),
    ]
    return parts.modal("Check-in", blocks, id=RECEIPT)


def _what_follows(given: Receipt, features: Collection[str]) -> list[dict[str, Any]]:
    value = given.check_in.id.hex
    save = parts.button("Save this win as evidence", id=SAVE_WIN, value=value)
    talk = parts.button("Talk about it next time", id=TALK, value=value)
    return [
        *([save] if given.can_save and "evidence" in features else []),
        *([talk] if given.has_reader and not given.check_in.is_to_talk_about else []),
    ]


def history(check_ins: Sequence[CheckIn], *, today: date) -> dict[str, Any]:
    """The latest check-ins, newest first, with the person's own words."""
    if not check_ins:
        empty = "Nothing here yet. After your first check-in you can look back at what you wrote."
        return parts.modal("My check-ins", [parts.section(empty, id="empty")], id=HISTORY)
    blocks: list[dict[str, Any]] = []
    for number, one in enumerate(check_ins):
        note = " · kept to yourself" if one.words.is_private else ""
        blocks.append(
            parts.section(f"*Round of {day(one.round_on, today)}* · {one.answer}{note}", id=f"round-{number}")
        )
        for name, label in LABELS.items():
            text = getattr(one.words, name)
            if text:
                blocks.append(parts.context(label, id=f"{name}-label-{number}"))
                blocks.append(parts.words(text, id=f"{name}-{number}"))
    return dict(surface.guard(parts.modal("My check-ins", blocks, id=HISTORY), "modal"))


def moment(at: datetime, zone: str, now: datetime) -> str:
    """`today at 12:00`, `Tuesday 24 November at 09:00`, on the person's own clock."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{day(local.date(), now.astimezone(ZoneInfo(zone)).date())} at {local:%H:%M}"
