"""What a job is given to work with, and what a line of the timetable is."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import timedelta

from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.database import Database
from bot.rules.features import ALL


@dataclass(frozen=True)
class Tools:
    """`zone`: the IANA zone of nightly jobs, and of people whose own zone is unknown.

    `features`: those that are on. `nudges_a_week`: lists that only remind, a person and seven days.
    """

    db: Database
    clock: Clock
    client: AsyncWebClient
    zone: str
    features: Collection[str] = ALL
    nudges_a_week: int = 2


@dataclass(frozen=True)
class Job:
    """`run` does all that is due and may be stopped at any await. `every`: None for each tick."""

    name: str
    run: Callable[[Tools], Awaitable[None]]
    every: timedelta | None = None
