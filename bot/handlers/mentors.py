"""Mentoring at a glance: `/mentor` and its words, what somebody offers, and the directory."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers import match_rounds, mentor_requests, proposals
from bot.handlers.acting import MENTION, Act, Body, show
from bot.services import framework as frameworks
from bot.services import mentor_credit, mentor_sessions, mentors, mentorships
from bot.services import mentor_requests as requests
from bot.views import mentor_credit as credit_views
from bot.views import mentor_directory as directory_views
from bot.views import mentor_sessions as session_views
from bot.views import mentors as views
from bot.views import mentorships as mentorship_views
from bot.views import notices
from bot.views import proposals as proposal_views


async def open_mentoring(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """Where I stand as mentee and as mentor: `/mentor` alone."""
    async with act.reading() as (session, me):
        framework = await frameworks.current(session)
        standing = await requests.standing(session, by=me, now=act.now, today=act.today(me))
        pairs = await mentorships.mine(session, by=me, now=act.now)
        planned = await mentor_sessions.waiting_for(session, by=me, now=act.now)
        credit = await mentor_credit.waiting(session, by=me, now=act.now) if "evidence" in act.features else ()
    waiting = [proposal_views.line(one, number) for number, one in enumerate(standing.to_answer)]
    met = [*session_views.lines(planned), *credit_views.lines(credit)]
    more = [*waiting, *mentorship_views.lines(pairs, me=me), *met]
    await show(body, client, views.modal(standing, framework, today=act.today(me), more=more))
    await ack()


async def open_offer(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """What I offer, to begin or to change it."""
    async with act.reading() as (session, me):
        framework = await frameworks.current(session)
        offer = (await mentors.offers(session, [me.id], on=act.today(me))).get(me.id)
        avoided = await mentors.avoided(session, by=me, today=act.today(me))
    ids = [one.slack_id for one in avoided if one.slack_id]
    await show(body, client, views.offer_form(offer, ids, framework, track=me.track))
    await ack()


async def keep_offer(ack: AsyncAck, body: Body, act: Act) -> None:
    async with act.writing() as (session, me):
        offer = await mentors.offer(
            session, by=me, typed=views.read_offer(body["view"]), now=act.now, today=act.today(me)
        )
    await ack(response_action="update", view=views.kept(offer, today=act.today(me)))


async def stop(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.writing() as (session, me):
        await mentors.stop(session, by=me, now=act.now, today=act.today(me))
    await client.views_update(view_id=body["view"]["id"], view=views.stopped())
    await ack()


async def open_directory(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    await show(body, client, await _directory(act))
    await ack()


async def choose(ack: AsyncAck, body: Body, act: Act) -> None:
    """The directory of one track, or for one thing to grow in."""
    track, competency = directory_views.read(body["view"])
    await ack(response_action="update", view=await _directory(act, track=track, competency=competency))


async def more(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    skip, track, competency = directory_views.read_more(str(body["actions"][0].get("value")))
    view = await _directory(act, skip=skip, track=track, competency=competency)
    await client.views_update(view_id=body["view"]["id"], view=view)
    await ack()


async def _directory(
    act: Act, *, skip: int = 0, track: str | None = None, competency: str | None = None
) -> dict[str, object]:
    async with act.reading() as (session, me):
        framework = await frameworks.current(session)
        found, is_more = await mentors.directory(
            session, by=me, today=act.today(me), track=track, competency=competency, skip=skip
        )
    return directory_views.modal(
        found, framework, me=me, today=act.today(me), track=track, competency=competency,
        next_page=skip + len(found) if is_more else None,
    )  # fmt: skip


async def mentor(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """`/mentor`, `/mentor ask`, `/mentor offer`, `/mentor offer @ana`, `/mentor find`; for owners `/mentor round`."""
    words = str(body.get("text", "")).strip()
    rest = words.partition(" ")[2] if body.get("command") == "/ladder" else words
    first, _, who = rest.strip().partition(" ")
    named = MENTION.search(who)
    openers = {
        "": open_mentoring, "ask": mentor_requests.open_form, "find": open_directory, "offer": open_offer,
        "round": match_rounds.come_by,
    }  # fmt: skip
    if first.lower() == "offer" and who.strip():
        await proposals.open_offer_to(ack, body, client, act, to=named[1] if named else None)
    elif first.lower() in openers:
        await openers[first.lower()](ack, body, client, act)
    else:
        await ack(text=notices.UNKNOWN_WORD, response_type="ephemeral")


FEATURE = "mentorship"
WORDS = {"mentor": mentor}
COMMANDS = {"/mentor": mentor}


def register(app: AsyncApp) -> None:
    app.action(views.OPEN)(open_mentoring)
    app.action(views.OFFER)(open_offer)
    app.action(views.STOP)(stop)
    app.action(directory_views.OPEN)(open_directory)
    app.action(directory_views.MORE)(more)
    app.view(views.FORM)(keep_offer)
    app.view(directory_views.FORM)(choose)
    mentor_requests.register(app)
    proposals.register(app)
