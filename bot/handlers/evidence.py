"""Evidence: save it (also from a message), change it, and review it."""

from dataclasses import replace
from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, choice, chose, known, subject
from bot.handlers.acting import show as show_dialog
from bot.rules import cadence
from bot.rules.evidence import LONGEST
from bot.rules.refusal import Refusal
from bot.services import attention, check_ins, evidence, feedback, people, plans
from bot.views import check_ins as check_in_views
from bot.views import evidence as views
from bot.views import evidence_reviews as review_views
from bot.views import feedback_words as feedback_views
from bot.views import forms, notices, shared_messages
from bot.views import plans as plan_views
from bot.views.evidence import Filled
from bot.views.words import clip

SAVE_AS_EVIDENCE = "save_as_evidence"
AT_THE_TOP = "Your level and the next one ask for no milestones in the framework, so there is nothing to show yet."


async def open_form(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """An empty form: `/evidence`."""
    await _open(ack, body, client, act, Filled())


async def save_message(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """The form filled from a message, whoever or whatever wrote it; the link leads back to it."""
    message = body.get("message") or {}
    said_at = datetime.fromtimestamp(float(message.get("ts") or act.now.timestamp()), UTC)
    filled = Filled(
        did=clip(shared_messages.text(message), LONGEST),
        links=tuple(filter(None, [shared_messages.link(body)])),
    )
    await _open(ack, body, client, act, filled, said_at=said_at)


async def save_win(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """The form filled with the win of one's own check-in."""
    async with act.reading() as (session, me):
        win = await check_ins.win(session, by=me, check_in=subject(body))
    filled = Filled(milestone=win.milestone, did=clip(win.text, LONGEST))
    await _open(ack, body, client, act, filled, said_at=win.written_at)


async def save_action(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """The form filled with an action of one's growth plan that is done."""
    async with act.reading() as (session, me):
        done = await plans.own(session, by=me, action=choice(body))
    filled = Filled(milestone=done.aim, did=clip(f"{done.title}\n{done.shows}".strip(), LONGEST), done_on=done.done_on)
    await _open(ack, body, client, act, filled)


async def save_feedback(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """The form filled with what a colleague wrote, quoted and signed."""
    async with act.reading() as (session, me):
        found = await feedback.to_save(session, by=me, feedback=subject(body))
    did, impact = (clip(text, LONGEST) for text in feedback_views.as_evidence(found))
    await _open(ack, body, client, act, Filled(did=did, impact=impact, done_on=found.words.done_on))


async def _open(
    ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act, filled: Filled, *, said_at: datetime | None = None
) -> None:
    async with act.reading() as (session, me):
        levels = await evidence.milestones(session, by=me)
    if not levels:
        raise Refusal(AT_THE_TOP)
    if said_at is not None:
        filled = replace(filled, done_on=cadence.local_day(min(said_at, act.now), me.schedule.zone))
    await show_dialog(body, client, views.modal(levels, filled, today=act.today(me)))
    await ack()


async def submit(ack: AsyncAck, body: Body, act: Act) -> None:
    typed, reviewers = views.read(body["view"])
    async with act.writing() as (session, me):
        sent = await evidence.submit(session, by=me, typed=typed, reviewers=reviewers, now=act.now, today=act.today(me))
        load = await attention.reviews_open(session, [review.reviewer_id for review in sent.reviews])
    await ack(response_action="update", view=views.sent(sent, load))


async def change(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """The author's own evidence, to be changed."""
    async with act.reading() as (session, me):
        found = await evidence.open_again(session, by=me, evidence=subject(body))
        named = await people.by_id(session, [review.reviewer_id for review in found.reviews], on=act.now.date())
    reviewers = [person.slack_id for person in named.values() if person.slack_id]
    await client.views_open(trigger_id=body["trigger_id"], view=views.edit(found, reviewers, today=act.today(me)))
    await ack()


async def submit_again(ack: AsyncAck, body: Body, act: Act) -> None:
    typed, reviewers = views.read(body["view"])
    async with act.writing() as (session, me):
        sent = await evidence.send_again(
            session, by=me, evidence=known(forms.thing(forms.about(body["view"]))), typed=typed, reviewers=reviewers,
            now=act.now, today=act.today(me),
        )  # fmt: skip
        load = await attention.reviews_open(session, [review.reviewer_id for review in sent.reviews])
    await ack(response_action="update", view=views.sent(sent, load))


async def open_review(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """What a reviewer reads, with the verdict of the button chosen already."""
    pressed = body["actions"][0]
    async with act.reading() as (session, me):
        found, mine = await evidence.open_review(session, by=me, review=known(forms.thing(pressed.get("value"))))
    verdict = review_views.VERDICTS[pressed["action_id"]]
    await client.views_open(
        trigger_id=body["trigger_id"],
        view=review_views.review_modal(found, mine, verdict, today=act.today(me), features=act.features),
    )
    await ack()


async def decide(ack: AsyncAck, body: Body, act: Act) -> None:
    review, verdict, reason = review_views.read_review(body["view"])
    async with act.writing() as (session, me):
        await evidence.decide(
            session, by=me, review=known(review), verdict=verdict, reason=reason, now=act.now,
            take=review_views.take_read(body["view"]),
        )  # fmt: skip
    await ack()


async def show(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """One piece of evidence with its verdicts, to whoever may read it."""
    async with act.reading() as (session, me):
        pressed = subject(body)
        found = await evidence.read(session, by=me, evidence=pressed, on=act.now.date())
    await show_dialog(body, client, views.shown(found, today=act.today(me)))
    await ack()


FEATURE = "evidence"
WORDS = {"evidence": open_form}
COMMANDS = {"/evidence": open_form}


def register(app: AsyncApp) -> None:
    app.shortcut(SAVE_AS_EVIDENCE)(save_message)
    app.action(notices.NEW_EVIDENCE)(open_form)
    app.action(check_in_views.SAVE_WIN)(save_win)
    app.action(feedback_views.SAVE)(save_feedback)
    app.action(plan_views.MENU, matchers=[chose(plan_views.EVIDENCE)])(save_action)
    for action in review_views.VERDICTS:
        app.action(action)(open_review)
    app.action(views.EDIT)(change)
    app.action(views.OPEN)(show)
    app.view(views.FORM)(submit)
    app.view(views.AGAIN)(submit_again)
    app.view(review_views.REVIEW)(decide)
