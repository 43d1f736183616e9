"""Career talks: the page of all of mine, and one talk with its notes and what was agreed."""

from datetime import date
from typing import Any

from bot.rules import cadence
from bot.rules.career_talks import Action, Mine, Own, Share
from bot.rules.people import Person
from bot.views import parts, surface
from bot.views.words import day, escape, plural

LIST = "career_talk.list.v1"
PAGE = "career_talk.page.v1"
OPEN_LIST = "career_talk.list"
OPEN = "career_talk.open"
PROPOSE = "career_talk.propose"
CHOOSE_DAY = "career_talk.day"
CALL_OFF = "career_talk.call_off"
READ_BRIEF = "career_talk.brief"
NOTE = "career_talk.note"
AGREE = "career_talk.agree"
DONE = "career_talk.done"
INTO_PLAN = "career_talk.into_plan"
TITLE = "Career talk"
TITLES = "Career talks"
WHAT_FOR = (
    "A talk about where you want to go and what helps, twice a year or whenever either of you likes. It is no test, "
    "and no decision is made in it."
)
BOTH_ONLY = "Only the two of you read this. When the manager changes, it stays with whoever the talk is about."


# All of mine


def listed(mine: Mine, *, today: date) -> dict[str, Any]:
    """One's own talk, then those with one's people."""
    blocks = [parts.context(WHAT_FOR, id="why")]
    if mine.me.is_member:
        blocks.append(_own_row(mine, today))
        blocks += [_earlier(own, number, today) for number, own in enumerate(mine.earlier)]
    if mine.team:
        blocks += [parts.divider(id="line"), parts.section("*With your people*", id="people")]
        blocks += [_team_row(person, own, number, today) for number, (person, own) in enumerate(mine.team)]
    if len(blocks) == 1:
        empty = "*Nothing here yet.* Career talks are between members of the program and their managers."
        blocks.append(parts.section(empty, id="empty"))
    return dict(surface.guard(parts.modal(TITLES, blocks, id=LIST), "modal"))


def _own_row(mine: Mine, today: date) -> dict[str, Any]:
    if mine.mine is not None:
        return talk_row(mine.mine, today=today)
    if mine.me.manager_name is None:
        return parts.section("*Yours*\nNobody is your manager here at the moment.", id="mine")
    propose = parts.button("Propose one", id=PROPOSE, value=mine.me.id.hex, says="Propose a career talk")
    said = f"*Yours*\nNone is planned. You would talk with {escape(mine.me.manager_name)}."
    return parts.section(said, id="mine", accessory=propose)


def talk_row(own: Own, *, today: date) -> dict[str, Any]:
    """The open talk about oneself in one line: here, in My growth and in Home."""
    open_it = parts.button("Open", id=OPEN, value=own.talk.id.hex, says=f"Open the career talk with {own.other.name}")
    return parts.section(f"*Career talk with {escape(own.other.name)}*\n{stands(own, today)}", id="career-talk",
                         accessory=open_it)  # fmt: skip


def growth_row(own: Own | None, *, today: date) -> dict[str, Any]:
    """Where it stands, for My growth."""
    said = stands(own, today) if own else "With your manager, about where you want to go and what helps."
    return parts.section(f"*{TITLE}*\n{said}", id="career-talk",
                         accessory=parts.button("Open", id=OPEN_LIST, says="Open my career talks"))  # fmt: skip


def stands(own: Own, today: date) -> str:
    talk = own.talk
    if talk.held_on is not None:
        return f"You talked {_on(talk.held_on, today)}."
    if not talk.is_open:
        return "It is closed, and nothing was noted."
    if talk.on is None:
        return "No day yet."
    if talk.on < today:
        return f"The day was {day(talk.on, today)}. Did you talk?"
    return f"You talk {_on(talk.on, today)}."


def _on(on: date, today: date) -> str:
    said = day(on, today)
    return said if said in ("today", "yesterday", "tomorrow") else f"on {said}"


def _earlier(own: Own, number: int, today: date) -> dict[str, Any]:
    said = f"With {escape(own.other.name)}, {day(own.talk.held_on or today, today)}"
    says = f"Open the notes with {own.other.name}"
    open_it = parts.button("Notes", id=OPEN, value=own.talk.id.hex, says=says)
    return parts.section(said, id=f"earlier-{number}", accessory=open_it)


def _team_row(person: Person, own: Own | None, number: int, today: date) -> dict[str, Any]:
    if own is None:
        says = f"Propose a career talk to {person.name}"
        button = parts.button("Propose one", id=PROPOSE, value=person.id.hex, says=says)
        return parts.section(escape(person.name), id=f"with-{number}", accessory=button)
    says = f"Open the career talk with {person.name}"
    button = parts.button("Open", id=OPEN, value=own.talk.id.hex, says=says)
    return parts.section(f"{escape(person.name)}\n{stands(own, today)}", id=f"with-{number}", accessory=button)


# One talk


def page(own: Own, *, today: date) -> dict[str, Any]:
    """How it stands and what can be done about it, for one of the two."""
    blocks = [
        parts.section(f"*With {escape(own.other.name)}*\n{stands(own, today)}", id="stands"),
        *_buttons(own, today),
        *(_noted(own, today) if own.talk.is_held else []),
        parts.context(BOTH_ONLY if own.talk.is_held else WHAT_FOR, id="who"),
    ]
    return dict(surface.guard(parts.modal(TITLE, blocks, id=PAGE), "modal"))


def _buttons(own: Own, today: date) -> list[dict[str, Any]]:
    talk, value = own.talk, own.talk.id.hex
    buttons = []
    if talk.is_open:
        label = "Move it" if talk.on else "Choose a day"
        buttons.append(parts.button(label, id=CHOOSE_DAY, value=value, style=None if talk.on else "primary"))
    if talk.is_open and (own.is_member or talk.opens_at is not None):
        buttons.append(parts.button("The brief", id=READ_BRIEF, value=value))
    if talk.is_held or (talk.is_open and (talk.on is None or talk.on <= today)):
        label = "Change the notes" if talk.is_held else "We talked: notes"
        buttons.append(parts.button(label, id=NOTE, value=value))
    if talk.is_held:
        buttons.append(parts.button("Add what you agreed", id=AGREE, value=value))
    if talk.is_open:
        buttons.append(_not_now(value))
    return [parts.actions(*buttons, id="do")] if buttons else []


def _not_now(value: str) -> dict[str, Any]:
    sure = parts.confirm(
        "Not now?", "Nobody is asked why. Either of you can propose another one at any time.", yes="Not now", no="Back"
    )
    return parts.button("Not now", id=CALL_OFF, value=value, confirm=sure)


def _noted(own: Own, today: date) -> list[dict[str, Any]]:
    blocks = []
    if own.talk.notes:
        blocks += [parts.section("*Notes*", id="notes"), parts.words(own.talk.notes, id="words")]
    if own.talk.noted_at is not None:
        on = cadence.local_day(own.talk.noted_at, own.schedule.zone)
        blocks.append(parts.context(f"Last changed by {escape(own.last_written_by)}, {day(on, today)}.", id="noted"))
    if own.talk.actions:
        blocks.append(parts.section("*What you agreed*", id="agreed"))
        blocks += [block for n, one in enumerate(own.talk.actions) for block in _agreed(own, one, n, today)]
    return blocks


def _agreed(own: Own, one: Action, number: int, today: date) -> list[dict[str, Any]]:
    """Word for word, then who and by when, and what can be done about it."""
    who = own.talk.manager if one.is_managers else own.talk.member
    said = "you" if who.id == own.me.id else escape(who.name)
    until = f", by {day(one.due_on, today)}" if one.due_on else ""
    state = f" · done {day(one.done_on, today)}" if one.done_on else (" · in the growth plan" if one.in_plan else "")
    blocks = [parts.words(one.words, id=f"agreed-{number}"), parts.context(f"{said}{until}{state}", id=f"who-{number}")]
    buttons = []
    if one.done_on is None:
        buttons.append(parts.button("Done", id=DONE, value=one.id.hex))
        if own.is_member and not one.is_managers and not one.in_plan:
            buttons.append(parts.button("Into my plan", id=INTO_PLAN, value=one.id.hex))
    return [*blocks, parts.actions(*buttons, id=f"do-{number}")] if buttons else blocks


# The team


def in_team(on: date | None, today: date) -> str:
    """What the line of a report says of an open talk."""
    if on is None:
        return "Career talk due: no day yet"
    return f"Career talk {_on(on, today)}" if on >= today else f"Career talk {_on(on, today)}: did you talk?"


def way() -> dict[str, Any]:
    """From the list of what is to be talked about."""
    return parts.actions(parts.button(TITLES, id=OPEN_LIST), id="career-talks")


def team_row() -> dict[str, Any]:
    """The way from the team to all of its talks."""
    said = "*Career talks*\nTwice a year with each, or whenever either of you likes."
    return parts.section(said, id="career-talks", accessory=parts.button("Open", id=OPEN_LIST, says=TITLES))


def in_week(names: str, many: int) -> dict[str, Any]:
    """In a manager's week: with whom a new talk has no day yet."""
    said = f"*{plural(many, 'career talk', 'career talks')}* to find a day for, if the two of you like: with {names}."
    return parts.section(said, id="career-talks", accessory=parts.button("Choose days", id=OPEN_LIST))


def owners_row(share: Share) -> dict[str, Any]:
    """For owners: how many had one, and never who."""
    among = plural(share.members, "member", "members")
    if share.held is None:
        said = f"Among {among} who have been here for half a year: too few on one side to show a number."
    else:
        said = (
            f"{round(100 * share.held / share.members)} % of {among} who have been here for half a year had one in it."
        )
    return parts.section(f"*Career talks*\n{said}", id="career-talks")
