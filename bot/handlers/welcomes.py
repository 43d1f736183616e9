"""The taps of the welcome: what is on record, and a focus. When to ask has its form with the wishes."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, subject
from bot.rules import access
from bot.services import framework as frameworks
from bot.services import milestones, welcomes
from bot.views import welcomes as views


async def right(ack: AsyncAck, body: Body, act: Act) -> None:
    async with act.writing() as (session, me):
        await welcomes.say_right(session, by=me, of=subject(body), now=act.now)
    await ack()


async def wrong(ack: AsyncAck, body: Body, act: Act) -> None:
    async with act.writing() as (session, me):
        await welcomes.say_wrong(session, by=me, of=subject(body), now=act.now)
    await ack()


async def open_focus(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """The milestones of one's next level, with those chosen before."""
    async with act.reading() as (session, me):
        level = (await frameworks.current(session)).next_level(me.track or "", me.level or "")
        chosen = await milestones.focus(session, by=me)
    if level is None or not level.milestones:
        access.refuse()
    await client.views_open(trigger_id=body["trigger_id"], view=views.focus_modal(level, chosen))
    await ack()


async def keep_focus(ack: AsyncAck, body: Body, act: Act) -> None:
    chosen = views.read_focus(body["view"])
    async with act.writing() as (session, me):
        await welcomes.choose_focus(session, by=me, chosen=chosen, now=act.now)
    await ack()


FEATURE = "home"


def register(app: AsyncApp) -> None:
    app.action(views.RIGHT)(right)
    app.action(views.WRONG)(wrong)
    app.action(views.OPEN_FOCUS)(open_focus)
    app.view(views.FOCUS_FORM)(keep_focus)
