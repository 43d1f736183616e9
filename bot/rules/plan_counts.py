"""What growth plans add up to, for owners: numbers that tell of nobody."""

from dataclasses import dataclass

from bot.rules import small_cells


@dataclass(frozen=True)
class Counts:
    """How many members have a plan, and time kept free for it; None where a number would tell of few."""

    members: int
    planned: int | None
    protected: int | None


def counts(*, members: int, planned: int, protected: int) -> Counts:
    return Counts(members, _told(planned, members), _told(protected, members))


def _told(some: int, members: int) -> int | None:
    """A number that tells nobody of one person: enough of those who have it, and of those who do not."""
    return some if True in small_cells.shown({True: some, False: members - some}) else None
