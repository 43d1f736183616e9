"""Events that were not acknowledged are sent again: at once, then after 1 and 5 minutes of program time."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from sandbox.delivery import Kind, Retry
from sandbox.history import Delivered
from sandbox.people import Json

LATER = (timedelta(minutes=1), timedelta(minutes=5))
LOOK = 0.02  # seconds of real time between looks at the program clock, only while a retry is due

Send = Callable[[Kind, Json, Retry | None], Awaitable[Delivered]]


class Retries:
    """Delivers events and repeats them; `send` delivers once."""

    def __init__(self, now: Callable[[], datetime], send: Send) -> None:
        self._now = now
        self._send = send
        self._tasks: set[asyncio.Task[None]] = set()

    async def deliver(self, payload: Json) -> Delivered:
        """The last of the first two attempts; further ones run in the background."""
        first = await self._send("events_api", payload, None)
        if not _again(first):
            return first
        second = await self._send("events_api", payload, Retry(1, first.error))
        if _again(second):
            task = asyncio.create_task(self._later(payload, second.error, self._now()))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return second

    async def _later(self, payload: Json, reason: str, since: datetime) -> None:
        for number, wait in enumerate(LATER, start=2):
            while self._now() < since + wait:  # noqa: ASYNC110  program time may jump, nothing announces it
                await asyncio.sleep(LOOK)
            delivered = await self._send("events_api", payload, Retry(number, reason))
            if not _again(delivered):
                return

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _again(delivered: Delivered) -> bool:
    return delivered.ack is None and delivered.retriable
