"""Success stories: the form, every track with what is told of it, one story, and what owners answer."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from bot.rules import stories as rules
from bot.rules.stories import AT_ONCE, LONGEST, MOST_NOTE, Form, Library, Shelf, State, Story, Verdict
from bot.views import forms, inputs, parts, surface
from bot.views.inputs import Option
from bot.views.words import clip, day, escape, listing, plural

OFFER = "stories.offer"
CHANGE = "stories.change"
WITHDRAW = "stories.withdraw"
LIBRARY = "stories.library"
TRACK = "stories.track"
READ = "stories.read"
ANSWER = "stories.answer"
FORM = "stories.form.v1"
CHANGE_FORM = "stories.change.v1"
ANSWER_FORM = "stories.answer.v1"
PAGE = "stories.v1"
SAID = "stories.said.v1"
MOST_OWNERS = 6
STATES = {
    State.OFFERED: "The owners of the program have it and will answer.",
    State.CHANGES: "The owners would like to publish it, and ask you for a change first.",
    State.PUBLISHED: "It is published, with your name.",
    State.DECLINED: "The owners have not published it, and thank you for it.",
    State.WITHDRAWN: "You have withdrawn it.",
}
VERDICTS = (
    Option(Verdict.PUBLISH, "Publish it", "As it stands, with the author's name"),
    Option(Verdict.CHANGES, "Ask for a change", "Say below what would make it ready"),
    Option(Verdict.DECLINE, "Decline, with thanks", "A kind word below helps"),
)
GONE = "This success story was withdrawn by its author."
ANY_TRACK = "Every track has the same standing, so every track has its place here."


# The form


def form(found: Form) -> dict[str, Any]:
    """A new story, or one's own to be changed; who will read it stands above."""
    before = found.story
    tracks, told = [Option(key, name) for key, name in found.tracks], before.track if before else found.track
    blocks = [
        parts.section(_readers(found), id="readers"),
        *(_note(before) if before else []),
        inputs.select("Which track does it tell of?", tracks, id="track", initial=told),
        inputs.text_input(
            "What did you do?", id="did", initial=before.did if before else "", is_long=True, at_most=LONGEST,
            hint="What was it like before, and what is different now?",
        ),
        inputs.text_input(
            "What helped?", id="helped", initial=before.helped if before else "", is_long=True, at_most=LONGEST,
            hint="People, time, a course, a second try: what others could use, too. Name others only if they agree.",
        ),
    ]  # fmt: skip
    if before is None:
        return parts.modal("A success story", blocks, id=FORM, submit="Offer it")
    about = f"{before.id.hex} {before.take}"
    return parts.modal("Change your story", blocks, id=CHANGE_FORM, submit="Offer it again", about=about)


def _readers(found: Form) -> str:
    """Before anything is written: who reads it, what becomes of it, and how it is taken back."""
    named = [escape(clip(name, 100)) for name in found.owners[:MOST_OWNERS]]
    who = listing(named) or "Whoever owns the program"
    channel = f", and <#{found.channel}> names it" if found.channel else ""
    return (
        f"*Who will read it:* {who} first, to say yes or no. If it is published, everybody finds it in Home, Stories"
        f"{channel}. *It carries your name.*\nNobody changes a word of it but you. You can withdraw it at any time and "
        "for no reason; then it is gone at once."
    )


def _note(story: Story) -> list[dict[str, Any]]:
    """What the owner wrote to its author."""
    if not story.note:
        return []
    return [parts.section("*What the owners wrote to you*", id="note-title"), parts.words(story.note, id="note")]


def read(view: Mapping[str, Any]) -> dict[str, str]:
    """{track, did, helped} as typed."""
    typed = forms.answers(view)
    return {name: str(typed.get(name) or "") for name in ("track", "did", "helped")}


def read_take(view: Mapping[str, Any]) -> tuple[UUID | None, int]:
    """(the story, which of its versions) that a form is about."""
    story, _, take = forms.about(view).partition(" ")
    return forms.thing(story), int(take) if take.isdecimal() and len(take) < 9 else 0


def offered() -> dict[str, Any]:
    said = "*Thank you!* The owners of the program hear of it now, and you hear from me when they have answered."
    more = "Until then you can change or withdraw it: `/ladder stories`."
    return _said("A success story", f"{said}\n{more}")


def withdrawn(story: Story) -> dict[str, Any]:
    said = "*It is gone*: from the list, and its words from my memory."
    if story.channel:
        said += f" The message in <#{story.channel}> is changed as well."
    return _said("Withdrawn", said)


def _said(title: str, said: str) -> dict[str, Any]:
    return parts.modal(title, [parts.section(said, id="said")], id=SAID)


# What everybody reads


def library(found: Library, *, today: date) -> dict[str, Any]:
    """Every track, with or without a story; one's own above."""
    offer = (
        [parts.actions(parts.button("Offer a story", id=OFFER, style="primary"), id="do")] if found.can_offer else []
    )
    mine = [_own(story, number, today) for number, story in enumerate(found.mine)]
    blocks = [
        parts.section(f"*What people did, and what helped them.*\n{ANY_TRACK}", id="about"),
        *offer,
        *([parts.section("*Yours*", id="yours"), *mine, parts.divider(id="line")] if mine else []),
        *[_shelf(shelf, number) for number, shelf in enumerate(found.shelves)],
    ]
    return dict(surface.guard(parts.modal("Stories", blocks, id=PAGE), "modal"))


def _own(story: Story, number: int, today: date) -> dict[str, Any]:
    said = f"{escape(story.track_name)}, {day(story.offered_at.date(), today)}\n{STATES[story.state]}"
    look = parts.button("Look", id=READ, value=story.id.hex, says="Look at my story")
    return parts.section(said, id=f"mine-{number}", accessory=look)


def _shelf(shelf: Shelf, number: int) -> dict[str, Any]:
    name = f"*{escape(shelf.name)}*"
    if not shelf.many:
        return parts.section(f"{name}\nNo story yet.", id=f"shelf-{number}")
    button = parts.button("Read", id=TRACK, value=f"0 {shelf.key}", says=f"Stories: {shelf.name}")
    return parts.section(f"{name}\n{plural(shelf.many, 'story', 'stories')}", id=f"shelf-{number}", accessory=button)


def pressed_track(value: object) -> tuple[str, int]:
    """(the track, how many are passed over) of the button that was pressed."""
    passed, _, track = str(value or "").partition(" ")
    return track, int(passed) if passed.isdecimal() and len(passed) < 6 else 0


def track(stories: Sequence[Story], *, key: str, passed: int, today: date) -> dict[str, Any]:
    """A page of what is told of one track; one story more than it shows, where there are more."""
    lines = [_line(story, number, today) for number, story in enumerate(stories[:AT_ONCE])]
    later = parts.button("Earlier ones", id=TRACK, value=f"{passed + AT_ONCE} {key}")
    more = [parts.actions(later, id="more")] if len(stories) > AT_ONCE else []
    blocks = [*lines, *more] or [parts.section("No story here any more.", id="none")]
    return dict(surface.guard(parts.modal("Stories", blocks, id=PAGE, close="Back"), "modal"))


def _line(story: Story, number: int, today: date) -> dict[str, Any]:
    when = f", {day(story.decided_at.date(), today)}" if story.decided_at else ""
    button = parts.button("Read", id=READ, value=story.id.hex, says=f"Read the story of {story.author}")
    return parts.section(f"*{_who(story)}*{when}", id=f"story-{number}", accessory=button)


def _who(story: Story) -> str:
    level = f" ({escape(story.level)})" if story.level else ""
    return f"{escape(clip(story.author, 100))}{level}"


def shown(story: Story, *, is_mine: bool) -> dict[str, Any]:
    """One story; its author sees how it stands, and can change or withdraw it."""
    blocks = [
        parts.section(f"*{_who(story)}*\n{escape(story.track_name)}", id="who"),
        *_words(story),
        *(_of_mine(story) if is_mine else []),
    ]
    return dict(surface.guard(parts.modal("A success story", blocks, id=PAGE), "modal"))


def _words(story: Story) -> list[dict[str, Any]]:
    return [
        parts.section("*What I did*", id="did-title"),
        parts.words(story.did, id="did"),
        parts.section("*What helped*", id="helped-title"),
        parts.words(story.helped, id="helped"),
    ]


def _of_mine(story: Story) -> list[dict[str, Any]]:
    change = [parts.button("Change it", id=CHANGE, value=story.id.hex)] if story.state in rules.CAN_BE_CHANGED else []
    buttons = [*change, _withdraw(story)]
    return [parts.section(STATES[story.state], id="state"), *_note(story), parts.actions(*buttons, id="do")]


def _withdraw(story: Story) -> dict[str, Any]:
    why = "It is gone from the list at once, and its words from my memory. You need no reason."
    sure = parts.confirm("Withdraw it?", why, yes="Withdraw it", no="Keep it")
    return parts.button("Withdraw it", id=WITHDRAW, value=story.id.hex, style="danger", confirm=sure)


# What owners see


def home_blocks(waiting: Sequence[Story]) -> list[dict[str, Any]]:
    """In the owners' part of Home: what waits for their answer."""
    said = "*Success stories*\n" + ("These wait for your answer." if waiting else "None waits for your answer.")
    look = parts.button("Stories", id=LIBRARY)
    return [parts.section(said, id="stories", accessory=look), *(offer_line(one, n) for n, one in enumerate(waiting))]


def offer_line(story: Story, number: int) -> dict[str, Any]:
    """One that waits for an owner's answer, in Home and in the morning's list."""
    button = parts.button("Read it", id=ANSWER, value=story.id.hex, says=f"Read the story of {story.author}")
    said = f"{escape(clip(story.author, 100))} offers a success story: {escape(story.track_name)}"
    return parts.section(said, id=f"offer-{number}", accessory=button)


def answer(story: Story, *, channel: str | None) -> dict[str, Any]:
    where = f"Home, Stories, and <#{channel}> names it" if channel else "Home, Stories"
    told = f"Published, everybody finds it in {where}, until its author withdraws it. Its words stay as they are."
    blocks = [
        parts.section(f"*{_who(story)}*\n{escape(story.track_name)}", id="who"),
        *_words(story),
        parts.context(told, id="told"),
        inputs.radio("Your answer", VERDICTS, id="verdict"),
        inputs.text_input(
            "A word to its author", id="note", is_long=True, at_most=MOST_NOTE, is_optional=True,
            hint="They alone read it.",
        ),
    ]  # fmt: skip
    return parts.modal(
        "A story is offered", blocks, id=ANSWER_FORM, submit="Answer", about=f"{story.id.hex} {story.take}"
    )


def read_answer(view: Mapping[str, Any]) -> tuple[Verdict | None, str]:
    typed = forms.answers(view)
    chosen = str(typed.get("verdict") or "")
    return (Verdict(chosen) if chosen in set(Verdict) else None), str(typed.get("note") or "")


def answered(story: Story) -> dict[str, Any]:
    name = escape(clip(story.author, 100))
    said = {
        State.PUBLISHED: f"*Published.* {name} hears of it now.",
        State.CHANGES: f"*Asked.* {name} reads what you wrote, and it comes back when it is changed.",
        State.DECLINED: f"*Declined.* {name} hears your thanks.",
    }.get(story.state, "*Kept.*")
    if story.state is State.PUBLISHED and story.channel:
        said += f" If <#{story.channel}> does not take it, you hear from me what to do."
    return _said("A story is offered", said)


# Messages: who and what, never its words


def offered_to_you(story: Story) -> dict[str, Any]:
    said = (
        f"*{escape(story.author)}* offers a success story about *{escape(story.track_name)}*, and waits for an answer."
    )
    read_it = parts.button("Read it", id=ANSWER, value=story.id.hex, style="primary")
    why = "You get this because you own the program: owners say which stories are published."
    blocks = [parts.section(said, id="said"), parts.actions(read_it, id="do"), parts.context(why, id="why")]
    return parts.message(said, blocks)


def decided(story: Story) -> dict[str, Any]:
    said, label = {
        State.PUBLISHED: ("Your success story is published. Thank you for telling it!", "Look at it"),
        State.CHANGES: ("The owners would like to publish your success story, and ask for a change first.", "See what"),
    }.get(story.state, ("Thank you for offering your success story. The owners have not published it.", "See why"))
    if story.state is State.PUBLISHED:
        channel = f", and <#{story.channel}> names it" if story.channel else ""
        said += f"\nEverybody finds it in Home, Stories{channel}. You can withdraw it at any time."
    opens = CHANGE if story.state is State.CHANGES else READ
    button = parts.button(label, id=opens, value=story.id.hex)
    why = "You get this because you offered the story."
    blocks = [parts.section(said, id="said"), parts.actions(button, id="do"), parts.context(why, id="why")]
    return parts.message(said, blocks)


def published(story: Story) -> dict[str, Any]:
    """In the channel, as it stands now. The words stay behind the button, so that withdrawing takes them from all."""
    if story.state is not State.PUBLISHED:
        return parts.message(GONE, [parts.section(GONE, id="said")])
    said = f"*{escape(story.author)}* tells a success story: *{escape(story.track_name)}*"
    button = parts.button("Read it", id=READ, value=story.id.hex, says=f"Read the story of {story.author}")
    why = f"Told by {escape(story.author)}, who agreed to this and can withdraw it. Every track: `/ladder stories`."
    blocks = [parts.section(said, id="said"), parts.actions(button, id="do"), parts.context(why, id="why")]
    return parts.message(said, blocks)
