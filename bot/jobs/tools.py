"""What a job is given to work with, and what a line of the timetable is."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.database import Database
from bot.jobs import timers
from bot.rules.features import ALL
from bot.rules.match_rounds import NO_ROUNDS, Matching
from bot.rules.program_feedback import NO_FEEDBACK, Feedback


@dataclass(frozen=True)
class Tools:
    """`zone`: the IANA zone of nightly jobs, and of people whose own zone is unknown.

    `features`: those that are on. `nudges_a_week`: lists that only remind, a person and seven days. `seen`: how far the
    job has looked ahead when it ran last. `away_statuses`: emoji of a status that say that somebody is away.
    `matching`: how mentors are matched. `channel`: where the program tells everybody something, if anywhere.
    `feedback`: what the operator has chosen about program feedback.
    """

    db: Database
    clock: Clock
    client: AsyncWebClient
    zone: str
    features: Collection[str] = ALL
    nudges_a_week: int = 2
    seen: datetime | None = None
    away_statuses: Collection[str] = ()
    matching: Matching = NO_ROUNDS
    channel: str | None = None
    feedback: Feedback = NO_FEEDBACK


async def page_by_page(db: Database, plan_some: Callable[..., Awaitable[UUID | None]]) -> None:
    """`plan_some(session, after=…)` until it names nowhere to go on: each page in a transaction of its own, so that
    nobody waits behind all of them."""
    after, is_more = None, True
    while is_more:
        async with db.writing(patience=timers.PATIENCE) as session:
            after = await plan_some(session, after=after)
        is_more = after is not None


@dataclass(frozen=True)
class Job:
    """`run` does all that is due and may be stopped at any await; it returns how far it has looked, if it looks ahead.

    `every`: None for each tick. `is_long`: it may take minutes, so it runs beside the others, which do not wait for it.
    `has_work`: asked first, by a reader, where it runs so often that most of its runs would find nothing.
    """

    name: str
    run: Callable[[Tools], Awaitable[datetime | None]]
    every: timedelta | None = None
    is_long: bool = False
    has_work: Callable[[Tools], Awaitable[bool]] | None = None
