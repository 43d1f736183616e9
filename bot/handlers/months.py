"""The program's month: all figures of it, and the months of a while as a table."""

import asyncio

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, give, show
from bot.rules.months import FIRST
from bot.rules.refusal import Refusal
from bot.services import feedback_digests, months
from bot.services import framework as frameworks
from bot.views import feedback_digests as feedback
from bot.views import month_figures
from bot.views import months as views


async def open_figures(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found = await months.newest(session, by=me, today=act.now.date())
        tracks, milestones = await frameworks.names(session)
        is_reader = not found.scope and "program_feedback" in act.features
        beside = feedback.owner_blocks(await feedback_digests.newest(session)) if is_reader else ()
    await show(body, client, month_figures.page(found, tracks=tracks, milestones=milestones, beside=beside))
    await ack()


async def open_form(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """Between which days."""
    async with act.reading() as (session, me):
        await months.require(session, by=me, verb="export", today=act.now.date())
    await show(body, client, views.form(act.today(me)))
    await ack()


async def export(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """Into the owner's own conversation with the app."""
    first, last = views.read(body["view"])
    if first is None or last is None:
        raise Refusal("Choose both days.", field=FIRST)
    async with act.reading() as (session, me):
        found = await months.between(session, by=me, first=first, last=last, today=act.now.date())
        tracks, milestones = await frameworks.names(session)
    table = await asyncio.to_thread(month_figures.table, found, tracks=tracks, milestones=milestones)
    await give(client, act, file=views.FILE_NAME, content=table, says=views.YOURS)
    await ack(response_action="update", view=views.given(found))


FEATURE = "digests"


def register(app: AsyncApp) -> None:
    app.action(month_figures.OPEN)(open_figures)
    app.action(views.CSV)(open_form)
    app.view(views.FORM)(export)
