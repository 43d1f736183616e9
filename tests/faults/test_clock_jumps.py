"""F9: people travel, clocks jump, the program sleeps: one prompt per person and round, never two, never none."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from bot.clock import StandingClock
from bot.database import Database
from bot.models.messages import Occurrence
from bot.services import check_in_rounds
from sandbox import User
from story import stage
from story.stage import Stage
from tests.faults import crowd, judge

SUNDAY = datetime(2026, 11, 15, 0, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ZONES = ("America/New_York", "Europe/Berlin", "Africa/Cairo", "Asia/Kolkata", "Australia/Adelaide")
LATE = "It comes a little late today"

JOURNEYS: Sequence[tuple[str, str, float]] = (
    ("America/New_York", "Europe/Berlin", 30),
    ("Europe/Berlin", "America/New_York", 30),
    ("Europe/Berlin", "America/New_York", 34),
    ("Pacific/Auckland", "America/Los_Angeles", 10),
    ("Pacific/Auckland", "America/Los_Angeles", 23),
    ("America/Los_Angeles", "Pacific/Auckland", 23),
    ("America/Los_Angeles", "Pacific/Auckland", 40),
    ("Pacific/Kiritimati", "Pacific/Pago_Pago", 18),
    ("Pacific/Pago_Pago", "Pacific/Kiritimati", 43),
    ("Asia/Kolkata", "Australia/Adelaide", 100),
)
"""From, to, and hours after Sunday 00:00 UTC: before, during and after the Monday on which a round begins."""


@asynccontextmanager
async def weekly(db: Database, start: datetime, zones: Sequence[str]) -> AsyncIterator[Stage]:
    """One person for each zone, asked every week at nine."""
    clock = StandingClock(start)
    known = [
        User(id=f"U0Z{n}", name=f"z{n}", real_name=f"Traveller {n}", email=f"z{n}@example.com", tz=zone)
        for n, zone in enumerate(zones)
    ]
    await crowd.load_framework(db, start)
    await crowd.enrol(db, known, cadence="weekly", working_days="12345")
    async with stage.opened(db, clock, slack=stage.workspace(clock, known), nudges_a_week=0) as scene:
        yield scene


async def rounds_asked(scene: Stage) -> dict[str, Counter[date]]:
    """For each person, how many prompts became visible for each round."""
    async with scene.db.reading() as session:
        days = {row.id: row.on_date for row in await session.execute(select(Occurrence.id, Occurrence.on_date))}
    prompts = [row for row in await judge.outbox(scene.db) if row.kind == check_in_rounds.PROMPT]
    about = {row.id.hex: days[row.subject] for row in prompts}
    found: dict[str, Counter[date]] = {}
    for one in scene.slack.posted():
        if one.key in about:
            found.setdefault(str(one.user), Counter())[about[one.key]] += 1
    return found


async def test_a_journey_moves_a_prompt_and_neither_repeats_nor_loses_it(db: Database) -> None:
    async with weekly(db, SUNDAY - 12 * HOUR, [journey[0] for journey in JOURNEYS]) as scene:
        for hours in sorted({journey[2] for journey in JOURNEYS}):
            await scene.advance(SUNDAY + hours * HOUR)
            for number, (_, to, when) in enumerate(JOURNEYS):
                if when == hours:
                    await scene.slack.change_user(f"z{number}", tz=to)
        await scene.advance(SUNDAY + timedelta(days=9))
        once_each = Counter([date(2026, 11, 16), date(2026, 11, 23)])
        assert await rounds_asked(scene) == {f"U0Z{number}": once_each for number in range(len(JOURNEYS))}


async def test_fifty_hours_of_sleep_are_made_up_for_once_and_with_a_word(db: Database) -> None:
    async with weekly(db, SUNDAY + 12 * HOUR, ZONES) as scene:
        await scene.bot.tick()
        scene.clock.set(scene.clock.now() + 50 * HOUR)
        await scene.advance(scene.clock.now() + 20 * HOUR)
        assert await rounds_asked(scene) == {f"U0Z{n}": Counter([date(2026, 11, 16)]) for n in range(len(ZONES))}
        assert LATE in str(scene.slack.posted("z0")[0].message), "it is nine in the morning there"


async def test_days_of_sleep_ask_for_the_latest_round_alone(db: Database) -> None:
    async with weekly(db, SUNDAY + 12 * HOUR, ZONES) as scene:
        await scene.bot.tick()
        scene.clock.set(SUNDAY + timedelta(days=9, hours=16))
        await scene.advance(scene.clock.now() + 20 * HOUR)
        assert await rounds_asked(scene) == {f"U0Z{n}": Counter([date(2026, 11, 23)]) for n in range(len(ZONES))}


async def test_a_clock_that_goes_back_repeats_nothing(db: Database) -> None:
    async with weekly(db, SUNDAY + 12 * HOUR, ZONES) as scene:
        await scene.advance(SUNDAY + 39 * HOUR)
        before = await rounds_asked(scene)
        scene.clock.set(scene.clock.now() - 2 * HOUR)
        await scene.advance(scene.clock.now() + 5 * HOUR)
        assert await rounds_asked(scene) == before == {f"U0Z{n}": Counter([date(2026, 11, 16)]) for n in range(5)}


async def test_a_clock_that_runs_ahead_three_days_and_is_put_right_asks_once(db: Database) -> None:
    async with weekly(db, SUNDAY - 12 * HOUR, ZONES) as scene:
        await scene.bot.tick()
        scene.clock.set(SUNDAY + 64 * HOUR)
        await scene.advance(scene.clock.now() + 18 * HOUR)
        scene.clock.set(SUNDAY - 8 * HOUR)
        await scene.advance(SUNDAY + timedelta(days=9))
        once_each = Counter([date(2026, 11, 16), date(2026, 11, 23)])
        assert await rounds_asked(scene) == {f"U0Z{n}": once_each for n in range(len(ZONES))}
