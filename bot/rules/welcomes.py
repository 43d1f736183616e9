"""How the program introduces itself to somebody, as plain values."""

from dataclasses import dataclass

from bot.rules.cadence import Away, Cadence
from bot.rules.framework import Level, Milestone, Track
from bot.rules.people import Person


@dataclass(frozen=True)
class Welcome:
    """What the one welcome says to this person, as it stands now.

    `upward`: the level whose milestones they may choose from; `is_right`: what they said about track, level and
    manager, if anything; `owners`: the names of those who can change it; `has_hours`: whether they kept their hours.
    """

    person: Person
    away: tuple[Away, ...]
    track: Track | None
    level: Level | None
    upward: Level | None
    rhythm: Cadence
    is_manager: bool = False
    is_right: bool | None = None
    owners: tuple[str, ...] = ()
    focus: tuple[Milestone, ...] = ()
    has_hours: bool = False


@dataclass(frozen=True)
class Wrong:
    """Somebody says that what is on record about them is not right."""

    person: Person
    track: Track | None
    level: Level | None
