"""What people hear of 360 rounds, in their own conversation with the bot. What anybody wrote is never in it."""

from collections.abc import Sequence
from typing import Any

from bot.rules.less import Topic, spelled
from bot.rules.rounds import COLLEAGUES, Perspective, Round, Seat, SeatState, State
from bot.views import less, parts, round_answers, rounds
from bot.views.words import escape, listing

Asked = tuple[Round, Seat]
YOURS = "You get this because it is your round."
Drawn = dict[str, Any]


# To the member


def suggested(found: Round) -> Drawn:
    """Their manager began it."""
    who = escape(found.manager.name) if found.manager else "Your manager"
    said = f"*{who}* suggests a 360 round for you: what others see in your work, beside what you see yourself."
    more = (
        f"It is for your growth. You name the people, until {spelled(found.due_on)} they answer, and you read it first."
    )
    name = parts.button("Name people", id=rounds.NAME, value=found.id.hex, style="primary")
    why = f"You get this because {who} is your manager. You can also let it rest, or stop it under *My rounds*."
    return _message(said, more, _row(name, _page()), why, asks=True)


def changed(found: Round) -> Drawn:
    """The names are agreed; what the manager made of them stands on the page."""
    is_other = any(one.is_from_manager or one.state is SeatState.LEFT_OUT for one in found.seats)
    how = "Some of your names were changed*; what, stands under *My rounds*." if is_other else "Your names are agreed.*"
    said = f"*{how} Everybody is asked now, and has until {spelled(found.due_on)}."
    return _message(said, "", _row(_page("See the round")), YOURS)


def place_free(found: Round) -> Drawn:
    """Who it was is said to nobody."""
    many = sum(found.free.values())
    free = f"{many} places in your round are free" if many > 1 else "A place in your round is free"
    said = f"*{free}.* Not everybody has the time, and that is fine. You can name somebody else."
    name = parts.button("Name somebody else", id=rounds.NAME, value=found.id.hex)
    return _message(said, "", _row(name), YOURS)


def closed(found: Round) -> Drawn:
    if found.state is State.WITHHELD:
        said = "*Your round is closed.* Too few have answered for anything of it to be shown without showing who."
        label = "Why, and what is there"
    else:
        said, label = "*Your round is closed.* What people said is there for you to read, in your own time.", "Read it"
    after = f"Your manager can read it once you have, or {found.terms.manager_after} working days from now."
    read = parts.button(label, id=rounds.REPORT, value=found.id.hex, style="primary")
    return _message(said, after, _row(read), YOURS)


# To the manager


def to_approve(found: Round) -> Drawn:
    who = escape(found.subject.name)
    said = f"*{who}* has named people for a 360 round. Nobody is asked before you agree; you can change the names."
    look = parts.button("Look at the names", id=rounds.APPROVE, value=found.id.hex, style="primary")
    return _message(said, "", _row(look), f"You get this because you are {who}'s manager.", asks=True)


def to_approve_for(found: Sequence[Round]) -> Drawn:
    """The same for whoever stands in, of all rounds that wait."""
    who = listing([escape(one.subject.name) for one in found])
    manager = escape(found[0].in_place_of)
    said = f"*{who}* would like colleagues to be asked in a 360 round. You agree to the names, or change them."
    why = f"You get this because {manager} is away, and you stand in."
    return _message(said, "", _row(_page("Look at the names")), why, asks=True)


def readable(found: Round) -> Drawn:
    who = escape(found.subject.name)
    said = f"*{who}'s* 360 round is there for you to read, too. It is for {who}'s growth."
    read = parts.button("Read it", id=rounds.REPORT, value=found.id.hex)
    why = f"You get this because you are {who}'s manager, and {who} has had time to read it first."
    return _message(said, "", _row(read), why)


# To those who are asked


def invited(asked: Asked) -> Drawn:
    """Drawn as it stands now: asked, promised, answered, or over."""
    found, seat = asked
    if found.state is not State.OPEN or seat.state not in (SeatState.INVITED, SeatState.ACCEPTED):
        return _over(found, seat)
    if seat.state is SeatState.ACCEPTED or seat.perspective not in COLLEAGUES:
        return _accepted(found, seat)
    said = f"{_asks(found, seat)} It takes {round_answers.HOW_LONG}, until {spelled(found.due_on)}."
    for_growth = f"It is for {escape(found.subject.name)}'s growth; it goes to a promotion case only if they attach it."
    return _message(said, for_growth, _row(*rounds.invited_buttons(seat)), _why(found, seat), asks=True)


def _asks(found: Round, seat: Seat) -> str:
    return f"*{escape(found.subject.name)}* asks what you see in their work, {rounds.AS[seat.perspective]}."


def _accepted(found: Round, seat: Seat) -> Drawn:
    if seat.perspective is Perspective.SELF:
        said = f"*Your round is open.* How do you see your own work? Until {spelled(found.due_on)}."
    else:
        said = f"{_asks(found, seat)} You have until {spelled(found.due_on)}."
    buttons = [parts.button("Answer", id=round_answers.ANSWER, value=seat.id.hex, style="primary")]
    if seat.perspective in COLLEAGUES:
        buttons.append(parts.button("I cannot after all", id=round_answers.DECLINE, value=seat.id.hex))
    buttons.append(parts.button("How this works", id=round_answers.TERMS, value=seat.id.hex))
    more = "You can change your answer until then." if seat.has_answered else ""
    return _message(said, more, _row(*buttons), _why(found, seat), asks=True)


def _over(found: Round, seat: Seat) -> Drawn:
    who = escape(found.subject.name)
    if seat.state is SeatState.DECLINED:
        said = f"*Noted: not this time* for the round of {who}. It counts against nobody."
    else:
        said = f"The round of {who} is over, so there is nothing left to do. Thank you!"
    return parts.message(said, [parts.section(said, id="said")])


def extended(asked: Asked) -> Drawn:
    found, seat = asked
    said = f"*There is more time* for the round of {escape(found.subject.name)}: until {spelled(found.due_on)}."
    answer = parts.button("Answer", id=round_answers.ANSWER, value=seat.id.hex)
    return _message(said, "", _row(answer), _why(found, seat))


def stopped(asked: Asked) -> Drawn:
    found, seat = asked
    said = f"*The round of {escape(found.subject.name)} was stopped.* What was written so far is deleted unread."
    return _message(said, "", [], _why(found, seat))


def _why(found: Round, seat: Seat) -> str:
    who = escape(found.subject.name)
    if seat.perspective is Perspective.SELF:
        return YOURS
    if seat.perspective is Perspective.MANAGER:
        return f"You get this because you are {who}'s manager."
    named = "their manager" if seat.is_from_manager else who
    return f"You get this because {named} named you as somebody who knows the work."


# All alike


def _page(label: str = rounds.TITLE) -> Drawn:
    return parts.button(label, id=rounds.OPEN)


def _row(*buttons: Drawn) -> list[Drawn]:
    return [parts.actions(*buttons, id="do")]


def _message(said: str, more: str, rows: list[Drawn], why: str, *, asks: bool = False) -> Drawn:
    blocks = [
        parts.section(said, id="said"),
        *([parts.context(more, id="more")] if more else []),
        *rows,
        parts.context(why, id="why"),
        *([less.row(Topic.FEEDBACK)] if asks else []),
    ]
    return parts.message(said, blocks)
