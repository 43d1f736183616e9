"""What a job is given to work with, and what a line of the timetable is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.database import Database


@dataclass(frozen=True)
class Tools:
    """`zone`: the IANA zone of nightly jobs, and of people whose own zone is unknown."""

    db: Database
    clock: Clock
    client: AsyncWebClient
    zone: str


@dataclass(frozen=True)
class Job:
    """`run` does all that is due and may be stopped at any await. `every`: None for each tick."""

    name: str
    run: Callable[[Tools], Awaitable[None]]
    every: timedelta | None = None
