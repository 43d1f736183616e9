"""Processes that a test starts and may kill, forked from a parent that has loaded everything and holds nothing.

No connection, no lock and no thread of the test's own is inherited, and a start takes milliseconds.
"""

import asyncio
import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkServerProcess

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["bot.cli.main", "bot.app", "sandbox", "tests.faults.victims"])


@contextmanager
def running(target: Callable[..., None], *args: object) -> Iterator[ForkServerProcess]:
    """The process of a function; killed at the end if it still runs."""
    process = CONTEXT.Process(target=target, args=args, daemon=True)
    process.start()
    try:
        yield process
    finally:
        if process.is_alive():
            process.kill()
        process.join()
        process.close()


async def ended(process: ForkServerProcess, *, seconds: float = 20) -> int:
    """Its exit code; AssertionError when it goes on for longer than that."""
    await asyncio.to_thread(process.join, seconds)
    assert process.exitcode is not None, "still running"
    return process.exitcode
