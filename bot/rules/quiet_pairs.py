"""When a pair has been quiet for so long that a gentle question is fair. Leave and pauses do not count."""

from collections.abc import Iterable
from datetime import date, timedelta

from bot.rules.cadence import Away

LEAST_DAYS = 21
MOST_ASKS = 2  # in a row; then silence, which is an answer, too
APART = 2  # rhythms between the two


def limit(rhythm_days: int) -> int:
    """After so many days without a session a pair is quiet: one and a half times what it agreed, three weeks at least.

    Half a day counts as a day.
    """
    return max(LEAST_DAYS, (3 * rhythm_days + 1) // 2)


def days_here(since: date, today: date, away: Iterable[Away]) -> int:
    """Days after `since`, up to `today`, on which neither of the two was away."""
    absences = tuple(away)
    days = (since + timedelta(days=n) for n in range(1, (today - since).days + 1))
    return sum(not any(absence.covers(day) for absence in absences) for day in days)


def ask_due(
    rhythm_days: int, *, since: date, today: date, away: Iterable[Away], asks: int, asked_on: date | None
) -> int | None:
    """The number of the question that is due today, 1 or 2; None: not yet, or never again.

    `since`: the last day on which something happened between the two, or a pause ended; `away`: of both; `asks`: how
    many times in a row they were asked, the last time on `asked_on`.
    """
    absences = tuple(away)
    if any(absence.covers(today) for absence in absences):
        return None
    if asked_on is None or asked_on < since:
        asks, asked_on = 0, None
    if asks >= MOST_ASKS:
        return None
    is_due = (
        days_here(since, today, absences) >= limit(rhythm_days)
        if asked_on is None
        else days_here(asked_on, today, absences) >= APART * rhythm_days
    )
    return asks + 1 if is_due else None
