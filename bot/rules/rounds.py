"""360 rounds: who is asked about somebody, under which terms, and what a giver may write until the round closes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pydantic import TypeAdapter

from bot.rules.framework import Level, Track
from bot.rules.people import Person
from bot.rules.refusal import Refusal

LEAST_OF_A_KIND = 3
SPREAD_FROM = 5
MANAGER_AFTER = 3  # working days
MANY_ASKS = 5
LONGEST = 2000
STEPS = (5, 10, 15, 20, 25)
LOWEST, HIGHEST = 1, 5
CLOSED = "This round is closed, so its answers cannot be read or changed by anybody any more. Thank you!"
NOT_OPEN = "This round is not open for answers at the moment."
STOPPED = "This round was stopped. What was written is deleted unread, and nothing is expected from you any more."
MOVED_ON = "This round has moved on in the meantime. Open it again to see how it stands."


class State(StrEnum):
    NOMINATING = "nominating"
    WAITING = "waiting"  # for the manager's approval
    OPEN = "open"
    RELEASED = "released"
    WITHHELD = "withheld"
    STOPPED = "stopped"


LIVE = frozenset({State.NOMINATING, State.WAITING, State.OPEN})
CLOSED_STATES = frozenset({State.RELEASED, State.WITHHELD})
OVER: Mapping[State, str] = {State.RELEASED: CLOSED, State.WITHHELD: CLOSED, State.STOPPED: STOPPED}
"""What whoever is asked hears when they come too late."""


class Perspective(StrEnum):
    SELF = "self"
    MANAGER = "manager"
    PEER = "peer"
    REPORT = "report"


COLLEAGUES = (Perspective.PEER, Perspective.REPORT)
"""Those whose answers are never signed."""


class SeatState(StrEnum):
    NAMED = "named"  # waits for the manager
    LEFT_OUT = "left out"  # by the manager
    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LEFT = "left"  # the company
    REPLACED = "replaced"  # declined or left, and somebody else was named


ASKED = frozenset({SeatState.INVITED, SeatState.ACCEPTED})
FREE = frozenset({SeatState.DECLINED, SeatState.LEFT})
KNOWN = frozenset({SeatState.NAMED, SeatState.LEFT_OUT})
"""What the member and the manager decide between them; all else is a giver's own matter."""


class Text(StrEnum):
    """The three questions that are answered in words."""

    KEEP = "keep"
    MORE = "more"
    ELSE = "otherwise"


QUESTIONS: Mapping[Text, str] = {
    Text.KEEP: "What should continue?",
    Text.MORE: "What would help more?",
    Text.ELSE: "Anything else?",
}


@dataclass(frozen=True)
class Competency:
    """One to be rated, with the expectation of the level as it was worded when the round opened."""

    key: str
    name: str
    expectation: str


@dataclass(frozen=True)
class Terms:
    """What a round is held under: frozen when it opens, shown to everybody before they answer.

    `least`: givers of one perspective before anything of it is shown. `spread_from`: before it is shown how often each
    rating was given. `manager_after`: working days after which the manager may read what the person has not opened.
    """

    track: str
    level: str
    version: str
    competencies: tuple[Competency, ...]
    least: int = LEAST_OF_A_KIND
    spread_from: int = SPREAD_FROM
    manager_after: int = MANAGER_AFTER


@dataclass(frozen=True)
class Seat:
    """One person who is asked, or is to be, and as what. `is_from_manager`: the manager named them.

    `has_answered`: told to nobody but that person.
    """

    id: UUID
    person: Person
    perspective: Perspective
    state: SeatState
    is_from_manager: bool = False
    has_answered: bool = False

    @property
    def is_new(self) -> bool:
        """Whether the manager has not agreed to it yet."""
        return self.state is SeatState.NAMED


@dataclass(frozen=True)
class Round:
    """A round as somebody may see it.

    `seats`: for the member and the manager all who are named, in the order of their names, and as invited whether
    they have accepted or declined; for a giver only their own. `free`: places that nobody holds, by perspective, for
    the member alone. `answered`: how many of all have answered at least, see `steps`. `manager`: the one today.
    `is_manager_away`, `stand_in`: for the member whose names wait, whether the manager is away and who agrees instead;
    `in_place_of`: for whoever stands in, the manager's name. `is_told`: the report may be read by the manager, too;
    `is_readable`: it may be by whoever sees this.
    """

    id: UUID
    subject: Person
    manager: Person | None
    state: State
    is_from_manager: bool
    due_on: date
    is_extended: bool
    terms: Terms
    begun_at: datetime
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    seats: tuple[Seat, ...] = ()
    free: Mapping[Perspective, int] = field(default_factory=dict, hash=False)
    answered: int | None = None
    is_manager_away: bool = False
    stand_in: str = ""
    in_place_of: str = ""
    is_told: bool = False
    is_readable: bool = False

    def of(self, perspective: Perspective) -> tuple[Seat, ...]:
        return tuple(seat for seat in self.seats if seat.perspective is perspective)

    @property
    def list_of_names(self) -> UUID | None:
        """Which list of names waits: another one when the member sends it again."""
        return min((seat.id for seat in self.seats if seat.is_new), default=None)


@dataclass(frozen=True)
class Answer:
    """What one giver has written so far. `ratings`: competency → 1 to 5; one that they cannot tell is missing."""

    ratings: Mapping[str, int] = field(default_factory=dict, hash=False)
    texts: Mapping[Text, str] = field(default_factory=dict, hash=False)

    @property
    def is_empty(self) -> bool:
        return not self.ratings and not any(text.strip() for text in self.texts.values())


@dataclass(frozen=True)
class Form:
    """What the form for an answer is drawn from."""

    round: Round
    seat: Seat
    answer: Answer | None


@dataclass(frozen=True)
class Suggestion:
    """Somebody who could tell something. `why`: "reviewed your evidence". `load`: what waits for them, see `warns`."""

    person: Person
    perspective: Perspective
    why: str
    load: int


@dataclass(frozen=True)
class Mine:
    """Where somebody stands with rounds: their own, what they are asked for, and what waits for them as a manager."""

    own: tuple[Round, ...] = ()
    asked: tuple[tuple[Round, Seat], ...] = ()
    to_approve: tuple[Round, ...] = ()
    team: tuple[Round, ...] = ()


# Who sees what


def veiled(found: Round, *, by: UUID | None) -> Round:
    """The round as the member or the manager sees it: nobody who accepted, declined or left is told from the others.

    The member alone learns how many places are free.
    """
    seats = tuple(
        seat if seat.state in KNOWN else replace(seat, state=SeatState.INVITED, has_answered=False)
        for seat in found.seats
        if seat.perspective in COLLEAGUES
    )
    is_member = by == found.subject.id
    return replace(
        found, seats=seats, free=places(found) if is_member and found.state is State.OPEN else {},
        is_readable=found.state in CLOSED_STATES and (is_member or (found.is_told and not was_asked(found, by))),
    )  # fmt: skip


def was_asked(found: Round, who: UUID | None) -> bool:
    """Whether somebody may have given an answer that is not signed. They do not read the report as a new manager:
    what they know of it themselves would be missing from the three."""
    return any(seat.person.id == who and seat.state not in KNOWN for one in COLLEAGUES for seat in found.of(one))


def places(found: Round) -> Mapping[Perspective, int]:
    """Places that nobody holds any more."""
    counts = {one: sum(1 for seat in found.of(one) if seat.state in FREE) for one in COLLEAGUES}
    return {one: count for one, count in counts.items() if count}


def can_stand_in(found: Round, who: UUID) -> bool:
    """Whether a deputy may agree: nobody does to names of their own, and whoever is asked sees nobody else who is."""
    return who != found.subject.id and all(seat.person.id != who for seat in found.seats)


def steps(answered: int, *, least: int) -> int | None:
    """How many answers are told to be there: in steps, so that it does not tell when each of them came."""
    return max((step for step in (least, *STEPS) if least <= step <= answered), default=None)


def for_giver(found: Round) -> Round:
    """What a giver sees of a round: its terms and days, and nobody else who is asked."""
    return replace(found, seats=(), free={}, answered=None)


def warns(load: int) -> bool:
    """Whether somebody has so many open asks that one more should be thought over. Never a block."""
    return load >= MANY_ASKS


# Answers


def check_answer(ratings: Mapping[str, int | None], texts: Mapping[Text, str], terms: Terms) -> None:
    known = {one.key for one in terms.competencies}
    for key, rating in ratings.items():
        if key not in known or (rating is not None and not LOWEST <= rating <= HIGHEST):
            raise Refusal(MOVED_ON)
    for question, text in texts.items():
        if len(text) > LONGEST:
            raise Refusal(f"Keep it under {LONGEST} characters: what matters most is read first.", field=question.value)


def terms(track: Track, level: Level, version: str) -> Terms:
    """The terms of a round about somebody on this level, as things stand now."""
    names = {one.key: one.name for one in track.competencies}
    asked = tuple(Competency(key, names.get(key, key), text) for key, text in level.expectations.items())
    return Terms(track.key, level.key, version, asked)


_TERMS = TypeAdapter(Terms)


def write_terms(frozen: Terms) -> str:
    return _TERMS.dump_json(frozen).decode()


def read_terms(kept: str) -> Terms:
    return _TERMS.validate_json(kept)
