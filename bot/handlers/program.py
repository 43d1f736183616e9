"""The owners' part of Home: who begins, who holds which role, and the days on which the company is closed."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, known, show
from bot.services import program, roles
from bot.views import program as views

ADMINISTERS = ("is_admin", "is_owner", "is_primary_owner")


async def begin(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """Become the first owner. Whether somebody administers the workspace is asked of Slack now, and not kept."""
    is_admin = await administers(client, act.slack_id)
    async with act.writing() as (session, me):
        await program.begin(session, by=me, is_admin=is_admin, now=act.now)
    await ack()


async def administers(client: AsyncWebClient, slack_id: str) -> bool:
    """Whether Slack says at this moment that somebody administers or owns the workspace."""
    user = (await client.users_info(user=slack_id))["user"]
    return any(user.get(flag) is True for flag in ADMINISTERS)


async def open_role(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    role = known(views.pressed_role(body["actions"][0].get("value")))
    async with act.reading() as (session, me):
        form = await program.role_form(session, role, by=me, now=act.now)
    await show(body, client, views.role_form(form, act.today(me)))
    await ack()


async def change_role(ack: AsyncAck, body: Body, act: Act) -> None:
    named, give, take = views.read_role(body["view"])
    role = known(named)
    async with act.writing() as (session, me):
        await program.change_role(session, role, by=me, give=give, take=take, now=act.now)
    await ack(response_action="update", view=views.role_kept())


async def open_closing(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        await roles.require_owner(session, by=me, on=act.now.date())
    await show(body, client, views.closing_form(act.today(me)))
    await ack()


async def close(ack: AsyncAck, body: Body, act: Act) -> None:
    first, last = views.read_closing(body["view"])
    async with act.writing() as (session, me):
        await program.close(session, first, last, by=me, now=act.now)
    await ack(response_action="update", view=views.closing_kept())


async def open_again(ack: AsyncAck, body: Body, act: Act) -> None:
    first = known(views.pressed_day(body["actions"][0].get("value")))
    async with act.writing() as (session, me):
        await program.open_again(session, first, by=me, now=act.now)
    await ack()


FEATURE = "home"


def register(app: AsyncApp) -> None:
    app.action(views.BEGIN)(begin)
    app.action(views.CHANGE_ROLE)(open_role)
    app.action(views.ADD_CLOSING)(open_closing)
    app.action(views.OPEN_AGAIN)(open_again)
    app.view(views.ROLE_FORM)(change_role)
    app.view(views.CLOSING_FORM)(close)
