"""Did it reach them? Owners look at what became of messages, and send again what failed."""

from typing import Any
from uuid import UUID

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import delivery
from bot.handlers.acting import Act, Body, show, subject, turn_to
from bot.rules import delivery_log as rules
from bot.rules.refusal import Refusal
from bot.services import delivery_log, roles
from bot.views import delivery_log as views

DAYS = {action: days for days, action in views.SPAN.items()}


async def look(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """All kinds over the last days; a span's button draws the window anew."""
    days = DAYS.get(body["actions"][0]["action_id"], rules.SPANS[0])
    async with act.reading() as (session, me):
        log = await delivery_log.load(session, by=me, days=days, now=act.now)
    view = views.page(log, zone=me.schedule.zone, now=act.now)
    await turn_to(body, client, view, only_on=[views.PAGE])
    await ack()


async def say(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """`/ladder sent`: the answer to a command arrives also while Slack takes nothing else from us."""
    async with act.reading() as (session, me):
        log = await delivery_log.load(session, by=me, days=rules.SPANS[0], now=act.now)
    await ack(text=views.spoken(log), response_type="ephemeral")


async def look_at_failed(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    await show(body, client, await _failed(act, body["actions"][0].get("value")))
    await ack()


async def _failed(act: Act, chosen: object) -> dict[str, Any]:
    days = rules.chosen_span(chosen)
    async with act.reading() as (session, me):
        found = await delivery_log.failed(session, by=me, days=days, now=act.now)
    return views.failed(found, days=days, zone=me.schedule.zone, now=act.now)


async def ask_who(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        await roles.require_owner(session, by=me, on=act.now.date(), thing=delivery_log.THING)
    await show(body, client, views.who_form())
    await ack()


async def look_at_person(ack: AsyncAck, body: Body, act: Act) -> None:
    slack_id = views.read_who(body["view"])
    async with act.reading() as (session, me):
        if slack_id is None:
            raise Refusal("Choose one person.", field="who")
        found = await delivery_log.of_person(session, by=me, slack_id=slack_id, now=act.now)
    await ack(response_action="update", view=views.sent(found, zone=me.schedule.zone, now=act.now))


async def send_again(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """What has failed goes out once more. In the list of what failed, the next one comes up."""
    message, shown = subject(body), body.get("view") or {}

    async def wanted(session: AsyncSession, kind: str, about: UUID) -> bool | None:
        return await delivery.is_wanted(session, kind, about, act.now, features=act.features)

    async with act.writing() as (session, me):
        await delivery_log.send_again(session, by=me, message=message, wanted=wanted, now=act.now)
    if shown.get("callback_id") == views.FAILED_PAGE:
        await client.views_update(view_id=shown["id"], view=await _failed(act, shown.get("private_metadata")))
    else:
        await show(body, client, views.on_its_way())
    await ack()


FEATURE = "home"
WORDS = {"sent": say}


def register(app: AsyncApp) -> None:
    for action in (views.OPEN, *DAYS):
        app.action(action)(look)
    app.action(views.FAILED)(look_at_failed)
    app.action(views.AGAIN)(send_again)
    app.action(views.ONE)(ask_who)
    app.view(views.WHO_FORM)(look_at_person)
