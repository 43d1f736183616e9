"""Who looked at what is one's own."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, show
from bot.services import looks
from bot.views import looks as views


async def open_looks(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found = await looks.mine(session, by=me)
    await show(body, client, views.modal(found, today=act.today(me)))
    await ack()


FEATURE = "home"


def register(app: AsyncApp) -> None:
    app.action(views.OPEN)(open_looks)
