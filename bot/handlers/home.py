"""Home: drawn when it is opened, and again when its part is changed."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body
from bot.rules.home import Part
from bot.services import home
from bot.views import home as views

PARTS = {action: part for part, action in views.SHOW.items()}


async def opened(body: Body, client: AsyncWebClient, act: Act) -> None:
    """Somebody looks at the tab; the conversation with the bot sends the same event."""
    if body["event"].get("tab") != "home":
        return
    await _publish(client, act, Part.ME)
    if not body["event"].get("view"):
        async with act.writing() as (session, me):
            await home.note_opened(session, by=me)


async def show_part(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    await _publish(client, act, PARTS[body["actions"][0]["action_id"]])
    await ack()


async def _publish(client: AsyncWebClient, act: Act, part: Part) -> None:
    async with act.reading() as (session, me):
        found = await home.load(session, by=me, part=part, now=act.now, today=act.today(me))
    view = views.home(found, now=act.now, today=act.today(me))
    await client.views_publish(user_id=act.slack_id, view=view)


FEATURE = "home"


def register(app: AsyncApp) -> None:
    app.event("app_home_opened")(opened)
    for action in PARTS:
        app.action(action)(show_part)
