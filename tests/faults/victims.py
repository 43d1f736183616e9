"""What runs in a process that is going to die, and where it dies."""

import asyncio
import os
from collections.abc import Callable, Coroutine
from datetime import datetime
from types import ModuleType
from typing import Any

from sqlalchemy import Engine, event

from bot import schema
from bot.delivery import claims, slack
from tests.faults import crowd
from tests.support import engines

DEAD = 9

PLACES: dict[str, tuple[ModuleType, str, bool]] = {
    "before the claim": (claims, "claim", False),
    "claimed and not committed": (claims, "claim", True),
    "claimed and not drawn": (claims, "addresses", False),
    "drawn and not sent": (slack, "call", False),
    "sent and not recorded": (slack, "call", True),
    "before the record": (claims, "record", False),
    "recorded and not committed": (claims, "remember_channels", True),
}
"""Name → the function of the send path at which the process ends, and whether that has run."""


def deliver_and_die(url: str, api_url: str, now: datetime, place: str) -> None:
    """One batch, until the process ends at this place; "after the record" is the end of the batch itself."""
    if place in PLACES:
        module, name, is_after = PLACES[place]
        setattr(module, name, _dying(getattr(module, name), is_after=is_after))
    asyncio.run(_deliver(url, api_url, now))
    os._exit(DEAD)


def _dying(function: Callable[..., Coroutine[Any, Any, Any]], *, is_after: bool) -> Callable[..., Any]:
    async def dying(*args: Any, **kwargs: Any) -> None:
        if is_after:
            await function(*args, **kwargs)
        os._exit(DEAD)

    return dying


def deliver_until_step(url: str, api_url: str, now: datetime, minutes: int, step: int) -> None:
    """Deliver everything, or end at the step-th thing that the event loop is asked to do."""
    loop = MortalLoop(step)
    asyncio.set_event_loop(loop)
    loop.run_until_complete(_deliver(url, api_url, now, minutes=minutes))
    os._exit(0)


class MortalLoop(asyncio.SelectorEventLoop):
    """Every await that waits goes through `call_soon` or its threadsafe twin; at the chosen one the process ends."""

    def __init__(self, steps: int) -> None:
        self._steps = steps
        super().__init__()

    def call_soon(self, *args: Any, **kwargs: Any) -> asyncio.Handle:  # type: ignore[override]
        self._count()
        return super().call_soon(*args, **kwargs)

    def call_soon_threadsafe(self, *args: Any, **kwargs: Any) -> asyncio.Handle:  # type: ignore[override]
        self._count()
        return super().call_soon_threadsafe(*args, **kwargs)

    def _count(self) -> None:
        self._steps -= 1
        if self._steps == 0:
            os._exit(DEAD)


def upgrade_and_die(url: str, to: str, statement: int) -> None:
    """A migration whose process ends before its n-th statement, or before its commit when there are fewer."""

    def count(*_: object) -> None:
        nonlocal statement
        statement -= 1
        if statement == 0:
            os._exit(DEAD)

    def at_commit(*_: object) -> None:
        os._exit(DEAD)

    event.listen(Engine, "before_cursor_execute", count)
    event.listen(Engine, "commit", at_commit)
    schema.upgrade(url, to=to)
    os._exit(0)


async def _deliver(url: str, api_url: str, now: datetime, *, minutes: int = 0) -> None:
    db = engines.database(url)
    clock = crowd.AfterLeases(now, minutes)
    async with crowd.delivering(db, clock, api_url, http_seconds=5) as engine:
        await engine.settle()
    await db.close()
