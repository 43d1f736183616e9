"""A process with one app in it that stays between its turns, so that the apps take turns without helping each other."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ProcessPoolExecutor
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from multiprocessing import get_context
from time import perf_counter
from types import TracebackType
from typing import Any, Self

Open = Callable[[], Awaitable[None]]
Start = Callable[..., Coroutine[Any, Any, tuple[Open, Any]]]


@dataclass
class Turns:
    """Seconds that each wave took, and each open in it."""

    waves: list[float] = field(default_factory=list)
    opens: list[float] = field(default_factory=list)

    def __iadd__(self, other: "Turns") -> Self:
        self.waves += other.waves
        self.opens += other.opens
        return self


class Seat:
    """`start(stack, *args)` makes the app in the new process: how it opens a form, and what there is to tell of it."""

    def __init__(self, start: Start, *args: Any) -> None:
        self._process = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        self.told = self._process.submit(_start, start, *args).result()
        self.turns = Turns()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._process.submit(_stop).result()
        self._process.shutdown()

    def play(self, waves: int, *, at_once: int) -> Turns:
        return self._process.submit(_play, waves, at_once).result()

    def take_turn(self, waves: int, *, at_once: int) -> None:
        self.turns += self.play(waves, at_once=at_once)


# In the process itself


@dataclass
class _Sitting:
    runner: asyncio.Runner
    stack: AsyncExitStack
    one: Open


_here: list[_Sitting] = []


def _start(start: Start, *args: Any) -> Any:
    runner, stack = asyncio.Runner(), AsyncExitStack()
    one, told = runner.run(start(stack, *args))
    _here.append(_Sitting(runner, stack, one))
    return told


def _play(waves: int, at_once: int) -> Turns:
    return _here[0].runner.run(_played(waves, at_once))


async def _played(waves: int, at_once: int) -> Turns:
    turns = Turns()
    for _ in range(waves):
        began = perf_counter()
        turns.opens += await asyncio.gather(*(_timed(_here[0].one) for _ in range(at_once)))
        turns.waves.append(perf_counter() - began)
    return turns


async def _timed(one: Open) -> float:
    began = perf_counter()
    await one()
    return perf_counter() - began


def _stop() -> None:
    sitting = _here.pop()
    sitting.runner.run(sitting.stack.aclose())
    sitting.runner.close()
