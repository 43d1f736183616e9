"""The welcome: what the program is, three taps that may be left out, what it can read, and what it never does."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from bot.rules.check_ins import FOCUS
from bot.rules.features import ALL
from bot.rules.framework import Level, Track
from bot.rules.welcomes import Welcome, Wrong
from bot.views import forms, inputs, parts, people
from bot.views.inputs import Option
from bot.views.manager_weeks import names
from bot.views.words import escape, listing

RIGHT = "welcome.right"
WRONG = "welcome.wrong"
OPEN_FOCUS = "welcome.open_focus"
FOCUS_FORM = "welcome.focus.v1"

READS = (
    "*What I can read:* names, e-mail addresses and time zones of the directory, what you type into my forms, and this "
    "conversation. I cannot read channels or any other message, unless you hand me one yourself."
)
NEVER = (
    "*What I never do:* name anybody who did not answer, rank people, or make promises and threats. "
    "Silence is a valid answer."
)
YOURS = "*What is kept about you:* Home → My data."
MANAGES = (
    "*For you as a manager*\n"
    "• New check-ins wait for you in one window, person after person: `/ladder read`, or Home → My team.\n"
    "• When somebody would welcome help, you hear it the next morning.\n"
    "• Otherwise one message a week, on the third day you work, and only when something waits.\n"
    "You will never hear who did not answer."
)


def hello(drawn: Welcome, *, features: Collection[str] = ALL) -> dict[str, Any]:
    """Each tap is ticked off once it is done, and stays there to be changed."""
    said = f"Welcome, {escape(drawn.person.name)}! I am Ladderbot. I help you see where you stand and what comes next."
    intro = f"{said}\nThree taps, if you like, now or later; leaving them out costs you nothing."
    blocks = [
        parts.section(intro, id="said"),
        *_right(drawn),
        *_focus(drawn, asks="check_ins" in features),
        _hours(drawn),
        parts.section("\n".join([READS, NEVER, YOURS]), id="promises"),
    ]
    why = "You get this once, because you are a member of the program."
    if drawn.is_manager and "check_ins" in features:
        blocks += [parts.divider(id="line"), parts.section(MANAGES, id="manages")]
        why = "You get this once, because you are a member of the program and people report to you."
    return parts.message(said, [*blocks, parts.context(why, id="why")])


def _right(drawn: Welcome) -> list[dict[str, Any]]:
    value = drawn.person.id.hex
    titles = {None: "*Is this right?*", True: "✓ *That's right*", False: "✓ *Something is wrong*"}
    record = on_record(drawn.track, drawn.level, drawn.person.manager_name)
    said = f"{titles[drawn.is_right]}\n{record}"
    if drawn.is_right is False:
        said += f"\n{who_changes_it(drawn.owners)}"
    buttons = parts.actions(
        parts.button("That's right", id=RIGHT, value=value, says="That's right: my track, level and manager"),
        parts.button("Something is wrong", id=WRONG, value=value, says="Something is wrong with what is on record"),
        id="record-do",
    )
    return [parts.section(said, id="record"), buttons]


def who_changes_it(owners: Sequence[str]) -> str:
    if not owners:
        return "Whoever runs Ladderbot can change it; they will be glad to hear from you."
    return f"Thank you for saying so. {names(owners)} can change it and will hear of it from me."


def on_record(track: Track | None, level: Level | None, manager: str | None) -> str:
    """What the program holds about somebody, in one line of mrkdwn."""
    where = f"{escape(track.name)} · {escape(level.name)} ({level.key})" if track and level else "no track and level"
    return f"{where} · {f'manager: {escape(manager)}' if manager else 'no manager is set'}"


def _focus(drawn: Welcome, *, asks: bool) -> list[dict[str, Any]]:
    if drawn.upward is None or not drawn.upward.milestones:
        return []
    if drawn.focus:
        said = f"✓ *Your focus*\n{listing([escape(one.title) for one in drawn.focus])}"
    else:
        said = f"*Your focus*\nUp to three milestones of {escape(drawn.upward.name)} that you work on now."
        said += " Your check-ins ask about these; without a choice, about the nearest." if asks else ""
    label = "Change my focus" if drawn.focus else "Choose my focus"
    return [parts.section(said, id="focus", accessory=parts.button(label, id=OPEN_FOCUS))]


def _hours(drawn: Welcome) -> dict[str, Any]:
    wished = drawn.person.schedule
    title = "✓ *When to ask you*" if drawn.has_hours else "*When to ask you*"
    said = f"{title}\nAt {wished.hour:02}:00 by your clock ({escape(wished.zone)}), {drawn.rhythm}, on days you work."
    label = "Change when" if drawn.has_hours else "Choose when"
    return parts.section(said, id="hours", accessory=parts.button(label, id=people.OPEN_WISHES))


def manager(drawn: Welcome) -> dict[str, Any]:
    """For somebody to whom people report, and who was welcomed before or takes no part."""
    said = f"{escape(drawn.person.name)}, people report to you here, so this is what will come to you from now on."
    why = "You get this once, because people report to you. `/ladder settings` changes the hour and your days."
    blocks = [parts.section(said, id="said"), parts.section(MANAGES, id="manages")]
    return parts.message(said, [*blocks, parts.context(why, id="why")])


def focus_modal(level: Level, chosen: Collection[str]) -> dict[str, Any]:
    options = [Option(one.key, one.title) for one in level.milestones]
    initial = [one.key for one in level.milestones if one.key in chosen]
    return parts.modal(
        "Your focus",
        [
            parts.context(f"*{escape(level.name)} ({level.key})* asks for these. They are no promise.", id="level"),
            inputs.multi_select(
                "What do you work on now?", options, id="focus", initial=initial, at_most=FOCUS, is_optional=True,
                hint="Three at most. Leave it empty, and check-ins ask about the nearest ones.",
            ),
        ],
        id=FOCUS_FORM, submit="Keep",
    )  # fmt: skip


def read_focus(view: Mapping[str, Any]) -> list[str]:
    chosen = forms.answers(view).get("focus")
    return chosen if isinstance(chosen, list) else []


def wrong(drawn: Wrong) -> dict[str, Any]:
    """What an owner hears, and what they can do."""
    said = f"{escape(drawn.person.name)} says that something on record about them is wrong."
    record = f"On record: {on_record(drawn.track, drawn.level, drawn.person.manager_name)}"
    do = "Ask them what it should be. A people file changes it: Home, *Program*, *New people file*."
    why = "You get this because you are an owner of the program."
    blocks = [parts.section(said, id="said"), parts.section(f"{record}\n{do}", id="record")]
    return parts.message(said, [*blocks, parts.context(why, id="why")])
