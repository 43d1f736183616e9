"""The processes of the chaos run: the local Slack that misbehaves, and a worker that is the real app."""

import asyncio
import sys
from collections import Counter
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from bot import logs, settings
from bot.app import Ladderbot
from bot.cli.running import stopped
from bot.clock import Clock
from bot.opening import opened
from bot.settings import Settings
from sandbox import Call, Fault, User
from sandbox.tokens import SANDBOX_TOKENS
from tests.faults import crowd, judge

POST = "chat.postMessage"
FAULTS = (
    Fault(POST, "rate_limited", share=0.10, retry_after=1),
    Fault(POST, "server_error", share=0.04 / 0.90),
    Fault(POST, "hang", share=0.04 / 0.86, seconds=3),
    Fault(POST, "drop", share=0.03 / 0.82),
)
"""Of all posts 10 % are refused for now, 4 % meet a 503, 4 % are taken and hang, 3 % are taken and cut off."""


def people(count: int) -> list[User]:
    """Somewhere on earth it is morning, and these people live there: they may be written to."""
    east = 9 - datetime.now(UTC).hour
    east = east if east >= -12 else east + 24
    return crowd.users(count, zone=f"Etc/GMT{-east:+d}" if east else "Etc/GMT")


def slack(pipe: Connection, known: list[User], seed: int) -> None:
    """A local Slack; says where it listens, and when it is asked, what was seen, looked for and answered."""
    asyncio.run(_slack(pipe, known, seed))


async def _slack(pipe: Connection, known: list[User], seed: int) -> None:
    async with crowd.slack_for(known, Clock(), seed=seed) as made:
        for fault in FAULTS:
            made.fault(fault)
        pipe.send(made.api_url)
        await asyncio.to_thread(pipe.recv)
        calls = Counter(entry.method for entry in made.history if isinstance(entry, Call))
        pipe.send((judge.seen(made.history), calls))


def worker(pipe: Connection, url: str, api_url: str, log: Path) -> None:
    """One process of the bot as `ladderbot run` starts it; says when it is ready."""
    with log.open("a") as file:
        sys.stderr = file
        logs.configure("INFO")
        asyncio.run(_work(pipe, hasty(url, api_url)))


async def _work(pipe: Connection, chosen: Settings) -> None:
    stop = stopped()
    async with opened(chosen) as db, Ladderbot(chosen, db, Clock()):
        pipe.send("ready")
        await stop.wait()


def hasty(url: str, api_url: str) -> Settings:
    """Everything shorter than usual in the same proportion: call < batch < lease."""
    return settings.read(
        _env_file=None,
        database_url=url,
        field_keys="1:" + "A" * 43 + "=",
        slack_bot_token=SANDBOX_TOKENS.bot,
        slack_app_token=SANDBOX_TOKENS.app,
        slack_api_url=api_url,
        posts_per_minute=0,
        asks_a_day=0,
        http_seconds=1,
        batch_seconds=2,
        lease_seconds=3,
        tick_seconds=0.2,
    )
