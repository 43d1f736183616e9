"""Feedback: the page from which all of it can be reached."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, turn_to
from bot.services import feedback, feedback_hub
from bot.views import feedback_hub as views
from bot.views import feedback_words as word_views
from bot.views.feedback import HUB, WINDOWS


async def open_page(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found = await feedback_hub.load(session, by=me, now=act.now, today=act.today(me))
    await turn_to(body, client, views.view(found, today=act.today(me)), only_on=WINDOWS)
    await ack()


async def show_earlier(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    after = word_views.read_earlier(str(body["actions"][0].get("value") or ""))
    async with act.reading() as (session, me):
        found = await feedback.received(session, by=me, after=after)
    await turn_to(body, client, word_views.earlier(found, today=act.today(me), after=after), only_on=WINDOWS)
    await ack()


FEATURE = "feedback"


def register(app: AsyncApp) -> None:
    app.action(HUB)(open_page)
    app.action(word_views.EARLIER)(show_earlier)
