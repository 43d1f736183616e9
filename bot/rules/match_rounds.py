"""Rounds in which everybody who waits for a mentor is matched at once: what may become of one, and what owners see."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NoReturn
from uuid import UUID

from bot.rules.cadence import Cadence
from bot.rules.refusal import Refusal

PAGE = 40  # pairs in one window
CHOICES = 3  # mentors offered instead of the one found
LOOK_CLOSELY = 0.5  # no pair below this goes out unseen


class State(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    READY = "ready"
    PUBLISHING = "publishing"  # an owner has said yes; the mentors are asked one page of pairs after the other
    PUBLISHED = "published"
    DROPPED = "dropped"
    FAILED = "failed"


class Verb(StrEnum):
    MATCH = "match"
    FINISH = "finish"
    FAIL = "fail"
    EDIT = "edit"
    PUBLISH = "publish"
    DROP = "drop"
    HAND_ON = "hand on"


BECOMES: Mapping[tuple[State, Verb], State] = {
    (State.WAITING, Verb.MATCH): State.RUNNING,
    (State.RUNNING, Verb.MATCH): State.RUNNING,  # whoever was at it has died: it is done anew
    (State.RUNNING, Verb.FINISH): State.READY,
    (State.RUNNING, Verb.FAIL): State.FAILED,
    (State.READY, Verb.EDIT): State.READY,
    (State.READY, Verb.PUBLISH): State.PUBLISHING,
    (State.WAITING, Verb.DROP): State.DROPPED,
    (State.RUNNING, Verb.DROP): State.DROPPED,
    (State.READY, Verb.DROP): State.DROPPED,
    (State.PUBLISHING, Verb.HAND_ON): State.PUBLISHED,
}
"""Everything that can happen to a round; what is not in here is refused."""

OPEN = frozenset({State.WAITING, State.RUNNING, State.READY})  # one of these at a time
WORK = frozenset({State.WAITING, State.RUNNING, State.PUBLISHING})  # something is to be done by the clock

NOT_NOW: Mapping[State, str] = {
    State.WAITING: "This round is still being matched. Look again in a minute.",
    State.RUNNING: "This round is still being matched. Look again in a minute.",
    State.READY: "This round is ready and waits for you. Look at its pairs first.",
    State.PUBLISHING: "This round has been published already, and its mentors are being asked. Nothing was changed.",
    State.PUBLISHED: "This round has been published already, and its mentors have been asked. Nothing was changed.",
    State.DROPPED: "This round has been dropped, so nothing was changed. Start a new one whenever you like.",
    State.FAILED: "This round could not be matched, so there is nothing to change. Start a new one.",
}
ONE_AT_A_TIME = "A round is open already. Look at its pairs, then publish or drop it; then you can start a new one."
NOBODY_WAITS = "Nobody waits for a mentor right now, so there is nothing to match. Requests start with /mentor."
DOES_NOT_FIT = "These two do not fit, so nothing was changed. Choose one of the mentors that are offered."


def refuse(state: State) -> NoReturn:
    raise Refusal(NOT_NOW[state])


@dataclass(frozen=True)
class Matching:
    """How mentors are matched. `rounds`: when rounds open by themselves; None: only when an owner starts one.

    `weights`: of each part of how well two fit.
    """

    rounds: Cadence | None = None
    weights: Mapping[str, int] = field(default_factory=dict)


NO_ROUNDS = Matching()


@dataclass(frozen=True)
class Round:
    """One round. `done` of `whole` requests are scored; `figures` name nobody."""

    id: UUID
    state: State
    opened_at: datetime
    done: int = 0
    whole: int = 0
    figures: Mapping[str, Any] = field(default_factory=dict)
    published_at: datetime | None = None


@dataclass(frozen=True)
class Waiting:
    """What owners find in Home: how many wait for a mentor, and the newest round."""

    requests: int = 0
    latest: Round | None = None

    @property
    def is_open(self) -> bool:
        return self.latest is not None and self.latest.state in OPEN


@dataclass(frozen=True)
class Side:
    """One of a pair, as owners know everybody: name, track and level."""

    id: UUID
    name: str
    track: str = ""
    level: str = ""


@dataclass(frozen=True)
class Pair:
    """A request of a round with the mentor found, or why there is none. Not a word of the request itself."""

    request: UUID
    mentee: Side
    mentor: Side | None
    score: float | None
    reasons: tuple[str, ...]
    why_not: str | None
    is_edited: bool

    @property
    def is_to_look_at(self) -> bool:
        return self.mentor is not None and self.score is not None and self.score < LOOK_CLOSELY


@dataclass(frozen=True)
class Page:
    """Some pairs of a round, `number` counted from 0."""

    round: Round
    pairs: tuple[Pair, ...]
    matched: int
    unmatched: int
    number: int

    @property
    def last(self) -> int:
        return max(0, (self.matched + self.unmatched - 1) // PAGE)


@dataclass(frozen=True)
class Candidate:
    """A mentor who may be chosen instead, with what speaks for them."""

    mentor: Side
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """The mentors that an owner may choose from for one request."""

    round: UUID
    pair: Pair
    candidates: tuple[Candidate, ...]
