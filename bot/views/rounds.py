"""My rounds: one page of all 360 rounds somebody has to do with, and one line of it for the pages that lead here."""

from collections.abc import Sequence
from typing import Any

from bot.rules.less import spelled
from bot.rules.rounds import CLOSED_STATES, COLLEAGUES, LIVE, Mine, Perspective, Round, Seat, SeatState, State
from bot.views import parts, round_answers, surface
from bot.views.words import escape, plural

OPEN = "rounds.open"
BEGIN = "rounds.begin"
NAME = "rounds.name"
APPROVE = "rounds.approve"
EXTEND = "rounds.extend"
STOP = "rounds.stop"
REPORT = "rounds.report"
PAGE = "rounds.page.v1"
SAID = "rounds.said.v1"
TITLE = "My rounds"
MOST_SHOWN = 8  # of each kind

WHAT = (
    "A round asks people who work beside you, and those you lead, what they see in your work, beside what you see "
    "yourself. It is for your growth. It goes to a promotion case only if you attach it."
)
AS = {
    Perspective.PEER: "as a peer",
    Perspective.REPORT: "as somebody they lead",
    Perspective.MANAGER: "as their manager, signed with your name",
    Perspective.SELF: "about yourself",
}


def page(mine: Mine, *, is_member: bool) -> dict[str, Any]:
    """What waits, one's own, and, for a manager, those of their people. Members can begin one."""
    can_begin = is_member and not any(one.state in LIVE for one in mine.own)
    begin = parts.button("Begin a round", id=BEGIN, style="primary")
    blocks = [
        parts.section(WHAT, id="what"),
        *([parts.actions(begin, id="do")] if can_begin else []),
        *_part("Asked of you", [*_approvals(mine), *_asked(mine)], "waits"),
        *_part("Your own", [row for one in mine.own[:MOST_SHOWN] for row in _own(one)], "own"),
        *_part("Of your people", [_of_team(one) for one in mine.team[:MOST_SHOWN]], "team"),
    ]
    return dict(surface.guard(parts.modal(TITLE, blocks, id=PAGE), "modal"))


def _part(title: str, rows: Sequence[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    if not rows:
        return []
    return [parts.divider(id=f"line-{name}"), parts.section(f"*{title}*", id=f"of-{name}"), *rows]


def _approvals(mine: Mine) -> list[dict[str, Any]]:
    return [approval_line(one, number) for number, one in enumerate(mine.to_approve[:MOST_SHOWN])]


def approval_line(found: Round, number: int) -> dict[str, Any]:
    """Names that wait for the manager; here and in the morning's list."""
    name = escape(found.subject.name)
    look = parts.button("Look", id=APPROVE, value=found.id.hex, says=f"Look at the names of {found.subject.name}")
    place = f" {escape(found.in_place_of)} is away, and you stand in." if found.in_place_of else ""
    said = f"*{name}* has named people for a round, and you agree or change.{place}"
    return parts.section(said, id=f"approve-{number}", accessory=look)


def _asked(mine: Mine) -> list[dict[str, Any]]:
    return [row for n, (one, seat) in enumerate(mine.asked[:MOST_SHOWN]) for row in _seat(one, seat, n)]


def _seat(found: Round, seat: Seat, number: int) -> list[dict[str, Any]]:
    said = _asks(found, seat)
    if seat.state is SeatState.INVITED and seat.perspective in COLLEAGUES:
        row = parts.actions(*invited_buttons(seat), id=f"seat-do-{number}")
        return [parts.section(said, id=f"seat-{number}"), row]
    return [parts.section(said, id=f"seat-{number}", accessory=_answer(seat))]


def seat_line(asked: tuple[Round, Seat], number: int) -> dict[str, Any]:
    """The same as one line of the morning's list."""
    return parts.section(_asks(*asked), id=f"round-{number}", accessory=_answer(asked[1]))


def _asks(found: Round, seat: Seat) -> str:
    until = spelled(found.due_on)
    if seat.perspective is Perspective.SELF:
        return f"*Your own view* for your round: until {until}"
    return f"*{escape(found.subject.name)}* asks what you see in their work, {AS[seat.perspective]}: until {until}"


def _answer(seat: Seat) -> dict[str, Any]:
    label = "Change" if seat.has_answered else "Answer"
    return parts.button(label, id=round_answers.ANSWER, value=seat.id.hex, says=f"{label} what you say in this round")


def invited_buttons(seat: Seat) -> tuple[dict[str, Any], ...]:
    """Yes, no, and what it is about, for whoever is asked."""
    value = seat.id.hex
    return (
        parts.button("I will answer", id=round_answers.ACCEPT, value=value, style="primary"),
        parts.button("Not this time", id=round_answers.DECLINE, value=value),
        parts.button("How this works", id=round_answers.TERMS, value=value),
    )


# One's own


def _own(found: Round) -> list[dict[str, Any]]:
    id = f"own-{found.id.hex}"  # noqa: A001  (what Slack calls block_id)
    told = parts.section("\n".join(_standing(found)), id=id)
    buttons = _buttons(found)
    return [told, parts.actions(*buttons, id=f"{id}-do")] if buttons else [told]


def _standing(found: Round) -> list[str]:
    manager = escape(found.manager.name) if found.manager else "Your manager"
    match found.state:
        case State.NOMINATING:
            return ["*Begun.* Name the people you would like to hear from."]
        case State.WAITING:
            who = escape(found.stand_in) if found.stand_in else manager
            return [
                f"*Your names are with {who}*, who agrees or changes them; you see what changes.{while_away(found)}"
            ]
        case State.OPEN:
            return [_is_open(found), *_changes(found), *filter(None, [while_away(found).strip()]), *_free(found)]
        case State.RELEASED:
            return [f"*Closed* on {_closed_on(found)}. What people said is there for you."]
        case State.WITHHELD:
            return [f"*Closed* on {_closed_on(found)}. Too few have answered for anything of theirs to be shown."]
    return ["*Stopped.* Nothing of it was read by anybody."]


def while_away(found: Round) -> str:
    """Why somebody else agrees, or nobody yet."""
    if found.manager is None or not found.is_manager_away:
        return ""
    manager = escape(found.manager.name)
    if found.stand_in:
        return f" {manager} is away, and {escape(found.stand_in)} stands in."
    return (
        f" {manager} is away and nobody can stand in, so it waits. Whoever runs the program can enter another manager "
        "for you, if that takes too long."
    )


def _is_open(found: Round) -> str:
    count = f" At least {found.answered} answers are there so far." if found.answered else ""
    return f"*Open* until {spelled(found.due_on)}.{count}"


def _changes(found: Round) -> list[str]:
    """What the manager made of the names, and which wait for them."""
    added = [escape(one.person.name) for one in found.seats if one.is_from_manager and one.state is not SeatState.NAMED]
    out = [escape(one.person.name) for one in found.seats if one.state is SeatState.LEFT_OUT]
    new = [escape(one.person.name) for one in found.seats if one.is_new]
    told = (("Added to your names", added), ("Left out of your names", out), ("Waiting for your manager", new))
    return [f"{what}: {', '.join(names)}" for what, names in told if names]


def _free(found: Round) -> list[str]:
    many = sum(found.free.values())
    return [f"{plural(many, 'place is', 'places are')} free: you can name somebody else."] if many else []


def _closed_on(found: Round) -> str:
    return spelled(found.closed_at.date()) if found.closed_at else spelled(found.due_on)


def _buttons(found: Round) -> list[dict[str, Any]]:
    value, is_open = found.id.hex, found.state is State.OPEN
    buttons = []
    if found.state is State.NOMINATING:
        buttons.append(parts.button("Name people", id=NAME, value=value, style="primary"))
    if found.state is State.WAITING:
        buttons.append(parts.button("Change the names", id=NAME, value=value))
    if is_open and found.free:
        buttons.append(parts.button("Name somebody else", id=NAME, value=value))
    if is_open and not found.is_extended:
        buttons.append(parts.button("Give more time", id=EXTEND, value=value))
    if found.state in CLOSED_STATES:
        buttons.append(parts.button("Read it", id=REPORT, value=value, says="Read what the round brought"))
    if found.state in LIVE:
        buttons.append(parts.button("Stop it", id=STOP, value=value, confirm=_sure()))
    return buttons


def _sure() -> dict[str, Any]:
    said = "Everybody who was asked hears that it is over. What was written so far is deleted unread."
    return parts.confirm("Stop this round?", said, yes="Stop it", no="Go on")


# Those of a manager's people


def _of_team(found: Round) -> dict[str, Any]:
    name, id = escape(found.subject.name), f"team-{found.id.hex}"  # noqa: A001
    if found.is_readable:
        read = parts.button("Read it", id=REPORT, value=found.id.hex, says=f"Read the round of {found.subject.name}")
        return parts.section(f"*{name}*: closed on {_closed_on(found)}", id=id, accessory=read)
    return parts.section(f"*{name}*: {_of_their_own(found)}", id=id)


def _of_their_own(found: Round) -> str:
    return {
        State.NOMINATING: "is choosing whom to ask",
        State.WAITING: "has named people",
        State.OPEN: f"open until {spelled(found.due_on)}",
        State.STOPPED: "stopped",
    }.get(found.state, "closed; you can read it once they have, or after a few working days")


# Where it is one line


def hub_row(mine: Mine) -> dict[str, Any]:
    """Where things stand, on the page *Feedback*."""
    button = parts.button("My rounds", id=OPEN)
    return parts.section(f"*360 rounds*\n{_in_a_line(mine)}", id="rounds", accessory=button)


def _in_a_line(mine: Mine) -> str:
    waits = waiting(mine)
    own = next((one for one in mine.own if one.state is not State.STOPPED), None)
    return waits or ("\n".join(_standing(own)[:1]) if own else "What others see in your work, beside what you see.")


def home_rows(mine: Mine) -> list[dict[str, Any]]:
    """The one line in Home, where anything waits."""
    said = waiting(mine)
    look = parts.button("Look", id=OPEN, says="Look at my rounds")
    return [parts.section(said, id="rounds", accessory=look)] if said else []


def waiting(mine: Mine) -> str:
    """`1 round asks for your answer. 1 round waits for names.`"""
    asked = sum(not seat.has_answered for _, seat in mine.asked)
    unnamed = sum(one.state is State.NOMINATING or bool(sum(one.free.values())) for one in mine.own)
    told = (
        (asked, "round asks for your answer.", "rounds ask for your answer."),
        (len(mine.to_approve), "round has names for you to agree to.", "rounds have names for you to agree to."),
        (unnamed, "round of yours waits for names.", "rounds of yours wait for names."),
    )
    return " ".join(plural(many, one, more) for many, one, more in told if many)


def said(sentence: str) -> dict[str, Any]:
    """What a form turns into; `sentence` is mrkdwn."""
    return parts.modal("360 round", [parts.section(sentence, id="said")], id=SAID)
