"""Mentoring at a glance: where somebody stands, what they offer, and the directory of mentors."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from bot.rules.fit import Bar, Nearest
from bot.rules.fit_words import hint
from bot.rules.framework import Framework
from bot.rules.mentor_forms import (
    LANGUAGES,
    MOST_AVOIDED,
    MOST_HELPS,
    MOST_HOURS,
    MOST_LANGUAGES,
    MOST_TRACKS,
    TypedOffer,
    competencies,
)
from bot.rules.mentors import LONGEST, MOST_CAPACITY, RHYTHMS, Offer, Request, Standing, Way
from bot.rules.people import Person
from bot.views import forms, inputs, notices, parts
from bot.views.inputs import Option
from bot.views.words import day, escape, listing, plural

SHOWN = "mentors.shown.v1"
FORM = "mentors.offer.v1"
KEPT = "mentors.kept.v1"
OPEN = notices.OPEN_MENTORING
OFFER = "mentors.offer"
STOP = "mentors.stop"
DIRECTORY = "mentor_directory.open"
ASK = "mentor_requests.ask"
WITHDRAW = "mentor_requests.withdraw"
OFFER_TO = "mentor_offers.open"
LISTED = "listed"

AVOID_HINT = "Kept for this and later matches, and shown to nobody: not to them, not to owners, not even as a number."


def level_of(person: Person, framework: Framework) -> str:
    """`Technical · Engineer (T2)`, in mrkdwn."""
    track = framework.track(person.track or "")
    level = framework.level(person.track or "", person.level or "")
    return f"{escape(track.name)} · {escape(level.name)} ({level.key})" if track and level else "not on a track"


def named(keys: Iterable[str], framework: Framework) -> str:
    """Names of competencies, in mrkdwn; those that are not in the framework any more are left out."""
    names = competencies(framework)
    return listing([escape(names[key]) for key in keys if key in names])


def spoken(codes: Iterable[str]) -> str:
    return listing([LANGUAGES[code] for code in codes if code in LANGUAGES])


# Where somebody stands


def home_blocks(shown: Standing, *, today: date, has_pair: bool = False) -> list[dict[str, Any]]:
    """One line and what one can do. What waits for an answer stands with everything else that waits."""
    lines = [*_as_mentee(shown, today), *_as_mentor(shown, today)]
    if not (lines or has_pair):
        lines = ["Somebody from another track sees what your own does not. Ask for one, or be one."]
    return [
        parts.divider(id="mentoring-line"),
        parts.section("\n".join(["*Mentoring*", *([" ".join(lines)] if lines else [])]), id="mentoring"),
        parts.actions(*_buttons(shown), id="mentoring-do"),
    ]


def modal(shown: Standing, framework: Framework, *, today: date, more: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """Where somebody stands as mentee and as mentor. `more`: what waits for them, and the mentorships they have."""
    mentee = _as_mentee(shown, today) or ["You have not asked for a mentor."]
    mentor = _as_mentor(shown, today) or ["You do not offer to mentor at the moment. Every track needs you."]
    offered = [parts.context(_offered(shown.offer, framework), id="offered")] if shown.offer else []
    return parts.modal(
        "Mentoring",
        [
            *more,
            parts.section("*As a mentee*\n" + " ".join(mentee), id="as-mentee"),
            *_hint(shown.request),
            parts.section("*As a mentor*\n" + " ".join(mentor), id="as-mentor"),
            *offered,
            parts.actions(*_buttons(shown), id="mentoring-do"),
        ],
        id=SHOWN,
    )


def _as_mentee(shown: Standing, today: date) -> list[str]:
    if shown.request is None:
        return []
    if shown.asked is not None:
        since = day(shown.asked.asked_at.date(), today)
        who = (
            f"*{escape(shown.asked.mentor.name)}*, whom you asked for,"
            if shown.asked.way is Way.CHOICE
            else "a mentor who fits, whose name you hear with their yes,"
        )
        return [f"Your request is with {who} since {since}."]
    if shown.request.waits_since is not None:
        return ["Your request waits for the next round, and comes first there. You can ask anew any time."]
    return ["I am looking for your mentor right now."]


def _hint(request: Request | None) -> list[dict[str, Any]]:
    said = opens_most(request) if request and request.waits_since else ""
    return [parts.context(said, id="hint")] if said else []


def opens_most(request: Request) -> str:
    """The wish that would open most mentors, where one would."""
    bar, _, opens = (request.nearest or "").partition(":")
    if bar not in set(Bar) or not opens.isdigit():
        return ""
    return hint(Nearest(Bar(bar), int(opens)))


def _as_mentor(shown: Standing, today: date) -> list[str]:
    if shown.offer is None:
        return []
    return [f"You offer to mentor: {places(shown.offer, today)}."]


def places(offer: Offer, today: date) -> str:
    """`2 of 3 places open`, or until when none is."""
    if offer.full_until is not None and offer.full_until > today:
        return f"full for now, until {day(offer.full_until, today)}"
    left = max(offer.capacity - offer.taken, 0)
    return f"{left} of {plural(offer.capacity, 'place', 'places')} open" if left else "no place open right now"


def _offered(offer: Offer, framework: Framework) -> str:
    listed = "in the directory" if offer.is_listed else "not in the directory; only matches find you"
    helps = named(offer.competencies, framework) or "anything"
    return f"You help with {helps}, {plural(offer.hours, 'hour', 'hours')} a month; {listed}."


def _buttons(shown: Standing) -> list[dict[str, Any]]:
    request = shown.request
    ask = parts.button("Change my request" if request else "Ask for a mentor", id=ASK)
    sure = parts.confirm(
        "Take it back?", "Whoever has it before them hears only that it is not needed any more.", yes="Take it back",
        no="Keep it",
    )  # fmt: skip
    back = [parts.button("Take my request back", id=WITHDRAW, value=request.id.hex, confirm=sure)] if request else []
    offer = parts.button("Change what I offer" if shown.offer else "Offer to mentor", id=OFFER)
    somebody = [parts.button("Offer it to somebody", id=OFFER_TO)] if shown.offer else []
    own = [ask, *back] if shown.person.is_member else []
    return [*own, offer, *somebody, parts.button("Find a mentor", id=DIRECTORY)]


# The offer


def offer_form(
    offer: Offer | None, avoided: Sequence[str], framework: Framework, *, track: str | None
) -> dict[str, Any]:
    """What somebody offers, to begin or to change it. `avoided`: Slack ids on their own list; `track`: their own."""
    tracks = [Option(one.key, one.name) for one in framework.tracks if one.key != track]
    who = "People who ask for a mentor find you by this. Nobody sees your words before you agree to be listed."
    blocks = [
        parts.context(who, id="reader"),
        inputs.number_input(
            "How many mentees at the same time?", id="capacity", initial=offer.capacity if offer else 1, least=1,
            most=MOST_CAPACITY,
        ),
        inputs.number_input(
            "How many hours a month?", id="hours", initial=offer.hours if offer else 2, least=1, most=MOST_HOURS
        ),
        inputs.multi_select(
            "What do you help with?", helps(framework), id="competencies", at_most=MOST_HELPS,
            initial=offer.competencies if offer else (),
        ),
        *([inputs.multi_select(
            "Tracks you have been on besides your present one", tracks, id="tracks", at_most=MOST_TRACKS,
            initial=offer.tracks if offer else (), is_optional=True,
        )] if tracks else []),
        languages(offer.languages if offer else ()),
        inputs.text_input(
            "What you can help with, in your own words", id="about", initial=offer.about if offer else "",
            is_long=True, at_most=LONGEST, is_optional=True,
        ),
        inputs.checkboxes(
            "The directory", [Option(LISTED, "List me", "Colleagues find you by what you help with.")], id="is_listed",
            initial=[LISTED] if offer is None or offer.is_listed else (), is_optional=True,
        ),
        inputs.date_input(
            "Full for now, until", id="full_until", initial=offer.full_until if offer else None, is_optional=True,
            hint="Nobody new before this day. Leave it empty to take somebody now.",
        ),
        avoid(avoided),
    ]  # fmt: skip
    return parts.modal(
        "Offer to mentor", [*blocks, *(_stop() if offer else [])], id=FORM, submit="Keep" if offer else "Offer"
    )


def _stop() -> list[dict[str, Any]]:
    sure = parts.confirm(
        "Stop offering?", "Requests that wait for you go on to somebody else. Your mentorships go on as they are.",
        yes="Stop", no="Go on",
    )  # fmt: skip
    return [parts.actions(parts.button("Stop offering", id=STOP, confirm=sure), id="stop")]


def helps(framework: Framework) -> list[Option]:
    """Every competency once, with the tracks that value it."""
    tracks: dict[str, list[str]] = {}
    for track in framework.tracks:
        for one in track.competencies:
            tracks.setdefault(one.key, []).append(track.name)
    return [Option(key, name, listing(tracks[key])) for key, name in competencies(framework).items()][:100]


def helps_input(framework: Framework, *, at_most: int, initial: Sequence[str]) -> dict[str, Any]:
    return inputs.multi_select(
        "Where would you like to grow?", helps(framework), id="competencies", at_most=at_most, initial=initial,
        is_optional=True,
    )  # fmt: skip


def languages(initial: Sequence[str]) -> dict[str, Any]:
    options = [Option(code, name) for code, name in LANGUAGES.items()]
    return inputs.multi_select(
        "Languages you would speak", options, id="languages", at_most=MOST_LANGUAGES, initial=initial,
        is_optional=True, hint="Leave it empty if it does not matter.",
    )  # fmt: skip


def avoid(initial: Sequence[str]) -> dict[str, Any]:
    return inputs.people_select(
        "People you would rather not be paired with", id="avoid", initial=initial, at_most=MOST_AVOIDED,
        is_optional=True, hint=AVOID_HINT,
    )  # fmt: skip


def read_offer(view: Mapping[str, Any]) -> TypedOffer:
    typed = forms.answers(view)
    full_until = typed.get("full_until")
    return TypedOffer(
        capacity=str(typed.get("capacity") or ""), hours=str(typed.get("hours") or ""),
        tracks=many(typed.get("tracks")), competencies=many(typed.get("competencies")),
        languages=many(typed.get("languages")), about=str(typed.get("about") or ""),
        is_listed=LISTED in many(typed.get("is_listed")),
        full_until=full_until if isinstance(full_until, date) else None, avoid=many(typed.get("avoid")),
    )  # fmt: skip


def many(value: object) -> list[str]:
    return list(value) if isinstance(value, list) else []


def kept(offer: Offer, *, today: date) -> dict[str, Any]:
    """What the form turns into."""
    said = f"*Thank you!* You offer to mentor, with {places(offer, today)}."
    then = "When somebody asks, you read why they come to you, and say yes or no. A no needs no reason."
    return parts.modal("Offer to mentor", [parts.section(said, id="said"), parts.context(then, id="then")], id=KEPT)


def stopped() -> dict[str, Any]:
    said = "*You do not offer to mentor any more.* Thank you for the time you gave; your mentorships go on as they are."
    return parts.modal("Offer to mentor", [parts.section(said, id="said")], id=KEPT)


def often(days: int) -> str:
    return RHYTHMS.get(days, f"every {days} days")
