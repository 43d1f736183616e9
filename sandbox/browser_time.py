"""Letting time pass from the page: an hour, to tomorrow, to next Monday, or to the next message anybody gets."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sandbox.history import Posted
from sandbox.people import Json, User
from sandbox.state import State

NextDue = Callable[[], Awaitable[datetime | None]]
Advance = Callable[[datetime], Awaitable[None]]

NINE = time(9)
MONDAY = 0
FARTHEST = timedelta(days=31)  # how far to look for the next message


class Standstill(Exception):
    """Time cannot be moved as asked; says why."""


class Travel:
    """Moves the workspace's clock, where it can be moved.

    next_due    the next moment at which the app does something by itself.
    advance     lets time pass up to a moment, with everything that is due on the way; without it the clock just jumps.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._moving = asyncio.Lock()
        self.next_due: NextDue | None = None
        self.advance: Advance | None = None

    def shown(self) -> Json:
        can_move = hasattr(self._state.clock, "set")
        return {
            "now": self._state.now().isoformat(),
            "can_move": can_move,
            "can_skip": can_move and self.next_due is not None,
            "is_moving": self.is_moving,
        }

    @property
    def is_moving(self) -> bool:
        return self._moving.locked()

    async def move(self, wish: str, user: User) -> Json:
        """To `hour`, `tomorrow`, `monday` (09:00 where the person is) or `next`; returns whom it brought messages."""
        if self.is_moving:
            raise Standstill("Time is already on its way.")
        if not hasattr(self._state.clock, "set"):
            raise Standstill("This clock cannot be moved.")
        async with self._moving:
            began = len(self._state.history)
            self._state.changed()
            if wish == "next":
                await self._to_the_next_message()
            else:
                await self._to(wished(wish, self._state.now(), user.tz))
            return {"now": self._state.now().isoformat(), "posted": self._posted(began)}

    async def _to(self, moment: datetime) -> None:
        if self.advance is not None:
            await self.advance(moment)
        else:
            self._state.clock.set(moment)  # type: ignore[attr-defined]  # asked for in move()

    async def _to_the_next_message(self) -> None:
        """Through whatever the app does unseen, until somebody hears from it."""
        assert self.next_due is not None  # noqa: S101  offered only then
        began, farthest = len(self._state.history), self._state.now() + FARTHEST
        while not self._posted(began):
            due = await self.next_due()
            if due is None or due > farthest:
                raise Standstill("Nothing is planned for the next weeks.")
            await self._to(max(due, self._state.now() + timedelta(seconds=1)))

    def _posted(self, began: int) -> list[str]:
        """Whom messages reached since then: users, and channels."""
        said = (entry for entry in self._state.history[began:] if isinstance(entry, Posted))
        return list(dict.fromkeys(one.user or one.channel for one in said))


def wished(wish: str, now: datetime, zone: str) -> datetime:
    """The moment that a wish means for somebody in this zone; LookupError for an unknown wish."""
    if wish == "hour":
        return now + timedelta(hours=1)
    here = _zone(zone)
    day = now.astimezone(here).date()
    if wish == "tomorrow":
        return datetime.combine(day + timedelta(days=1), NINE, here).astimezone(UTC)
    if wish != "monday":
        raise LookupError(f"no such moment: {wish}")
    while day.weekday() != MONDAY or datetime.combine(day, NINE, here) <= now:
        day += timedelta(days=1)
    return datetime.combine(day, NINE, here).astimezone(UTC)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return ZoneInfo("Etc/UTC")
