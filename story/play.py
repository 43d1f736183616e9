"""`ladderbot sandbox --story`: the whole program at full speed, told in lines, checked as it goes."""

import tempfile
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bot import keyring, schema
from bot.clock import StandingClock
from bot.database import Database
from sandbox import Channel
from story import chapters, stage
from story.telling import Telling

BEGINS = datetime(2026, 11, 13, 12, tzinfo=UTC)  # a Friday, before the first Monday of a round


async def main(write: Callable[[str], None] = print) -> int:
    """0 when everything held, 1 otherwise."""
    with tempfile.TemporaryDirectory(prefix="ladderbot-story-") as folder:
        url = f"sqlite:///{Path(folder) / 'story.db'}"
        schema.upgrade(url)
        return await play(url, Path(folder), write)


async def play(url: str, folder: Path, write: Callable[[str], None]) -> int:
    """Every chapter on the database at `url`; the keys of program feedback are in `folder`."""
    clock = StandingClock(BEGINS)
    db = Database(url, keyring.parse(f"1:{keyring.new_key()}"))
    slack = stage.workspace(clock, channels=[Channel(id="C0GENERAL", name="general")])
    try:
        async with stage.opened(
            db, clock, slack=slack, feedback_contact="Grace Otieno", feedback_key_dir=folder, pulse_weeks=4
        ) as opened:
            told = Telling(opened, write)
            for chapter in chapters.CHAPTERS:
                await _play(chapter.__name__, chapter(told), told, write)
    finally:
        await db.close()
    for sentence in told.failed:
        write(f"failed: {sentence}")
    write(f"\nstory: {told.steps} steps, {len(told.failed)} failed")
    return 1 if told.failed else 0


async def _play(name: str, chapter: object, told: Telling, write: Callable[[str], None]) -> None:
    try:
        await chapter  # type: ignore[misc]
    except Exception:
        write(traceback.format_exc())
        told.failed.append(f"chapter {name} came to its end")
