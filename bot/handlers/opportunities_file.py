"""A file of opportunities that an owner drops: looked at, then applied."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers import files, later
from bot.handlers.acting import Act, Body, show
from bot.handlers.later import View
from bot.rules.setting_up import CHANCES, check_same
from bot.services import opportunities_file, roles
from bot.views import opportunities_file as views
from bot.views import setting_up_files as forms


async def drop(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """The form that takes a file."""
    async with act.reading() as (session, me):
        await roles.require_owner(session, by=me, on=act.now.date())
    await show(body, client, forms.drop(CHANCES))
    await ack()


async def look(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """A file was dropped: what is in it."""
    async with act.reading() as (session, me):
        await roles.require_owner(session, by=me, on=act.now.date())
    work = _look(client, act, forms.read_file(body["view"]))
    await later.answer(ack, body, client, work, meanwhile=forms.meanwhile(CHANCES))


async def _look(client: AsyncWebClient, act: Act, file_id: str) -> View:
    file = await files.fetch(client, file_id, of=act.slack_id, kind=CHANCES)
    async with act.reading() as (session, me):
        found = await opportunities_file.look(session, file.data, by=me, now=act.now, today=act.today(me))
    return views.look(found.findings, found.diff, file.seen)


async def apply(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """The file that was looked at is applied, if it is still the same."""
    async with act.reading() as (session, me):
        await roles.require_owner(session, by=me, on=act.now.date())
    await later.answer(ack, body, client, _apply(body["view"], client, act), meanwhile=forms.meanwhile(CHANCES))


async def _apply(view: View, client: AsyncWebClient, act: Act) -> View:
    seen = forms.read_seen(view)
    file = await files.fetch(client, seen.file, of=act.slack_id, kind=CHANCES)
    check_same(seen, file.seen)
    async with act.writing() as (session, me):
        what = await opportunities_file.apply_as_owner(session, file.data, by=me, now=act.now, today=act.today(me))
    return views.applied(what)


FEATURE = "growth"


def register(app: AsyncApp) -> None:
    app.action(views.DROP)(drop)
    app.view(forms.DROPPED[CHANCES])(look)
    app.view(forms.APPLY[CHANCES])(apply)
