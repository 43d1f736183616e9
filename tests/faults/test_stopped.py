"""F22: the process is asked to end in the middle of a round: it does within ten seconds, and the next one goes on."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

from sqlalchemy import insert

from bot.clock import Clock
from bot.database import Database
from bot.jobs import check_ins
from bot.models.messages import Timer
from sandbox import Fault, Workspace
from tests.faults import crowd, fire, judge
from tests.support import engines
from tests.support.engines import Servers

POST = "chat.postMessage"
MANY = 200


@asynccontextmanager
async def ladderbot(url: str, slack: Workspace, **given: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """`python -m bot run`, as an operator starts it."""
    needed = {
        "DATABASE_URL": url, "FIELD_KEYS": "1:" + "A" * 43 + "=", "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token, "SLACK_API_URL": slack.api_url, "POSTS_PER_MINUTE": "0",
        "TICK_SECONDS": "0.2",
    }  # fmt: skip
    run = [sys.executable, "-m", "bot", "run"]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*run, env=os.environ | needed | given, stdout=pipe, stderr=pipe)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            _, err = await process.communicate()
            sys.stderr.write(err.decode())


async def test_asked_to_end_in_the_middle_of_a_round(url: str) -> None:
    """Once while Slack answers slowly; the next one does the rest."""
    async with round_for_many(url) as (db, slack):
        slack.fault(Fault(POST, "hang", seconds=0.05))
        async with ladderbot(url, slack, BATCH="10") as first:
            await slack.until(lambda: len(slack.posted()) > MANY / 5, timeout=30)
            await ends_well(first)
            assert len(slack.posted()) < MANY
        slack.clear_faults()
        async with ladderbot(url, slack) as second:
            await slack.until(lambda: len(slack.posted()) >= MANY, timeout=30)
            await ends_well(second)
        await judge.check(db, slack.history, kinds=["check_in.prompt"])


async def test_asked_to_end_while_slack_does_not_answer(servers: Servers) -> None:
    """With every setting as it comes. Nothing in it depends on the engine, and ten seconds are long."""
    url = servers.url("sqlite")
    async with round_for_many(url) as (db, slack):
        slack.fault(Fault(POST, "hang", seconds=30))
        async with ladderbot(url, slack) as process:
            await slack.until(lambda: len(slack.posted()) > 5, timeout=30)
            await ends_well(process)
        slack.clear_faults()
        await crowd.finish(db, slack.api_url)
        await judge.check(db, slack.history, kinds=["check_in.prompt"])


@asynccontextmanager
async def round_for_many(url: str) -> AsyncIterator[tuple[Database, Workspace]]:
    db, known, clock = engines.database(url), fire.people(MANY), Clock()
    await crowd.load_framework(db, clock.now())
    await crowd.owe_prompts(db, await crowd.enrol(db, known), at=clock.now())
    async with db.writing() as session:
        await session.execute(insert(Timer).values(name=check_ins.PLANNING, next_at=clock.now() + crowd.DAY))
    async with crowd.slack_for(known, clock) as slack:
        yield db, slack
    await db.close()


async def ends_well(process: asyncio.subprocess.Process) -> None:
    before = monotonic()
    process.send_signal(signal.SIGTERM)
    out, err = await process.communicate()
    assert monotonic() - before < 10
    assert process.returncode == 0, err.decode()
    assert "Ladderbot has stopped." in out.decode()
    assert judge.leaks(out.decode() + err.decode()) == []
