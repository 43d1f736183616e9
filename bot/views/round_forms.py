"""The forms of a 360 round: begin it, name people, agree to the names, give more time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from bot.rules.less import spelled
from bot.rules.people import Person
from bot.rules.round_checks import LEAST_INVITED, LONGEST_WEEKS, MOST_INVITED, WEEKS
from bot.rules.rounds import LEAST_OF_A_KIND, Perspective, Round, Seat, SeatState, State, Suggestion, warns
from bot.views import forms, inputs, parts, rounds
from bot.views.inputs import Option
from bot.views.words import clip, escape, listing, plural

BEGIN_FORM = "rounds.begin.v1"
NAME_FORM = "rounds.name.v1"
APPROVE_FORM = "rounds.approve.v1"
EXTEND_FORM = "rounds.extend.v1"
MOST_BOXES = 10
TITLE = "360 round"
NAMED = (SeatState.NAMED, SeatState.INVITED, SeatState.ACCEPTED)
NO_NAMES = "Who declines is named to nobody. You see that a place is free, and can name somebody else."


# Begin


def begin(of: Person | None, *, today: date) -> dict[str, Any]:
    """`of`: somebody a manager begins it for; None for oneself."""
    if of is None:
        said = f"{rounds.WHAT}\nNext you name the people; your manager agrees or changes, and then they are asked."
    else:
        said = f"*{escape(of.name)}* hears that you suggest a round, and names the people. You agree or change."
    usual = today + timedelta(weeks=WEEKS)
    hint = f"{WEEKS} weeks are usual, {LONGEST_WEEKS} the most. You can give more time once."
    return parts.modal(
        TITLE,
        [parts.section(said, id="what"), inputs.date_input("Until when?", id="due_on", initial=usual, hint=hint)],
        id=BEGIN_FORM, submit="Begin", about=of.id.hex if of else "",
    )  # fmt: skip


def read_days(view: Mapping[str, Any]) -> tuple[UUID | None, date | None]:
    """(for whom it is begun, or which round is given more time; the last day). None: for oneself."""
    due_on = forms.answers(view).get("due_on")
    return forms.thing(forms.about(view)), due_on if isinstance(due_on, date) else None


def begun_for(found: Round) -> str:
    return f"*Begun.* {escape(found.subject.name)} hears of it and names people. You hear from me when they have."


# Name people


@dataclass(frozen=True)
class Named:
    """Slack ids, by perspective, of a form that names people. `seen`: the list that somebody agrees to."""

    round: UUID | None
    seen: UUID | None
    peers: tuple[str, ...]
    reports: tuple[str, ...]


def name(found: Round, suggested: Sequence[Suggestion]) -> dict[str, Any]:
    """Those who know the work stand there with why, and with what waits for them already."""
    is_open = found.state is State.OPEN
    before = {perspective: [] if is_open else _named(found, perspective) for perspective in Perspective}
    return parts.modal(
        TITLE,
        [
            parts.section(_asked_for(found, leads=bool(_led_by(suggested))), id="what"),
            *_known(suggested, before[Perspective.PEER]),
            *_peers(suggested, before[Perspective.PEER]),
            *_reports(suggested, before[Perspective.REPORT]),
            parts.context(NO_NAMES, id="quiet"),
        ],
        id=NAME_FORM, submit="Send the names", about=found.id.hex,
    )  # fmt: skip


def _asked_for(found: Round, *, leads: bool) -> str:
    if found.state is State.OPEN:
        many = sum(found.free.values())
        return (
            f"*Who else?* {plural(many, 'place is', 'places are')} free. Those you asked already need no second name."
        )
    led = f" Of those you lead, ask all, or at least {LEAST_OF_A_KIND}, or none." if leads else ""
    return (
        f"*Whom would you like to hear from?* Name at least {LEAST_INVITED} in all. Something is shown only where "
        f"{LEAST_OF_A_KIND} of a kind have answered, so name a few more.{led}"
    )


def _known(suggested: Sequence[Suggestion], before: Sequence[str]) -> list[dict[str, Any]]:
    options = _options(_boxes(suggested))
    if not options:
        return []
    return [inputs.checkboxes("They know your work", options, id="known", initial=before, is_optional=True)]


def _boxes(suggested: Sequence[Suggestion]) -> list[Suggestion]:
    return [one for one in suggested if one.perspective is Perspective.PEER and one.person.slack_id][:MOST_BOXES]


def _peers(suggested: Sequence[Suggestion], before: Sequence[str]) -> list[dict[str, Any]]:
    boxed = {one.person.slack_id for one in _boxes(suggested)}
    others = [one for one in before if one not in boxed]
    label = "Other peers" if boxed else "Peers"
    hint = "People who work beside you, on any track."
    return [
        inputs.people_select(
            label, id="peers", initial=others, at_most=MOST_INVITED, hint=hint, is_optional=bool(boxed)
        )
    ]


def _reports(suggested: Sequence[Suggestion], before: Sequence[str]) -> list[dict[str, Any]]:
    led = _led_by(suggested)
    if not led:
        return []
    hint = "What those you lead say is kept apart from what peers say."
    options = _options(led[:100])
    return [inputs.multi_select("People you lead", options, id="reports", initial=before, hint=hint, is_optional=True)]


def _led_by(suggested: Sequence[Suggestion]) -> list[Suggestion]:
    return [one for one in suggested if one.perspective is Perspective.REPORT and one.person.slack_id]


def _options(suggested: Sequence[Suggestion]) -> list[Option]:
    return [Option(one.person.slack_id or "", clip(one.person.name, 75), _about(one)) for one in suggested]


def _about(one: Suggestion) -> str:
    """`Reviewed your evidence · 6 open asks, may need longer`."""
    busy = f"{one.load} open asks, may need longer" if warns(one.load) else ""
    why = f"{one.why[:1].upper()}{one.why[1:]}"
    return " · ".join(part for part in (why, busy) if part)


def _named(found: Round, perspective: Perspective) -> list[str]:
    seats = (seat for seat in found.of(perspective) if seat.state in NAMED)
    return [seat.person.slack_id for seat in seats if seat.person.slack_id]


def read_names(view: Mapping[str, Any]) -> Named:
    """Of either form in which people are named."""
    typed = forms.answers(view)
    peers = (*_many(typed.get("known")), *_many(typed.get("peers")))
    found, _, seen = forms.about(view).partition(":")
    return Named(forms.thing(found), forms.thing(seen), tuple(dict.fromkeys(peers)), _many(typed.get("reports")))


def _many(value: object) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, list) else ()


def sent(found: Round) -> str:
    """What the form turns into."""
    if any(seat.is_new for seat in found.seats) and found.manager is not None:
        who = escape(found.stand_in or found.manager.name)
        why = rounds.while_away(found)
        return f"*Sent to {who}*, who agrees or changes the names. You see what changes, and then they are asked.{why}"
    return f"*Sent.* Everybody you named is asked now, and has until {spelled(found.due_on)}."


# Agree to the names


def approve(found: Round, loads: Mapping[UUID, int]) -> dict[str, Any]:
    """For the manager: as the member named them, to be changed or not. `loads`: what waits for each of them."""
    new = [seat for seat in found.seats if seat.is_new]
    peers, reports = (
        [seat.person.slack_id for seat in new if seat.perspective is one and seat.person.slack_id]
        for one in (Perspective.PEER, Perspective.REPORT)
    )
    busy = [f"{escape(one.person.name)} has {loads[one.person.id]} open asks" for one in new if _is_busy(one, loads)]
    who = escape(found.subject.name)
    said = (
        f"*{who}* would like to hear from these people. When you agree, they are asked, until {spelled(found.due_on)}."
    )
    seen = f"Whatever you change, {who} sees it."
    own = (
        f"{escape(found.in_place_of)} is away, and you stand in."
        if found.in_place_of
        else ("You are asked for your own view, too.")
    )
    return parts.modal(
        TITLE,
        [
            parts.section(said, id="what"),
            inputs.people_select("Peers", id="peers", initial=peers, at_most=MOST_INVITED, is_optional=True),
            *([_led(reports)] if reports else []),
            *([parts.context(f"{listing(busy)}; they may need longer.", id="load")] if busy else []),
            parts.context(f"{seen} {own}", id="seen"),
        ],
        id=APPROVE_FORM, submit="Agree and ask them", about=_list(found),
    )  # fmt: skip


def _list(found: Round) -> str:
    seen = found.list_of_names
    return f"{found.id.hex}:{seen.hex if seen else ''}"


def _is_busy(seat: Seat, loads: Mapping[UUID, int]) -> bool:
    return warns(loads.get(seat.person.id, 0))


def _led(reports: Sequence[str]) -> dict[str, Any]:
    return inputs.people_select("People they lead", id="reports", initial=reports, is_optional=True)


def approved(found: Round) -> str:
    asked = f"*Thank you.* They are asked now, and have until {spelled(found.due_on)}."
    if found.in_place_of:
        return f"{asked} {escape(found.in_place_of)} is asked for their own view when they are back."
    own = "Your own view stands under *My rounds*; it is signed, and helps most when it comes before the others'."
    return f"{asked} {own}"


# More time


def extend(found: Round) -> dict[str, Any]:
    until = found.due_on + timedelta(weeks=1)
    said = f"It is open until {spelled(found.due_on)}. More time can be given once; those who were asked hear of it."
    return parts.modal(
        TITLE,
        [parts.section(said, id="what"), inputs.date_input("Until when?", id="due_on", initial=until)],
        id=EXTEND_FORM, submit="Give more time", about=found.id.hex,
    )  # fmt: skip


def extended(found: Round) -> str:
    return f"*It stays open until {spelled(found.due_on)}.* Those who were asked hear of it."
