"""Finding a mentor, drawn: the glance, the forms, the directory, and every message on the way."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from bot.rules.fit_words import REASONS
from bot.rules.framework import Framework
from bot.rules.home import Home, Me, Part
from bot.rules.mentor_forms import LANGUAGES, competencies
from bot.rules.mentors import (
    BECOMES,
    MOST_COMPETENCIES,
    Offer,
    Proposal,
    ProposalState,
    Request,
    RequestState,
    Standing,
    Told,
    Way,
)
from bot.rules.people import Person
from bot.views import home, mentor_directory, mentor_requests, mentors, proposals

Drawn = dict[str, Any]
TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
SOMEBODY = UUID(int=77)


def offer(framework: Framework, who: Person, text: str, **more: Any) -> Offer:
    keys = tuple(competencies(framework))[:9]
    given = {"about": text, "is_listed": True, "full_until": None, "taken": 1, **more}
    return Offer(who, 3, 2, ("customer",), keys, tuple(LANGUAGES)[:8], **given)


def request(framework: Framework, mentee: Person, text: str, **more: Any) -> Request:
    keys = tuple(competencies(framework))[:MOST_COMPETENCIES]
    given = {"choices": (SOMEBODY,), "state": RequestState.OPEN, "comes_first": False, "asked_at": NOW, **more}
    return Request(SOMEBODY, mentee, text, keys, None, False, ("en",), 14, **given)


def proposal(asked: Request, mentor: Person, way: Way = Way.BEST, **more: Any) -> Proposal:
    reasons = [f"{key}:{'16.5' if key == 'hours' else 'problem-solving'}" for key in REASONS][:3]
    given = {"state": ProposalState.PROPOSED, "asked_at": NOW, "expires_at": NOW, **more}
    return Proposal(UUID(int=78), asked, mentor, way, 0.8, tuple(reasons), **given)


def standings(framework: Framework, mentee: Person, mentor: Person, text: str) -> Iterator[Standing]:
    """Nothing yet, everything at once, and each way a request can stand."""
    asked = request(framework, mentee, text)
    offered = offer(framework, mentee, text)
    many = (proposal(asked, mentor), proposal(asked, mentor, Way.OFFER)) * 5
    yield Standing(mentee)
    yield Standing(replace(mentee, track=None, level=None), replace(offered, full_until=date(2027, 1, 15)))
    yield Standing(mentee, offered, asked, proposal(asked, mentor, Way.CHOICE), many)
    yield Standing(mentee, replace(offered, is_listed=False, taken=3), asked, proposal(asked, mentor))
    for nearest in ("language:12", "hours:1", "nothing", None):
        yield Standing(mentee, None, replace(asked, waits_since=NOW, nearest=nearest))


def waiting(framework: Framework, who: Person, text: str) -> tuple[Proposal, ...]:
    """For the morning's list."""
    asked = request(framework, who, text)
    return (proposal(asked, who), proposal(asked, who, Way.OFFER)) * 5


def views(framework: Framework, mentee: Person, mentor: Person, text: str) -> dict[str, Drawn]:
    asked, offered = request(framework, mentee, text), offer(framework, mentor, text)
    full = list(standings(framework, mentee, mentor, text))[2]
    lines = [proposals.line(one, number) for number, one in enumerate(full.to_answer)]
    mine, theirs = proposal(asked, mentor), proposal(asked, mentor, Way.OFFER)
    return {
        "mentoring": mentors.modal(full, framework, today=TODAY, more=lines),
        "offer to mentor": mentors.offer_form(offered, ["U0ANA"] * 3, framework, track="technical"),
        "offer, kept": mentors.kept(offered, today=TODAY),
        "offer, stopped": mentors.stopped(),
        "directory": mentor_directory.modal([offered] * 20, framework, me=mentee, today=TODAY, next_page=20),
        "ask for a mentor": mentor_requests.form(asked, ["U0ANA"] * 3, ["U0LEA"] * 9, framework, track="technical"),
        "request, sent": mentor_requests.sent(asked),
        "request, read": proposals.modal(mine, framework),
        "offer, read": proposals.modal(theirs, framework),
        "decline a request": proposals.decline_form(mine, pauses=False, today=TODAY),
        "decline and pause": proposals.decline_form(proposal(asked, mentor, Way.CHOICE), pauses=True, today=TODAY),
        "accepted": proposals.accepted_by_me(mentee.name),
        "not now": proposals.quietly_declined(mentor.name),
        "offer to somebody": proposals.offer_form("U0ANA"),
        "offered to somebody": proposals.offer_sent(theirs),
    }


def empty_views(framework: Framework, mentee: Person, mentor: Person) -> dict[str, Drawn]:
    bare = request(framework, mentee, "x", choices=())
    return {
        "mentoring": mentors.modal(Standing(mentee), framework, today=TODAY),
        "offer to mentor": mentors.offer_form(None, [], framework, track=None),
        "directory": mentor_directory.modal([], framework, me=mentee, today=TODAY),
        "ask for a mentor": mentor_requests.form(None, [], [], framework, track=None),
        "request, sent": mentor_requests.sent(bare),
        "offer to somebody": proposals.offer_form(None),
    }


def homes(framework: Framework, mentee: Person, mentor: Person, text: str, me: Me) -> Iterator[Drawn]:
    for standing in standings(framework, mentee, mentor, text):
        shown = Home(mentee, Part.ME, me, (), has_team=False, mentoring=standing)
        yield home.home(shown, now=NOW, today=TODAY)


def messages(framework: Framework, mentee: Person, mentor: Person, text: str) -> dict[str, list[Drawn]]:
    """Each in every state it can be drawn in."""
    asked = request(framework, mentee, text, waits_since=NOW, nearest="hours:3")
    before = proposal(asked, mentor, Way.CHOICE, state=ProposalState.DECLINED)

    def told(found: Proposal | None, last: Proposal | None = None) -> Told:
        return Told(asked, found, last, framework, mentee.schedule)

    def over(way: Way) -> list[Told]:
        states = (ProposalState.PROPOSED, *BECOMES.values())
        return [told(proposal(asked, mentor, way, state=state)) for state in states]

    to_mentor = [proposals.asked(one) for way in (Way.BEST, Way.CHOICE) for one in over(way)]
    offered = [proposals.offered(one) for one in over(Way.OFFER)]
    ways = [told(proposal(asked, mentor, way), last) for way in Way for last in (before, None)]
    return {
        "proposal.asked": to_mentor,
        "proposal.asked_again": to_mentor,
        "proposal.offered": offered,
        "proposal.offered_again": offered,
        "proposal.accepted": [mentor_requests.accepted(one) for one in ways],
        "proposal.taken_up": [proposals.taken_up(ways[0])],
        "proposal.not_now": [proposals.not_now(ways[0])],
        "proposal.moved": [mentor_requests.moved(one) for one in ways],
        "mentor_request.waits": [mentor_requests.waits(told(None, last)) for last in (before, None)],
    }
