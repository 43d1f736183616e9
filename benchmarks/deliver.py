"""Sending what is owed: as fast as it goes, and as fast as the pace allows."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import func, select

from benchmarks import measure, setup, slack
from benchmarks.measure import Line
from benchmarks.setup import Workbench
from bot.app import Ladderbot
from bot.clock import StandingClock
from bot.jobs import check_ins as jobs
from bot.models.messages import Outbox
from bot.services import framework
from tests.support import engines

MESSAGES, AT_ONCE, TIMES = 5_000, 20, 3
MOST_TIMES, LEAST_SHARE = 2.0, 0.95
PER_MINUTE, MINUTES, TICK = 240, 10, timedelta(seconds=2)
POST = "chat.postMessage"


def drain(bench: Workbench, engine: str) -> list[Line]:
    """5,000 prompts to 5,000 known conversations without a pace, against the same posts through slack_sdk alone."""
    template = bench.template(engine, owed, MESSAGES)
    ours, reference = [], []
    for _ in range(TIMES):
        with setup.copied(template) as url:
            ours.append(measure.apart(_drain, url, bench.api_url))
        payloads = slack.taken(bench.api_url, POST)
        assert len({one["channel"] for one in payloads}) == len(payloads) == MESSAGES
        reference.append(measure.apart(_post_all, bench.api_url, payloads))
        assert _sorted(slack.taken(bench.api_url, POST)) == _sorted(payloads)
    name = f"deliver.drain.{engine}"
    return [
        measure.ratio(name, measure.middle(ours), measure.middle(reference), measure.in_seconds, at_most=MOST_TIMES)
    ]


def _sorted(payloads: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(payloads, key=lambda one: str(one["channel"]))


def rate(bench: Workbench, engine: str) -> list[Line]:
    """Ten minutes of program time with more owed than fits, ticking as the bot does."""
    with setup.copied(bench.template(engine, owed, MESSAGES)) as url:
        sent = measure.apart(_tick, url, bench.api_url)
    slack.taken(bench.api_url, POST)
    return [
        measure.ratio(
            f"deliver.rate.{engine}", sent, PER_MINUTE * MINUTES, lambda calls: f"{calls:,.0f}", at_least=LEAST_SHARE
        )
    ]


def owed(url: str, members: int) -> None:
    """A round that has been handed over: each member is owed a prompt."""
    setup.company(url, members)
    asyncio.run(_owed(url))


async def _owed(url: str) -> None:
    async with _bot(url, setup.NOWHERE, setup.SUNDAY) as bot:
        await jobs.plan(bot.tools)
        bot.clock.set(setup.MONDAY)
        await jobs.hand_over(bot.tools)
        await setup.tidied(bot.db)


@asynccontextmanager
async def _bot(url: str, api_url: str, moment: datetime, **given: Any) -> AsyncIterator[Ladderbot]:
    db = engines.database(url)
    async with Ladderbot(setup.settings_for(api_url, **given), db, StandingClock(moment), is_ticking=False) as bot:
        yield bot
    await db.close()


def _drain(url: str, api_url: str) -> float:
    return asyncio.run(_drained(url, api_url))


async def _drained(url: str, api_url: str) -> float:
    async with _bot(url, api_url, setup.MONDAY, posts_per_minute=0) as bot:
        async with bot.db.reading() as session:
            await framework.current(session)  # parsed once in the life of a process
        began = perf_counter()
        await bot.engine.settle()
        seconds = perf_counter() - began
        assert await _sent(bot) == MESSAGES
    return seconds


async def _sent(bot: Ladderbot) -> int:
    async with bot.db.reading() as session:
        return await session.scalar(select(func.count()).where(Outbox.state == "sent")) or 0


def _post_all(api_url: str, payloads: list[dict[str, Any]]) -> float:
    return asyncio.run(_posted(api_url, payloads))


async def _posted(api_url: str, payloads: list[dict[str, Any]]) -> float:
    """Twenty callers who take the next payload as soon as they are free."""
    client, left = AsyncWebClient(slack.TOKEN, base_url=api_url), iter(payloads)

    async def call() -> None:
        for payload in left:
            await client.chat_postMessage(**payload)

    began = perf_counter()
    await asyncio.gather(*(call() for _ in range(AT_ONCE)))
    return perf_counter() - began


def _tick(url: str, api_url: str) -> int:
    return asyncio.run(_ticked(url, api_url))


async def _ticked(url: str, api_url: str) -> int:
    """Messages sent in ten minutes, after the few that may be caught up at the very start."""
    async with _bot(url, api_url, setup.MONDAY, posts_per_minute=PER_MINUTE) as bot:
        await bot.engine.settle()
        before = await _sent(bot)
        for _ in range(int(timedelta(minutes=MINUTES) / TICK)):
            bot.clock.set(bot.clock.now() + TICK)
            await bot.engine.settle()
        assert await _sent(bot) < MESSAGES
        return await _sent(bot) - before
