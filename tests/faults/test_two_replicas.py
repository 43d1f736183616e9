"""F12: two replicas from the same second on: everybody gets everything once, and nobody notices that there are two."""

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta

from bot.app import Ladderbot
from bot.clock import StandingClock
from bot.database import Database
from bot.handlers.errors import UNREACHED
from sandbox import Workspace
from story import stage
from tests.faults import crowd, judge
from tests.support import engines

HALF_AN_HOUR = timedelta(minutes=30)
STEP = timedelta(seconds=15)
SOME = 120


async def test_two_replicas_for_half_an_hour_owe_and_deliver_the_same(
    url: str, db: Database, clock: StandingClock
) -> None:
    """Rounds are planned, prompts are sent at the usual pace, people press; each replica has its own connections."""
    known = crowd.users(SOME)
    await crowd.load_framework(db, clock.now())
    await crowd.enrol(db, known, cadence="weekly", preferred_hour=8)
    async with stage.workspace(clock, known, rate_limits=False) as slack, AsyncExitStack() as stack:
        bots = [await stack.enter_async_context(replica(url, slack, clock, stack)) for _ in range(2)]
        await slack.connected()
        end, pressed = clock.now() + HALF_AN_HOUR, 0
        while clock.now() < end:
            await asyncio.gather(*(bot.tick() for bot in bots), *presses(slack, pressed))
            pressed = min(SOME, len(slack.posted()))
            clock.set(clock.now() + STEP)
        verdict = await judge.check(db, slack.history, kinds=["check_in.prompt"])
        assert verdict.owed == SOME
        assert {row.state for row in await judge.outbox(db)} == {"sent"}
        assert not [message for user in known for message in slack.persona(user.id).ephemerals]
        assert UNREACHED not in str(slack.history)


def replica(url: str, slack: Workspace, clock: StandingClock, stack: AsyncExitStack) -> Ladderbot:
    own = engines.database(url)
    stack.push_async_callback(own.close)
    return Ladderbot(stage.settings_for(slack), own, clock, is_ticking=False)


def presses(slack: Workspace, done: int) -> list[object]:
    """Whoever has got a prompt since the last time answers it."""
    fresh = slack.posted()[done:]
    return [slack.persona(str(one.user)).presses("Nothing new", message=one.ts) for one in fresh]
