"""The team, in Home or behind a button of the week: looked at in another order, or on another page."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, show
from bot.rules.home import Home, Part
from bot.rules.refusal import Refusal
from bot.rules.team import Order
from bot.services import home
from bot.views import home as home_views
from bot.views import manager_weeks
from bot.views import team as views

NO_TEAM = "Nobody reports to you, and you stand in for nobody at the moment."


async def open_team(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    found = await _load(act, Order.WAITS, 0)
    await show(body, client, views.modal(found, today=act.today(found.person), features=act.features))
    await ack()


async def turn(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """Drawn again where it stands."""
    found = await _load(act, *views.place(body["actions"][0]))
    today = act.today(found.person)
    if (body.get("view") or {}).get("type") == "modal":
        view = views.modal(found, today=today, features=act.features)
        await client.views_update(view_id=body["view"]["id"], view=view)
    else:
        view = home_views.home(found, now=act.now, today=today, features=act.features)
        await client.views_publish(user_id=act.slack_id, view=view)
    await ack()


async def _load(act: Act, order: Order, page: int) -> Home:
    async with act.reading() as (session, me):
        found = await home.load(
            session, by=me, part=Part.TEAM, now=act.now, today=act.today(me), order=order, page=page
        )
    if found.part is not Part.TEAM:
        raise Refusal(NO_TEAM)
    return found


FEATURE = "home"


def register(app: AsyncApp) -> None:
    app.action(manager_weeks.TEAM)(open_team)
    app.action(views.SORT)(turn)
    app.action(views.BACK)(turn)
    app.action(views.NEXT)(turn)
