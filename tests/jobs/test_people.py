"""The directory from a real listing: pages, waiting where Slack asks for it, nothing half."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select

from bot.clock import StandingClock
from bot.database import Database
from bot.jobs import people as jobs
from bot.jobs.tools import Tools
from bot.models.people import Person
from bot.services.directory import SyncResult
from sandbox import Fault, User, Workspace

MANIFEST = {
    "display_information": {"name": "Ladder"},
    "features": {"bot_user": {"display_name": "Ladder"}},
    "oauth_config": {"scopes": {"bot": ["users:read", "users:read.email"]}},
    "settings": {"socket_mode_enabled": True},
}
CROWD = [
    User(id=f"U1{n:04}", name=f"p{n}", real_name=f"P {n}", email=f"p{n}@example.com", tz="Asia/Kolkata")
    for n in range(450)
]
ODD = [
    User(id="U0BOT", name="bot", is_bot=True),
    User(id="U0GONE", name="gone", deleted=True),
    User(id="U0STRANGER", name="stranger", is_stranger=True),
    User(id="U0GUEST", name="guest", is_restricted=True, tz="Etc/GMT+14"),
]


@pytest.fixture
async def workspace(clock: StandingClock) -> AsyncIterator[Workspace]:
    async with Workspace(MANIFEST, [*CROWD, *ODD], clock=clock, rate_limits=False) as running:
        yield running


@pytest.fixture
async def tools(workspace: Workspace, db: Database, clock: StandingClock) -> AsyncIterator[Tools]:
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(workspace.bot_token, base_url=workspace.api_url, session=session)
        client.retry_handlers = []
        yield Tools(db=db, clock=clock, client=client, zone="Europe/Lisbon")


async def test_all_pages_are_read_and_colleagues_kept(tools: Tools) -> None:
    assert await jobs.sync(tools) == SyncResult(new=451)
    assert await jobs.sync(tools) == SyncResult()
    async with tools.db.reading() as session:
        guest = (await session.scalars(select(Person).where(Person.is_guest))).one()
    assert (guest.slack_id, guest.zone) == ("U0GUEST", "Europe/Lisbon")


async def test_slack_may_ask_us_to_wait(tools: Tools, workspace: Workspace) -> None:
    workspace.fault(Fault("users.list", "rate_limited", times=2, retry_after=0))
    assert len(await jobs.fetch(tools.client)) >= 454


async def test_half_a_listing_changes_nothing(tools: Tools, workspace: Workspace) -> None:
    await jobs.sync_directory(tools)
    workspace.fault(Fault("users.list", "error", error="fatal_error", match=lambda args: bool(args.get("cursor"))))
    with pytest.raises(SlackApiError, match="fatal_error"):
        await jobs.sync_directory(tools)
    async with tools.db.reading() as session:
        assert (await session.scalars(select(Person).where(Person.is_active.is_(False)))).all() == []
