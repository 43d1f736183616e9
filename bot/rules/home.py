"""What Home shows, as plain values: one part at a time."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.rules.assessments import Blind
from bot.rules.career_talks import Own as CareerTalk
from bot.rules.evidence import Evidence, Review
from bot.rules.feedback_digests import Public
from bot.rules.feedback_forms import Notice
from bot.rules.feedback_hub import Waits
from bot.rules.framework import Level, Track
from bot.rules.mentor_sessions import Own
from bot.rules.mentors import Standing
from bot.rules.mentorships import Mentorship
from bot.rules.months import Month
from bot.rules.opportunities import Opportunity
from bot.rules.people import Person
from bot.rules.plans import Protected
from bot.rules.program import Program
from bot.rules.promises import Promise
from bot.rules.readiness import Progress
from bot.rules.scopes import WHOLE
from bot.rules.team import Order, Report


class Part(StrEnum):
    ME = "me"
    TEAM = "team"
    PROGRAM = "program"


@dataclass(frozen=True)
class Me:
    """Where the person stands, and what waits for them. `is_answered`: this round's check-in has been given.

    `focus` and `no_chance`: keys of milestones, as the person has said. `is_asked`: prompts are not switched off.
    `to_rate`: self-assessments of their people, who ask for their view.
    `protected`: time kept free for their growth plan. `is_content`: they would like to deepen where they are.
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
    to_rate: tuple[Blind, ...] = ()
    protected: Protected | None = None
    is_content: bool = False


@dataclass(frozen=True)
class Home:
    """Everything the tab is drawn from. `team` is empty for whoever manages nobody, `program` is there for owners only.

    `deputy`: who reads for this manager while they are away. `is_unowned`: nobody owns the program so far; `can_begin`:
    this person may become its first owner. `mentoring`: where they stand with it; `pairs`: their mentorships;
    `sessions`: the next of each. `feedback`: what everybody hears of program feedback; `feedback_said`: what people
    said about the program, of the newest cycle that was opened; `promises`: what owners do about it. `order`, `page`:
    how the team is looked at. `owns`: the part of the company whose figures this person sees, if they own no more than
    that; `month`: its newest. `career`: their open career talk. `words`: feedback that waits to be read
    or given. `chances`: what suits them next.
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
    feedback: Notice | None = None
    feedback_said: Public | None = None
    promises: tuple[Promise, ...] = ()
    chances: tuple[Opportunity, ...] = ()
    owns: str = WHOLE
    month: Month | None = None
    order: Order = Order.WAITS
    page: int = 0
    words: Waits = field(default_factory=Waits)
    career: CareerTalk | None = None
