"""Forms in Chromium: every input there is, limits, and forms upon forms."""

import pytest
from playwright.async_api import Locator, expect

from tests.browser.conftest import ANA, Gallery, Visit, button, writes

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_every_input_reaches_the_app(at_gallery: Gallery, visit: Visit) -> None:
    page = await visit(at_gallery.slack, ANA)
    await writes(page, "/form")
    form = page.get_by_role("dialog", name="Everything")
    texts = {"A few words": "Short", "More words": "Longer\nwords", "How many?": "3", "E-mail": "a@b.example"}
    texts |= {"Link": "https://example.org/x", "Day": "2026-12-01", "Time": "09:30", "Moment": "2026-12-01T09:30"}
    for label, text in (texts | {"With style": "Plain"}).items():
        await form.get_by_label(label).fill(text)
    for label, option in (("One colour", "Green"), ("Some colours", "Red"), ("A colleague", "Mats Lindqvist")):
        await choose(form, label, option)
    for person in ("Noor Haddad", "Lea Brunner"):
        await choose(form, "Colleagues", person)
    await form.get_by_role("radio", name="Blue").check()
    await form.get_by_role("checkbox", name="Red").check()
    await form.get_by_role("checkbox", name="Green").check()
    await form.get_by_label("A file").set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"hello"})
    await expect(form.locator(".picked")).to_have_text("a.txt")
    await button(form, "Send").click()
    await expect(form).to_have_count(0)
    assert at_gallery.values == {
        "text": "Short",
        "long": "Longer\nwords",
        "number": "3",
        "mail": "a@b.example",
        "link": "https://example.org/x",
        "day": "2026-12-01",
        "hour": "09:30",
        "moment": 1796135400,
        "one": "green",
        "some": ["red"],
        "who": "U0MATS",
        "whom": ["U0NOOR", "U0LEA"],
        "radio": "blue",
        "boxes": ["red", "green"],
        "rich": "Plain",
        "file": ["a.txt"],
    }


async def choose(form: Locator, label: str, option: str) -> None:
    field = form.get_by_role("combobox", name=label)
    await field.click()
    await field.press_sequentially(option[:3])
    await field.page.get_by_role("option", name=option).click()


async def test_forms_stack_and_escape_closes_the_top_one(at_gallery: Gallery, visit: Visit) -> None:
    page = await visit(at_gallery.slack, ANA)
    await writes(page, "/form")
    await page.get_by_label("A few words").fill("kept")
    await button(page, "One more").click()
    await expect(page.get_by_role("dialog", name="Check-in")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog", name="Everything")).to_be_visible()
    await expect(page.get_by_label("A few words")).to_have_value("kept")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_a_limit_is_counted_down_and_told(at_gallery: Gallery, visit: Visit) -> None:
    page = await visit(at_gallery.slack, ANA)
    await button(page, "Answer").click()
    await page.get_by_label("One win").fill("x" * 45)
    await expect(page.locator(".counter.over")).to_have_text("-5")
    await button(page.get_by_role("dialog"), "Send").click()
    await expect(page.locator(".field .error")).to_have_text("This entry must be 40 characters or less")
