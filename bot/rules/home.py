"""What Home shows, as plain values: one part at a time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from bot.rules.evidence import Evidence, Review
from bot.rules.framework import Level, Track
from bot.rules.mentor_sessions import Own
from bot.rules.mentors import Standing
from bot.rules.mentorships import Mentorship
from bot.rules.people import Person
from bot.rules.program import Program
from bot.rules.readiness import Progress


class Part(StrEnum):
    ME = "me"
    TEAM = "team"
    PROGRAM = "program"


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

    `wishes`: titles of milestones for which they wish for work. `manager`: who is away and whose deputy looks; None:
    they report to whoever looks.
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
    manager: str | None = None


@dataclass(frozen=True)
class Home:
    """Everything the tab is drawn from. `team` is empty for whoever manages nobody, `program` is there for owners only.

    `deputy`: who reads for this manager while they are away. `is_unowned`: nobody owns the program so far; `can_begin`:
    this person may become its first owner. `mentoring`: where they stand with it; `pairs`: their mentorships;
    `sessions`: the next of each.
    """

    person: Person
    part: Part
    me: Me | None
    team: tuple[Report, ...]
    has_team: bool
    program: Program | None = None
    is_owner: bool = False
    is_unowned: bool = False
    can_begin: bool = False
    deputy: str | None = None
    mentoring: Standing | None = None
    pairs: tuple[Mentorship, ...] = ()
    sessions: tuple[Own, ...] = ()
