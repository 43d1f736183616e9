"""`make sandbox` in Chromium: the demo company on its Monday, with the bot at work."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from sandbox import Workspace
from story import show
from tests.browser.conftest import Visit

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def company(chromium: Browser) -> AsyncIterator[Workspace]:
    """Asks for Chromium first, so that nothing is set up in vain."""
    async with show.opened() as slack:
        yield slack


async def test_a_prompt_waits_for_everybody_and_time_can_be_moved(company: Workspace, visit: Visit) -> None:
    page = await visit(company)
    await expect(page.locator(".person .count")).to_have_count(14)
    await page.get_by_role("button", name="Ana Pérez").click()
    await expect(page.locator("#clock time")).to_contain_text("Mon 16 Nov, 12:0")
    await page.get_by_role("button", name="Answer", exact=True).click()
    form = page.get_by_role("dialog", name="Check-in")
    await form.get_by_role("button", name="Send").click()
    await expect(form.get_by_role("alert")).to_contain_text("Write one sentence, or choose how a milestone moved.")
    await form.get_by_label("One win").fill("The build is fast again")
    await form.get_by_role("button", name="Send").click()
    await expect(form.get_by_role("textbox")).to_have_count(0)
    await expect(form.get_by_role("button", name="Close").last).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(form).to_have_count(0)
    await expect(page.get_by_role("button", name="Change my answer")).to_be_visible()
    await page.get_by_role("button", name="Tomorrow 09:00").click()
    await expect(page.locator("#clock time")).to_contain_text("Tue 17 Nov, 09:0")
    await expect(page.locator(".toast")).to_contain_text("It is Tuesday 17 November, 09:00 in New York.")
