"""Away, as others say it: set by a manager or an owner, and taken back by the person."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, choice, chose, named, show
from bot.rules import days
from bot.services import away, people, wishes
from bot.views import away as views
from bot.views import people as people_views
from bot.views import team


async def set_away(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """`/ladder away @person until Monday`; without a name the form."""
    person, rest = named(body)
    if person is None:
        await open_form(ack, body, client, act)
        return
    async with act.writing() as (session, me):
        until = days.read(rest, today=act.today(me))
        of = await away.set_away(session, by=me, person=person, until=until, now=act.now)
    await ack(text=views.said(of.name, until, act.today(me)), response_type="ephemeral")


async def open_form(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (_, me):
        view = views.modal([], today=act.today(me))
    await client.views_open(trigger_id=body["trigger_id"], view=view)
    await ack()


async def open_for(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """The form with the person of a line of the team in it."""
    async with act.reading() as (session, me):
        found = await people.by_id(session, [choice(body)], on=act.now.date())
        named = [one.slack_id for one in found.values() if one.slack_id]
    await show(body, client, views.modal(named, today=act.today(me)))
    await ack()


async def keep(ack: AsyncAck, body: Body, act: Act) -> None:
    person, until = views.read(body["view"])
    async with act.writing() as (session, me):
        of = await away.set_away(session, by=me, person=person, until=until, now=act.now)
    said = views.said(of.name, until or act.today(me), act.today(me))
    await ack(response_action="update", view=views.kept(said))


async def here(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """`I am not away`: prompts come as usual again."""
    async with act.writing() as (session, me):
        await wishes.resume(session, by=me, now=act.now, today=act.today(me))
    await show(body, client, views.here(people_views.back()))
    await ack()


FEATURE = "people"
WORDS = {"away": set_away}


def register(app: AsyncApp) -> None:
    app.action(team.REPORT, matchers=[chose(team.AWAY)])(open_for)
    app.action(views.HERE)(here)
    app.view(views.FORM)(keep)
