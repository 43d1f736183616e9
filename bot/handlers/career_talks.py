"""Career talks: propose one, agree on a day, read its brief, note what was said and agreed."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, known, show, subject, turn_to
from bot.rules.career_talks import Own
from bot.services import career_briefs, career_notes, career_proposals, career_talk_rows, career_talks
from bot.views import career_briefs as brief_views
from bot.views import career_talk_forms as forms
from bot.views import career_talks as views


async def open_list(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found = await career_talks.mine(session, by=me, now=act.now)
    await show(body, client, views.listed(found, today=act.today(me)))
    await ack()


async def open_talk(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    pressed = subject(body)
    async with act.reading() as (session, me):
        own = await career_notes.look(session, by=me, talk=pressed, now=act.now)
    await show(body, client, views.page(own, today=act.today(me)))
    await ack()


async def propose(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """And, in the same go, choose a day, if they like."""
    pressed = subject(body)
    async with act.writing() as (session, me):
        own = await career_proposals.propose(session, by=me, of=pressed, now=act.now)
    await show(body, client, forms.day_modal(own, today=act.today(me)))
    await ack()


async def open_day(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    own = await _one(body, act)
    await _place(body, client, forms.day_modal(own, today=act.today(own.me)))
    await ack()


async def _one(body: Body, act: Act) -> Own:
    """The talk of a button that opens a form."""
    pressed = subject(body)
    async with act.reading() as (session, me):
        return await career_talk_rows.own(session, by=me, talk=pressed, verb="write", now=act.now)


async def keep_day(ack: AsyncAck, body: Body, act: Act) -> None:
    talk, moves, on = forms.read_day(body["view"])
    async with act.writing() as (session, me):
        own = await career_talks.choose_day(
            session, by=me, talk=known(talk), on=on, moves=moves, now=act.now, today=act.today(me)
        )
    await ack(response_action="update", view=views.page(own, today=act.today(me)))


async def call_off(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    pressed = subject(body)
    async with act.writing() as (session, me):
        own = await career_talks.call_off(session, by=me, talk=pressed, now=act.now)
    await _draw(body, client, own, act)
    await ack()


async def _draw(body: Body, client: AsyncWebClient, own: Own, act: Act) -> None:
    """The page anew."""
    await _place(body, client, views.page(own, today=act.today(own.me)))


async def _place(body: Body, client: AsyncWebClient, view: dict[str, Any]) -> None:
    """In the place of the page or the brief whose button was pressed: Slack stacks three dialogs, and no more."""
    await turn_to(body, client, view, only_on=[views.PAGE, brief_views.PAGE])


# The brief


async def read_brief(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    pressed = subject(body)
    async with act.reading() as (session, me):
        found = await career_briefs.read(session, by=me, talk=pressed, now=act.now, today=act.today(me))
    await _place(body, client, brief_views.page(found, today=act.today(me)))
    await ack()


async def open_choice(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    pressed = subject(body)
    async with act.reading() as (session, me):
        found = await career_briefs.preview(session, by=me, talk=pressed, now=act.now, today=act.today(me))
    await _place(body, client, brief_views.choose_modal(found))
    await ack()


async def keep_choice(ack: AsyncAck, body: Body, act: Act) -> None:
    talk, left_out, brought = brief_views.read_chosen(body["view"])
    async with act.writing() as (session, me):
        found = await career_briefs.choose(
            session, by=me, talk=known(talk), left_out=left_out, brought=brought, now=act.now, today=act.today(me)
        )
    await ack(response_action="update", view=brief_views.page(found, today=act.today(me)))


# Afterwards


async def open_notes(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    own = await _one(body, act)
    today = act.today(own.me)
    career_notes.check_may_note(own, today)
    await _place(body, client, forms.notes_modal(own))
    await ack()


async def keep_notes(ack: AsyncAck, body: Body, act: Act) -> None:
    """Where the other one was faster, both versions are shown, and nothing that was typed is lost."""
    talk, take, notes = forms.read_notes(body["view"])
    async with act.writing() as (session, me):
        own, is_kept = await career_notes.save_notes(
            session, by=me, talk=known(talk), notes=notes, take=take, now=act.now, today=act.today(me)
        )
    view = views.page(own, today=act.today(me)) if is_kept else forms.notes_modal(own, typed=notes)
    await ack(response_action="update", view=view)


async def open_action(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    await _place(body, client, forms.action_modal(await _one(body, act)))
    await ack()


async def keep_action(ack: AsyncAck, body: Body, act: Act) -> None:
    talk, typed = forms.read_action(body["view"])
    async with act.writing() as (session, me):
        own = await career_notes.add_action(session, by=me, talk=known(talk), **typed, now=act.now, today=act.today(me))
    await ack(response_action="update", view=views.page(own, today=act.today(me)))


async def finish(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    pressed = subject(body)
    async with act.writing() as (session, me):
        own = await career_notes.finish_action(session, by=me, action=pressed, now=act.now, today=act.today(me))
    await _draw(body, client, own, act)
    await ack()


async def into_plan(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    pressed = subject(body)
    async with act.writing() as (session, me):
        own = await career_notes.into_plan(session, by=me, action=pressed, now=act.now, today=act.today(me))
    await _draw(body, client, own, act)
    await ack()


FEATURE = "growth"
WORDS = {"career": open_list}


def register(app: AsyncApp) -> None:
    app.action(views.OPEN_LIST)(open_list)
    app.action(views.OPEN)(open_talk)
    app.action(views.PROPOSE)(propose)
    app.action(views.CHOOSE_DAY)(open_day)
    app.action(views.CALL_OFF)(call_off)
    app.action(views.READ_BRIEF)(read_brief)
    app.action(brief_views.CHOOSE)(open_choice)
    app.action(views.NOTE)(open_notes)
    app.action(views.AGREE)(open_action)
    app.action(views.DONE)(finish)
    app.action(views.INTO_PLAN)(into_plan)
    app.view(forms.DAY_FORM)(keep_day)
    app.view(brief_views.FORM)(keep_choice)
    app.view(forms.NOTES_FORM)(keep_notes)
    app.view(forms.ACTION_FORM)(keep_action)
