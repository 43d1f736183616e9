"""What a people file changes about whom, and how many it may end at once without being asked about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

GUARDED_SHARE = 0.05

Who = UUID | str
"""Our id, or the lower-case e-mail of somebody who is new with this file."""


@dataclass(frozen=True)
class State:
    """What a people file may say about somebody."""

    name: str = ""
    email: str | None = None
    track: str | None = None
    level: str | None = None
    manager: Who | None = None
    country: str | None = None
    department: str | None = None
    working_days: str = "12345"
    cadence: str | None = None


COUNTED = ("manager", "country", "department", "working_days", "cadence", "name", "email")


@dataclass(frozen=True)
class Known:
    """Somebody in the directory today."""

    id: UUID
    slack_id: str | None
    state: State
    is_active: bool = True

    @property
    def is_member(self) -> bool:
        return self.is_active and self.state.track is not None


@dataclass(frozen=True)
class Change:
    """One thing that changes, as people read it; "" for nothing."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Changed:
    """Somebody whom the file changes; `who` is an e-mail for somebody new. `line`: where in the file."""

    who: Who
    called: str
    line: int
    before: State
    after: State
    changes: tuple[Change, ...]

    @property
    def is_new(self) -> bool:
        return isinstance(self.who, str)

    @property
    def what(self) -> set[str]:
        return {change.what for change in self.changes}

    @property
    def is_placed(self) -> bool:
        """Whether track or level change."""
        return (self.before.track, self.before.level) != (self.after.track, self.after.level)

    @property
    def is_ending(self) -> bool:
        return self.before.track is not None and self.after.track is None


Diff = tuple[Changed, ...]


def summary(diff: Sequence[Changed]) -> str:
    """`3 people change: 1 new, 2 track or level, 1 manager`."""
    if not diff:
        return "Nothing changes."
    counts = {
        "new": sum(one.is_new for one in diff),
        "leaving the program": sum(one.is_ending for one in diff),
        "track or level": sum(one.is_placed and not one.is_ending for one in diff),
        **{name.replace("_", " "): sum(name in one.what for one in diff) for name in COUNTED},
    }
    people = "1 person changes" if len(diff) == 1 else f"{len(diff):,} people change"
    return f"{people}: {', '.join(f'{count:,} {name}' for name, count in counts.items() if count)}"


def too_many_ending(diff: Diff, directory: Iterable[Known]) -> int:
    """How many members would leave the program, where they are too many at once not to ask; else 0."""
    members = {one.id for one in directory if one.is_member}
    ending = sum(one.is_ending and one.who in members for one in diff)
    return ending if exceeds(ending, len(members)) else 0


def exceeds(ended: int, members: int) -> bool:
    """Whether this many members may not end at once without being asked about."""
    return ended > 1 and ended > members * GUARDED_SHARE
