"""A manager reads new check-ins; the person reads the reply."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, known, show
from bot.services import reading
from bot.views import forms
from bot.views import reading as views


async def open_reading(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """The oldest answer not read yet."""
    async with act.reading() as (session, me):
        unread = await reading.next_unread(session, by=me, now=act.now)
    view = views.modal(unread, today=act.today(me)) if unread else views.all_read()
    await show(body, client, view)
    await ack()


async def seen(ack: AsyncAck, body: Body, act: Act) -> None:
    """This one is read; the next one takes its place."""
    check_in, reply, is_to_talk_about = views.read(body["view"])
    async with act.writing() as (session, me):
        await reading.note_read(
            session, by=me, check_in=known(check_in), reply=reply, is_to_talk_about=is_to_talk_about, now=act.now
        )
        unread = await reading.next_unread(session, by=me, now=act.now)
    view = views.modal(unread, today=act.today(me)) if unread else views.all_read()
    await ack(response_action="update", view=view)


async def open_reply(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        pressed = forms.thing(body["actions"][0].get("value"))
        found = await reading.reply_to(session, by=me, check_in=known(pressed))
    await client.views_open(trigger_id=body["trigger_id"], view=views.reply_modal(found))
    await ack()


FEATURE = "check_ins"
WORDS = {"read": open_reading}


def register(app: AsyncApp) -> None:
    app.action(views.OPEN)(open_reading)
    app.action(views.OPEN_REPLY)(open_reply)
    app.view(views.FORM)(seen)
