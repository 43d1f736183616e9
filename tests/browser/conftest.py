"""Chromium, a workspace with the gallery in it, and pages that must not complain."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Locator, Page, Request, async_playwright
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Channel, Workspace
from story import show
from tests.browser import gallery
from tests.sandbox.cast import StandingClock

NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 10_000  # ms until something must have appeared

ANA = "#/ana/messages"

Visit = Callable[..., Awaitable[Page]]


@dataclass
class Gallery:
    """The workspace, the app's client, and what people sent to the app."""

    slack: Workspace
    client: AsyncWebClient
    sent: list[Any]

    @property
    def values(self) -> dict[str, Any]:
        """The last form that was sent, as plain values."""
        return {name: plain(next(iter(held.values()))) for name, held in self.sent[-1].items()}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Browser]:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("needs Chromium in the PATH: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-quic"])
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def at_gallery() -> AsyncIterator[Gallery]:
    """On a Monday, with a prompt that waits for Ana."""
    channels = [Channel(id="C0GENERAL", name="general")]
    slack = Workspace(gallery.manifest(), show.introduced(), channels, clock=StandingClock())
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(slack)
        session = await stack.enter_async_context(aiohttp.ClientSession())
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=session)
        app = AsyncApp(client=client, process_before_response=True)
        sent = gallery.register(app)
        handler = AsyncSocketModeHandler(app, slack.app_token)
        stack.push_async_callback(handler.close_async)
        await handler.connect_async()  # type: ignore[no-untyped-call]
        await slack.connected()
        await client.chat_postMessage(channel="U0ANA", text="How did it go?", blocks=gallery.prompt())
        yield Gallery(slack, client, sent)


@pytest_asyncio.fixture(loop_scope="module")
async def visit(chromium: Browser) -> AsyncIterator[Visit]:
    """Open the page of a workspace; afterwards no page has had an error or asked anybody else for anything."""
    complaints: list[str] = []
    async with AsyncExitStack() as stack:

        async def visiting(slack: Workspace, where: str = "", **options: Any) -> Page:
            context = await chromium.new_context(**({"viewport": {"width": 1280, "height": 800}} | options))
            stack.push_async_callback(context.close)
            page = await context.new_page()
            page.set_default_timeout(PATIENCE)
            _listen(page, slack, complaints)
            await page.goto(f"{slack.page_url}{where}")
            return page

        yield visiting
    assert complaints == []


def _listen(page: Page, slack: Workspace, complaints: list[str]) -> None:
    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    def asked(request: Request) -> None:
        if not request.url.startswith(slack.page_url):
            complaints.append(f"asked for {request.url}")

    page.on("console", said)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", asked)


def button(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


async def writes(page: Page, line: str) -> None:
    await page.locator("#composer").fill(line)
    await page.locator("#composer").press("Enter")


def plain(held: Any) -> Any:
    if isinstance(held, list):
        return [plain(one) for one in held]
    if not isinstance(held, dict):
        return held
    if "elements" in held:
        return held["elements"][0]["elements"][0]["text"]
    if "type" in held:
        return plain(next(value for name, value in held.items() if name != "type"))
    return held["value"] if "value" in held else held["name"]
