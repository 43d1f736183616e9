"""My growth: the page from which everything of it can be reached."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, show
from bot.services import growth
from bot.views import growth as views


async def open_page(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    await show(body, client, await _page(act))
    await ack()


async def redraw_below(body: Body, client: AsyncWebClient, act: Act) -> None:
    """The page under a window that is opened from nowhere else, so that it shows what was changed there."""
    below = (body.get("view") or {}).get("previous_view_id")
    if below:
        await client.views_update(view_id=below, view=await _page(act))


async def _page(act: Act) -> dict[str, Any]:
    async with act.reading() as (session, me):
        found = await growth.load(session, by=me, now=act.now, today=act.today(me))
    return views.view(found, today=act.today(me))


FEATURE = "growth"
WORDS = {"growth": open_page}


def register(app: AsyncApp) -> None:
    app.action(views.OPEN)(open_page)
