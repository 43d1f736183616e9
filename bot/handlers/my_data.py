"""My data: look at it, and be left in peace."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, give, show
from bot.rules import features
from bot.rules.refusal import Refusal
from bot.services import my_data, welcomes, wishes
from bot.views import my_data as views
from bot.views import people


async def open_page(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        piles = await my_data.piles(session, by=me)
    await show(body, client, views.page(piles, sorted(features.scopes(act.features))))
    await ack()


async def see(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """One kind of thing, word for word."""
    async with act.reading() as (session, me):
        pile = await my_data.pile(session, by=me, table=str(body["actions"][0].get("value")))
    await show(body, client, views.rows(pile))
    await ack()


async def export(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """All of it as a file in one's own conversation with the app."""
    async with act.reading() as (session, me):
        archive = await my_data.export(session, by=me)
    await give(client, act, file=views.FILE, content=archive, says=views.YOURS)
    await show(body, client, views.exported())
    await ack()


async def wrong(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """The owners hear that something on record is not right."""
    async with act.writing() as (session, me):
        owners = await welcomes.say_wrong(session, by=me, of=me.id, now=act.now) if me.is_member else ()
    await show(body, client, views.wrong(owners))
    await ack()


async def open_pause(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (_, me):
        view = views.pause(act.today(me))
    await show(body, client, view)
    await ack()


async def pause(ack: AsyncAck, body: Body, act: Act) -> None:
    until = views.read_pause(body["view"])
    if until is None:
        raise Refusal("Choose a day ahead.", field="until")
    async with act.writing() as (session, me):
        await wishes.pause(session, by=me, until=until, now=act.now, today=act.today(me))
    await ack(response_action="update", view=views.paused(people.paused(until, act.today(me))))


FEATURE = "home"
WORDS = {"data": open_page}


def register(app: AsyncApp) -> None:
    app.action(views.OPEN)(open_page)
    app.action(views.SEE)(see)
    app.action(views.OPEN_PAUSE)(open_pause)
    app.action(views.WRONG)(wrong)
    app.action(views.EXPORT)(export)
    app.view(views.PAUSE)(pause)
