"""The digest of program feedback in Chromium: charts and table, and the same as text, in light and dark."""

from typing import Any

import pytest
from playwright.async_api import expect

from bot.views import charts, feedback_digests
from tests.browser.conftest import ANA, Gallery, Visit
from tests.views import digest_examples

pytestmark = pytest.mark.asyncio(loop_scope="module")
SHOWN = digest_examples.digest("Technical")
DIGEST, MEAN = feedback_digests.message(SHOWN), SHOWN.table.items["choice"].mean


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("drawn", [DIGEST, charts.plainly(DIGEST)], ids=["charts", "text"])
async def test_every_figure_can_be_read(at_gallery: Gallery, visit: Visit, drawn: dict[str, Any], scheme: str) -> None:
    await at_gallery.client.chat_postMessage(channel="U0ANA", text=drawn["text"], blocks=drawn["blocks"])
    page = await visit(at_gallery.slack, ANA, color_scheme=scheme, viewport={"width": 1000, "height": 1700})
    post = page.locator(".message").last
    await expect(post).to_contain_text("Program feedback of 5 October to 16 November 2026")
    await expect(post.locator("figure.chart")).to_have_count(2 if drawn is DIGEST else 0)
    for figure in ("60-64", f"{MEAN:.1f}", "Not shown: Support"):
        await expect(post).to_contain_text(figure)
    await expect(post.get_by_role("button", name="Read what was written")).to_be_visible()
