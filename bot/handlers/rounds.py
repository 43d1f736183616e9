"""360 rounds: begun, people named, agreed to, given more time or stopped; the page that shows where each stands."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.handlers import round_answers
from bot.handlers.acting import Act, Body, choice, chose, known, show, subject, turn_to
from bot.rules import access
from bot.rules.people import Person
from bot.rules.rounds import Round
from bot.services import attention, people, round_names, round_suggestions, rounds
from bot.views import round_forms as forms
from bot.views import rounds as views
from bot.views import team


async def open_page(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """`/ladder 360`, and the button for it."""
    async with act.reading() as (session, me):
        mine = await rounds.mine(session, by=me, now=act.now, today=act.today(me))
    await show(body, client, views.page(mine, is_member=me.is_member))
    await ack()


async def open_begin(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        await rounds.terms_of(session, me)
    await turn_to(body, client, forms.begin(None, today=act.today(me)))
    await ack()


async def open_begin_for(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """From a line of the team: the manager suggests it, the person names the people."""
    async with act.reading() as (session, me):
        of = await _report(session, act, me, choice(body))
        await rounds.terms_of(session, of)
    await show(body, client, forms.begin(of, today=act.today(me)))
    await ack()


async def _report(session: AsyncSession, act: Act, me: Person, person: Any) -> Person:
    of = (await people.by_id(session, [person], on=act.now.date())).get(person)
    if of is None or of.manager_id != me.id:
        access.refuse()
    return of


async def begin(ack: AsyncAck, body: Body, act: Act) -> None:
    """One's own goes on with the names at once."""
    of, due_on = forms.read_days(body["view"])
    async with act.writing() as (session, me):
        found = await rounds.begin(session, by=me, of=of, due_on=due_on, now=act.now, today=act.today(me))
        is_mine = found.subject.id == me.id
        view = await _names(session, act, me, found) if is_mine else views.said(forms.begun_for(found))
    await ack(response_action="update", view=view)


async def _names(session: AsyncSession, act: Act, me: Person, found: Round) -> dict[str, Any]:
    suggested = await round_suggestions.suggestions(session, by=me, round_id=found.id, now=act.now, today=act.today(me))
    return forms.name(found, suggested)


async def open_names(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found = await rounds.read(session, by=me, round_id=subject(body), today=act.today(me))
        if found.subject.id != me.id:
            access.refuse()
        view = await _names(session, act, me, found)
    await turn_to(body, client, view)
    await ack()


async def nominate(ack: AsyncAck, body: Body, act: Act) -> None:
    named = forms.read_names(body["view"])
    async with act.writing() as (session, me):
        found = await round_names.nominate(
            session, by=me, round_id=known(named.round), peers=named.peers, reports=named.reports, now=act.now,
            today=act.today(me),
        )  # fmt: skip
    await ack(response_action="update", view=views.said(forms.sent(found)))


async def open_approval(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found = await round_names.to_agree(session, by=me, round_id=subject(body), now=act.now, today=act.today(me))
        new = [seat.person.id for seat in found.seats if seat.is_new]
        loads = await attention.asks_open(session, new, now=act.now)
    await turn_to(body, client, forms.approve(found, loads))
    await ack()


async def approve(ack: AsyncAck, body: Body, act: Act) -> None:
    named = forms.read_names(body["view"])
    async with act.writing() as (session, me):
        found = await round_names.approve(
            session, by=me, round_id=known(named.round), seen=known(named.seen), peers=named.peers,
            reports=named.reports, now=act.now, today=act.today(me),
        )  # fmt: skip
    await ack(response_action="update", view=views.said(forms.approved(found)))


async def open_extension(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found = await rounds.read(session, by=me, round_id=subject(body), today=act.today(me))
    await turn_to(body, client, forms.extend(found))
    await ack()


async def extend(ack: AsyncAck, body: Body, act: Act) -> None:
    round_id, due_on = forms.read_days(body["view"])
    async with act.writing() as (session, me):
        found = await rounds.extend(
            session, by=me, round_id=known(round_id), due_on=known(due_on), now=act.now, today=act.today(me)
        )
    await ack(response_action="update", view=views.said(forms.extended(found)))


async def stop(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.writing() as (session, me):
        await rounds.stop(session, by=me, round_id=subject(body), now=act.now, today=act.today(me))
        mine = await rounds.mine(session, by=me, now=act.now, today=act.today(me))
    await client.views_update(view_id=body["view"]["id"], view=views.page(mine, is_member=me.is_member))
    await ack()


FEATURE = "feedback"
WORDS = {"360": open_page}


def register(app: AsyncApp) -> None:
    app.action(views.OPEN)(open_page)
    app.action(views.BEGIN)(open_begin)
    app.action(team.REPORT, matchers=[chose(team.ROUND)])(open_begin_for)
    app.action(views.NAME)(open_names)
    app.action(views.APPROVE)(open_approval)
    app.action(views.EXTEND)(open_extension)
    app.action(views.STOP)(stop)
    app.view(forms.BEGIN_FORM)(begin)
    app.view(forms.NAME_FORM)(nominate)
    app.view(forms.APPROVE_FORM)(approve)
    app.view(forms.EXTEND_FORM)(extend)
    round_answers.register(app)
