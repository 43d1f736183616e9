"""Success stories: offered, changed and withdrawn by their author, read by everybody, answered by owners."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, known, show, subject, turn_to
from bot.services import stories
from bot.views import stories as views


async def offer(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """An empty form: `/ladder story`."""
    async with act.reading() as (session, me):
        found = await stories.form(session, by=me, channel=act.channel, now=act.now)
    await show(body, client, views.form(found))
    await ack()


async def submit(ack: AsyncAck, body: Body, act: Act) -> None:
    typed = views.read(body["view"])
    async with act.writing() as (session, me):
        await stories.offer(session, by=me, **typed, now=act.now)
    await ack(response_action="update", view=views.offered())


async def open_change(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found = await stories.form(session, by=me, channel=act.channel, now=act.now, story=subject(body))
    await show(body, client, views.form(found))
    await ack()


async def change(ack: AsyncAck, body: Body, act: Act) -> None:
    typed, (story, take) = views.read(body["view"]), views.read_take(body["view"])
    async with act.writing() as (session, me):
        await stories.change(session, by=me, story=known(story), take=take, **typed, now=act.now)
    await ack(response_action="update", view=views.offered())


async def withdraw(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.writing() as (session, me):
        found = await stories.withdraw(session, by=me, story=subject(body), now=act.now)
    await turn_to(body, client, views.withdrawn(found))
    await ack()


async def open_library(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """Every track, with or without a story: `/ladder stories`."""
    async with act.reading() as (session, me):
        found = await stories.library(session, by=me)
    await show(body, client, views.library(found, today=act.today(me)))
    await ack()


async def open_track(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    track, passed = views.pressed_track(body["actions"][0].get("value"))
    async with act.reading() as (session, me):
        found = await stories.of_track(session, track=track, after=passed)
    view = views.track(found, key=track, passed=passed, today=act.today(me))
    await (turn_to if passed else show)(body, client, view)
    await ack()


async def read(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found = await stories.read(session, by=me, story=subject(body), now=act.now)
    await show(body, client, views.shown(found, is_mine=found.author_id == me.id))
    await ack()


async def open_answer(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found = await stories.open_offer(session, by=me, story=subject(body), now=act.now)
    await show(body, client, views.answer(found, channel=act.channel))
    await ack()


async def answer(ack: AsyncAck, body: Body, act: Act) -> None:
    (story, take), (verdict, note) = views.read_take(body["view"]), views.read_answer(body["view"])
    async with act.writing() as (session, me):
        decided = await stories.decide(
            session, by=me, story=known(story), take=take, verdict=verdict, note=note, channel=act.channel, now=act.now
        )
    await ack(response_action="update", view=views.answered(decided))


FEATURE = "stories"
WORDS = {"story": offer, "stories": open_library}


def register(app: AsyncApp) -> None:
    app.action(views.OFFER)(offer)
    app.action(views.CHANGE)(open_change)
    app.action(views.WITHDRAW)(withdraw)
    app.action(views.LIBRARY)(open_library)
    app.action(views.TRACK)(open_track)
    app.action(views.READ)(read)
    app.action(views.ANSWER)(open_answer)
    app.view(views.FORM)(submit)
    app.view(views.CHANGE_FORM)(change)
    app.view(views.ANSWER_FORM)(answer)
