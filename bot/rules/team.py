"""A manager's team, person by person: in which order they are shown, and on which page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from bot.rules.plans import Protected

PER_PAGE = 25
LAST = datetime.max.replace(tzinfo=UTC)


class Order(StrEnum):
    WAITS = "waits"
    NAME = "name"
    LEVEL = "level"


@dataclass(frozen=True)
class Report:
    """One person of the team: answers their manager has not read yet, and their evidence that waits for a verdict.

    `track` by its name; `wishes`: titles of milestones for which they wish for work; `last_on`: the day of the last
    check-in that whoever looks may read; `mentors`: by name, where the person lets their manager know. `protected`:
    time kept free for their plan. `manager`: who is away and whose deputy looks; None: they report to whoever
    looks. `has_career_talk`: one is open, `career_talk_on` its day, if it has one.
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
    band: int = 0
    is_talk_due: bool = False
    last_on: date | None = None
    mentors: tuple[str, ...] = ()
    has_career_talk: bool = False
    career_talk_on: date | None = None
    protected: Protected | None = None

    @property
    def waits(self) -> int:
        """How many things of this person wait for whoever looks."""
        return self.unread + self.waiting + self.is_talk_due


_BY: Mapping[Order, Callable[[Report], tuple[Any, ...]]] = {
    Order.WAITS: lambda one: (-one.waits, one.waiting_since or LAST),
    Order.NAME: lambda _: (),
    Order.LEVEL: lambda one: (one.track.casefold(), one.band, one.level),
}


def in_order(team: Sequence[Report], order: Order) -> list[Report]:
    """Their own people first, then those of each manager who is away; within that as asked, at last by name."""
    return sorted(
        team,
        key=lambda one: (one.manager is not None, one.manager or "", *_BY[order](one), one.name.casefold(), one.id.hex),
    )


def pages(team: Sequence[Report]) -> int:
    return max(1, -(-len(team) // PER_PAGE))


def on_page(team: Sequence[Report], page: int) -> list[Report]:
    """The people of one page, of the last one where the team has grown smaller since."""
    first = min(max(page, 0), pages(team) - 1) * PER_PAGE
    return list(team[first : first + PER_PAGE])
