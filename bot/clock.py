"""The only place that asks what time it is.

Program time (`now`) decides due dates, expiry, pace and every window that people see. Real time (`real`) decides HTTP
timeouts, leases and signatures. They differ only where somebody moves the clock: in the sandbox, the story and tests.
"""

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Program time that runs with the wall clock."""

    def __init__(self) -> None:
        self._shift = timedelta()

    def now(self) -> datetime:
        return self.real() + self._shift

    def real(self) -> datetime:
        return datetime.now(UTC)

    def set(self, moment: datetime) -> None:
        """Jump to `moment`; from there time runs on (or stands, see StandingClock)."""
        self._shift = moment.astimezone(UTC) - self.real()


class StandingClock(Clock):
    """Program time that stands still until somebody sets it: for the story and for tests."""

    def __init__(self, moment: datetime) -> None:
        super().__init__()
        self._moment = moment.astimezone(UTC)

    def now(self) -> datetime:
        return self._moment

    def set(self, moment: datetime) -> None:
        self._moment = moment.astimezone(UTC)


def monotonic() -> float:
    """Seconds of real time for deadlines."""
    return time.monotonic()


def nanoseconds() -> int:
    """Real time since 1970, for ids that sort."""
    return time.time_ns()
