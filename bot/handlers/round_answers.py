"""360 rounds, for those who are asked and for those who read: yes, no, an answer page by page, and the report."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, known, show, subject, turn_to
from bot.services import round_answers, round_reports, rounds
from bot.services import round_rows as rows
from bot.views import round_answers as views
from bot.views import round_report as report_views
from bot.views import rounds as page_views


async def show_terms(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found, seat = await rows.seat(session, subject(body), by=me, on=act.today(me))
    await show(body, client, views.terms_modal(found, seat))
    await ack()


async def accept(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """The message is drawn anew by itself, the page here."""
    async with act.writing() as (session, me):
        await round_answers.accept(session, by=me, seat_id=subject(body), now=act.now, today=act.today(me))
        mine = await rounds.mine(session, by=me, now=act.now, today=act.today(me))
    await _turn(body, client, page_views.page(mine, is_member=me.is_member))
    await ack()


async def decline(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """Quietly: nobody hears who it was."""
    async with act.writing() as (session, me):
        await round_answers.decline(session, by=me, seat_id=subject(body), now=act.now, today=act.today(me))
        mine = await rounds.mine(session, by=me, now=act.now, today=act.today(me))
    await _turn(body, client, page_views.page(mine, is_member=me.is_member))
    await ack()


async def _turn(body: Body, client: AsyncWebClient, view: dict[str, Any]) -> None:
    """In the window where the button was, if it was one."""
    window = body.get("view") or {}
    if window.get("type") == "modal":
        await client.views_update(view_id=window["id"], view=view)


async def open_form(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        form = await round_answers.form(session, by=me, seat_id=subject(body), today=act.today(me))
    await turn_to(body, client, views.modal(form))
    await ack()


async def answer(ack: AsyncAck, body: Body, act: Act) -> None:
    """Each page is kept by itself, so that nothing is lost between two."""
    typed = views.read(body["view"])
    seat_id = known(typed.seat)
    async with act.writing() as (session, me):
        await round_answers.save(
            session, by=me, seat_id=seat_id, ratings=typed.ratings, texts=typed.texts, today=act.today(me)
        )
        form = await round_answers.form(session, by=me, seat_id=seat_id, today=act.today(me))
    await ack(response_action="update", view=views.next_page(form, typed.page) or views.kept(form))


# What it brought


async def open_report(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    await show(body, client, await _report(body, act))
    await ack()


async def turn_report(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    await client.views_update(view_id=body["view"]["id"], view=await _report(body, act))
    await ack()


async def _report(body: Body, act: Act) -> dict[str, Any]:
    """The figures, or what was written to one question. That it was opened lets the manager read it, too."""
    round_id, question = report_views.pressed(body["actions"][0])
    async with act.writing() as (session, me):
        found = await round_reports.read(session, by=me, round_id=known(round_id), now=act.now, today=act.today(me))
    is_mine = found.round.subject.id == me.id
    if question is None:
        return report_views.figures(found, is_mine=is_mine)
    return report_views.words(found, question, is_mine=is_mine)


def register(app: AsyncApp) -> None:
    app.action(views.TERMS)(show_terms)
    app.action(views.ACCEPT)(accept)
    app.action(views.DECLINE)(decline)
    app.action(views.ANSWER)(open_form)
    app.view(views.FORM)(answer)
    app.action(page_views.REPORT)(open_report)
    for action in (report_views.FIGURES, *report_views.WORDS.values()):
        app.action(action)(turn_report)
