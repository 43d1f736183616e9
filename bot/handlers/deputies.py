"""Deputies: who reads for a manager who is away."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, named, show, subject
from bot.rules import days
from bot.services import deputies, people
from bot.views import deputies as views


async def name(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """`/ladder deputy @person`, perhaps with `until Friday`; without a name the form."""
    person, rest = named(body)
    if person is None:
        await open_form(ack, body, client, act)
        return
    async with act.writing() as (session, me):
        today = act.today(me)
        until = days.read(rest, today=today) if rest else None
        found = await deputies.name(session, by=me, deputy=person, until=until, now=act.now, today=today)
    await ack(text=views.said(found, today), response_type="ephemeral")


async def open_form(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found = (await deputies.of_managers(session, [me.id], now=act.now)).get(me.id)
        who = await people.by_id(session, [found.deputy_id] if found else [], on=act.now.date())
    await show(body, client, views.modal(found, [one.slack_id for one in who.values() if one.slack_id]))
    await ack()


async def keep(ack: AsyncAck, body: Body, act: Act) -> None:
    person, until = views.read(body["view"])
    async with act.writing() as (session, me):
        today = act.today(me)
        if not person:
            await deputies.end(session, by=me, now=act.now, today=today)
            said = views.NOBODY
        else:
            found = await deputies.name(session, by=me, deputy=person, until=until, now=act.now, today=today)
            said = views.said(found, today)
    await ack(response_action="update", view=views.kept(said))


async def rather_not(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """The deputy says no; the manager hears that they need somebody else."""
    pressed = subject(body)
    async with act.writing() as (session, me):
        found = await deputies.decline(session, by=me, deputy=pressed, now=act.now)
    await show(body, client, views.rather_not(found.manager))
    await ack()


FEATURE = "check_ins"
WORDS = {"deputy": name}


def register(app: AsyncApp) -> None:
    app.action(views.OPEN)(open_form)
    app.action(views.RATHER_NOT)(rather_not)
    app.view(views.FORM)(keep)
