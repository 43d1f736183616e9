"""`ladderbot sandbox`: the demo company on a Monday morning, and the bot in it, until somebody stops it."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import keyring, schema
from bot.app import Ladderbot
from bot.clock import Clock
from bot.database import Database
from sandbox import Channel, User, Workspace
from story import company, stage
from story.stage import Stage

MORNING = datetime(2026, 11, 16, 17, 5, tzinfo=UTC)  # everybody's Monday has begun: all prompts have come
EVE = datetime(2026, 11, 15, 20, tzinfo=UTC)  # nobody's Monday has reached nine o'clock
STEP, LONGEST_STEP = timedelta(seconds=1), timedelta(hours=1)


async def main(*, port: int, stopped: Callable[[], asyncio.Event]) -> None:
    """Runs until stopped."""
    stop = stopped()
    async with opened(port=port) as slack:
        print(f"Open {slack.page_url} in a browser: a local Slack with {len(company.COMPANY)} people of a company,")
        print("and Ladderbot in it. Stop with Ctrl-C.", flush=True)
        await stop.wait()


@asynccontextmanager
async def opened(*, port: int = 0) -> AsyncIterator[Workspace]:
    """The company at work; everything it keeps is in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="ladderbot-sandbox-") as folder:
        url = f"sqlite:///{Path(folder) / 'sandbox.db'}"
        schema.upgrade(url)
        db = Database(url, keyring.parse(f"1:{keyring.new_key()}"))
        clock = Clock()
        clock.set(EVE)
        slack = stage.workspace(clock, introduced(), channels=[Channel(id="C0GENERAL", name="general")], port=port)
        async with slack:
            chosen = stage.settings_for(
                slack, feedback_contact="Grace Otieno", feedback_key_dir=Path(folder) / "keys",
                program_channel="C0GENERAL", asks_a_day=3,  # all there is to try begins on one Monday
            )  # fmt: skip
            async with Ladderbot(chosen, db, clock) as bot:
                await slack.connected()
                await stage.set_up(Stage(slack, bot, clock, db), new=("kiran",), owners=("ines", "grace"))
                await stage.offer_chances(Stage(slack, bot, clock, db))
                await advance(bot, clock, MORNING)
                slack.let_time_pass(next_due=bot.next_due, advance=lambda to: advance(bot, clock, to))
                yield slack
        await db.close()


def introduced() -> list[User]:
    """The company's people; their titles tell whoever chooses one what there is to see."""
    titles = {one.slack_id: f"{one.level} · {one.why}" for one in company.COMPANY}
    return [replace(user, title=titles[user.id]) for user in company.users()]


async def advance(bot: Ladderbot, clock: Clock, to: datetime) -> None:
    """Let time pass up to `to`, stopping wherever something is due on the way; what stays due is asked ever less."""
    step, before = STEP, None
    while (due := await bot.next_due()) <= to and clock.now() < to:
        step = min(step * 2, LONGEST_STEP) if due == before else STEP
        before = due
        clock.set(min(max(due, clock.now() + step), to))
        await bot.tick()
    if clock.now() < to:
        clock.set(to)
        await bot.tick()
