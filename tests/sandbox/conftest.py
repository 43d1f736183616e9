"""A running workspace, an unmodified Bolt app connected to it, and a client."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Persona, Workspace
from tests.sandbox import cast


@pytest.fixture
def clock() -> cast.StandingClock:
    return cast.StandingClock()


@pytest.fixture
async def workspace(clock: cast.StandingClock) -> AsyncIterator[Workspace]:
    people, channels = [cast.ANA, cast.MATS, cast.LEA], [cast.GENERAL, cast.QUIET]
    async with Workspace(cast.manifest(), people, channels, clock=clock, ack_seconds=0.15) as running:
        yield running


@pytest.fixture
async def client(workspace: Workspace) -> AsyncIterator[AsyncWebClient]:
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(workspace.bot_token, base_url=workspace.api_url, session=session)
        client.retry_handlers = []
        yield client


@pytest.fixture
def app(client: AsyncWebClient) -> AsyncApp:
    return AsyncApp(client=client, process_before_response=True)


@pytest.fixture
async def connect(workspace: Workspace) -> AsyncIterator[cast.Connect]:
    """Connect a Bolt app over Socket Mode; everything is closed after the test."""
    async with AsyncExitStack() as stack:

        async def connecting(app: AsyncApp) -> AsyncSocketModeHandler:
            handler = AsyncSocketModeHandler(app, workspace.app_token)
            stack.push_async_callback(handler.close_async)
            await handler.connect_async()  # type: ignore[no-untyped-call]
            await workspace.connected()
            return handler

        yield connecting


@pytest.fixture
def ana(workspace: Workspace) -> Persona:
    return workspace.persona("ana")


@pytest.fixture
def mats(workspace: Workspace) -> Persona:
    return workspace.persona("mats")
