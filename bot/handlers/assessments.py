"""Self-assessment: begun, kept, shared and read by its author; rated by the manager who is asked, blind."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, known, subject, turn_to
from bot.services import assessment_ratings as ratings
from bot.services import assessments
from bot.views import assessment_ratings as rating_views
from bot.views import assessments as views
from bot.views import side_by_side


async def _turn(body: Body, client: AsyncWebClient, view: dict[str, Any]) -> None:
    """To the next page of the same window. Slack lets three lie on each other, and evidence may be opened from here."""
    await turn_to(body, client, view, only_on=[views.PAGE, rating_views.DRAFT])


async def open_page(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """One's own, and what one is asked: `/ladder assess`."""
    async with act.reading() as (session, me):
        found = await assessments.page(session, by=me)
    await _turn(body, client, views.page(found, today=act.today(me)))
    await ack()


async def start(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        choices = await assessments.choices(session, by=me)
    await _turn(body, client, views.level_form(choices))
    await ack()


async def begin(ack: AsyncAck, body: Body, act: Act) -> None:
    """The level is chosen: the form becomes the one with its words."""
    level = views.read_level(body["view"])
    async with act.writing() as (session, me):
        found = await assessments.begin(session, by=me, level=level, now=act.now)
        pieces = await assessments.accepted_of(session, by=me)
    await ack(response_action="update", view=views.form(found, pieces))


async def go_on(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found = await assessments.open_mine(session, by=me, assessment=subject(body))
        pieces = await assessments.accepted_of(session, by=me)
    await _turn(body, client, views.form(found, pieces))
    await ack()


async def keep(ack: AsyncAck, body: Body, act: Act) -> None:
    about, answers = views.about(body["view"]), views.read(body["view"])
    async with act.writing() as (session, me):
        found = await assessments.keep(session, by=me, assessment=known(about), answers=answers, now=act.now)
    await ack(response_action="update", view=views.shown(found, reader=me))


async def look(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found = await assessments.read(session, by=me, assessment=subject(body), on=act.now.date())
    await _turn(body, client, views.shown(found, reader=me))
    await ack()


async def drop(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.writing() as (session, me):
        await assessments.drop(session, by=me, assessment=subject(body))
        found = await assessments.page(session, by=me)
    await _turn(body, client, views.page(found, today=act.today(me)))
    await ack()


async def open_share(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found = await assessments.mine(session, by=me, assessment=subject(body))
    await _turn(body, client, views.share_form(found))
    await ack()


async def share(ack: AsyncAck, body: Body, act: Act) -> None:
    about, readers = views.about(body["view"]), views.read_share(body["view"])
    async with act.writing() as (session, me):
        found = await assessments.share(session, by=me, assessment=known(about), **readers, now=act.now)
    await ack(response_action="update", view=views.shown(found, reader=me))


# The manager's view


async def open_ask(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found = await ratings.open_ask(session, by=me, assessment=subject(body))
        is_away = await ratings.is_manager_away(session, by=me, now=act.now)
    await _turn(body, client, views.pick_form(found, manager=me.manager_name or "", is_away=is_away))
    await ack()


async def ask(ack: AsyncAck, body: Body, act: Act) -> None:
    about, picked = views.about(body["view"]), views.read_picked(body["view"])
    async with act.writing() as (session, me):
        found = await ratings.ask(session, by=me, assessment=known(about), picked=picked, now=act.now)
    await ack(response_action="update", view=views.shown(found, reader=me))


async def take_back(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.writing() as (session, me):
        found = await ratings.take_back(session, by=me, assessment=subject(body), now=act.now)
    await _turn(body, client, views.shown(found, reader=me))
    await ack()


async def open_rating(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        blind = await ratings.open_rating(session, by=me, assessment=subject(body))
    await _turn(body, client, rating_views.rate_form(blind))
    await ack()


async def keep_rating(ack: AsyncAck, body: Body, act: Act) -> None:
    about, given = views.about(body["view"]), rating_views.read(body["view"])
    async with act.writing() as (session, me):
        blind = await ratings.keep(session, by=me, assessment=known(about), given=given)
    await ack(response_action="update", view=rating_views.draft(blind))


async def rate(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """Both views are in, so what was kept becomes both, side by side."""
    async with act.writing() as (session, me):
        rated = await ratings.rate(session, by=me, assessment=subject(body), now=act.now)
        found = await assessments.read(session, by=me, assessment=rated.id, on=act.now.date())
    await _turn(body, client, views.shown(found, reader=me))
    await ack()


FEATURE = "growth"
WORDS = {"assess": open_page}


def register(app: AsyncApp) -> None:
    app.action(views.OPEN)(open_page)
    app.action(views.START)(start)
    app.action(views.GO_ON)(go_on)
    app.action(side_by_side.LOOK)(look)
    app.action(views.DROP)(drop)
    app.action(views.SHARE)(open_share)
    app.action(views.ASK)(open_ask)
    app.action(views.TAKE_BACK)(take_back)
    app.action(rating_views.RATE)(open_rating)
    app.action(rating_views.SEND)(rate)
    app.view(views.LEVEL_FORM)(begin)
    app.view(views.FORM)(keep)
    app.view(views.SHARE_FORM)(share)
    app.view(views.PICK_FORM)(ask)
    app.view(rating_views.FORM)(keep_rating)
