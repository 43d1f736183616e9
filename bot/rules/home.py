"""What Home shows, as plain values: one part at a time."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from bot.rules.evidence import Evidence, Review
from bot.rules.framework import Level, Track
from bot.rules.people import Person
from bot.rules.readiness import Progress


class Part(StrEnum):
    ME = "me"
    TEAM = "team"


@dataclass(frozen=True)
class Me:
    """Where the person stands, and what waits for them. `is_answered`: this round's check-in has been given."""

    track: Track | None
    level: Level | None
    upward: Level | None
    progress: tuple[Progress, ...]
    is_answered: bool
    next_prompt_at: datetime | None
    next_round_on: date | None
    to_review: tuple[tuple[Evidence, Review], ...]
    to_change: tuple[Evidence, ...]


@dataclass(frozen=True)
class Report:
    """One person of the team: answers their manager has not read yet, and their evidence that waits for a verdict."""

    id: UUID
    name: str
    track: str
    level: str
    unread: int
    waiting: int
    waiting_since: datetime | None
    is_away: bool


@dataclass(frozen=True)
class Home:
    """Everything the tab is drawn from. `team` is empty for whoever manages nobody."""

    person: Person
    part: Part
    me: Me | None
    team: tuple[Report, ...]
    has_team: bool
