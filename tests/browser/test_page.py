"""The page in Chromium, used as people would use it, with an app that shows everything there is."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import ANA, Gallery, Visit, button, writes

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_somebody_chooses_a_person_and_answers_with_a_mistake_and_without(
    at_gallery: Gallery, visit: Visit
) -> None:
    page = await visit(at_gallery.slack)
    await expect(page.get_by_role("heading", name="Who do you want to be?")).to_be_visible()
    await expect(page.locator(".person")).to_have_count(14)
    ana = page.get_by_role("button", name="Ana Pérez")
    await expect(ana.get_by_label("1 unread")).to_be_visible()
    await ana.click()
    await button(page, "Answer").click()
    form = page.get_by_role("dialog", name="Check-in")
    await button(form, "Send").click()
    await expect(form.get_by_role("alert")).to_have_text("Please complete this required field")
    win = form.get_by_label("One win")
    await expect(win).to_be_focused()
    await expect(win).to_have_attribute("aria-invalid", "true")
    await win.fill("nothing")
    await button(form, "Send").click()
    await expect(form.get_by_role("alert")).to_have_text("Something small counts too.")
    await expect(win).to_have_value("nothing")
    await win.fill("The build is fast again")
    await button(form, "Send").click()
    await expect(form).to_have_count(0)
    assert at_gallery.values == {"win": "The build is fast again", "who": None}
    await expect(button(page, "Answer")).to_be_focused()


async def test_a_slash_shows_the_commands_with_their_hints(at_gallery: Gallery, visit: Visit) -> None:
    page = await visit(at_gallery.slack, ANA)
    await page.locator("#composer").press_sequentially("/")
    hints = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    await expect(hints).to_have_count(3)
    await expect(hints.first).to_contain_text("/form [long]")
    await expect(hints.first).to_contain_text("Every input there is")
    await page.locator("#composer").press_sequentially("wh")
    await expect(hints).to_have_count(1)
    await page.locator("#composer").press("Tab")
    await expect(page.locator("#composer")).to_have_value("/whisper ")
    await page.locator("#composer").press("Enter")
    whispered = page.locator(".message.ephemeral")
    await expect(whispered).to_contain_text("Only visible to you")
    await expect(whispered).to_contain_text("Just between us.")


async def test_an_unknown_command_is_told_and_stays_to_be_mended(at_gallery: Gallery, visit: Visit) -> None:
    page = await visit(at_gallery.slack, ANA)
    await writes(page, "/nonsense")
    await expect(page.locator(".toast")).to_contain_text("/nonsense is not a valid command")
    await expect(page.locator("#composer")).to_have_value("/nonsense")


async def test_shortcuts_on_a_message_and_everywhere_open_a_form(at_gallery: Gallery, visit: Visit) -> None:
    page = await visit(at_gallery.slack, ANA)
    await page.locator(".message").hover()
    await page.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Keep this").click()
    form = page.get_by_role("dialog", name="Check-in")
    await expect(form).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(form).to_have_count(0)
    await page.get_by_role("button", name="Shortcuts and commands").click()
    await page.get_by_role("menuitem", name="Give thanks").click()
    await expect(form).to_be_visible()


async def test_what_cannot_be_undone_is_asked_twice(at_gallery: Gallery, visit: Visit) -> None:
    page = await visit(at_gallery.slack, ANA)
    await button(page, "Throw away").click()
    sure = page.get_by_role("dialog", name="Sure?")
    await button(sure, "No").click()
    await expect(button(page, "Answer")).to_be_visible()
    await button(page, "Throw away").click()
    await button(sure, "Yes").click()
    await expect(page.locator(".message")).to_contain_text("Thrown away.")
    await expect(button(page, "Answer")).to_have_count(0)


async def test_an_overflow_menu_tells_the_app(at_gallery: Gallery, visit: Visit) -> None:
    page = await visit(at_gallery.slack, ANA)
    await page.get_by_role("button", name="More choices").click()
    await page.get_by_role("menuitem", name="Tomorrow").click()
    await expect(page.get_by_role("button", name="More choices")).not_to_have_attribute("aria-busy", "true")
    assert at_gallery.sent == ["day"]


async def test_words_are_drawn_and_never_run(at_gallery: Gallery, visit: Visit) -> None:
    page = await visit(at_gallery.slack, ANA)
    await writes(page, "/words")
    said = page.locator(".message").last
    await expect(said.locator("pre, .chart")).to_have_count(1)
    for tag, text in (("strong", "bold"), ("em", "it"), ("s", "gone"), ("code", "code"), ("blockquote", "said")):
        await expect(said.locator(tag).first).to_have_text(text)
    await expect(said.get_by_role("link")).to_have_count(1)
    await expect(said.get_by_role("link")).to_have_attribute("rel", "noopener noreferrer")
    await expect(said).to_contain_text("🎉 2*3*4")
    await expect(said).to_contain_text('<img src=x onerror="document.title=1">')
    await expect(said.locator("img, script")).to_have_count(0)
    await expect(said.get_by_role("img", name="A cat")).to_be_visible()
    await expect(page).to_have_title("Ana Pérez – Sandbox")


async def test_home_is_drawn_anew_when_somebody_comes(at_gallery: Gallery, visit: Visit) -> None:
    page = await visit(at_gallery.slack, "#/ana/home")
    await expect(page.get_by_role("heading", name="My growth")).to_be_visible()
    await expect(page.locator("#home")).to_contain_text("Seen 1 times")
    await page.get_by_role("tab", name="Messages").click()
    await page.get_by_role("tab", name="Home").click()
    await expect(page.locator("#home")).to_contain_text("Seen 2 times")


async def test_two_people_talk_in_a_thread(at_gallery: Gallery, visit: Visit) -> None:
    ana = await visit(at_gallery.slack, "#/ana/C0GENERAL")
    mats = await visit(at_gallery.slack, "#/mats/messages")
    await expect(ana.get_by_text("Nothing has been said here yet")).to_be_visible()
    await writes(ana, "The pilot is live")
    await expect(mats.locator(".place.unread")).to_contain_text("general")
    await mats.get_by_role("button", name="# general").click()
    await mats.locator(".message").hover()
    await mats.get_by_role("button", name="Reply in thread").click()
    await mats.locator("#thread-composer").fill("Well done <b>Ana</b>")
    await mats.locator("#thread-composer").press("Enter")
    await ana.get_by_role("button", name="1 reply").click()
    await expect(ana.get_by_role("complementary", name="Thread")).to_contain_text("Well done <b>Ana</b>")
    await expect(ana.locator("#messages .message")).to_have_count(1)


async def test_the_inspector_shows_what_went_over_the_wire(at_gallery: Gallery, visit: Visit) -> None:
    page = await visit(at_gallery.slack, ANA)
    await button(page, "Answer").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await button(page, "Inspector").click()
    rows = page.locator(".request")
    await expect(rows.first).to_contain_text("view_closed small")
    await page.get_by_label("Method or action").fill("views.open")
    await expect(rows).to_have_count(1)
    await rows.first.locator("summary").click()
    await expect(rows.first.locator("pre").first).to_contain_text('"trigger_id"')
    await page.get_by_label("Person").select_option("Mats Lindqvist")
    await expect(page.get_by_text("Nothing here yet.")).to_be_visible()


async def test_on_a_phone_the_sidebar_is_a_drawer_and_a_form_fills_the_screen(
    at_gallery: Gallery, visit: Visit
) -> None:
    page = await visit(at_gallery.slack, ANA, viewport={"width": 390, "height": 780})
    await expect(page.get_by_role("navigation")).to_be_hidden()
    await page.get_by_role("button", name="Channels and people").click()
    await page.get_by_role("button", name="# general").click()
    await expect(page.get_by_role("heading", name="# general")).to_be_visible()
    await expect(page.get_by_role("navigation")).to_be_hidden()
    await page.get_by_role("button", name="Channels and people").click()
    await page.locator(".place", has_text="Gallery").click()
    await button(page, "Answer").click()
    box = await page.get_by_role("dialog", name="Check-in").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 390, "height": 780}
    assert await page.evaluate("document.documentElement.scrollWidth") == 390


async def test_dark_comes_from_the_system_and_can_be_switched(at_gallery: Gallery, visit: Visit) -> None:
    page = await visit(at_gallery.slack, ANA, color_scheme="dark")
    await expect(page.locator("#main")).to_have_css("background-color", "rgb(26, 29, 33)")
    await page.get_by_role("button", name="Light or dark").click()
    await expect(page.locator("#main")).to_have_css("background-color", "rgb(255, 255, 255)")
    await page.reload()
    await expect(page.locator("#main")).to_have_css("background-color", "rgb(255, 255, 255)")


async def test_the_keyboard_is_enough(at_gallery: Gallery, visit: Visit) -> None:
    page = await visit(at_gallery.slack)
    keys = page.keyboard
    await expect(page.locator(".person").first).to_be_focused()
    await tab_to(page, page.get_by_role("button", name="Ana Pérez"))
    await keys.press("Enter")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await tab_to(page, button(page, "Answer"))
    await keys.press("Space")
    form = page.get_by_role("dialog", name="Check-in")
    await expect(form.get_by_label("One win")).to_be_focused()
    await keys.type("Written without a mouse")
    await keys.press("Tab")
    await keys.press("ArrowDown")
    await keys.type("gra")
    await keys.press("Enter")
    await expect(form.get_by_role("combobox", name="Who helped?")).to_have_value("Grace Otieno")
    for _ in range(4):  # Cancel, Send, Close, and round again
        await keys.press("Tab")
    await expect(form.get_by_label("One win")).to_be_focused()
    await keys.press("Enter")
    await expect(form).to_have_count(0)
    assert at_gallery.values == {"win": "Written without a mouse", "who": "U0GRACE"}
    await expect(button(page, "Answer")).to_be_focused()


async def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until it has the focus."""
    await expect(wanted).to_be_visible()
    for _ in range(60):
        if await wanted.evaluate("element => element === document.activeElement"):
            return
        await page.keyboard.press("Tab")
    raise AssertionError("the keyboard does not get there")
