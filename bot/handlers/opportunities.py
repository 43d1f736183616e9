"""Opportunities: browse the catalogue, offer something (also from a message), take part, answer who asks."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, known, show, subject, turn_to
from bot.rules.opportunities import Filter
from bot.rules.opportunity_forms import LONGEST, LONGEST_TITLE
from bot.services import framework as frameworks
from bot.services import interests, opportunities, people
from bot.views import forms, plans, shared_messages
from bot.views import opportunities as views
from bot.views import opportunity_forms as offer_views
from bot.views.opportunity_forms import Filled
from bot.views.words import clip

OFFER_AS_CHANCE = "offer_as_chance"


async def open_catalogue(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """What is offered: `/ladder chances`."""
    await show(body, client, await _catalogue(act, Filter()))
    await ack()


async def choose(ack: AsyncAck, body: Body, act: Act) -> None:
    """What is offered on one track, or of one kind."""
    await ack(response_action="update", view=await _catalogue(act, views.read_filter(body["view"])))


async def more(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    view = await _catalogue(act, views.read_more(body["actions"][0].get("value")))
    await turn_to(body, client, view)
    await ack()


async def _catalogue(act: Act, chosen: Filter) -> dict[str, Any]:
    async with act.reading() as (session, me):
        framework = await frameworks.current_or_none(session)
        page = await opportunities.browse(session, by=me, chosen=chosen, today=act.today(me))
    return views.catalogue(page, framework, today=act.today(me))


async def look(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """One of them; in the place of a plan, which may have it in itself afterwards."""
    await turn_to(body, client, await _entry(act, subject(body)), only_on=[plans.PAGE])
    await ack()


async def _entry(act: Act, opportunity: UUID) -> dict[str, Any]:
    async with act.reading() as (session, me):
        framework = await frameworks.current_or_none(session)
        found = await opportunities.read(session, by=me, opportunity=opportunity, now=act.now)
    return views.entry(found, framework, me=me, today=act.today(me))


# Offering


async def open_form(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    await _open_form(body, client, act, Filled())
    await ack()


async def offer_message(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """The form filled from a message, whoever or whatever wrote it; whoever did is named, unless that is unticked."""
    message = body.get("message") or {}
    said = shared_messages.text(message)
    is_private = shared_messages.is_private(body)
    filled = Filled(
        title=clip(said.partition("\n")[0], LONGEST_TITLE), learn=clip(said, LONGEST),
        link="" if is_private else shared_messages.link(body), is_private=is_private,
    )  # fmt: skip
    await _open_form(body, client, act, filled, author="" if is_private else str(message.get("user") or ""))
    await ack()


async def _open_form(body: Body, client: AsyncWebClient, act: Act, filled: Filled, *, author: str = "") -> None:
    async with act.reading() as (session, me):
        framework, _ = await opportunities.form(session, by=me, today=act.today(me))
        named = await people.by_slack_id(session, [author], on=act.now.date()) if author != act.slack_id else {}
    credited = next(((slack_id, one.name) for slack_id, one in named.items() if one.is_active), None)
    form = offer_views.form(framework, filled=replace(filled, credited=credited))
    await turn_to(body, client, form, only_on=[views.CATALOGUE])  # afterwards the list would be an old one


async def submit(ack: AsyncAck, body: Body, act: Act) -> None:
    typed, credited = offer_views.read(body["view"]), offer_views.read_credited(body["view"])
    async with act.writing() as (session, me):
        made = await opportunities.offer(
            session, by=me, typed=typed, credited=credited, now=act.now, today=act.today(me)
        )
    await ack(response_action="update", view=await _entry(act, made.id))


async def open_change(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        framework, found = await opportunities.form(session, by=me, today=act.today(me), opportunity=subject(body))
    await turn_to(body, client, offer_views.form(framework, found=found))
    await ack()


async def change(ack: AsyncAck, body: Body, act: Act) -> None:
    opportunity, typed = known(forms.thing(forms.about(body["view"]))), offer_views.read(body["view"])
    async with act.writing() as (session, me):
        await opportunities.change(
            session, by=me, opportunity=opportunity, typed=typed, now=act.now, today=act.today(me)
        )
    await ack(response_action="update", view=await _entry(act, opportunity))


async def keep_open(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.writing() as (session, me):
        await opportunities.keep_open(session, by=me, opportunity=subject(body), now=act.now, today=act.today(me))
    await turn_to(body, client, await _entry(act, subject(body)))
    await ack()


async def withdraw(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.writing() as (session, me):
        await opportunities.withdraw(session, by=me, opportunity=subject(body), now=act.now, today=act.today(me))
    await turn_to(body, client, await _entry(act, subject(body)))
    await ack()


async def open_reason(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """An owner takes something out of the catalogue, and says why."""
    async with act.reading() as (session, me):
        found = await opportunities.open_reason(session, by=me, opportunity=subject(body), now=act.now)
    await turn_to(body, client, offer_views.reason_form(found))
    await ack()


async def withdraw_for(ack: AsyncAck, body: Body, act: Act) -> None:
    opportunity, reason = known(forms.thing(forms.about(body["view"]))), offer_views.read_reason(body["view"])
    async with act.writing() as (session, me):
        await opportunities.withdraw(
            session, by=me, opportunity=opportunity, now=act.now, today=act.today(me), reason=reason
        )
    await ack(response_action="update", view=await _entry(act, opportunity))


# Taking part


async def ask(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.writing() as (session, me):
        await interests.ask(session, by=me, opportunity=subject(body), now=act.now, today=act.today(me))
    await turn_to(body, client, await _entry(act, subject(body)))
    await ack()


async def step_back(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.writing() as (session, me):
        await interests.step_back(session, by=me, opportunity=subject(body), now=act.now)
    await turn_to(body, client, await _entry(act, subject(body)))
    await ack()


async def take_into_plan(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.writing() as (session, me):
        taken = await interests.take_into_plan(
            session, by=me, opportunity=subject(body), now=act.now, today=act.today(me)
        )
    await turn_to(body, client, views.in_plan(taken))
    await ack()


async def answer(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """Welcome somebody who asked, or say that it is taken."""
    is_welcome = body["actions"][0]["action_id"] == views.WELCOME
    async with act.writing() as (session, me):
        found = await interests.answer(
            session, by=me, interest=subject(body), is_welcome=is_welcome, now=act.now, today=act.today(me)
        )
    await turn_to(body, client, await _entry(act, found.id))
    await ack()


FEATURE = "growth"
WORDS = {"chances": open_catalogue}


def register(app: AsyncApp) -> None:
    app.shortcut(OFFER_AS_CHANCE)(offer_message)
    app.action(views.OPEN)(open_catalogue)
    app.action(views.MORE)(more)
    app.action(views.LOOK)(look)
    app.action(views.OFFER)(open_form)
    app.action(views.CHANGE)(open_change)
    app.action(views.KEEP)(keep_open)
    app.action(views.WITHDRAW)(withdraw)
    app.action(views.REASON)(open_reason)
    app.action(views.ASK)(ask)
    app.action(views.BACK)(step_back)
    app.action(views.PLAN)(take_into_plan)
    app.action(views.WELCOME)(answer)
    app.action(views.TAKEN)(answer)
    app.view(views.CATALOGUE)(choose)
    app.view(offer_views.FORM)(submit)
    app.view(offer_views.CHANGE_FORM)(change)
    app.view(offer_views.REASON_FORM)(withdraw_for)
