"""Replies by receipt: type it, read what was answered, reply. As quiet as the form of program feedback itself."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, show
from bot.handlers.quiet import quietly
from bot.rules import feedback_threads as rules
from bot.services import feedback_threads, people
from bot.views import feedback_threads as views


@quietly
async def ask(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    await show(body, client, views.ask())
    await ack()


@quietly
async def open_threads(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """Whether it was typed wrong, belongs to another cycle or was one try too many: the same words."""
    receipt = rules.receipt(views.typed(body["view"]))
    if not act.tries.one_more(act.slack_id, now=act.now) or receipt is None:
        rules.refuse()
    async with act.db.reading() as session:
        await people.acting(session, act.slack_id, on=act.now.date())
        opened = await feedback_threads.opened(session, receipt)
    await ack(response_action="update", view=views.threads(opened))


@quietly
async def reply(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    replies = views.read(body["view"])
    receipt = rules.receipt(views.receipt(body["view"]))
    if receipt is None:
        rules.refuse()
    async with act.db.writing() as session:
        await people.acting(session, act.slack_id, on=act.now.date())
        await feedback_threads.reply(session, receipt, replies)
    await ack(response_action="update", view=views.replied())


def register(app: AsyncApp) -> None:
    app.action(views.OPEN)(ask)
    app.view(views.FORM)(open_threads)
    app.view(views.REPLY)(reply)
