"""The stage: a local Slack, the bot and one clock in one process. The story and the tests play on it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot import settings
from bot.app import Ladderbot
from bot.clock import Clock, StandingClock
from bot.database import Database
from bot.rules.people import Role
from bot.services import framework, opportunities_file, people, people_file, roles, welcomes
from bot.settings import Settings
from sandbox import Persona, User, Workspace
from story import company

ROOT = Path(__file__).parent.parent
SOON = timedelta(seconds=1)
ACTS = ("types", "presses", "chooses", "submits", "closes", "uses", "opens_home", "says")


class Actor:
    """A persona whose acts are followed by whatever the bot owes at that moment."""

    def __init__(self, persona: Persona, bot: Ladderbot) -> None:
        self._persona, self._bot = persona, bot

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._persona, name)
        return self._settled(found) if name in ACTS else found

    def _settled(self, act: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        @wraps(act)
        async def acted(*args: Any, **kwargs: Any) -> Any:
            answer = await act(*args, **kwargs)
            await settle(self._bot)
            return answer

        return acted


@dataclass
class Stage:
    """What a scene needs: `stage.person("ana")` acts, `stage.advance(to)` lets time pass."""

    slack: Workspace
    bot: Ladderbot
    clock: Clock
    db: Database

    def person(self, name: str) -> Actor:
        return Actor(self.slack.persona(name), self.bot)

    async def advance(self, to: datetime) -> None:
        await self.bot.advance(to)


async def settle(bot: Ladderbot) -> None:
    """Send what is owed now; a second message to the same person waits the second that Slack asks for."""
    await bot.engine.settle()
    due, soon = await bot.next_due(), bot.clock.now() + SOON
    if due <= soon and isinstance(bot.clock, StandingClock):
        bot.clock.set(soon)
        await bot.engine.settle()


def manifest() -> dict[str, Any]:
    return deepcopy(_manifest())


@lru_cache(maxsize=1)
def _manifest() -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe").load(ROOT / "manifest.yml")
    return loaded


def workspace(clock: Clock, users: Sequence[User] | None = None, **given: Any) -> Workspace:
    return Workspace(manifest(), company.users() if users is None else users, clock=clock, **given)


def settings_for(slack: Workspace, *, uses_http: bool = False, **given: Any) -> Settings:
    """The settings with which the bot works in this workspace and nowhere else."""
    door = {"slack_signing_secret": slack.signing_secret} if uses_http else {"slack_app_token": slack.app_token}
    values = {"slack_bot_token": slack.bot_token, "slack_api_url": slack.api_url, "port": 0, **door, **given}
    return settings.read(_env_file=None, **values)


@asynccontextmanager
async def opened(
    db: Database,
    clock: Clock,
    *,
    uses_http: bool = False,
    is_ticking: bool = False,
    slack: Workspace | None = None,
    **given: Any,
) -> AsyncIterator[Stage]:
    """The bot in a fresh local Slack, connected; nobody is enrolled yet."""
    async with AsyncExitStack() as stack:
        made = await stack.enter_async_context(slack or workspace(clock))
        chosen = settings_for(made, uses_http=uses_http, **given)
        bot = await stack.enter_async_context(Ladderbot(chosen, db, clock, is_ticking=is_ticking))
        if uses_http:
            made.deliver_to(f"http://127.0.0.1:{bot.port}/slack/events")
        await made.connected()
        yield Stage(made, bot, clock, db)


async def set_up(stage: Stage, *, new: Collection[str] = (), owners: Sequence[str] = (company.ADMIN,)) -> None:
    """The framework, the directory and the people file, as an operator would load them.

    The company knows the program already; only those who are `new` are welcomed.
    """
    text = await asyncio.to_thread((ROOT / "framework.yml").read_text)
    now = stage.clock.now()
    async with stage.db.writing() as session:
        await framework.load(session, text, by=None, now=now)
    await stage.bot.tick()
    async with stage.db.writing() as session:
        applied = await people_file.apply(session, company.people_file(), today=now.date(), now=now, zone="UTC")
        assert not applied.findings, applied.findings
        named = [one.slack_id for one in company.COMPANY if one.name in owners]
        for owner in (await people.by_slack_id(session, named, on=now.date())).values():
            await roles.give(session, owner.id, Role.OWNER, by=None, now=now, today=now.date())
        accounts = [one.slack_id for one in company.COMPANY if one.name in new]
        known = await people.by_slack_id(session, accounts, on=now.date())
        await welcomes.leave_out(session, but=[one.id for one in known.values()], now=now)


async def offer_chances(stage: Stage) -> None:
    """What the company's people offer each other, as an operator would load it."""
    now = stage.clock.now()
    data = await asyncio.to_thread((ROOT / "story" / "opportunities.csv").read_bytes)
    async with stage.db.writing() as session:
        applied = await opportunities_file.apply(session, data, by=None, now=now, today=now.date())
        assert not applied.findings, applied.findings


async def imports(stage: Stage, *lines: str) -> None:
    """An operator imports a people file with these lines: address, manager's address, track, level."""
    now, data = stage.clock.now(), "\n".join(["email,manager,track,level", *lines])
    async with stage.db.writing() as session:
        applied = await people_file.apply(session, data.encode(), today=now.date(), now=now, zone="UTC")
        assert not applied.findings, applied.findings
    await stage.bot.tick()
    await settle(stage.bot)
