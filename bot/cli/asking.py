"""What every command shares: one event loop, the opened database, and a problem said in a sentence with exit code 1."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import TypeVar

import typer
from rich.console import Console

from bot import settings
from bot.clock import Clock
from bot.database import Database
from bot.keyring import KeyProblem
from bot.opening import opened
from bot.rules.refusal import Refusal
from bot.settings import SettingsProblem

Given = TypeVar("Given")
WIDE = 160  # columns of a table that goes into a file or a pipe
console = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else WIDE)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


def with_database(work: Callable[[Database, Clock], Awaitable[Given]]) -> Given:
    """Run `work` with the database of the environment; what it refuses is printed, and the exit code is 1."""

    async def run() -> Given:
        async with opened(settings.read_storage()) as db:
            return await work(db, Clock())

    return told(lambda: asyncio.run(run()))


def told(work: Callable[[], Given]) -> Given:
    """Run `work`; a problem that a person can mend becomes a sentence instead of a traceback."""
    try:
        return work()
    except (SettingsProblem, KeyProblem) as problem:
        errors.print(str(problem), markup=False)
    except Refusal as refusal:
        errors.print(refusal.sentence, markup=False)
    raise typer.Exit(1)
