"""Asking for a mentor, and taking it back."""

from uuid import UUID

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, show, subject, turn_to
from bot.rules.refusal import Refusal
from bot.services import directions, mentor_requests, mentors, people
from bot.services import framework as frameworks
from bot.views import forms
from bot.views import mentor_requests as views
from bot.views import mentors as mentor_views


async def open_form(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """The form, with the mentor first whose button was pressed, or with the request that is open."""
    await draw(body, client, act, mentor=forms.thing((body.get("actions") or [{}])[0].get("value")))
    await ack()


async def draw(
    body: Body, client: AsyncWebClient, act: Act, *, mentor: UUID | None = None, track: str | None = None
) -> None:
    """`track`: where the mentor should be; else that of the open request, or the one somebody would like to try."""
    async with act.reading() as (session, me):
        if not me.is_member:
            raise Refusal(mentor_requests.NOT_A_MEMBER)
        framework = await frameworks.current(session)
        request = await mentor_requests.mine(session, by=me, today=act.today(me))
        direction = await directions.of(session, me.id) if request is None and mentor is None else None
        chosen = [mentor] if mentor else list(request.choices) if request and not track else []
        named = await people.by_id(session, chosen, on=act.today(me))
        avoided = await mentors.avoided(session, by=me, today=act.today(me))
    choices = [named[one].slack_id or "" for one in chosen if one in named]
    ids = [one.slack_id for one in avoided if one.slack_id]
    there = track or (direction.track if direction else None)
    await show(body, client, views.form(request, choices, ids, framework, track=me.track, there=there))


async def send(ack: AsyncAck, body: Body, act: Act) -> None:
    async with act.writing() as (session, me):
        request = await mentor_requests.ask(
            session, by=me, typed=views.read(body["view"]), now=act.now, today=act.today(me)
        )
    await ack(response_action="update", view=views.sent(request))


async def withdraw(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    request = subject(body)
    async with act.writing() as (session, me):
        framework = await frameworks.current(session)
        await mentor_requests.withdraw(session, by=me, request=request, now=act.now, today=act.today(me))
        standing = await mentor_requests.standing(session, by=me, now=act.now, today=act.today(me))
    view = mentor_views.modal(standing, framework, today=act.today(me))
    await turn_to(body, client, view)
    await ack()


def register(app: AsyncApp) -> None:
    app.action(mentor_views.ASK)(open_form)
    app.action(mentor_views.WITHDRAW)(withdraw)
    app.view(views.FORM)(send)
