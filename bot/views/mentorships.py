"""A mentorship: what the two see of it, the forms for what they agree and share, and the line in a list."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from bot.rules import cadence
from bot.rules.days import MONTHS
from bot.rules.directions import Shared
from bot.rules.mentors import LONGEST, RHYTHMS
from bot.rules.mentorships import Mentorship, Share, Side
from bot.rules.people import Person
from bot.views import directions, forms, inputs, mentor_sessions, parts
from bot.views.check_ins import moment
from bot.views.inputs import Option
from bot.views.words import escape, listing

MODAL = "mentorship.v1"
AGREEMENT = "mentorship.agreement.v1"
SHARING = "mentorship.sharing.v1"
OPEN = "mentorship.open"
OPEN_AGREEMENT = "mentorship.open_agreement"
OPEN_SHARING = "mentorship.open_sharing"
OPEN_END = "mentorship.open_end"
READ_CHECK_INS = "mentorship.read_check_ins"
READ_EVIDENCE = "mentorship.read_evidence"
PROLONG = "mentorship.prolong"

STAYS = "What is said between the two of you stays between the two of you."
SHARES = {
    Share.CHECK_INS: Option(Share.CHECK_INS, "My check-ins", "Your mentor may read them, but for those kept private."),
    Share.EVIDENCE: Option(Share.EVIDENCE, "My evidence", "Your mentor may read it, with the verdicts."),
    Share.PAIR: Option(Share.PAIR, "That we are a pair", "Your manager may know of it. Never what you talk about."),
    Share.CREDIT: Option(
        Share.CREDIT, "Our sessions may count for my mentor", "On their own ladder: that you met, not what was said."
    ),
}  # fmt: skip
SHARED = {
    Share.CHECK_INS: "check-ins",
    Share.EVIDENCE: "evidence",
    Share.PAIR: "that the two of you are a pair",
    Share.CREDIT: "that you met, for the mentor's ladder",
}


def spelled(on: date) -> str:
    """`17 May 2027`: the same whenever it is read."""
    return f"{on.day} {MONTHS[on.month - 1].capitalize()} {on.year}"


def rhythm(days: int) -> str:
    return RHYTHMS.get(days, f"every {days} days")


def agreed(one: Mentorship) -> str:
    """What the two agreed, without what it is for: that is the mentee's words."""
    lines = [
        f"• You meet {rhythm(one.rhythm_days)}.",
        f"• It goes on until {spelled(one.ends_on)}. A week before, I ask whether you would like to go on.",
        f"• {STAYS}",
    ]
    if one.paused_until is not None:
        lines.insert(0, f"• It rests until {spelled(one.paused_until)}.")
    return "\n".join(lines)


def buttons(one: Mentorship, *, sharing: bool = True) -> dict[str, Any]:
    """What the two can do. `sharing`: only the mentee may; in the conversation of the two both see it."""
    value = one.id.hex
    shown = [
        parts.button("Plan a session", id=mentor_sessions.PLAN, value=value, style="primary"),
        parts.button("Change the agreement", id=OPEN_AGREEMENT, value=value),
        *([parts.button("Sharing", id=OPEN_SHARING, value=value)] if sharing else []),
        parts.button("End or pause", id=OPEN_END, value=value),
    ]
    return parts.actions(*shown, id="do")


def lines(mentorships: Iterable[Mentorship], *, me: Person) -> list[dict[str, Any]]:
    """One line for each in a list of one's own, with the button that opens it."""
    return [_line(Side(one, me), number) for number, one in enumerate(mentorships)]


def _line(side: Side, number: int) -> dict[str, Any]:
    one, other = side.mentorship, escape(side.other.name)
    what = "your mentor" if side.is_mentee else "your mentee"
    until = f"rests until {spelled(one.paused_until)}" if one.paused_until else f"until {spelled(one.ends_on)}"
    said = f"*{other}*, {what}\n{rhythm(one.rhythm_days)}, {until}"
    button = parts.button("Open", id=OPEN, value=one.id.hex, says=f"Open the mentorship with {side.other.name}")
    return parts.section(said, id=f"mentorship-{number}", accessory=button)


def modal(side: Side, next_session: datetime | None, *, now: datetime, wants: Shared | None = None) -> dict[str, Any]:
    """Everything about one mentorship, for one of the two. `wants`: what the mentee shares of their direction."""
    one, other = side.mentorship, escape(side.other.name)
    who = f"*{other}* is your mentor." if side.is_mentee else f"You are the mentor of *{other}*."
    goal = [parts.context("What for", id="goal-label"), parts.words(one.goal, id="goal")] if one.goal else []
    planned = moment(next_session, side.me.schedule.zone, now) if next_session else "none is planned yet"
    return parts.modal(
        "Mentorship",
        [
            parts.section(who, id="who"),
            *goal,
            parts.section(f"*What you agreed*\n{agreed(one)}", id="agreed"),
            parts.section(f"*Next session:* {planned}", id="next"),
            *_shared(side),
            *(directions.of_somebody(wants, today=cadence.local_day(now, side.me.schedule.zone)) if wants else []),
            *_term(one),
            buttons(one, sharing=side.is_mentee),
        ],
        id=MODAL,
    )


def _shared(side: Side) -> list[dict[str, Any]]:
    one = side.mentorship
    named = [SHARED[share] for share in Share if share in one.shares]
    if side.is_mentee:
        return [parts.section(f"*You share:* {listing(named) or 'nothing'}.", id="shared")]
    value, other = one.id.hex, escape(side.other.name)
    read = [
        parts.button(label, id=action, value=value)
        for share, label, action in (
            (Share.CHECK_INS, "Read their check-ins", READ_CHECK_INS),
            (Share.EVIDENCE, "Read their evidence", READ_EVIDENCE),
        )
        if share in one.shares
    ]
    said = parts.section(f"*{other} shares:* {listing(named) or 'nothing'}.", id="shared")
    return [said, *([parts.actions(*read, id="read")] if read else [])]


def _term(one: Mentorship) -> list[dict[str, Any]]:
    if one.term_asked_on is None:
        return []
    return [parts.actions(parts.button("Go on for three months", id=PROLONG, value=one.id.hex), id="term")]


def agreement_modal(one: Mentorship) -> dict[str, Any]:
    options = [Option(str(days), name.capitalize()) for days, name in RHYTHMS.items()]
    return parts.modal(
        "Change the agreement",
        [
            parts.context("Talk about it first. Both of you read the change in your conversation.", id="first"),
            inputs.text_input(
                "What is it for?", id="goal", initial=one.goal, is_long=True, at_most=LONGEST, is_optional=True,
                hint="Only the two of you see this, here and in the mentorship.",
            ),
            inputs.select("How often do you meet?", options, id="rhythm", initial=str(one.rhythm_days)),
            inputs.date_input("Until when?", id="until", initial=one.ends_on),
        ],
        id=AGREEMENT, submit="Agree", about=f"{one.id.hex}:{one.take}",
    )  # fmt: skip


def read_agreement(view: Mapping[str, Any]) -> tuple[UUID | None, int, dict[str, Any]]:
    """(the mentorship, which take of it was shown, the fields of `rules.read_agreement`)."""
    typed = forms.answers(view)
    thing, _, take = forms.about(view).partition(":")
    until = typed.get("until")
    fields = {
        "goal": str(typed.get("goal") or ""), "rhythm": str(typed.get("rhythm") or ""),
        "until": until if isinstance(until, date) else None,
    }  # fmt: skip
    return forms.thing(thing), int(take) if take.isascii() and take.isdigit() and len(take) < 9 else 0, fields


def sharing_modal(one: Mentorship) -> dict[str, Any]:
    """Only the mentee sees this."""
    said = f"Nothing is shared unless you tick it, and all of it ends with the mentorship. {STAYS}"
    return parts.modal(
        "Sharing",
        [
            parts.section(said, id="said"),
            inputs.checkboxes(
                "What do you share?", list(SHARES.values()), id="shares", is_optional=True,
                initial=[share for share in Share if share in one.shares],
            ),
        ],
        id=SHARING, submit="Keep", about=one.id.hex,
    )  # fmt: skip


def read_sharing(view: Mapping[str, Any]) -> tuple[UUID | None, Sequence[Share]]:
    ticked = forms.answers(view).get("shares")
    chosen = ticked if isinstance(ticked, list) else []
    return forms.thing(forms.about(view)), [share for share in Share if share in chosen]
