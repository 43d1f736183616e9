"""What runs in a process of its own: one that dies while it opens a cycle, and one of two that send the same."""

import asyncio
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, event

from bot import sealing
from bot.rules.program_feedback import Answers, Feedback
from bot.services import feedback_releases, program_feedback
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


def send_often(url: str, folder: str, who: str, cycle_id: str, today: date, texts: Sequence[str]) -> None:
    """All of these at once."""
    asyncio.run(_send(url, folder, who, cycle_id, today, texts))
    os._exit(0)


async def _send(url: str, folder: str, who: str, cycle_id: str, today: date, texts: Sequence[str]) -> None:
    db = engines.database(url)

    async def send(text: str) -> None:
        async with db.writing() as session:
            await program_feedback.submit(
                session, slack_id=who, answers=Answers({}, (text, "")), receipt=sealing.new_receipt(),
                cycle_id=cycle_id, feedback=Feedback(Path(folder)), today=today,
            )  # fmt: skip

    await asyncio.gather(*map(send, texts))
    await db.close()
