"""People as the rules see them."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bot.rules.cadence import Cadence, Schedule


class Role(StrEnum):
    OWNER = "owner"
    READER = "reader"
    STEWARD = "steward"
    COUNCIL = "council member"
    CHAIR = "chair"


@dataclass(frozen=True)
class Person:
    """Somebody in the directory; with a track and a level they are a member of the program."""

    id: UUID
    slack_id: str | None
    name: str
    schedule: Schedule
    cadence: Cadence | None = None
    track: str | None = None
    level: str | None = None
    manager_id: UUID | None = None
    manager_name: str | None = None
    is_active: bool = True
    is_guest: bool = False

    @property
    def is_member(self) -> bool:
        return self.is_active and self.track is not None
