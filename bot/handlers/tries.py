"""How often somebody has tried just now: in the memory of this process alone, for a table would say who tried."""

from datetime import datetime, timedelta

from bot.rules.feedback_threads import TRIES, TRIES_SECONDS

WINDOW = timedelta(seconds=TRIES_SECONDS)


class Tries:
    def __init__(self) -> None:
        self._made: list[tuple[datetime, str]] = []

    def one_more(self, who: str, *, now: datetime) -> bool:
        """Whether this person may try once more; it counts as a try either way."""
        self._made = [(at, one) for at, one in self._made if now - at < WINDOW]
        before = sum(one == who for _, one in self._made)
        self._made.append((now, who))
        return before < TRIES
