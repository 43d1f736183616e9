"""F7 and F8: on the days on which clocks change, everybody is asked once, when their hour first exists."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import pytest

from bot.clock import StandingClock
from bot.database import Database
from sandbox import Workspace
from story import stage
from tests.faults import crowd


class Change(NamedTuple):
    """The hour that a person prefers on the day of a change, and the moment at which it comes."""

    zone: str
    day: date
    hour: int
    moment: datetime


def utc(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


DOUBLED = (
    Change("America/New_York", date(2026, 11, 1), 1, utc(11, 1, 5)),
    Change("Europe/Berlin", date(2026, 10, 25), 2, utc(10, 25, 0)),
    Change("Africa/Cairo", date(2026, 10, 29), 23, utc(10, 29, 20)),
    Change("Australia/Adelaide", date(2026, 4, 5), 2, utc(4, 4, 15, 30)),
)
MISSING = (
    Change("America/New_York", date(2026, 3, 8), 2, utc(3, 8, 7)),
    Change("Europe/Berlin", date(2026, 3, 29), 2, utc(3, 29, 1)),
    Change("Africa/Cairo", date(2026, 4, 24), 0, utc(4, 23, 22)),
    Change("Australia/Adelaide", date(2026, 10, 4), 2, utc(10, 3, 16, 30)),
)
USUAL = (
    Change("America/New_York", date(2026, 11, 1), 9, utc(11, 1, 14)),
    Change("Asia/Kolkata", date(2026, 11, 1), 9, utc(11, 1, 3, 30)),
)


@pytest.mark.parametrize("change", DOUBLED, ids=lambda change: change.zone)
async def test_an_hour_that_comes_twice_asks_once(db: Database, change: Change) -> None:
    assert await asked(db, change) == [change.moment]


@pytest.mark.parametrize("change", MISSING, ids=lambda change: change.zone)
async def test_an_hour_that_does_not_exist_asks_once_when_the_clock_goes_on(db: Database, change: Change) -> None:
    assert await asked(db, change) == [change.moment]


@pytest.mark.parametrize("change", USUAL, ids=lambda change: change.zone)
async def test_any_other_hour_of_such_a_day_is_the_local_one(db: Database, change: Change) -> None:
    assert await asked(db, change) == [change.moment]


async def asked(db: Database, change: Change) -> list[datetime]:
    """When somebody is asked who works on this day of the week alone, from a day before it to a day after it."""
    clock = StandingClock(change.moment - timedelta(hours=12))
    known = crowd.users(1, zone=change.zone)
    await crowd.load_framework(db, clock.now())
    days = str(change.day.isoweekday())
    await crowd.enrol(db, known, preferred_hour=change.hour, working_days=days, cadence="weekly")
    async with stage.opened(db, clock, slack=stage.workspace(clock, known)) as scene:
        await scene.advance(change.moment + timedelta(hours=14))
        return moments(scene.slack)


def moments(slack: Workspace, user: str | None = None) -> list[datetime]:
    return [datetime.fromtimestamp(int(float(one.ts)), UTC) for one in slack.posted(user)]
