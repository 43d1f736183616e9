"""What if: look at a level of another track, keep it, bring it into the brief, ask for a mentor there."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.handlers import mentor_requests
from bot.handlers.acting import Act, Body, show, subject
from bot.rules.people import Person
from bot.rules.what_ifs import Looked
from bot.services import what_ifs
from bot.views import what_ifs as views


async def open_page(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """`/ladder what-if`, or from *My growth*."""
    async with act.reading() as (session, me):
        found = await what_ifs.page(session, by=me)
    await show(body, client, views.page(found))
    await ack()


async def look(ack: AsyncAck, body: Body, act: Act) -> None:
    """The level that was chosen, in the place of the form."""
    async with act.reading() as (session, me):
        found = await _looked(session, me, act, *views.read(body["view"]))
        view = views.comparison(found, today=act.today(me), features=act.features)
    await ack(response_action="update", view=view)


async def look_again(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """One that is kept."""
    async with act.reading() as (session, me):
        place = await what_ifs.place(session, by=me, what_if=subject(body))
        found = await _looked(session, me, act, *place)
    await _draw(body, client, act, me, found)
    await ack()


async def keep(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    track, level = views.pressed(body["actions"][0].get("value"))
    async with act.writing() as (session, me):
        await what_ifs.keep(session, by=me, track=track, level=level, now=act.now)
        found = await _looked(session, me, act, track, level)
    await _draw(body, client, act, me, found)
    await ack()


async def bring(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """Into the brief of the next career talk, or out of it: whichever was pressed."""
    in_brief = body["actions"][0]["action_id"] == views.BRING
    async with act.writing() as (session, me):
        place = await what_ifs.bring(session, by=me, what_if=subject(body), in_brief=in_brief)
        found = await _looked(session, me, act, *place)
    await _draw(body, client, act, me, found)
    await ack()


async def let_go(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.writing() as (session, me):
        await what_ifs.let_go(session, by=me, what_if=subject(body))
        found = await what_ifs.page(session, by=me)
    await client.views_update(view_id=body["view"]["id"], view=views.page(found))
    await ack()


async def ask(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """The form that asks for a mentor, with this track chosen."""
    await mentor_requests.draw(body, client, act, track=str(body["actions"][0].get("value")))
    await ack()


async def _looked(session: AsyncSession, me: Person, act: Act, track: str, level: str) -> Looked:
    return await what_ifs.look(session, by=me, track=track, level=level, today=act.today(me), features=act.features)


async def _draw(body: Body, client: AsyncWebClient, act: Act, me: Person, found: Looked) -> None:
    view = views.comparison(found, today=act.today(me), features=act.features)
    await client.views_update(view_id=body["view"]["id"], view=view)


FEATURE = "growth"
WORDS = {"what-if": open_page}


def register(app: AsyncApp) -> None:
    app.action(views.OPEN)(open_page)
    app.action(views.LOOK)(look_again)
    app.action(views.KEEP)(keep)
    app.action(views.BRING)(bring)
    app.action(views.LEAVE_OUT)(bring)
    app.action(views.LET_GO)(let_go)
    app.action(views.ASK)(ask)
    app.view(views.FORM)(look)
