"""Less of this: what somebody switches off, and on again."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, show
from bot.services import less
from bot.views import less as views


async def open_less(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """All that can be switched off, from a message of any kind: `/ladder less`."""
    async with act.reading() as (session, me):
        choices = await less.choices(session, by=me, today=act.today(me), features=act.features)
    await show(body, client, views.modal(choices, first=views.pressed(body)))
    await ack()


async def keep(ack: AsyncAck, body: Body, act: Act) -> None:
    topics = views.read(body["view"])
    async with act.writing() as (session, me):
        choices = await less.choose(
            session, by=me, topics=topics, now=act.now, today=act.today(me), features=act.features
        )
    await ack(response_action="update", view=views.kept(choices))


FEATURE = "home"
WORDS = {"less": open_less}


def register(app: AsyncApp) -> None:
    app.action(views.OPEN_LESS)(open_less)
    app.view(views.FORM)(keep)
