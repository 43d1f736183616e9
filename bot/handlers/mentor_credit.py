"""Sessions that a mentor uses as evidence."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, known, show, subject
from bot.services import attention, evidence, mentor_credit
from bot.services import framework as frameworks
from bot.views import evidence as evidence_views
from bot.views import mentor_credit as views


async def open_form(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """The form of evidence, filled with what both confirmed."""
    pressed = subject(body)
    async with act.reading() as (session, me):
        found = await mentor_credit.one(session, by=me, mentorship=pressed, now=act.now)
        levels = await evidence.milestones(session, by=me)
        framework = await frameworks.current(session)
    await show(body, client, views.modal(found, me, levels, framework, today=act.today(me)))
    await ack()


async def submit(ack: AsyncAck, body: Body, act: Act) -> None:
    mentorship, typed, reviewers = views.read(body["view"])
    async with act.writing() as (session, me):
        sent = await mentor_credit.use(
            session, by=me, mentorship=known(mentorship), typed=typed, reviewers=reviewers, now=act.now,
            today=act.today(me),
        )  # fmt: skip
        load = await attention.reviews_open(session, [review.reviewer_id for review in sent.reviews])
    await ack(response_action="update", view=evidence_views.sent(sent, load))


FEATURE = "mentorship"


def register(app: AsyncApp) -> None:
    app.action(views.USE)(open_form)
    app.view(views.FORM)(submit)
