"""`ladderbot sandbox`: the demo company on a Monday morning, and the bot in it, until somebody stops it."""

import asyncio
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bot import keyring, schema
from bot.app import Ladderbot
from bot.clock import Clock
from bot.database import Database
from sandbox import Channel
from story import company, stage
from story.stage import Stage

MORNING = datetime(2026, 11, 16, 17, 5, tzinfo=UTC)  # everybody's Monday has begun: all prompts have come
EVE = datetime(2026, 11, 13, 12, tzinfo=UTC)


async def main(*, port: int, stopped: Callable[[], asyncio.Event]) -> None:
    """Runs until stopped; everything it keeps is in a temporary folder."""
    stop = stopped()
    with tempfile.TemporaryDirectory(prefix="ladderbot-sandbox-") as folder:
        url = f"sqlite:///{Path(folder) / 'sandbox.db'}"
        schema.upgrade(url)
        db = Database(url, keyring.parse(f"1:{keyring.new_key()}"))
        clock = Clock()
        clock.set(EVE)
        slack = stage.workspace(clock, channels=[Channel(id="C0GENERAL", name="general")], port=port)
        async with slack, Ladderbot(stage.settings_for(slack), db, clock) as bot:
            await slack.connected()
            await stage.set_up(Stage(slack, bot, clock, db))
            clock.set(MORNING)
            await bot.tick()
            print(f"A local Slack listens at {slack.api_url} with {len(company.COMPANY)} people of a demo company.")
            print("Ladderbot is connected to it. Stop with Ctrl-C.")
            await stop.wait()
        await db.close()
