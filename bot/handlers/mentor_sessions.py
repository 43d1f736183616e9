"""Sessions of a mentorship: plan and move them, open the agenda, take the calendar file, say whether you met."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, give, known, show, subject
from bot.services import mentor_agendas, mentor_sessions
from bot.views import calendars, forms
from bot.views import mentor_sessions as views


async def open_plan(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """Times that suit both; what is planned already is moved by the same form."""
    mentorship = subject(body)
    async with act.reading() as (session, me):
        found = await mentor_sessions.choices(session, by=me, mentorship=mentorship, now=act.now)
    await show(body, client, views.modal(found))
    await ack()


async def open_move(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    pressed = subject(body)
    async with act.reading() as (session, me):
        found = await mentor_sessions.choices_to_move(session, by=me, mentor_session=pressed, now=act.now)
    await show(body, client, views.modal(found))
    await ack()


async def submit(ack: AsyncAck, body: Body, act: Act) -> None:
    (typed, minutes), (mentorship, moved, moves) = views.read(body["view"]), views.read_about(body["view"])
    async with act.writing() as (session, me):
        if moved is None:
            own = await mentor_sessions.plan(
                session, by=me, mentorship=known(mentorship), typed=typed, minutes=minutes, now=act.now
            )
        else:
            own = await mentor_sessions.move(
                session, by=me, mentor_session=moved, moves=moves, typed=typed, minutes=minutes, now=act.now
            )
    await ack(response_action="update", view=views.planned(own))


async def send_file(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """A calendar file into the own conversation of whoever asks for it."""
    pressed = subject(body)
    async with act.reading() as (session, me):
        own = await mentor_sessions.look(session, by=me, mentor_session=pressed, now=act.now)
    await give(client, act, file=calendars.FILE, content=calendars.file(own, now=act.now), says=views.YOURS)
    await show(body, client, views.file_given())
    await ack()


async def open_agenda(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """With what the two took away the last time, so it is asked again whose it is."""
    pressed = subject(body)
    async with act.reading() as (session, me):
        found = await mentor_agendas.read(session, by=me, mentor_session=pressed, now=act.now)
    await show(body, client, views.agenda_modal(found))
    await ack()


async def say(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """One tap is the whole answer; what follows is offered."""
    pressed = body["actions"][0]
    one, met = known(forms.thing(pressed.get("value"))), pressed["action_id"] == views.YES
    async with act.writing() as (session, me):
        own = await mentor_sessions.say_met(session, by=me, mentor_session=one, met=met, now=act.now)
    await show(body, client, views.took_modal(own) if met else views.not_met(own))
    await ack()


async def open_took(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    pressed = subject(body)
    async with act.reading() as (session, me):
        own = await mentor_sessions.look(session, by=me, mentor_session=pressed, now=act.now)
    await show(body, client, views.took_modal(own))
    await ack()


async def keep_took(ack: AsyncAck, body: Body, act: Act) -> None:
    one, took = views.read_took(body["view"])
    async with act.writing() as (session, me):
        await mentor_sessions.take_away(session, by=me, mentor_session=known(one), took=took, now=act.now)
    await ack()


FEATURE = "mentorship"


def register(app: AsyncApp) -> None:
    app.action(views.PLAN)(open_plan)
    app.action(views.MOVE)(open_move)
    app.action(views.CALENDAR)(send_file)
    app.action(views.OPEN_AGENDA)(open_agenda)
    app.action(views.YES)(say)
    app.action(views.NO)(say)
    app.action(views.TAKE)(open_took)
    app.view(views.FORM)(submit)
    app.view(views.TOOK)(keep_took)
