"""Direction: what I want for now, and what my people share of theirs with me."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, show
from bot.rules.directions import NOT_A_MEMBER
from bot.rules.refusal import Refusal
from bot.services import directions
from bot.services import framework as frameworks
from bot.views import directions as views


async def open_form(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """`/ladder direction`, or from *My growth*."""
    async with act.reading() as (session, me):
        if not me.is_member:
            raise Refusal(NOT_A_MEMBER)
        framework = await frameworks.current(session)
        direction = await directions.of(session, me.id)
    tracks = [one for one in framework.tracks if one.key != me.track]
    await show(body, client, views.form(direction, tracks, me=me))
    await ack()


async def keep(ack: AsyncAck, body: Body, act: Act) -> None:
    async with act.writing() as (session, me):
        said = await directions.keep(session, by=me, typed=views.read(body["view"]), today=act.today(me))
    await ack(response_action="update", view=views.kept(said))


async def open_team(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """What my people share with me, each in their own words."""
    async with act.reading() as (session, me):
        found = await directions.of_team(session, by=me, today=act.today(me))
    await show(body, client, views.team(found, today=act.today(me)))
    await ack()


FEATURE = "growth"
WORDS = {"direction": open_form}


def register(app: AsyncApp) -> None:
    app.action(views.OPEN)(open_form)
    app.action(views.OPEN_TEAM)(open_team)
    app.view(views.FORM)(keep)
