"""Recognition: a thanks given, read, published and withdrawn."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, named, subject, turn_to
from bot.rules.people import Person
from bot.rules.recognition import Thanks
from bot.services import recognition
from bot.views import recognition as views
from bot.views import shared_messages


async def open_page(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """`/ladder thanks`: what I gave and got; `/ladder thanks @somebody what they did`: the form."""
    receiver, did = named(body)
    if receiver is not None:
        async with act.reading() as (session, me):
            found = await recognition.form(session, by=me, to=receiver, channel=act.channel, now=act.now)
        await turn_to(body, client, views.form(found, shared_messages.text({"text": did})), only_on=[views.PAGE])
    else:
        async with act.reading() as (session, me):
            mine = await recognition.page(session, by=me)
        await turn_to(body, client, views.page(mine, today=act.today(me)), only_on=[views.PAGE])
    await ack()


async def open_new(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    await turn_to(body, client, views.whom_form(), only_on=[views.PAGE])
    await ack()


async def choose(ack: AsyncAck, body: Body, act: Act) -> None:
    """Whom it thanks is chosen: the form becomes the one with what their track values."""
    receiver = views.read_whom(body["view"])
    async with act.reading() as (session, me):
        found = await recognition.form(session, by=me, to=receiver, channel=act.channel, now=act.now)
    await ack(response_action="update", view=views.form(found))


async def send(ack: AsyncAck, body: Body, act: Act) -> None:
    typed = views.read(body["view"])
    async with act.writing() as (session, me):
        given = await recognition.give(session, by=me, **typed, channel=act.channel, now=act.now)
    await ack(response_action="update", view=views.sent(given))


async def read(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found = await recognition.read(session, by=me, thanks=subject(body))
    await turn_to(body, client, _shown(found, me, act), only_on=[views.PAGE])
    await ack()


async def publish(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.writing() as (session, me):
        found = await recognition.publish(session, by=me, thanks=subject(body), channel=act.channel, now=act.now)
    await client.views_update(view_id=body["view"]["id"], view=_shown(found, me, act))
    await ack()


async def withdraw(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.writing() as (session, me):
        await recognition.withdraw(session, by=me, thanks=subject(body), now=act.now)
    await client.views_update(view_id=body["view"]["id"], view=views.withdrawn())
    await ack()


def _shown(found: Thanks, me: Person, act: Act) -> dict[str, object]:
    is_receiver, is_giver = found.receiver_id == me.id, found.giver_id == me.id
    return views.shown(found, is_receiver=is_receiver, is_giver=is_giver, channel=act.channel)


FEATURE = "feedback"
WORDS = {"thanks": open_page}


def register(app: AsyncApp) -> None:
    app.action(views.OPEN)(open_page)
    app.action(views.NEW)(open_new)
    app.action(views.READ)(read)
    app.action(views.PUBLISH)(publish)
    app.action(views.WITHDRAW)(withdraw)
    app.view(views.WHOM_FORM)(choose)
    app.view(views.FORM)(send)
