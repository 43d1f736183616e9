"""Feedback: give it, change it or take it back, read it, thank, ask a question, and answer one."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers import feedback_asks
from bot.handlers.acting import MENTION, Act, Body, known, subject, turn_to
from bot.rules import plain_words
from bot.rules.feedback import Form
from bot.services import feedback
from bot.views import feedback as views
from bot.views import feedback_asks as ask_views
from bot.views import feedback_words as word_views
from bot.views import forms
from bot.views.feedback import About

GIVE_FEEDBACK = "give_feedback"


async def command(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """`/feedback @noor`, `/feedback` for whom to choose, `/feedback ask`."""
    words = str(body.get("text", "")).strip()
    rest = words.partition(" ")[2].strip() if body.get("command") == "/ladder" else words
    named = MENTION.match(rest)
    if named:
        async with act.reading() as (session, me):
            found = await feedback.form_to(session, by=me, slack_id=named[1], now=act.now, today=act.today(me))
        await client.views_open(trigger_id=body["trigger_id"], view=views.form(found))
        await ack()
    elif rest.lower() == "ask":
        await feedback_asks.open_form(ack, body, client, act)
    else:
        await open_whom(ack, body, client, act)


async def open_whom(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """Whom it is for: the global shortcut, and every way here that names nobody."""
    await turn_to(body, client, views.whom(), only_on=views.WINDOWS)
    await ack()


async def choose(ack: AsyncAck, body: Body, act: Act) -> None:
    async with act.reading() as (session, me):
        slack_id = views.read_whom(body["view"])
        found = await feedback.form_to(session, by=me, slack_id=slack_id, now=act.now, today=act.today(me))
    await ack(response_action="update", view=views.form(found))


async def open_form(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """The form for the colleague the button is about; without one, whom it is for."""
    to = forms.thing(body["actions"][0].get("value"))
    if to is None:
        await open_whom(ack, body, client, act)
        return
    async with act.reading() as (session, me):
        found = await feedback.form(session, by=me, to=to, request=None, today=act.today(me))
    await turn_to(body, client, views.form(found), only_on=views.WINDOWS)
    await ack()


async def answer_request(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found = await feedback.answer_form(session, by=me, request=subject(body), today=act.today(me))
    await turn_to(body, client, views.form(found), only_on=views.WINDOWS)
    await ack()


async def show_expectation(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """A competency was chosen: what their level asks of it stands beside it, and what was typed stays."""
    window = body["view"]
    found = await _form(act, views.read_about(window))
    filled = views.read(window)
    await client.views_update(view_id=window["id"], view=views.form(found, filled))
    await ack()


async def _form(act: Act, about: About) -> Form:
    async with act.reading() as (session, me):
        if about.feedback is not None:
            return await feedback.change_form(session, by=me, feedback=about.feedback, today=act.today(me))
        to = known(about.receiver)
        return await feedback.form(session, by=me, to=to, request=about.request, today=act.today(me))


async def submit(ack: AsyncAck, body: Body, act: Act) -> None:
    """Send it; or ask back once where it says nothing yet, or where nobody waits for it any more."""
    filled, about = views.read(body["view"]), views.read_about(body["view"])
    questions = () if filled.is_sure else plain_words.ask_back(views.texts(filled))
    found = await _form(act, about) if questions or about.request else None
    if found is not None and (questions or found.over):
        await ack(response_action="update", view=views.form(found, filled, questions))
        return
    async with act.writing() as (session, me):
        sent = await feedback.give(
            session, by=me, to=known(about.receiver), words=filled.words, competency=filled.competency,
            readers=filled.readers, request=about.request, now=act.now, today=act.today(me),
        )  # fmt: skip
    await ack(response_action="update", view=views.sent(sent))


async def read(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.writing() as (session, me):
        found = await feedback.read(session, by=me, feedback=subject(body), now=act.now)
    view = word_views.opened(found, me=me.id, can_save=_can_save(act, me.is_member), today=act.today(me))
    await turn_to(body, client, view, only_on=views.WINDOWS)
    await ack()


def _can_save(act: Act, is_member: bool) -> bool:
    return is_member and "evidence" in act.features


async def open_change(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found = await feedback.change_form(session, by=me, feedback=subject(body), today=act.today(me))
    await turn_to(body, client, views.form(found), only_on=views.WINDOWS)
    await ack()


async def change(ack: AsyncAck, body: Body, act: Act) -> None:
    filled, about = views.read(body["view"]), views.read_about(body["view"])
    async with act.writing() as (session, me):
        kept = await feedback.change(
            session, by=me, feedback=known(about.feedback), words=filled.words, competency=filled.competency,
            now=act.now, today=act.today(me),
        )  # fmt: skip
    await ack(response_action="update", view=views.changed(kept))


async def take_back(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.writing() as (session, me):
        await feedback.take_back(session, by=me, feedback=subject(body), now=act.now)
    await client.views_update(view_id=body["view"]["id"], view=views.taken_back())
    await ack()


async def thank(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.writing() as (session, me):
        found = await feedback.thank(session, by=me, feedback=subject(body), now=act.now)
    view = word_views.opened(found, me=me.id, can_save=_can_save(act, me.is_member), today=act.today(me))
    await client.views_update(view_id=body["view"]["id"], view=view)
    await ack()


async def open_question(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found = await feedback.to_ask(session, by=me, feedback=subject(body))
    await turn_to(body, client, word_views.question_form(found), only_on=views.WINDOWS)
    await ack()


async def ask(ack: AsyncAck, body: Body, act: Act) -> None:
    about, question = word_views.read_one(body["view"], "question")
    async with act.writing() as (session, me):
        found = await feedback.ask(session, by=me, feedback=known(about), question=question, now=act.now)
    await ack(response_action="update", view=word_views.asked(found))


async def answer(ack: AsyncAck, body: Body, act: Act) -> None:
    about, words = word_views.read_one(body["view"], "answer")
    async with act.writing() as (session, me):
        found = await feedback.answer(session, by=me, feedback=known(about), answer=words, now=act.now)
    await ack(response_action="update", view=word_views.answered_form(found))


FEATURE = "feedback"
WORDS = {"feedback": command}
COMMANDS = {"/feedback": command}


def register(app: AsyncApp) -> None:
    app.shortcut(GIVE_FEEDBACK)(open_whom)
    app.action(views.GIVE)(open_form)
    app.action(views.COMPETENCY)(show_expectation)
    app.action(word_views.READ)(read)
    app.action(word_views.CHANGE)(open_change)
    app.action(word_views.TAKE_BACK)(take_back)
    app.action(word_views.THANK)(thank)
    app.action(word_views.QUESTION)(open_question)
    app.view(views.WHOM)(choose)
    app.view(views.FORM)(submit)
    app.view(views.CHANGE_FORM)(change)
    app.view(word_views.QUESTION_FORM)(ask)
    app.view(word_views.ANSWER_FORM)(answer)
    app.action(ask_views.ANSWER)(answer_request)
    feedback_asks.register(app)
