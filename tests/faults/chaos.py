"""`make chaos`: 2,000 messages, two processes of the real app, one of them killed again and again, and a bad Slack.

python -m tests.faults.chaos [sqlite|postgresql]; without an argument one after the other. The last lines say what was
lost and what came twice; anything but zero ends with exit 1.
"""

import asyncio
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import func, insert, select

from bot.database import Database
from bot.jobs import check_ins
from bot.models.messages import Outbox, Timer
from tests.faults import crowd, fire, judge
from tests.faults.processes import CONTEXT
from tests.support import engines

PEOPLE, EACH = 250, 8
SECONDS = 180.0
FIRE_SECONDS = 90.0  # then nobody is killed any more, and the rest has to arrive
SEED = 20261116
KILL_AFTER = (1.0, 1.8)


@dataclass
class Worker:
    """A process of the bot that is started again as often as it ends."""

    start: Callable[[Any], ForkServerProcess]
    process: ForkServerProcess = field(init=False)
    is_ready: bool = False

    def begin(self) -> None:
        self.pipe, other = CONTEXT.Pipe(duplex=False)
        self.process, self.is_ready = self.start(other), False
        other.close()

    def look(self) -> None:
        """Note that it is ready; begin again when it has ended by itself."""
        if not self.process.is_alive():
            self.begin()
        elif not self.is_ready and self.pipe.poll():
            self.is_ready = self.pipe.recv() == "ready"

    def kill(self) -> None:
        self.process.kill()
        self.process.join()
        self.begin()

    def end(self) -> int | None:
        """SIGTERM; its exit code, None when it had to be killed."""
        self.process.terminate()
        self.process.join(15)
        code = self.process.exitcode
        self.process.kill()
        self.process.join()
        return code


@dataclass(frozen=True)
class Report:
    engine: str
    verdict: judge.Verdict
    kills: int
    seconds: float
    calls: Counter[str]
    exits: Sequence[int | None]
    leaks: Sequence[str]

    @property
    def is_clean(self) -> bool:
        return self.verdict.is_clean and not self.leaks and set(self.exits) == {0}

    def lines(self) -> list[str]:
        verdict = self.verdict
        looks, posts = self.calls["conversations.history"], self.calls[fire.POST]
        return [
            f"{self.engine}: {verdict.delivered} of {verdict.owed} messages to {PEOPLE} people in {self.seconds:.1f} s,"
            f" {self.kills} kills, {posts} posts, {looks} looks, {dict(verdict.states)}",
            *(f"{self.engine}: {problem}" for problem in verdict.problems[:10]),
            *(f"{self.engine}: a log holds {leak!r}" for leak in self.leaks),
            *(f"{self.engine}: a worker ended with {code} after SIGTERM" for code in self.exits if code != 0),
        ]


async def owe_all(db: Database) -> list[Any]:
    """Real prompts for everybody; the rounds that the app would plan besides count as planned."""
    now = datetime.now(UTC)
    known = fire.people(PEOPLE)
    await crowd.load_framework(db, now)
    await crowd.owe_prompts(db, await crowd.enrol(db, known), at=now, each=EACH)
    async with db.writing() as session:
        await session.execute(insert(Timer).values(name=check_ins.PLANNING, next_at=now + timedelta(days=1)))
    return known


async def run(engine: str, servers: engines.Servers, folder: Path) -> Report:
    url = servers.url(engine)
    db = engines.database(url)
    known = await owe_all(db)
    with ExitStack() as stack:
        api_url, asked = _slack(stack, known)
        log = folder / f"{engine}.log"
        workers = [Worker(lambda pipe: _process(fire.worker, pipe, url, api_url, log)) for _ in range(2)]
        for worker in workers:
            worker.begin()
            stack.callback(worker.end)
        kills, seconds = await _burn(db, workers)
        exits = [worker.end() for worker in workers]
        visible, calls = asked()
    verdict = judge.judge(await judge.outbox(db), visible)
    await db.close()
    return Report(engine, verdict, kills, seconds, calls, exits, judge.leaks(log.read_text()))


async def _burn(db: Database, workers: Sequence[Worker]) -> tuple[int, float]:
    """Kill a random worker 1.0–1.8 s after both are ready, until nothing is open or the time is up."""
    chance, kills, began, due = random.Random(SEED), 0, monotonic(), None
    while monotonic() - began < SECONDS and await _open(db):
        for worker in workers:
            worker.look()
        if due is None and monotonic() - began < FIRE_SECONDS and all(worker.is_ready for worker in workers):
            due = monotonic() + chance.uniform(*KILL_AFTER)
        elif due is not None and monotonic() >= due:
            chance.choice(workers).kill()
            kills, due = kills + 1, None
        await asyncio.sleep(0.05)
    return kills, monotonic() - began


async def _open(db: Database) -> int:
    async with db.reading() as session:
        return await session.scalar(select(func.count()).where(Outbox.state.not_in(judge.OVER))) or 0


def _slack(stack: ExitStack, known: list[Any]) -> tuple[str, Callable[[], Any]]:
    """Where the local Slack listens, and how to ask it at the end."""
    ours, theirs = CONTEXT.Pipe()
    process = _process(fire.slack, theirs, known, SEED)
    stack.callback(process.join)
    stack.callback(process.kill)

    def asked() -> Any:
        ours.send("what was seen?")
        return ours.recv()

    return ours.recv(), asked


def _process(target: Callable[..., None], *args: object) -> ForkServerProcess:
    process = CONTEXT.Process(target=target, args=args, daemon=True)
    process.start()
    return process


async def main(names: Sequence[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="ladderbot-chaos-") as made, engines.servers(Path(made)) as servers:
        reports = [await run(name, servers, Path(made)) for name in names]
    for report in reports:
        print("\n".join(report.lines()))  # noqa: T201
    for report in reports:
        print(f"chaos.{report.engine} {report.verdict}")  # noqa: T201
    return 0 if all(report.is_clean for report in reports) else 1


if __name__ == "__main__":
    chosen = sys.argv[1:] or list(engines.ENGINES)
    if not set(chosen) <= set(engines.ENGINES):
        sys.exit("usage: python -m tests.faults.chaos [sqlite|postgresql]")
    sys.exit(asyncio.run(main(chosen)))
