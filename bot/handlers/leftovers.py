"""Registered last: buttons, forms and words that nobody answers any more get a friendly sentence, never silence."""

import logging
import re

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.handlers.acting import Act, Body
from bot.rules.refusal import Refusal
from bot.views import notices

log = logging.getLogger(__name__)

ANY = re.compile(".*", re.DOTALL)


async def old_button(body: Body) -> None:
    raise Refusal(notices.OLD_BUTTON)


async def old_form(ack: AsyncAck, body: Body) -> None:
    await ack(response_action="update", view=notices.form_changed(body["view"]))


async def nothing(ack: AsyncAck) -> None:
    await ack()


async def ended(event: Body, act: Act) -> None:
    log.error("Slack says that this app's installation has ended (%s). Install it again.", event.get("type"))


def register(app: AsyncApp) -> None:
    app.action(ANY)(old_button)
    app.shortcut(ANY)(old_button)
    app.command(ANY)(old_button)
    app.view_submission(ANY)(old_form)
    app.view_closed(ANY)(nothing)
    app.options(ANY)(nothing)
    app.event("app_uninstalled")(ended)
    app.event("tokens_revoked")(ended)
    app.event(ANY)(nothing)
