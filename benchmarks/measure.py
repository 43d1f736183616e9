"""What a measure prints, and how one side of it is measured: apart, by itself, with an eye on memory and stalls."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import perf_counter, thread_time
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Line:
    """One printed line: `name key=value (said)` and its threshold where there is one; or `name key: text`."""

    name: str
    key: str
    value: float = 0.0
    said: str = ""
    unit: str = ""
    at_most: float | None = None
    at_least: float | None = None
    text: str = ""

    @property
    def is_broken(self) -> bool:
        too_much = self.at_most is not None and self.value > self.at_most
        too_little = self.at_least is not None and self.value < self.at_least
        return too_much or too_little

    def __str__(self) -> str:
        if self.text:
            return f"{self.name} {self.key}: {self.text}"
        parts = [f"{self.name} {self.key}={_figure(self.value)}{self.unit}"]
        if self.said:
            parts.append(f"({self.said})")
        if self.at_most is not None:
            parts.append(f"threshold ≤ {self.at_most:g}{self.unit}")
        if self.at_least is not None:
            parts.append(f"threshold ≥ {self.at_least:g}{self.unit}")
        if self.is_broken:
            parts.append("BROKEN")
        return " ".join(parts)


def _figure(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.2f}"


def ratio(
    name: str,
    ours: float,
    reference: float,
    said: Callable[[float], str],
    *,
    at_most: float | None = None,
    at_least: float | None = None,
) -> Line:
    """Ours against the reference, both in words of `said`."""
    words = f"ours {said(ours)}, reference {said(reference)}"
    return Line(name, "ratio", ours / reference, words, at_most=at_most, at_least=at_least)


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def in_seconds(seconds: float) -> str:
    return f"{seconds:.2f} s"


def a_second(rate: float) -> str:
    return f"{rate:,.0f}/s"


def middle(values: list[float]) -> float:
    return median(values)


def apart(side: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run one side in a process of its own, started afresh: nothing is warm, no memory is inherited."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(side, *args, **kwargs).result()


def peak_mib() -> float:
    """The most memory this process has held since it began.

    Not ru_maxrss: on Linux a started process inherits that figure from whoever started it.
    """
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


@dataclass
class Stalls:
    """The longest time, in seconds, during which the event loop served nobody else.

    `busy`: the longest that it reckoned by itself; the rest is what a machine with much to do takes away.
    """

    longest: float = 0.0
    busy: float = 0.0


@asynccontextmanager
async def watching() -> AsyncIterator[Stalls]:
    """Somebody who wakes up each millisecond notes how late they were."""
    stalls = Stalls()
    watcher = asyncio.create_task(_watch(stalls))
    await asyncio.sleep(0.01)
    try:
        yield stalls
    finally:
        await asyncio.sleep(0.002)  # a stall at the very end counts, too
        watcher.cancel()
        await asyncio.gather(watcher, return_exceptions=True)


async def _watch(stalls: Stalls) -> None:
    while True:
        before, reckoned = perf_counter(), thread_time()
        await asyncio.sleep(0.001)
        stalls.busy = max(stalls.busy, thread_time() - reckoned)
        stalls.longest = max(stalls.longest, perf_counter() - before - 0.001)
