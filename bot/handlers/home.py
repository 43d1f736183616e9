"""Home: drawn when it is opened, and again when its part is changed."""

from dataclasses import replace

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers import program
from bot.handlers.acting import Act, Body
from bot.rules.home import Part
from bot.services import home, milestones
from bot.views import home as views

PARTS = {action: part for part, action in views.SHOW.items()}


async def opened(body: Body, client: AsyncWebClient, act: Act) -> None:
    """Somebody looks at the tab; the conversation with the bot sends the same event."""
    if body["event"].get("tab") != "home":
        return
    await _publish(client, act, None)
    if not body["event"].get("view"):
        async with act.writing() as (session, me):
            await home.note_opened(session, by=me)


async def show_part(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    await _publish(client, act, PARTS[body["actions"][0]["action_id"]])
    await ack()


async def _publish(client: AsyncWebClient, act: Act, part: Part | None) -> None:
    async with act.reading() as (session, me):
        found = await home.load(session, by=me, part=part, now=act.now, today=act.today(me))
    if found.is_unowned:
        found = replace(found, can_begin=await program.administers(client, act.slack_id))
    view = views.home(found, now=act.now, today=act.today(me), features=act.features)
    await client.views_publish(user_id=act.slack_id, view=view)


async def say(ack: AsyncAck, body: Body, act: Act) -> None:
    """What somebody says about a milestone: their focus, or that their team has no room for it. Home follows."""
    what, key = views.said(str((body["actions"][0].get("selected_option") or {}).get("value", "")))
    async with act.writing() as (session, me):
        focus = [*await milestones.focus(session, by=me)]
        if what == views.FOCUS:
            await milestones.choose_focus(session, by=me, milestones=[*focus, key], now=act.now)
        elif what == views.UNFOCUS:
            rest = [one for one in focus if one != key]
            await milestones.choose_focus(session, by=me, milestones=rest, now=act.now)
        elif what == views.NO_CHANCE:
            await milestones.say_no_chance(session, by=me, milestone=key, now=act.now)
        elif what == views.CHANCE:
            await milestones.take_back(session, by=me, milestone=key, now=act.now)
        await home.note_opened(session, by=me)
    await ack()


FEATURE = "home"


def register(app: AsyncApp) -> None:
    app.event("app_home_opened")(opened)
    for action in PARTS:
        app.action(action)(show_part)
    app.action(views.SAY)(say)
