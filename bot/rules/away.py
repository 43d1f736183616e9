"""Being away: until when, and what a status in Slack says about it."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.rules import cadence
from bot.rules.cadence import DAY, Away, Schedule
from bot.rules.refusal import Refusal

LONGEST_DAYS = 366
LONG_DAYS = 5  # working days ahead: whoever waits for somebody away that long is told


@dataclass(frozen=True)
class SetAway:
    """Somebody has set this person away. `as_manager`: of theirs, else as an owner of the program."""

    name: str
    by: str
    as_manager: bool
    until_on: date
    today: date
    schedule: Schedule
    away: tuple[Away, ...]


def check_until(until: date, *, today: date) -> None:
    """Until which day somebody may be away: one ahead, and not more than a year."""
    if until <= today:
        raise Refusal("That day has come already. Name a day ahead, such as: /ladder pause until Monday", field="until")
    if (until - today).days > LONGEST_DAYS:
        raise Refusal(
            "That is more than a year ahead. Name a nearer day; you can pause again when it comes.", field="until"
        )


def emoji(text: object) -> str:
    """`palm_tree` of ":palm_tree:" or ":palm_tree::skin-tone-2:"; nothing of anything else."""
    found = re.fullmatch(r":?([^\s:]+):?(?::skin-tone-\d:)?", text) if isinstance(text, str) else None
    return found[1].lower() if found else ""


def statuses(settings: Iterable[str]) -> frozenset[str]:
    """The emoji of these settings, by their names."""
    return frozenset(filter(None, map(emoji, settings)))


def says_away(status: object, known: Collection[str]) -> bool:
    """Whether this status is one of those that say that somebody is away."""
    return bool(status) and emoji(status) in known


def until_of(expires_at: datetime | None, zone: str) -> date | None:
    """The day somebody is back whose status ends at this moment; None: until it is cleared.

    A status that ends in the middle of a day holds for all of it, unless Slack tells us of its end then.
    """
    return None if expires_at is None else cadence.local_day(expires_at - timedelta(seconds=1), zone) + DAY


def is_long(away: Iterable[Away], schedule: Schedule, *, today: date) -> bool:
    """Whether somebody is away today and on the next five days on which they would work."""
    absences = tuple(away)
    days = [today, *(day for day, _ in zip(cadence.working_days(today, schedule), range(LONG_DAYS), strict=False))]
    return all(any(absence.covers(day) for absence in absences) for day in days)
