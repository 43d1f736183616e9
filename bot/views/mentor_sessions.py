"""Sessions of a mentorship: the form to plan one, its agenda, "did you meet?", and one thing taken away."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.rules.less import Topic
from bot.rules.mentor_sessions import LENGTHS, LONGEST, USUAL, Agenda, Choices, MentorSession, Own
from bot.rules.people import Person
from bot.views import forms, inputs, less, parts
from bot.views.inputs import Option
from bot.views.words import clip, escape, listing

FORM = "mentor_session.plan.v1"
PLANNED = "mentor_session.planned.v1"
AGENDA = "mentor_session.agenda.v1"
TOOK = "mentor_session.took.v1"
SAID = "mentor_session.said.v1"
PLAN = "mentor_session.plan"
MOVE = "mentor_session.move"
OPEN_AGENDA = "mentor_session.agenda"
CALENDAR = "mentor_session.calendar"
YES = "mentor_session.yes"
NO = "mentor_session.no"
TAKE = "mentor_session.take"
NAME = 20  # characters of a name in a menu, where Slack has room for 75
MOST_LINES = 5
NO_HOURS = (
    "*I find no working hours that you share in the next three weeks.* Choose a day and a time of your own; it may "
    "help to ask first."
)
BOTH_READ = "The two of you read this before your next session, nobody else does."
NO_BLAME = "*Noted: not this time.* Things come up; nothing counts against anybody, and nobody else hears of it."
YOURS = "Your session, for your own calendar. When it is moved, the new file takes the place of this one."


# When


def at(moment: datetime, person: Person) -> str:
    """`Tue 24 Nov, 15:00`, on this person's clock."""
    local = moment.astimezone(ZoneInfo(person.schedule.zone))
    return f"{local:%a} {local.day} {local:%b}, {local:%H:%M}"


def for_both(moment: datetime, me: Person, other: Person, *, you: str = "you", other_name: str = "") -> str:
    """`Tue 24 Nov, 15:00 for you, 09:00 for Ana`; the day stands there twice where it is another one."""
    mine, theirs = at(moment, me), at(moment, other)
    day, clock = theirs.split(", ")
    theirs = clock if mine.startswith(f"{day},") else theirs
    return f"{mine} for {you}, {theirs} for {other_name or other.name}"


def _for_the_two(found: MentorSession) -> str:
    mentor, mentee = escape(found.mentor.name), escape(found.mentee.name)
    when = for_both(found.starts_at, found.mentor, found.mentee, you=mentor, other_name=mentee)
    return f"*{when}* ({found.minutes} minutes)"


# The form


def modal(choices: Choices) -> dict[str, Any]:
    """Times that suit both, or one of one's own; the same form moves what is planned."""
    coming, other = choices.coming, escape(choices.other.name)
    blocks = [parts.section(_offered(choices), id="said")]
    if choices.slots:
        blocks.append(inputs.radio("Times that suit both of you", _slots(choices), id="slot", is_optional=True))
    lengths = [Option(str(length), f"{length} minutes") for length in LENGTHS]
    zone = choices.me.schedule.zone
    blocks += [
        inputs.date_input("Or a day of your own", id="on", is_optional=True),
        inputs.time_input("and a time", id="time", is_optional=True, hint=f"On your own clock ({zone})."),
        inputs.select("How long?", lengths, id="minutes", initial=str(coming.minutes if coming else USUAL)),
        parts.context(f"{other} hears of it in your conversation, and may move it like you.", id="who"),
    ]
    return parts.modal(
        "Plan a session", blocks, id=FORM, submit="Move it" if coming else "Plan it", about=_about(choices)
    )


def _offered(choices: Choices) -> str:
    said = f"*The next session with {escape(choices.other.name)}.*" if choices.slots else NO_HOURS
    if choices.coming is None:
        return said
    when = for_both(choices.coming.starts_at, choices.me, choices.other, other_name=escape(choices.other.name))
    return f"{said}\nIt is planned for {when}. Choose another time to move it."


def _slots(choices: Choices) -> list[Option]:
    name = clip(choices.other.name, NAME)
    return [
        Option(slot.astimezone(UTC).isoformat(), for_both(slot, choices.me, choices.other, other_name=name))
        for slot in choices.slots
    ]


def _about(choices: Choices) -> str:
    coming = choices.coming
    return f"{choices.mentorship_id.hex}:{coming.id.hex}:{coming.moves}" if coming else choices.mentorship_id.hex


def read(view: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """(when, by the fields of `rules.read_start`; how many minutes)."""
    typed = forms.answers(view)
    on = typed.get("on")
    when = {"slot": str(typed.get("slot") or ""), "on": on if isinstance(on, date) else None}
    return {**when, "time": str(typed.get("time") or "")}, str(typed.get("minutes") or "")


def read_about(view: Mapping[str, Any]) -> tuple[UUID | None, UUID | None, int]:
    """(the mentorship, the session to be moved, how often it had been moved); no session: a new one."""
    mentorship, _, rest = forms.about(view).partition(":")
    moved, _, moves = rest.partition(":")
    number = int(moves) if moves.isascii() and moves.isdigit() and len(moves) < 9 else 0
    return forms.thing(mentorship), forms.thing(moved), number


def planned(own: Own) -> dict[str, Any]:
    """What the form turns into."""
    when = for_both(own.session.starts_at, own.me, own.other, other_name=escape(own.other.name))
    said = f"*{'Moved' if own.session.moves else 'Planned'}: {when}* ({own.session.minutes} minutes)."
    then = f"{escape(own.other.name)} hears of it in your conversation. I put the agenda there the day before."
    value = own.session.id.hex
    blocks = [
        parts.section(f"{said}\n{then}", id="said"),
        parts.actions(parts.button("Calendar file", id=CALENDAR, value=value), id="next"),
    ]
    return parts.modal("Plan a session", blocks, id=PLANNED)


def file_given() -> dict[str, Any]:
    said = "*It is in our conversation.* Open it there to put the session into your calendar."
    return parts.modal("Calendar file", [parts.section(said, id="said")], id=SAID)


# In the conversation of the two


def told(found: MentorSession) -> dict[str, Any]:
    """A session is planned, or moved."""
    said = f"Your session is {'moved to' if found.moves else 'planned for'} {_for_the_two(found)}."
    value = found.id.hex
    buttons = (
        parts.button("Open the agenda", id=OPEN_AGENDA, value=value),
        parts.button("Calendar file", id=CALENDAR, value=value),
        parts.button("Move it", id=MOVE, value=value),
    )
    why = "You get this because one of you two planned it. Either of you may move it."
    blocks = [parts.section(said, id="said"), parts.actions(*buttons, id="next"), parts.context(why, id="why")]
    return parts.message(said, blocks)


def agenda(drawn: Agenda) -> dict[str, Any]:
    """The day before. What the two took away the last time stays behind the button."""
    found = drawn.session
    said = f"Your next session: {_for_the_two(found)}."
    value = found.id.hex
    buttons = (
        parts.button("Open the agenda", id=OPEN_AGENDA, value=value, style="primary"),
        parts.button("Move it", id=MOVE, value=value),
    )
    why = "You get this before each session, because the two of you planned it. It is a start, not a duty."
    blocks = [
        parts.section(said, id="said"),
        *_focus(drawn),
        parts.section(_points(drawn), id="points"),
        parts.actions(*buttons, id="next"),
        parts.context(why, id="why"),
    ]
    return parts.message(said, blocks)


def _focus(drawn: Agenda) -> list[dict[str, Any]]:
    if not drawn.focus:
        return []
    titles = listing([f"_{escape(title)}_" for title in drawn.focus])
    return [parts.section(f"*{escape(drawn.session.mentee.name)} works on:* {titles}", id="focus")]


def _points(drawn: Agenda) -> str:
    return "\n".join(["*Three light questions*", *(f"• {point}" for point in drawn.points)])


def agenda_modal(drawn: Agenda) -> dict[str, Any]:
    """The whole of it, for one of the two."""
    blocks = [
        parts.section(_for_the_two(drawn.session), id="when"),
        *_focus(drawn),
        *_last(drawn.last),
        parts.section(_points(drawn), id="points"),
    ]
    return parts.modal("Agenda", blocks, id=AGENDA)


def _last(last: MentorSession | None) -> list[dict[str, Any]]:
    if last is None:
        return []
    blocks = [parts.section("*What you took away the last time*", id="last")]
    for side, person, took in (("mentor", last.mentor, last.mentor_took), ("mentee", last.mentee, last.mentee_took)):
        if took:
            blocks += [parts.context(escape(person.name), id=f"{side}-name"), parts.words(took, id=f"{side}-took")]
    return [*blocks, parts.context(BOTH_READ, id="who")]


# Afterwards


def met(own: Own) -> dict[str, Any]:
    """The question to one of the two; once answered, how they answered."""
    name, when = escape(own.other.name), at(own.session.starts_at, own.me)
    if own.met is not None:
        said = f"You and {name}, {when}: {'you met' if own.met else 'not this time'}. Thank you!"
        return parts.message(said, [parts.section(said, id="said"), parts.actions(*_after(own), id="answers")])
    said = f"Did you and {name} meet ({when})?"
    why = f"You get this because the two of you planned it. {name} is asked the same, and sees no answer of yours."
    blocks = [
        parts.section(said, id="said"),
        parts.actions(*met_buttons(own), id="answers"),
        parts.context(why, id="why"),
        less.row(Topic.SESSIONS),
    ]
    return parts.message(said, blocks)


def met_buttons(own: Own) -> list[dict[str, Any]]:
    value = own.session.id.hex
    return [
        parts.button("Yes", id=YES, value=value, style="primary", says=f"Yes, I met {own.other.name}"),
        parts.button("Not this time", id=NO, value=value),
        parts.button("Move it", id=MOVE, value=value),
    ]


def _after(own: Own) -> list[dict[str, Any]]:
    value = own.session.id.hex
    if not own.met:
        plan = parts.button("Plan a session", id=PLAN, value=own.session.mentorship_id.hex)
        return [plan, parts.button("We did meet", id=YES, value=value)]
    label = "Change what I took away" if own.took else "One thing I take away"
    return [parts.button(label, id=TAKE, value=value), parts.button("We did not meet", id=NO, value=value)]


def met_line(own: Own, number: int) -> list[dict[str, Any]]:
    """The same in the morning's list."""
    said = f"Did you and {escape(own.other.name)} meet ({at(own.session.starts_at, own.me)})?"
    return [parts.section(said, id=f"met-{number}"), parts.actions(*met_buttons(own), id=f"met-answers-{number}")]


def took_modal(own: Own) -> dict[str, Any]:
    """One thing, if they like; their answer is kept already."""
    asked = inputs.text_input(
        "One thing you take away", id="took", initial=own.took, is_long=True, at_most=LONGEST, is_optional=True,
        hint="Something you learned, or want to try. Leave it empty, if you like.",
    )  # fmt: skip
    said = f"*Good to hear that you and {escape(own.other.name)} met.* Your answer is kept."
    blocks = [parts.section(said, id="said"), asked, parts.context(BOTH_READ, id="who")]
    return parts.modal("You met", blocks, id=TOOK, submit="Keep", about=own.session.id.hex)


def read_took(view: Mapping[str, Any]) -> tuple[UUID | None, str]:
    return forms.thing(forms.about(view)), str(forms.answers(view).get("took") or "")


def not_met(own: Own) -> dict[str, Any]:
    plan = parts.button("Plan a session", id=PLAN, value=own.session.mentorship_id.hex)
    blocks = [parts.section(NO_BLAME, id="said"), parts.actions(plan, id="next")]
    return parts.modal("Not this time", blocks, id=SAID)


# What is ahead, for Home and for /mentor


def lines(found: Sequence[Own]) -> list[dict[str, Any]]:
    """A line for each session that is planned, with its agenda."""
    return [_line(own, number) for number, own in enumerate(found[:MOST_LINES])]


def _line(own: Own, number: int) -> dict[str, Any]:
    said = (
        f"*Session with {escape(own.other.name)}:* {at(own.session.starts_at, own.me)} ({own.session.minutes} minutes)"
    )
    says = f"Open the agenda with {own.other.name}"
    button = parts.button("Open the agenda", id=OPEN_AGENDA, value=own.session.id.hex, says=says)
    return parts.section(said, id=f"session-{number}", accessory=button)
