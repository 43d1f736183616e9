"""Check-ins: open, send, and the five buttons of a prompt."""

from uuid import UUID

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, subject
from bot.rules.refusal import Refusal
from bot.services import check_ins, talks
from bot.views import check_ins as views
from bot.views import forms, notices, plan_ticks


async def open_check_in(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """The form of the round in progress."""
    async with act.reading() as (session, me):
        form = await check_ins.open_form(session, by=me, today=act.today(me))
    view = views.modal(form, today=act.today(me), features=act.features)
    await client.views_open(trigger_id=body["trigger_id"], view=view)
    await ack()


async def answer(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """The form of the prompt whose button was pressed."""
    async with act.reading() as (session, me):
        prompt = await check_ins.prompt_of(session, by=me, occurrence=_pressed(body))
        form = await check_ins.open_form(session, by=me, today=act.today(me), round_on=prompt.on_date)
    view = views.modal(form, today=act.today(me), features=act.features)
    await client.views_open(trigger_id=body["trigger_id"], view=view)
    await ack()


async def submit(ack: AsyncAck, body: Body, act: Act) -> None:
    round_on, words = views.read(body["view"])
    if round_on is None:
        raise Refusal("This form has lost its date. Close it and open it again with /checkin.")
    async with act.writing() as (session, me):
        ticks = plan_ticks.read(body["view"])
        receipt = await check_ins.submit(session, by=me, round_on=round_on, words=words, now=act.now, ticks=ticks)
    await ack(response_action="update", view=views.receipt(receipt, today=act.today(me), features=act.features))


async def talk_next_time(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """The receipt says that the check-in is on the list for the next conversation."""
    pressed = subject(body)
    async with act.writing() as (session, me):
        receipt = await talks.wish(session, by=me, check_in=pressed, today=act.today(me))
    view = views.receipt(receipt, today=act.today(me), features=act.features)
    await client.views_update(view_id=body["view"]["id"], view=view)
    await ack()


async def nothing_new(ack: AsyncAck, body: Body, act: Act) -> None:
    async with act.writing() as (session, me):
        await check_ins.nothing_new(session, by=me, occurrence=_pressed(body), now=act.now)
    await ack()


async def skip(ack: AsyncAck, body: Body, act: Act) -> None:
    async with act.writing() as (session, me):
        await check_ins.skip(session, by=me, occurrence=_pressed(body), now=act.now)
    await ack()


async def later_today(ack: AsyncAck, body: Body, act: Act) -> None:
    async with act.writing() as (session, me):
        await check_ins.put_off(session, by=me, occurrence=_pressed(body), is_tomorrow=False, now=act.now)
    await ack()


async def tomorrow(ack: AsyncAck, body: Body, act: Act) -> None:
    async with act.writing() as (session, me):
        await check_ins.put_off(session, by=me, occurrence=_pressed(body), is_tomorrow=True, now=act.now)
    await ack()


async def show_history(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """One's own latest check-ins."""
    async with act.reading() as (session, me):
        found = await check_ins.history(session, by=me, of=me)
    await client.views_open(trigger_id=body["trigger_id"], view=views.history(found, today=act.today(me)))
    await ack()


async def command(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """`/checkin`, or `/checkin history`."""
    if str(body.get("text", "")).strip().lower() == "history":
        await show_history(ack, body, client, act)
    else:
        await open_check_in(ack, body, client, act)


def _pressed(body: Body) -> UUID:
    occurrence = forms.thing(body["actions"][0].get("value"))
    if occurrence is None:
        raise Refusal(check_ins.GONE)
    return occurrence


FEATURE = "check_ins"
WORDS = {"checkin": open_check_in, "history": show_history}
COMMANDS = {"/checkin": command}


def register(app: AsyncApp) -> None:
    app.action(views.ANSWER)(answer)
    app.action(views.NOTHING_NEW)(nothing_new)
    app.action(views.LATER_TODAY)(later_today)
    app.action(views.TOMORROW)(tomorrow)
    app.action(views.SKIP)(skip)
    app.action(views.TALK)(talk_next_time)
    app.action(notices.OPEN_CHECK_IN)(open_check_in)
    app.view(views.FORM)(submit)
