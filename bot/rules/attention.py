"""The attention budget: how many messages that ask something reach one person on one day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.rules import cadence
from bot.rules.cadence import Away, Schedule
from bot.rules.evidence import Evidence, Review
from bot.rules.mentor_sessions import Own
from bot.rules.mentors import Proposal
from bot.rules.mentorships import Side

ANYWHERE = Schedule("UTC")
MOST_LINES = 10  # of one kind in a list; the others come when these are done
MOST_PAIRS = 3  # the same for what has two lines


@dataclass(frozen=True)
class Waiting:
    """What waits for one person: this round's prompt, evidence to read, evidence of their own to change.

    `unread`: answers of their people that a manager has not read. `wrong`: who told an owner that something on record
    about them is wrong. `met`: sessions of which they have not said whether they met; `quiet`: pairs of theirs that
    were asked what would suit them. `mentoring`: requests before them as a mentor, and mentors who offer themselves.
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

    @property
    def load(self) -> int:
        """The load figure: everything that waits, over all features."""
        pieces = len(self.to_review) + len(self.to_change) + len(self.met) + len(self.quiet) + len(self.mentoring)
        return (self.prompt is not None) + pieces + (self.unread > 0) + bool(self.wrong)


def spent_today(asked_at: Iterable[datetime], *, zone: str, now: datetime) -> int:
    """How many of these moments lie on the person's own today."""
    today = cadence.local_day(now, zone)
    return sum(cadence.local_day(moment, zone) == today for moment in asked_at)
