"""Program feedback: the form, sealing it, and taking it back.

Nothing here writes a row about whoever acts: no key that makes it happen once, no look, no message, no Home to be drawn
anew. However often the same form arrives, there is one row in the end.
"""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers import feedback_threads
from bot.handlers.acting import Act, Body, show
from bot.handlers.quiet import quietly
from bot.rules import cadence
from bot.rules.refusal import Refusal
from bot.services import feedback_forms, people
from bot.services import program_feedback as services
from bot.views import program_feedback as views


@quietly
async def open_form(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    await show(body, client, await _form(act))
    await ack()


async def _form(act: Act, *, has_typed: bool = False) -> dict[str, Any]:
    """The form, or why there is none now: in the same dialog, so that nothing of it stays in a conversation."""
    async with act.db.reading() as session:
        me = await people.acting(session, act.slack_id, on=act.now.date())
        try:
            shown = await feedback_forms.form(
                session, by=me, feedback=act.feedback, today=cadence.local_day(act.now, act.zone)
            )
        except Refusal as why:
            return views.closed(why.sentence)
    return views.form(shown, today=act.today(me), has_typed=has_typed)


@quietly
async def send(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    cycle_id, receipt, answers = views.read(body["view"])
    async with act.db.writing() as session:
        await services.submit(
            session, slack_id=act.slack_id, answers=answers, receipt=receipt, cycle_id=cycle_id,
            feedback=act.feedback, today=cadence.local_day(act.now, act.zone),
        )  # fmt: skip
    await ack(response_action="update", view=views.sent(receipt, answers))


@quietly
async def put_away(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """The receipt has been copied."""
    await ack()


@quietly
async def take_back(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    cycle_id, _, _ = views.read(body["view"])
    async with act.db.writing() as session:
        await services.remove(session, slack_id=act.slack_id, cycle_id=cycle_id, feedback=act.feedback)
    await show(body, client, views.taken_back())
    await ack()


@quietly
async def program_feedback(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """`/program-feedback` and `/program-feedback receipt`. What else follows the command is never taken: Slack keeps
    commands, and whoever may export them reads them."""
    words = str(body.get("text", "")).strip()
    rest = words.partition(" ")[2].strip() if body.get("command") == "/ladder" else words
    if rest.lower() == "receipt":
        await feedback_threads.ask(ack, body, client, act)
    else:
        await client.views_open(trigger_id=body["trigger_id"], view=await _form(act, has_typed=bool(rest)))
        await ack()


FEATURE = "program_feedback"
WORDS = {"program-feedback": program_feedback}
COMMANDS = {"/program-feedback": program_feedback}


def register(app: AsyncApp) -> None:
    app.action(views.OPEN)(open_form)
    app.action(views.TAKE_BACK)(take_back)
    app.view(views.FORM)(send)
    app.view(views.SENT)(put_away)
    feedback_threads.register(app)
