"""The digest of program feedback: looked at again, its words read, answered and folded away by its readers."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.handlers.acting import Act, Body, known, show
from bot.rules.people import Person
from bot.services import feedback_digests, feedback_threads
from bot.views import feedback_digests as views


async def open_digest(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    await show(body, client, await _digest(act, None))
    await ack()


async def turn_cycle(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    view = await _digest(act, known(views.pressed_cycle(_value(body))))
    await client.views_update(view_id=body["view"]["id"], view=view)
    await ack()


async def _digest(act: Act, cycle_id: str | None) -> dict[str, Any]:
    async with act.reading() as (session, me):
        found, cycles = await feedback_digests.digest(session, by=me, cycle_id=cycle_id, on=act.now.date())
    return views.modal(found, cycles)


async def read(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        view = await _page(session, act, me, _value(body))
    await show(body, client, view)
    await ack()


async def turn(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        view = await _page(session, act, me, _value(body))
    await client.views_update(view_id=body["view"]["id"], view=view)
    await ack()


async def _page(session: AsyncSession, act: Act, me: Person, place: str) -> dict[str, Any]:
    cycle_id, number, _ = views.read_place(place)
    found = await feedback_digests.page(session, by=me, cycle_id=known(cycle_id), number=number, on=act.now.date())
    return views.page(found)


async def open_answer(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    cycle_id, _, slot = views.read_place(_value(body))
    async with act.reading() as (session, me):
        one = await feedback_digests.text(session, by=me, cycle_id=known(cycle_id), slot=known(slot), on=act.now.date())
    await show(body, client, views.answer_form(one, place=_value(body)))
    await ack()


async def answer(ack: AsyncAck, body: Body, act: Act) -> None:
    place, words = views.read_answer(body["view"])
    cycle_id, _, slot = views.read_place(place)
    today = act.now.date()
    async with act.writing() as (session, me):
        one = await feedback_digests.text(session, by=me, cycle_id=known(cycle_id), slot=known(slot), on=today)
        await feedback_threads.reply_as_reader(
            session, by=me, cycle_id=known(cycle_id), slot=bytes.fromhex(one.slot), words=words, today=today
        )
        view = await _page(session, act, me, place)
    await ack(response_action="update", view=view)


async def fold(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    await _decide(ack, body, client, act, feedback_digests.fold)


async def leave_open(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    await _decide(ack, body, client, act, feedback_digests.leave_open)


async def _decide(
    ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act, decide: Callable[..., Awaitable[None]]
) -> None:
    """One reader's part in folding a text away; the page follows."""
    cycle_id, _, slot = views.read_place(_value(body))
    async with act.writing() as (session, me):
        await decide(session, by=me, cycle_id=known(cycle_id), slot=known(slot), on=act.now.date())
        view = await _page(session, act, me, _value(body))
    await client.views_update(view_id=body["view"]["id"], view=view)
    await ack()


def _value(body: Body) -> str:
    return str(body["actions"][0].get("value") or "")


FEATURE = "program_feedback"


def register(app: AsyncApp) -> None:
    app.action(views.OPEN)(open_digest)
    for action in (views.EARLIER, views.LATER):
        app.action(action)(turn_cycle)
    app.action(views.READ)(read)
    for action in (views.BACK, views.ON):
        app.action(action)(turn)
    app.action(views.ANSWER)(open_answer)
    app.action(views.FOLD)(fold)
    app.action(views.LEAVE_OPEN)(leave_open)
    app.view(views.ANSWER_FORM)(answer)
