"""A request before a mentor, and a mentor's own offer before a mentee: the message, what is behind it, and a no."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from bot.rules import cadence
from bot.rules.fit_words import Reader, sentence
from bot.rules.framework import Framework
from bot.rules.less import Topic
from bot.rules.mentor_forms import competencies
from bot.rules.mentors import DeclinedFor, Proposal, ProposalState, Told, Way
from bot.views import forms, inputs, less, mentors, parts
from bot.views.inputs import Option
from bot.views.mentorships import spelled
from bot.views.words import escape

SHOWN = "proposals.shown.v1"
DONE = "proposals.done.v1"
DECLINE_FORM = "proposals.decline.v1"
OFFER_FORM = "mentor_offers.v1"
READ = "proposals.read"
ACCEPT = "proposals.accept"
DECLINE = "proposals.decline"
PAUSE = "proposals.pause"
NOT_NOW = "proposals.not_now"
REASONS = (
    Option(DeclinedFor.TIME, "No time right now"),
    Option(DeclinedFor.FIELD, "It is not my field"),
    Option(DeclinedFor.CLOSE, "We are too close for it"),
    Option(DeclinedFor.OTHER, "Something else"),
)
NOW = {
    ProposalState.ACCEPTED: "You said yes to {name}. I open a conversation for the two of you.",
    ProposalState.DECLINED: "You declined, and that is fine. {name} hears only that it has moved on.",
    ProposalState.EXPIRED: "{name}'s request has gone on to somebody else. Silence is an answer, too.",
    ProposalState.WITHDRAWN: "{name} does not need this any more. Thank you for being there!",
    ProposalState.SKIPPED: "{name}'s request has gone on to somebody else, as you take nobody new at the moment.",
}
OFFER_NOW = {
    ProposalState.ACCEPTED: "You said yes to {name}. I open a conversation for the two of you.",
    ProposalState.DECLINED: "You said that it is not for now. {name} hears just that, and no reason.",
    ProposalState.EXPIRED: "{name}'s offer has ended. You can ask for a mentor any time.",
    ProposalState.WITHDRAWN: "{name}'s offer has ended. You can ask for a mentor any time.",
    ProposalState.SKIPPED: "{name}'s offer has ended. You can ask for a mentor any time.",
}


def asked(told: Told) -> dict[str, Any]:
    """A request before a mentor, as it stands. The mentee's words stay behind the button."""
    found = _proposal(told)
    name = escape(found.request.mentee.name)
    if found.state is not ProposalState.PROPOSED:
        return _over(NOW[found.state].format(name=name))
    said = (
        f"*{name}* ({mentors.level_of(found.request.mentee, told.framework)}) asks for a mentor, and I thought of you."
    )
    if found.way is Way.CHOICE:
        said = f"*{name}* ({mentors.level_of(found.request.mentee, told.framework)}) asks you to be their mentor."
    value = found.id.hex
    buttons = (
        parts.button("Read the request", id=READ, value=value, style="primary"),
        parts.button("Accept", id=ACCEPT, value=value),
        parts.button("Decline", id=DECLINE, value=value),
        parts.button("Decline and pause", id=PAUSE, value=value),
    )
    blocks = [
        parts.section(said, id="asked"),
        *_why(found, told.framework, Reader.MENTOR),
        parts.actions(*buttons, id="answer"),
        parts.context(_until(found, told), "You get this because you offer to mentor.", id="why"),
        less.row(Topic.MENTOR_REQUESTS),
    ]
    return parts.message(said, blocks)


def _until(found: Proposal, told: Told) -> str:
    until = spelled(cadence.local_day(found.expires_at, told.schedule.zone))
    return f"It is with you until {until}, then it goes on to somebody else. A no needs no reason."


def _why(found: Proposal, framework: Framework, reader: Reader) -> list[dict[str, Any]]:
    names = competencies(framework)
    lines = [escape(sentence(one, reader, named=lambda key: names.get(key, key))) for one in found.reasons]
    return [parts.section("\n".join(f"• {line}" for line in lines), id="reasons")] if lines else []


def offered(told: Told) -> dict[str, Any]:
    """A mentor who offers themself, before the mentee."""
    found = _proposal(told)
    name = escape(found.mentor.name)
    if found.state is not ProposalState.PROPOSED:
        return _over(OFFER_NOW[found.state].format(name=name))
    said = f"*{name}* ({mentors.level_of(found.mentor, told.framework)}) would like to be your mentor, if you like."
    value = found.id.hex
    buttons = (
        parts.button("Yes, please", id=ACCEPT, value=value, style="primary"),
        parts.button("Not now", id=NOT_NOW, value=value),
    )
    why = f'You get this because {name} offers you their time. You decide; they hear a yes, or only "not now".'
    blocks = [
        parts.section(said, id="asked"),
        parts.actions(*buttons, id="answer"),
        parts.context(why, "Leaving it alone is fine, too: it ends by itself.", id="why"),
        less.row(Topic.MENTOR_REQUESTS),
    ]
    return parts.message(said, blocks)


def _proposal(told: Told) -> Proposal:
    assert told.proposal is not None  # noqa: S101  (loaded with it)
    return told.proposal


def _over(said: str) -> dict[str, Any]:
    return parts.message(said, [parts.section(said, id="asked")])


def line(found: Proposal, number: int) -> dict[str, Any]:
    """One line in a list of what waits, with the button that shows it."""
    if found.way is Way.OFFER:
        said = f"{escape(found.mentor.name)} offers to be your mentor"
    else:
        said = f"{escape(found.request.mentee.name)} asks you to be their mentor"
    button = parts.button("Read", id=READ, value=found.id.hex, says=f"Read it, number {number + 1}")
    return parts.section(said, id=f"mentor-request-{number}", accessory=button)


# Behind the button


def modal(found: Proposal, framework: Framework) -> dict[str, Any]:
    """What the one who decides reads, with the same answers."""
    value = found.id.hex
    if found.way is Way.OFFER:
        who, reasons = found.mentor, []
        buttons = [
            parts.button("Yes, please", id=ACCEPT, value=value, style="primary"),
            parts.button("Not now", id=NOT_NOW, value=value),
        ]
        words = [parts.section("They offer to be your mentor. You agree together on what, and how often.", id="offer")]
    else:
        who, reasons = found.request.mentee, _why(found, framework, Reader.MENTOR)
        buttons = [
            parts.button("Accept", id=ACCEPT, value=value, style="primary"),
            parts.button("Decline", id=DECLINE, value=value),
            parts.button("Decline and pause", id=PAUSE, value=value),
        ]
        words = _wish(found, framework)
    return parts.modal(
        "Mentoring",
        [
            parts.section(f"*{escape(who.name)}* · {mentors.level_of(who, framework)}", id="who"),
            *words,
            *reasons,
            parts.actions(*buttons, id="answer"),
        ],
        id=SHOWN,
    )


def _wish(found: Proposal, framework: Framework) -> list[dict[str, Any]]:
    request = found.request
    grow = mentors.named(request.competencies, framework)
    asked = [f"Would like to grow in {grow}."] if grow else []
    return [
        parts.context("What they would like a mentor for", id="goal-label"),
        parts.words(request.goal, id="goal"),
        parts.section(" ".join([*asked, f"They would like to meet {mentors.often(request.rhythm_days)}."]), id="wish"),
    ]


def decline_form(found: Proposal, *, pauses: bool, today: date) -> dict[str, Any]:
    """A no, with a reason if the mentor likes, and for how long they take nobody new."""
    until = inputs.date_input(
        "Take nobody new until", id="until", initial=_in_a_quarter(today), hint="You can change it in /mentor any time."
    )
    name = escape(found.request.mentee.name)
    said = f"It goes on to somebody else. {name} does not hear that it was with you."
    if found.way is Way.CHOICE:
        said = f"It goes on. {name} hears that you could not take it on this time, and no reason."
    reason = inputs.radio("Why, if you like to say", REASONS, id="reason", is_optional=True,
                          hint="Counted for owners without your name, shown to nobody else.")  # fmt: skip
    return parts.modal(
        "Decline and pause" if pauses else "Decline",
        [parts.section(said, id="said"), *([until] if pauses else []), reason],
        id=DECLINE_FORM, submit="Decline", about=found.id.hex,
    )  # fmt: skip


def _in_a_quarter(today: date) -> date:
    return date.fromordinal(today.toordinal() + 91)


def read_decline(view: Mapping[str, Any]) -> tuple[UUID | None, DeclinedFor | None, date | None]:
    """(the proposal, why, until when they take nobody new)."""
    typed = forms.answers(view)
    reason, until = typed.get("reason"), typed.get("until")
    why = DeclinedFor(reason) if isinstance(reason, str) and reason in set(DeclinedFor) else None
    return forms.thing(forms.about(view)), why, until if isinstance(until, date) else None


def settled(said: str) -> dict[str, Any]:
    """What the window turns into once it is decided."""
    return parts.modal("Mentoring", [parts.section(said, id="said")], id=DONE)


def accepted_by_me(name: str) -> dict[str, Any]:
    return settled(f"*Thank you!* You and {escape(name)} are a pair. I open a conversation for the two of you.")


def quietly_declined(name: str) -> dict[str, Any]:
    return settled(f"*Not now, then.* {escape(name)} hears just that.")


# A mentor offers themself


def offer_form(to: str | None) -> dict[str, Any]:
    """Whom to offer it to. `to`: a Slack id to begin with."""
    said = 'They decide. You hear a yes, or only "not now"; your offer ends quietly when they leave it alone.'
    who = inputs.people_select("Whom would you like to help?", id="mentee", initial=[to] if to else [], at_most=1)
    return parts.modal("Offer to somebody", [parts.context(said, id="said"), who], id=OFFER_FORM, submit="Offer")


def read_offer(view: Mapping[str, Any]) -> str:
    chosen = mentors.many(forms.answers(view).get("mentee"))
    return chosen[0] if chosen else ""


def offer_sent(found: Proposal) -> dict[str, Any]:
    return settled(f"*Sent.* {escape(found.request.mentee.name)} decides, and you hear from me.")


def taken_up(told: Told) -> dict[str, Any]:
    """The mentor's own offer was taken up."""
    name = escape(_proposal(told).request.mentee.name)
    said = f"*{name}* says yes to your offer. I open a conversation for the two of you."
    return _answer(said)


def not_now(told: Told) -> dict[str, Any]:
    """A no and silence sound alike."""
    name = escape(_proposal(told).request.mentee.name)
    said = f"Your offer to {name}: not now. Thank you for making it; they can ask you any time."
    return _answer(said)


def _answer(said: str) -> dict[str, Any]:
    why = parts.context("You get this because you offered to be their mentor.", id="why")
    return parts.message(said, [parts.section(said, id="said"), why])
