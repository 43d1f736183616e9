"""What runs in a process that dies while it opens a cycle."""

import asyncio
import os
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, event

from bot.rules.program_feedback import Feedback
from bot.services import feedback_releases
from tests.support import engines
from tests.support.rows import NOW

DEAD = 9


def release_and_die(url: str, folder: str, today: date, step: int) -> None:
    """The process ends before the step-th statement, or before the commit, which is the last step; else after it."""

    def count(*_: object) -> None:
        nonlocal step
        step -= 1
        if step == 0:
            os._exit(DEAD)

    event.listen(Engine, "before_cursor_execute", count)
    event.listen(Engine, "commit", count)
    asyncio.run(_release(url, folder, today))
    os._exit(0)


async def _release(url: str, folder: str, today: date) -> None:
    db = engines.database(url)
    async with db.writing() as session:
        await feedback_releases.release_due(session, feedback=Feedback(Path(folder)), today=today, now=NOW)
    await db.close()
