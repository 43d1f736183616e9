"""Mentors, requests and proposals as plain values, and the table of what may become of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from bot.rules.cadence import Away, Schedule
from bot.rules.framework import Framework
from bot.rules.people import Person

MOST_TRIES = 3  # mentors asked for one request, before it waits for the next round
WAITS_DAYS = 3  # working days of the mentor, then it passes on
NAMED_AFTER_DAYS = 2  # working days, then it is named once in the mentor's list
OFFER_WAITS_DAYS = 10  # working days of the mentee, before a mentor's own offer lapses without a word
OFFER_AGAIN_DAYS = 90  # a mentor offers themself to the same person once in this time
NOT_AGAIN_DAYS = 30  # a mentor who could not take somebody is not asked for them again so soon
MOST_CHOICES = 3
MOST_COMPETENCIES = 3
MOST_CAPACITY = 10
LONGEST = 1000
RHYTHMS = {7: "every week", 14: "every two weeks", 28: "every four weeks"}
TERM_DAYS = 182  # half a year, unless the two agree otherwise
AGAIN_DAYS = 365  # a former pair is not paired again inside a year, unless both wish


class Way(StrEnum):
    """How a mentor came to be asked."""

    CHOICE = "choice"  # the mentee named them
    BEST = "best"  # the best free mentor at that moment
    ROUND = "round"  # an owner's round
    OFFER = "offer"  # the mentor offered themself; the mentee decides


class RequestState(StrEnum):
    OPEN = "open"
    MATCHED = "matched"
    WITHDRAWN = "withdrawn"
    OFFERED = "offered"  # the other side of a mentor's own offer; never looked for by the program


class ProposalState(StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"  # the mentee took the request back
    SKIPPED = "skipped"  # the mentor is away, full or has left


class Verb(StrEnum):
    ACCEPT = "accept"
    DECLINE = "decline"
    EXPIRE = "expire"
    WITHDRAW = "withdraw"
    SKIP = "skip"


BECOMES: dict[tuple[ProposalState, Verb], ProposalState] = {
    (ProposalState.PROPOSED, Verb.ACCEPT): ProposalState.ACCEPTED,
    (ProposalState.PROPOSED, Verb.DECLINE): ProposalState.DECLINED,
    (ProposalState.PROPOSED, Verb.EXPIRE): ProposalState.EXPIRED,
    (ProposalState.PROPOSED, Verb.WITHDRAW): ProposalState.WITHDRAWN,
    (ProposalState.PROPOSED, Verb.SKIP): ProposalState.SKIPPED,
}
"""Everything that can happen to a proposal; what is not in here is refused."""


class DeclinedFor(StrEnum):
    """Why a mentor declines, if they like to say. Owners see counts, nobody else anything."""

    TIME = "time"
    FIELD = "field"
    CLOSE = "close"
    OTHER = "other"


@dataclass(frozen=True)
class Offer:
    """What a mentor offers. `taken`: mentees they have now; keys of tracks and competencies, codes of languages."""

    mentor: Person
    capacity: int
    hours: int
    tracks: tuple[str, ...]
    competencies: tuple[str, ...]
    languages: tuple[str, ...]
    about: str
    is_listed: bool
    full_until: date | None
    taken: int = 0

    def is_open(self, today: date) -> bool:
        """Whether they take somebody new today."""
        return self.taken < self.capacity and (self.full_until is None or self.full_until <= today)


@dataclass(frozen=True)
class Request:
    """What a mentee asks for. `track`: the one a mentor should be on; None: any other than their own.

    `waits_since`: nobody was found by then, so it waits for a round; `nearest`: the wish that would open most mentors.
    """

    id: UUID
    mentee: Person
    goal: str
    competencies: tuple[str, ...]
    track: str | None
    is_same_track: bool
    languages: tuple[str, ...]
    rhythm_days: int
    choices: tuple[UUID, ...]
    state: RequestState
    comes_first: bool
    asked_at: datetime
    waits_since: datetime | None = None
    nearest: str | None = None


@dataclass(frozen=True)
class Proposal:
    """One request put before one mentor. `reasons`: see `rules.fit_words`."""

    id: UUID
    request: Request
    mentor: Person
    way: Way
    score: float | None
    reasons: tuple[str, ...]
    state: ProposalState
    asked_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Match:
    """A mentor found for a request, not asked yet. `reasons`: as in a Proposal."""

    request: UUID
    mentor: UUID
    score: float | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """What one of the two hears about a request. `before`: the proposal that came to nothing before this one.

    `proposal`: None where nobody is asked at the moment.
    """

    request: Request
    proposal: Proposal | None
    before: Proposal | None
    framework: Framework
    schedule: Schedule
    away: tuple[Away, ...] = ()


@dataclass(frozen=True)
class Standing:
    """Where somebody stands with mentoring: what they offer, what they ask for, and what waits for them.

    `asked`: who their request is with now. `to_answer`: requests put before them, and mentors who offer themselves.
    """

    person: Person
    offer: Offer | None = None
    request: Request | None = None
    asked: Proposal | None = None
    to_answer: tuple[Proposal, ...] = ()


def tries(states: Iterable[tuple[Way, ProposalState]]) -> int:
    """How many mentors have let a request pass since it was last matched in a round. Who was away does not count."""
    count = 0
    for way, state in states:
        count = 0 if way is Way.ROUND else count
        count += state in (ProposalState.DECLINED, ProposalState.EXPIRED)
    return count


def decides(proposal: Proposal) -> Person:
    """Whoever accepts or declines: the mentor; where a mentor offered themself, the mentee."""
    return proposal.request.mentee if proposal.way is Way.OFFER else proposal.mentor
