"""A mentorship: look at it, change what was agreed, share, let it rest or end, and say how it was."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, known, show, subject
from bot.rules import mentorships as rules
from bot.rules.mentorships import Side
from bot.rules.refusal import Refusal
from bot.services import directions, mentorship_ends, mentorships, shared
from bot.views import mentorship_ends as ends_views
from bot.views import mentorships as views
from bot.views import shared as shared_views


async def open_one(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found, ahead = await mentorships.look(session, by=me, mentorship=subject(body), now=act.now)
        side, today = Side(found, me), act.today(me)
        wants = None
        if "growth" in act.features and not side.is_mentee:
            wants = await directions.read(session, by=me, of=side.other.id, today=today)
    await show(body, client, views.modal(side, ahead, now=act.now, wants=wants))
    await ack()


async def open_agreement(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found, _ = await mentorships.look(session, by=me, mentorship=subject(body), now=act.now)
    await show(body, client, views.agreement_modal(found))
    await ack()


async def change(ack: AsyncAck, body: Body, act: Act) -> None:
    mentorship, take, typed = views.read_agreement(body["view"])
    async with act.writing() as (session, me):
        agreed = rules.read_agreement(**typed, today=act.today(me))
        found = await mentorships.change(
            session, by=me, mentorship=known(mentorship), agreed=agreed, take=take, now=act.now
        )
        found, ahead = await mentorships.look(session, by=me, mentorship=found.id, now=act.now)
    await ack(response_action="update", view=views.modal(Side(found, me), ahead, now=act.now))


async def open_sharing(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found = await mentorships.open_sharing(session, by=me, mentorship=subject(body), now=act.now)
    await show(body, client, views.sharing_modal(found))
    await ack()


async def share(ack: AsyncAck, body: Body, act: Act) -> None:
    mentorship, shares = views.read_sharing(body["view"])
    async with act.writing() as (session, me):
        found = await mentorships.share(session, by=me, mentorship=known(mentorship), shares=shares, now=act.now)
        found, ahead = await mentorships.look(session, by=me, mentorship=found.id, now=act.now)
    await ack(response_action="update", view=views.modal(Side(found, me), ahead, now=act.now))


async def read_check_ins(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """What the mentee shares of these, for the mentor."""
    async with act.reading() as (session, me):
        found, _ = await mentorships.look(session, by=me, mentorship=subject(body), now=act.now)
        given = await shared.check_ins_of(session, by=me, of=found.mentee.id, on=act.now.date())
    await show(body, client, shared_views.check_ins(found.mentee, given, today=act.today(me)))
    await ack()


async def read_evidence(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """A list by title; each piece is opened, and noted as looked at, by itself."""
    async with act.reading() as (session, me):
        found, _ = await mentorships.look(session, by=me, mentorship=subject(body), now=act.now)
        sent = await shared.evidence_of(session, by=me, of=found.mentee.id, on=act.now.date())
    await show(body, client, shared_views.pieces(found.mentee, sent))
    await ack()


async def prolong(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.writing() as (session, me):
        found = await mentorship_ends.prolong(session, by=me, mentorship=subject(body), now=act.now)
    await show(body, client, ends_views.done(Side(found, me)))
    await ack()


async def open_end(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found, _ = await mentorships.look(session, by=me, mentorship=subject(body), now=act.now)
    await show(body, client, ends_views.modal(Side(found, me)))
    await ack()


async def end(ack: AsyncAck, body: Body, act: Act) -> None:
    """Let it rest, go on, or let it end: whatever was chosen."""
    mentorship, what, until = ends_views.read(body["view"])
    pair = known(mentorship)
    async with act.writing() as (session, me):
        if what == ends_views.END:
            found = await mentorship_ends.end(session, by=me, mentorship=pair, now=act.now)
        elif what == ends_views.PAUSE:
            found = await mentorship_ends.pause(session, by=me, mentorship=pair, until=until, now=act.now)
        elif what == ends_views.WAKE:
            found = await mentorship_ends.wake(session, by=me, mentorship=pair, now=act.now)
        else:
            raise Refusal("Choose one of these.", field="what")
    await ack(response_action="update", view=ends_views.done(Side(found, me)))


async def find_new(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.writing() as (session, me):
        await mentorship_ends.find_new(session, by=me, mentorship=subject(body), now=act.now)
    await show(body, client, ends_views.looking())
    await ack()


async def open_survey(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found = await mentorship_ends.open_survey(session, by=me, mentorship=subject(body), now=act.now)
    await show(body, client, ends_views.survey(Side(found, me)))
    await ack()


async def give_survey(ack: AsyncAck, body: Body, act: Act) -> None:
    mentorship, typed = ends_views.read_survey(body["view"])
    async with act.writing() as (session, me):
        said = rules.read_survey(**typed)
        await mentorship_ends.give_survey(session, by=me, mentorship=known(mentorship), said=said, now=act.now)
    await ack(response_action="update", view=ends_views.thanks())


FEATURE = "mentorship"


def register(app: AsyncApp) -> None:
    app.action(views.OPEN)(open_one)
    app.action(views.OPEN_AGREEMENT)(open_agreement)
    app.action(views.OPEN_SHARING)(open_sharing)
    app.action(views.OPEN_END)(open_end)
    app.action(views.PROLONG)(prolong)
    app.action(views.READ_CHECK_INS)(read_check_ins)
    app.action(views.READ_EVIDENCE)(read_evidence)
    app.action(ends_views.FIND_NEW)(find_new)
    app.action(ends_views.OPEN_SURVEY)(open_survey)
    app.view(views.AGREEMENT)(change)
    app.view(views.SHARING)(share)
    app.view(ends_views.FORM)(end)
    app.view(ends_views.SURVEY)(give_survey)
