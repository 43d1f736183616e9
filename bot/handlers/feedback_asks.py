"""Asking colleagues for feedback, and saying not now."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, show, subject
from bot.services import feedback_asks
from bot.views import feedback_asks as views


async def open_form(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        competencies = await feedback_asks.form(session, by=me)
    await show(body, client, views.form(competencies))
    await ack()


async def submit(ack: AsyncAck, body: Body, act: Act) -> None:
    """Ask them; where much is asked of one of them already, say so once before."""
    wish = views.read(body["view"])
    if not wish.is_sure and await _is_told(ack, act, wish):
        return
    async with act.writing() as (session, me):
        names = await feedback_asks.ask(
            session, by=me, asked=wish.asked, competency=wish.competency, note=wish.note, now=act.now,
            today=act.today(me),
        )  # fmt: skip
    await ack(response_action="update", view=views.sent(names))


async def _is_told(ack: AsyncAck, act: Act, wish: views.Wish) -> bool:
    async with act.reading() as (session, me):
        busy = await feedback_asks.busy(session, by=me, asked=wish.asked, now=act.now, today=act.today(me))
        competencies = await feedback_asks.form(session, by=me) if busy else ()
    if busy:
        await ack(response_action="update", view=views.form(competencies, wish, busy))
    return bool(busy)


async def not_now(ack: AsyncAck, body: Body, act: Act) -> None:
    async with act.writing() as (session, me):
        await feedback_asks.decline(session, by=me, request=subject(body), now=act.now)
    await ack()


def register(app: AsyncApp) -> None:
    app.action(views.ASK)(open_form)
    app.action(views.NOT_NOW)(not_now)
    app.view(views.FORM)(submit)
