"""Who may ask the local port for the page, and what is served at all."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from sandbox import Workspace
from sandbox.browser import FOLDER
from tests.sandbox.page import Page


@pytest.fixture
async def page(workspace: Workspace) -> AsyncIterator[Page]:
    async with aiohttp.ClientSession() as session:
        yield Page(session, workspace.page_url)


async def test_the_page_and_its_parts_come_from_here_alone(page: Page) -> None:
    async with page.session.get(page.url) as response:
        assert response.status == 200
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
        assert "http" not in (await response.text()).replace("http-equiv", "")
    for file in FOLDER.iterdir():
        assert await page.status("GET", f"page/{file.name}") == 200
        assert "innerHTML" not in file.read_text()


@pytest.mark.parametrize("path", ["page/../browser.py", "page/%2e%2e%2fbrowser.py", "page/nothing.js", "page/"])
async def test_nothing_else_is_served(page: Page, path: str) -> None:
    assert await page.status("GET", path) == 404


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "10.0.0.1"])
@pytest.mark.parametrize("path", ["", "_sandbox/state", "_sandbox/events", "api/auth.test"])
async def test_a_name_that_only_resolves_here_is_refused(page: Page, host: str, path: str) -> None:
    assert await page.status("GET", path, headers={"Host": host}) == 403


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8701", "LOCALHOST", "[::1]:80"])
async def test_names_of_this_machine_are_served(page: Page, host: str) -> None:
    assert await page.status("GET", "", headers={"Host": host}) == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1"])
async def test_other_pages_may_not_act(page: Page, workspace: Workspace, origin: str) -> None:
    body = {"json": {"act": "says", "as": "ana", "text": "hi", "channel": "general"}, "headers": {"Origin": origin}}
    assert await page.status("POST", "_sandbox/act", **body) == 403
    assert await page.status("POST", "api/auth.test", headers={"Origin": origin}) == 403
    assert workspace.posted() == []


async def test_its_own_page_may_act(page: Page, workspace: Workspace) -> None:
    body = {"json": {"act": "says", "as": "ana", "text": "hi", "channel": "general"}}
    assert await page.status("POST", "_sandbox/act", **body, headers={"Origin": page.url.rstrip("/")}) == 200
    assert len(workspace.posted("general")) == 1


async def test_other_sites_may_link_to_the_page_and_read_nothing(page: Page) -> None:
    assert await page.status("GET", "", headers={"Sec-Fetch-Site": "cross-site"}) == 200
    assert await page.status("GET", "_sandbox/state", headers={"Sec-Fetch-Site": "cross-site"}) == 403
    assert await page.status("GET", "_sandbox/state", headers={"Sec-Fetch-Site": "same-origin"}) == 200


async def test_an_act_must_be_json(page: Page) -> None:
    assert await page.status("POST", "_sandbox/act", data={"act": "says"}) == 415
    assert await page.status("POST", "_sandbox/act", json=["says"]) == 400
