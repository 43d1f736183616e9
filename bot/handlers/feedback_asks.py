"""Asking colleagues for feedback, taking a request back, and saying not now."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, known, subject, turn_to
from bot.services import feedback_asks
from bot.views import feedback_asks as views
from bot.views.feedback import NOT_NOW, WINDOWS


async def open_form(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        competencies = await feedback_asks.form(session, by=me)
    await turn_to(body, client, views.form(competencies), only_on=WINDOWS)
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


async def open_take_back(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found = await feedback_asks.unanswered(session, by=me, ask=subject(body), now=act.now)
    await turn_to(body, client, views.take_back_form(found), only_on=WINDOWS)
    await ack()


async def take_back(ack: AsyncAck, body: Body, act: Act) -> None:
    ask, asked = views.read_take_back(body["view"])
    async with act.writing() as (session, me):
        names = await feedback_asks.take_back(session, by=me, ask=known(ask), asked=asked, now=act.now)
    await ack(response_action="update", view=views.taken_back(names))


async def not_now(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """From the message, or from the form that answers it."""
    async with act.writing() as (session, me):
        found = await feedback_asks.decline(session, by=me, request=subject(body), now=act.now)
    if "view" in body:
        await client.views_update(view_id=body["view"]["id"], view=views.declined(found))
    await ack()


def register(app: AsyncApp) -> None:
    app.action(views.ASK)(open_form)
    app.action(views.TAKE_BACK)(open_take_back)
    app.action(NOT_NOW)(not_now)
    app.view(views.FORM)(submit)
    app.view(views.TAKE_BACK_FORM)(take_back)
