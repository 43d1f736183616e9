"""Who knows this: find colleagues by what they have shown, and be found oneself or not."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, named, show
from bot.services import who_knows
from bot.views import who_knows as views


async def open_page(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """`/ladder who COMPETENCY`, or from *My growth*."""
    _, typed = named(body)
    await show(body, client, await _page(act, typed))
    await ack()


async def look(ack: AsyncAck, body: Body, act: Act) -> None:
    await ack(response_action="update", view=await _page(act, views.read(body["view"])))


async def choose(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """One of the things that were meant."""
    view = await _page(act, str(body["actions"][0].get("value") or ""))
    await client.views_update(view_id=body["view"]["id"], view=view)
    await ack()


async def more(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    skip, typed = views.read_more(body["actions"][0].get("value"))
    await client.views_update(view_id=body["view"]["id"], view=await _page(act, typed, skip=skip))
    await ack()


async def _page(act: Act, typed: str, *, skip: int = 0) -> dict[str, object]:
    async with act.reading() as (session, me):
        return views.page(await who_knows.find(session, by=me, typed=typed, today=act.today(me), skip=skip))


async def agree(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.writing() as (session, me):
        await who_knows.agree(session, by=me, today=act.today(me))
    await client.views_update(view_id=body["view"]["id"], view=await _page(act, views.read(body["view"])))
    await ack()


async def take_back(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.writing() as (session, me):
        await who_knows.take_back(session, by=me)
    await client.views_update(view_id=body["view"]["id"], view=await _page(act, views.read(body["view"])))
    await ack()


FEATURE = "growth"
WORDS = {"who": open_page}


def register(app: AsyncApp) -> None:
    app.action(views.OPEN)(open_page)
    app.action(views.CHOOSE)(choose)
    app.action(views.MORE)(more)
    app.action(views.AGREE)(agree)
    app.action(views.TAKE_BACK)(take_back)
    app.view(views.FORM)(look)
