"""What to talk about next time: the list, and *We talked*."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, show, subject
from bot.services import talks
from bot.views import talks as views


async def open_list(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found = await talks.open_talks(session, by=me)
    await show(body, client, views.modal(found, today=act.today(me), features=act.features))
    await ack()


async def talked(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """This one is off the list; the others stay."""
    pressed = subject(body)
    async with act.writing() as (session, me):
        await talks.note_talked(session, by=me, check_in=pressed, now=act.now)
        found = await talks.open_talks(session, by=me)
    view = views.modal(found, today=act.today(me), features=act.features)
    await client.views_update(view_id=body["view"]["id"], view=view)
    await ack()


FEATURE = "check_ins"
WORDS = {"talk": open_list}


def register(app: AsyncApp) -> None:
    app.action(views.OPEN)(open_list)
    app.action(views.TALKED)(talked)
