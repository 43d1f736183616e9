"""Deputies: who reads for a manager who is away, and since when."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bot.rules.cadence import Away, Schedule
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.rules.weeks import HelpWanted, Week


@dataclass(frozen=True)
class Named:
    """A manager's deputy. Answers given before `named_at` were not given to the deputy, and are not theirs to read."""

    id: UUID
    manager_id: UUID
    manager: str
    deputy_id: UUID
    deputy: str
    until_on: date | None
    named_at: datetime

    def reads(self, *, author: UUID, given_at: datetime) -> bool:
        """Nobody reads their own answers for somebody else."""
        return author != self.deputy_id and given_at >= self.named_at


@dataclass(frozen=True)
class InPlace:
    """What a manager would hear, for the deputy to hear it; reached at the deputy's hours."""

    named: Named
    found: Week | HelpWanted
    schedule: Schedule
    away: tuple[Away, ...]


@dataclass(frozen=True)
class Told:
    """What a deputy hears when they are named, or a manager when the deputy cannot."""

    named: Named
    schedule: Schedule
    away: tuple[Away, ...]


def check(deputy: Person | None, *, by: Person, is_manager: bool) -> Person:
    """Who can be named, by whom."""
    if not is_manager:
        raise Refusal("Nobody reports to you, so there is nothing to read for you while you are away.")
    if deputy is None or not deputy.is_active or deputy.is_guest:
        raise Refusal(
            "This is not a colleague in the directory: an app, a guest or a leaver. Name somebody else.",
            field="deputy",
        )
    if deputy.id == by.id:
        raise Refusal("You cannot stand in for yourself. Name a colleague whom your people trust.", field="deputy")
    return deputy
