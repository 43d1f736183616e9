"""What Home shows, as plain values: one part at a time."""

from collections.abc import Collection
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
    """Where the person stands, and what waits for them. `is_answered`: this round's check-in has been given.

    `focus` and `no_chance`: keys of milestones, as the person has said. `is_asked`: prompts are not switched off.
    """

    track: Track | None
    level: Level | None
    upward: Level | None
    progress: tuple[Progress, ...]
    is_answered: bool
    next_prompt_at: datetime | None
    next_round_on: date | None
    to_review: tuple[tuple[Evidence, Review], ...]
    to_change: tuple[Evidence, ...]
    focus: Collection[str] = ()
    no_chance: Collection[str] = ()
    is_asked: bool = True


@dataclass(frozen=True)
class Report:
    """One person of the team: answers their manager has not read yet, and their evidence that waits for a verdict.

    `wishes`: titles of milestones for which they wish for work.
    """

    id: UUID
    name: str
    track: str
    level: str
    unread: int
    waiting: int
    waiting_since: datetime | None
    is_away: bool
    wishes: tuple[str, ...] = ()


@dataclass(frozen=True)
class SettingUp:
    """How far the program is set up. `version` of the framework; counts of people who are here and no guests."""

    version: str | None
    directory: int
    members: int
    without_manager: int

    @property
    def is_done(self) -> bool:
        """One person at the top has no manager."""
        return self.version is not None and self.members > 0 and self.without_manager <= 1


@dataclass(frozen=True)
class Home:
    """Everything the tab is drawn from. `team` is empty for whoever manages nobody, `setting_up` for all but owners."""

    person: Person
    part: Part
    me: Me | None
    team: tuple[Report, ...]
    has_team: bool
    setting_up: SettingUp | None = None
