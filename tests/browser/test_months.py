"""An owner's month in Chromium: charts and table, and the same as text, in light and dark."""

from typing import Any

import pytest
from playwright.async_api import expect

from bot.views import charts, months
from tests.browser.conftest import ANA, Gallery, Visit
from tests.views import month_examples

pytestmark = pytest.mark.asyncio(loop_scope="module")
MONTH = months.message(month_examples.realistic(), tracks=month_examples.TRACKS.__getitem__)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("drawn", [MONTH, charts.plainly(MONTH)], ids=["charts", "text"])
async def test_every_figure_can_be_read(at_gallery: Gallery, visit: Visit, drawn: dict[str, Any], scheme: str) -> None:
    await at_gallery.client.chat_postMessage(channel="U0ANA", text=drawn["text"], blocks=drawn["blocks"])
    page = await visit(at_gallery.slack, ANA, color_scheme=scheme, viewport={"width": 1000, "height": 1900})
    post = page.locator(".message").last
    await expect(post).to_contain_text("November 2026: 70% of those who were asked answered a check-in")
    await expect(post.locator("figure.chart")).to_have_count(2 if drawn is MONTH else 0)
    for figure in ("Customer strategy", "60–64", "2 days"):
        await expect(post).to_contain_text(figure)
    await expect(post.get_by_role("button", name="All figures")).to_be_visible()
