"""Credit for mentors: what sessions may count for, and how they are told without naming the mentee."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from bot.rules.framework import Framework, Level, Milestone
from bot.rules.people import Person
from bot.rules.refusal import Refusal

ABOUT = "mentor"  # in the name of a competency or milestone that is about mentoring
USED = "Some of these sessions have been counted in another window. Close this and open it again to see what is left."


@dataclass(frozen=True)
class Credit:
    """Sessions of one mentorship that both confirmed and nobody has counted. `last_on`: the day of the latest.

    `may_name`: the mentee lets others know of the pair, so they can be asked to review.
    """

    mentorship_id: UUID
    mentee: Person
    sessions: int
    last_on: date
    may_name: bool = False


def did(credit: Credit, mentor: Person) -> str:
    """What the mentor did, without a name."""
    whom = "a colleague" if credit.mentee.track == mentor.track else "a colleague from another track"
    return f"Mentored {whom}: {credit.sessions} {'session' if credit.sessions == 1 else 'sessions'}."


def best_milestone(levels: Sequence[Level], framework: Framework) -> Milestone | None:
    """The first milestone that is about mentoring, of these levels in their order; None where none is."""
    milestones = [milestone for level in levels for milestone in level.milestones]
    return next((one for one in milestones if _is_about_mentoring(one, framework)), None)


def _is_about_mentoring(milestone: Milestone, framework: Framework) -> bool:
    track = framework.track_of(milestone.key)
    named = next((one.name for one in track.competencies if one.key == milestone.competency), "") if track else ""
    return ABOUT in f"{milestone.competency} {named} {milestone.key} {milestone.title}".lower()


def check_amount(amount: Decimal, credit: Credit) -> None:
    if amount > credit.sessions:
        raise Refusal(
            f"Both of you confirmed {credit.sessions} so far. Write that or less; the others can follow.",
            field="amount",
        )


def check_counted(counted: int, wanted: int) -> None:
    """Each session counts once, also where two windows are open."""
    if counted < wanted:
        raise Refusal(USED)
