"""One round for many: plan it and hand it over, against inserting the same rows in one go."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from sqlalchemy import Table, func, insert, select

from benchmarks import measure, setup
from benchmarks.measure import Line, Stalls
from benchmarks.setup import Workbench
from bot.app import Ladderbot
from bot.clock import StandingClock
from bot.database import Database
from bot.jobs import check_ins as jobs
from bot.models.messages import Occurrence, Outbox
from bot.services import framework
from tests.support import engines

SMALL, LARGE = 10_000, 100_000
TIMES = {SMALL: 7, LARGE: 3}
MOST_TIMES, MOST_GROWTH, MOST_MIB, MOST_STALL_MS = 4.0, 1.5, 400, 50
TABLES: tuple[Any, ...] = (Occurrence.__table__, Outbox.__table__)


@dataclass(frozen=True)
class Side:
    """How one side did."""

    seconds: float
    mib: float
    stalls: Stalls = field(default_factory=Stalls)


@dataclass(frozen=True)
class Pair:
    ours: tuple[Side, ...]
    reference: tuple[Side, ...]

    @property
    def seconds(self) -> tuple[float, float]:
        return _middle(self.ours), _middle(self.reference)


def _middle(sides: Sequence[Side]) -> float:
    return measure.middle([side.seconds for side in sides])


class Rounds:
    """Each size is measured once per engine, whoever asks."""

    def __init__(self) -> None:
        self._pairs: dict[tuple[str, int], Pair] = {}

    def small(self, bench: Workbench, engine: str) -> list[Line]:
        return self._lines(f"round.10k.{engine}", self._pair(bench, engine, SMALL))

    def large(self, bench: Workbench, engine: str) -> list[Line]:
        return self._lines(f"round.100k.{engine}", self._pair(bench, engine, LARGE))

    def growth(self, bench: Workbench, engine: str) -> list[Line]:
        small, large = self._pair(bench, engine, SMALL).seconds, self._pair(bench, engine, LARGE).seconds
        ours, reference = large[0] / small[0], large[1] / small[1]
        return [
            measure.ratio(f"round.growth.{engine}", ours, reference, lambda times: f"×{times:.1f}", at_most=MOST_GROWTH)
        ]

    def _lines(self, name: str, pair: Pair) -> list[Line]:
        ours, reference = pair.seconds
        memory = f"reference {max(side.mib for side in pair.reference):.0f} MiB"
        return [
            measure.ratio(name, ours, reference, measure.in_seconds, at_most=MOST_TIMES),
            Line(name, "peak", max(side.mib for side in pair.ours), memory, " MiB", at_most=MOST_MIB),
            self._stall(name, [side.stalls for side in pair.ours]),
        ]

    def _stall(self, name: str, stalls: Sequence[Stalls]) -> Line:
        """The longest stall in the worst run."""
        longest = max(one.longest for one in stalls) * 1000
        return Line(name, "stall", longest, unit=" ms", at_most=MOST_STALL_MS)

    def _pair(self, bench: Workbench, engine: str, members: int) -> Pair:
        key = (engine, members)
        if key not in self._pairs:
            template = bench.template(engine, setup.company, members)
            sides = [_both(template, members) for _ in range(TIMES[members])]
            self._pairs[key] = Pair(tuple(one[0] for one in sides), tuple(one[1] for one in sides))
        return self._pairs[key]


def _both(template: str, members: int) -> tuple[Side, Side]:
    with setup.copied(template) as mine, setup.copied(template) as theirs:
        return measure.apart(ours, mine, members), measure.apart(reference, theirs, mine)


def ours(url: str, members: int) -> Side:
    return asyncio.run(_ours(url, members))


async def _ours(url: str, members: int) -> Side:
    db, clock = engines.database(url), StandingClock(setup.SUNDAY)
    async with Ladderbot(setup.settings_for(setup.NOWHERE), db, clock, is_ticking=False) as bot:
        async with db.reading() as session:
            await framework.current(session)  # parsed once in the life of a process, not once a round
        async with measure.watching() as stalls:
            began = perf_counter()
            await jobs.plan(bot.tools)
            clock.set(setup.MONDAY)
            await jobs.hand_over(bot.tools)
            seconds = perf_counter() - began
    await _check(db, members)
    await db.close()
    return Side(seconds, measure.peak_mib(), stalls)


async def _check(db: Database, members: int) -> None:
    """Everybody has been handed over, nobody twice."""
    async with db.reading() as session:
        told = await session.scalar(select(func.count()).where(Occurrence.state == "told"))
        owed = await session.scalar(select(func.count(Outbox.recipient.distinct())).where(Outbox.state == "pending"))
        all_owed = await session.scalar(select(func.count()).select_from(Outbox))
    assert (told, owed, all_owed) == (members, members, members), (told, owed, all_owed)


def reference(url: str, finished: str) -> Side:
    return asyncio.run(_reference(url, finished))


async def _reference(url: str, finished: str) -> Side:
    """Insert what `finished` holds at the end: one executemany for each table, all in one transaction."""
    rows = {table: await _rows(finished, table) for table in TABLES}
    engine = setup.plain_engine(url)
    async with engine.connect() as connection:
        await connection.execute(select(1))
    began = perf_counter()
    async with engine.begin() as connection:
        for table in TABLES:
            await connection.execute(insert(table), rows[table])
    seconds = perf_counter() - began
    await engine.dispose()
    return Side(seconds, measure.peak_mib())


async def _rows(url: str, table: Table) -> list[dict[str, Any]]:
    engine = setup.plain_engine(url)
    async with engine.connect() as connection:
        found = [dict(row) for row in (await connection.execute(select(table))).mappings()]
    await engine.dispose()
    return found
