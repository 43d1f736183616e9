"""My growth: the page from which everything of it can be reached."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, show
from bot.services import growth
from bot.views import growth as views


async def open_page(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found = await growth.load(session, by=me, now=act.now, today=act.today(me))
    await show(body, client, views.view(found, today=act.today(me)))
    await ack()


FEATURE = "growth"
WORDS = {"growth": open_page}


def register(app: AsyncApp) -> None:
    app.action(views.OPEN)(open_page)
