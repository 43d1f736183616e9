"""Rounds of matching: started, looked through, changed, published or dropped by owners; and how mentoring is going."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import UUID

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.handlers.acting import Act, Body, give, known, show, turn_to
from bot.rules import mentor_forms
from bot.rules.people import Person
from bot.services import framework as frameworks
from bot.services import match_choices, match_rounds, mentoring_figures, roles
from bot.views import match_rounds as views
from bot.views import mentoring_figures as figures_views

Named = Callable[[str], str]
AT_ONCE = 1000


async def come_by(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """`/ladder round`: the open round, or the way to start one."""
    async with act.reading() as (session, me):
        await roles.require_owner(session, by=me, on=act.now.date(), thing=match_rounds.ROUND)
        found = await match_rounds.standing(session)
        open_one = found.latest if found.is_open else None
        view = await _page(session, act, me, open_one.id, 0) if open_one else views.nothing_open(found)
    await show(body, client, view)
    await ack()


async def start(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """The open round; where there is none, everybody who waits is matched from now on."""
    async with act.writing() as (session, me):
        await roles.require_owner(session, by=me, on=act.now.date(), thing=match_rounds.ROUND)
        found = await match_rounds.standing(session)
        open_one = found.latest if found.is_open else None
        if open_one is None:
            open_one = await match_rounds.open_round(session, by=me, now=act.now, today=act.now.date())
        view = await _page(session, act, me, open_one.id, 0)
    await turn_to(body, client, view)
    await ack()


async def look(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """A page of the pairs, or how far it is."""
    round_id, number = views.read_place(body["actions"][0].get("value"))
    async with act.reading() as (session, me):
        view = await _page(session, act, me, known(round_id), number)
    await turn_to(body, client, view)
    await ack()


async def edit(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """Take a pair out, or see who else could be the mentor."""
    what, found, asked = views.read_edit((body["actions"][0].get("selected_option") or {}).get("value"))
    round_id, request = known(found), known(asked)
    _, number = views.read_place((body.get("view") or {}).get("private_metadata"))
    if what == views.OUT:
        async with act.writing() as (session, me):
            await match_rounds.take_out(session, by=me, round_id=round_id, request=request, today=act.now.date())
            view = await _page(session, act, me, round_id, number)
    else:
        async with act.reading() as (session, me):
            tracks, competencies = await _names(session)
            found_ones = await match_choices.choices(
                session, by=me, round_id=round_id, request=request, weights=act.matching.weights, today=act.now.date()
            )
        view = views.choice(found_ones, number, tracks=tracks, competencies=competencies)
    await turn_to(body, client, view)
    await ack()


async def choose(ack: AsyncAck, body: Body, act: Act) -> None:
    found, number, request, mentor = views.read_choice(body["view"])
    round_id = known(found)
    async with act.writing() as (session, me):
        await match_choices.choose(
            session, by=me, round_id=round_id, request=known(request), mentor=known(mentor),
            weights=act.matching.weights, today=act.now.date(),
        )  # fmt: skip
        view = await _page(session, act, me, round_id, number)
    await ack(response_action="update", view=view)


def _pressed(body: Body) -> UUID:
    """The round whose button it is."""
    return known(views.read_place(body["actions"][0].get("value"))[0])


async def publish(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    round_id = _pressed(body)
    async with act.writing() as (session, me):
        published = await match_rounds.publish(session, by=me, round_id=round_id, now=act.now, today=act.now.date())
    await turn_to(body, client, views.done(published))
    await ack()


async def drop(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    round_id = _pressed(body)
    async with act.writing() as (session, me):
        dropped = await match_rounds.drop(session, by=me, round_id=round_id, now=act.now, today=act.now.date())
    await turn_to(body, client, views.done(dropped))
    await ack()


async def export(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """All pairs as a table, into the owner's own conversation with the app."""
    round_id = _pressed(body)
    async with act.reading() as (session, me):
        tracks, competencies = await _names(session)
        pairs = await _all_pairs(session, act, me, round_id)
    table = await asyncio.to_thread(views.table, pairs, tracks=tracks, competencies=competencies)
    await give(client, act, file=views.FILE_NAME, content=table, says=views.YOURS)
    await show(body, client, views.exported())
    await ack()


async def _all_pairs(session: AsyncSession, act: Act, me: Person, round_id: UUID) -> list[Any]:
    """A page at a time, so that others are answered in between."""
    pairs: list[Any] = []
    while True:
        some = await match_rounds.some_pairs(
            session, by=me, round_id=round_id, today=act.now.date(), after=pairs[-1].request if pairs else None,
            most=AT_ONCE,
        )  # fmt: skip
        pairs += some
        if len(some) < AT_ONCE:
            return pairs


async def open_figures(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """How mentoring is going, in figures that name nobody."""
    async with act.reading() as (session, me):
        tracks, competencies = await _names(session)
        found = await mentoring_figures.load(session, by=me, now=act.now, today=act.now.date())
    await show(body, client, figures_views.page(found, tracks=tracks, competencies=competencies))
    await ack()


async def _page(session: AsyncSession, act: Act, me: Person, round_id: UUID, number: int) -> dict[str, Any]:
    found = await match_rounds.page(session, by=me, round_id=round_id, number=number, today=act.now.date())
    tracks, competencies = await _names(session)
    return views.page(found, tracks=tracks, competencies=competencies)


async def _names(session: AsyncSession) -> tuple[Named, Named]:
    """What tracks and competencies are called; one that is not in the framework any more goes by its key."""
    framework = await frameworks.current(session)
    competencies = mentor_forms.competencies(framework)
    return framework.track_name, (lambda key: competencies.get(key, key))


FEATURE = "mentorship"
WORDS = {"round": come_by}


def register(app: AsyncApp) -> None:
    app.action(views.START)(start)
    for action in (views.LOOK, views.EARLIER, views.LATER):
        app.action(action)(look)
    app.action(views.EDIT)(edit)
    app.action(views.PUBLISH)(publish)
    app.action(views.DROP)(drop)
    app.action(views.FILE)(export)
    app.action(figures_views.OPEN)(open_figures)
    app.view(views.CHOICE)(choose)
