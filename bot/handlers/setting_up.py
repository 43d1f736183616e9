"""Setting up from Home: the framework file and the people file are dropped, looked at, and applied."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers import files, later
from bot.handlers.acting import Act, Body, show
from bot.handlers.later import View
from bot.rules.setting_up import FRAMEWORK, PEOPLE, Kind, check_same
from bot.services import framework as frameworks
from bot.services import roles
from bot.services import setting_up as services
from bot.views import setting_up as steps
from bot.views import setting_up_files as views

DROPS = {steps.DROP_FRAMEWORK: FRAMEWORK, steps.DROP_PEOPLE: PEOPLE}
EXAMPLES = {action: name for name, action in steps.EXAMPLE.items()}
DROPPED = {views.DROPPED[kind]: kind for kind in (FRAMEWORK, PEOPLE)}
APPLY = {views.APPLY[kind]: kind for kind in (FRAMEWORK, PEOPLE)}


async def drop(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """The form that takes a file."""
    kind = DROPS[body["actions"][0]["action_id"]]
    async with act.reading() as (session, me):
        await roles.require_owner(session, by=me, on=act.now.date())
        framework = await frameworks.current_or_none(session)
    await show(body, client, views.drop(kind, framework))
    await ack()


async def look(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """A file was dropped: what is in it."""
    kind = DROPPED[body["view"]["callback_id"]]
    async with act.reading() as (session, me):
        await roles.require_owner(session, by=me, on=act.now.date())
    work = _look(client, act, kind, views.read_file(body["view"]))
    await later.answer(ack, body, client, work, meanwhile=views.meanwhile(kind))


async def example(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """Begin with a framework that comes along."""
    async with act.reading() as (session, me):
        await roles.require_owner(session, by=me, on=act.now.date())
    await show(body, client, await _look(client, act, FRAMEWORK, EXAMPLES[body["actions"][0]["action_id"]]))
    await ack()


async def _look(client: AsyncWebClient, act: Act, kind: Kind, file_id: str) -> View:
    file = await files.fetch(client, file_id, of=act.slack_id, kind=kind)
    async with act.reading() as (session, me):
        if kind is FRAMEWORK:
            return views.framework(await services.look_at_framework(session, file.data, by=me, now=act.now), file.seen)
        return views.people(await services.look_at_people(session, file.data, by=me, now=act.now), file.seen)


async def apply(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """The file that was looked at is applied, if it is still the same."""
    kind = APPLY[body["view"]["callback_id"]]
    async with act.reading() as (session, me):
        await roles.require_owner(session, by=me, on=act.now.date())
    await later.answer(ack, body, client, _apply(body["view"], client, act, kind), meanwhile=views.meanwhile(kind))


async def _apply(view: View, client: AsyncWebClient, act: Act, kind: Kind) -> View:
    seen, ending = views.read_seen(view), views.read_ending(view)
    file = await files.fetch(client, seen.file, of=act.slack_id, kind=kind)
    check_same(seen, file.seen)
    async with act.writing() as (session, me):
        if kind is FRAMEWORK:
            applied = await services.apply_framework(session, file.data, by=me, now=act.now)
            return views.framework_applied(applied)
        what = await services.apply_people(session, file.data, by=me, now=act.now, zone=act.zone, ending=ending)
    return views.people_applied(what)


FEATURE = "home"


def register(app: AsyncApp) -> None:
    for action in DROPS:
        app.action(action)(drop)
    for action in EXAMPLES:
        app.action(action)(example)
    for form in DROPPED:
        app.view(form)(look)
    for form in APPLY:
        app.view(form)(apply)
