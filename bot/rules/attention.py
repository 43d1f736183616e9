"""The attention budget: how many messages that ask something reach one person on one day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bot.rules import cadence
from bot.rules.assessments import Blind
from bot.rules.cadence import Away, Schedule
from bot.rules.career_talks import Own as CareerTalk
from bot.rules.evidence import Evidence, Review
from bot.rules.feedback_asks import Request
from bot.rules.mentor_sessions import Own
from bot.rules.mentors import Proposal
from bot.rules.mentorships import Side
from bot.rules.opportunities import Ask, Opportunity
from bot.rules.rounds import Round, Seat
from bot.rules.stories import Story

ANYWHERE = Schedule("UTC")
MOST_LINES = 10  # of one kind in a list; the others come when these are done
MOST_PAIRS = 3  # the same for what has two lines
OVER = "over the week's limit"  # why a list that would only have reminded did not come


@dataclass(frozen=True)
class Waiting:
    """What waits for one person: this round's prompt, evidence to read, evidence of their own to change.

    `unread`: answers of their people that a manager has not read. `wrong`: who told an owner that something on record
    about them is wrong. `met`: sessions of which they have not said whether they met; `quiet`: pairs of theirs that
    were asked what would suit them. `mentoring`: requests before them as a mentor, and mentors who offer themselves.
    `promises`: of theirs about the program, whose day has come. `feedback_closes`: of a cycle of program feedback that
    they were to hear of. `stories`: offered to them as an owner. `feedback`: colleagues who
    ask for a word of theirs; `unread_feedback`: what colleagues wrote to them. `assessments`: of their people, who ask
    for a view. `interested`: who asks for a chance they offer; `to_keep`: chances of theirs that end unless they say
    otherwise. `career`: career talks that they were to hear of.
    `rounds`: in which they are asked for an answer; `round_names`: of their people, with names for them to agree to.
    """

    person_id: UUID
    name: str
    prompt: UUID | None
    to_review: tuple[tuple[Evidence, Review], ...]
    to_change: tuple[Evidence, ...]
    unread: int = 0
    schedule: Schedule = ANYWHERE
    away: tuple[Away, ...] = ()
    wrong: tuple[str, ...] = ()
    met: tuple[Own, ...] = ()
    quiet: tuple[Side, ...] = ()
    mentoring: tuple[Proposal, ...] = ()
    promises: int = 0
    feedback_closes: date | None = None
    stories: tuple[Story, ...] = ()
    feedback: tuple[Request, ...] = ()
    unread_feedback: int = 0
    assessments: tuple[Blind, ...] = ()
    interested: tuple[Ask, ...] = ()
    to_keep: tuple[Opportunity, ...] = ()
    rounds: tuple[tuple[Round, Seat], ...] = ()
    round_names: tuple[Round, ...] = ()
    career: tuple[CareerTalk, ...] = ()

    @property
    def load(self) -> int:
        """The load figure: everything that waits, over all features."""
        many = (
            self.to_review, self.to_change, self.met, self.quiet, self.mentoring, self.stories, self.feedback,
            self.assessments, self.interested, self.to_keep, self.rounds, self.round_names,
            self.career,
        )  # fmt: skip
        pieces = sum(map(len, many))
        lines = (
            self.prompt is not None, self.unread > 0, bool(self.wrong), self.promises > 0, self.unread_feedback > 0,
        )  # fmt: skip
        return sum(lines) + pieces + (self.feedback_closes is not None)


def spent_today(asked_at: Iterable[datetime], *, zone: str, now: datetime) -> int:
    """How many of these moments lie on the person's own today."""
    today = cadence.local_day(now, zone)
    return sum(cadence.local_day(moment, zone) == today for moment in asked_at)
