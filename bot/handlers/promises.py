"""You said, we did: everybody reads it, owners promise, keep and drop."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.handlers.acting import Act, Body, known, show
from bot.rules.people import Person
from bot.services import promises, roles
from bot.views import promises as views


async def open_page(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        view = await _page(session, act, me)
    await show(body, client, view)
    await ack()


async def _page(session: AsyncSession, act: Act, me: Person) -> dict[str, Any]:
    found = await promises.shown(session, on=act.now.date())
    is_owner = me.id in await roles.owners(session, on=act.now.date())
    return views.page(found, today=act.today(me), is_owner=is_owner)


async def open_form(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """A new promise; from the digest, one that follows from that cycle."""
    async with act.reading() as (session, me):
        await roles.require_owner(session, by=me, on=act.now.date(), thing=promises.THING)
    await show(body, client, views.form(body["actions"][0].get("value"), today=act.today(me)))
    await ack()


async def make(ack: AsyncAck, body: Body, act: Act) -> None:
    cycle_id, said, did, due_on = views.read(body["view"])
    async with act.writing() as (session, me):
        await promises.make(
            session, by=me, said=said, did=did, due_on=due_on, cycle_id=cycle_id, channel=act.channel, now=act.now,
            today=act.today(me),
        )  # fmt: skip
        view = await _page(session, act, me)
    await ack(response_action="update", view=view)


async def open_closing(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    what, promise_id = views.chosen((body["actions"][0].get("selected_option") or {}).get("value"))
    async with act.reading() as (session, me):
        one = await promises.open_one(session, known(promise_id), by=me, on=act.now.date())
    await show(body, client, views.keep_form(one) if what == views.KEEP else views.drop_form(one))
    await ack()


async def keep(ack: AsyncAck, body: Body, act: Act) -> None:
    promise_id, did = views.read_closing(body["view"])
    async with act.writing() as (session, me):
        await promises.keep(session, known(promise_id), by=me, did=did, channel=act.channel, now=act.now)
        view = await _page(session, act, me)
    await ack(response_action="update", view=view)


async def drop(ack: AsyncAck, body: Body, act: Act) -> None:
    promise_id, why_not = views.read_closing(body["view"])
    async with act.writing() as (session, me):
        await promises.drop(session, known(promise_id), by=me, why_not=why_not, channel=act.channel, now=act.now)
        view = await _page(session, act, me)
    await ack(response_action="update", view=view)


FEATURE = "program_feedback"
WORDS = {"promises": open_page}


def register(app: AsyncApp) -> None:
    app.action(views.OPEN)(open_page)
    app.action(views.NEW)(open_form)
    app.action(views.CLOSE)(open_closing)
    app.view(views.FORM)(make)
    app.view(views.KEEP_FORM)(keep)
    app.view(views.DROP_FORM)(drop)
