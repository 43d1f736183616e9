"""From a message in a channel to a milestone in Home, in Chromium: at the desk, on a phone, in the dark."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from sandbox import Workspace
from story import show
from tests.browser.conftest import Visit, button, writes
from tests.browser.test_forms import choose

pytestmark = pytest.mark.asyncio(loop_scope="module")

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 780}}
DARK: dict[str, Any] = {"color_scheme": "dark"}
LOOKS = {"at the desk": {}, "on a phone": PHONE, "in the dark": DARK}
REVIEWERS = (("noor", "Noor Haddad"), ("lea", "Lea Brunner"), ("tom", "Tom Okafor"))  # each has one more ask left today


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def company(chromium: Browser) -> AsyncIterator[Workspace]:
    """Asks for Chromium first, so that nothing is set up in vain."""
    async with show.opened() as slack:
        yield slack


@pytest.mark.parametrize("number", range(len(LOOKS)), ids=LOOKS)
async def test_a_message_becomes_evidence_is_reviewed_and_home_shows_it(
    company: Workspace, visit: Visit, number: int
) -> None:
    """Kiran saves, a colleague accepts, and Kiran's milestone has moved. Each look has a milestone of its own."""
    look = [*LOOKS.values()][number]
    kiran = await visit(company, "#/kiran/home", **look)
    milestone = kiran.locator("#home .block", has=kiran.get_by_role("button", name="More choices")).nth(number)
    title = await milestone.locator("strong").inner_text()
    await expect(milestone).to_contain_text("0 of")
    await kiran.goto(f"{company.page_url}#/kiran/C0GENERAL")
    name, reviewer = REVIEWERS[number]
    await saved(kiran, f"Work worth keeping, number {number}", title, reviewer)
    theirs = await visit(company, f"#/{name}/messages", **look)
    request = theirs.locator(".message", has_text="Kiran Deshpande").last
    await button(request, "Accept").click()
    verdict = theirs.get_by_role("dialog")
    await expect(verdict).to_contain_text(f"Work worth keeping, number {number}")
    await verdict.locator(".primary").click()
    await expect(verdict).to_have_count(0)
    await kiran.goto(f"{company.page_url}#/kiran/home")
    await expect(milestone).not_to_contain_text("0 of")
    assert await kiran.evaluate("document.documentElement.scrollWidth") <= look.get("viewport", {}).get("width", 1280)


async def saved(page: Page, words: str, milestone: str, reviewer: str) -> None:
    """Write in the channel, and save that message as evidence; at first without saying what changed."""
    beginning = page.get_by_text("Nothing has been said here yet").or_(page.locator(".message"))
    await expect(beginning.first).to_be_visible()
    await writes(page, words)
    said = page.locator(".message", has_text=words)
    await said.hover()
    await said.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Save as evidence").click()
    form = page.get_by_role("dialog", name="Save evidence")
    await expect(form.get_by_label("What did you do?")).to_have_value(words)
    await choose(form, "Which milestone does it show?", milestone)
    await choose(form, "Who saw the work?", reviewer)
    await button(form, "Send").click()
    await expect(form.get_by_role("alert")).to_have_text("Please complete this required field")
    await form.get_by_label("What changed because of it?").fill("Two teams build on it now.")
    await button(form, "Send").click()
    await expect(form.get_by_role("textbox")).to_have_count(0)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
