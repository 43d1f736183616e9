"""A manager's own figures, and praise they passed on; for owners, the spread over all managers."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, known, show
from bot.rules import mirrors as rules
from bot.services import mirrors, praise
from bot.views import manager_weeks
from bot.views import mirrors as views


async def open_mirror(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found = await mirrors.load(session, by=me, today=act.today(me))
    await show(body, client, views.modal(found))
    await ack()


async def open_spread(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        today = act.today(me)
        since, until = rules.quarter(today)
        found = await mirrors.spread(session, by=me, since=since, until=until, on=act.now.date())
    await show(body, client, views.spread_modal(found))
    await ack()


async def pass_on(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """The manager has told their people that it is good work."""
    pieces = manager_weeks.praised(body["actions"][0].get("value"))
    async with act.writing() as (session, me):
        await praise.pass_on(session, by=me, evidence=known(pieces or None), now=act.now, today=act.today(me))
    await show(body, client, manager_weeks.passed_on())
    await ack()


FEATURE = "check_ins"


def register(app: AsyncApp) -> None:
    app.action(views.OPEN)(open_mirror)
    app.action(views.OPEN_SPREAD)(open_spread)
    app.action(manager_weeks.PASSED_ON)(pass_on)
