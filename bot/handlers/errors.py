"""The one place where what went wrong becomes words for the person, and a reference for the log."""

import logging
import secrets
import traceback
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.database import UNREACHABLE
from bot.rules.refusal import Refusal
from bot.services.messages import Repeated
from bot.views import notices

log = logging.getLogger(__name__)

Body = dict[str, Any]

UNREACHED = "I can't reach my own memory right now, so nothing was changed. Please try again in a minute."
TOO_LATE = "That took a moment too long, and Slack closed the door. Press here to try again."
CHANGED = "This changed while you were looking at it. Please open it again."
SLACK_BUSY = "Slack is very busy right now. Nothing was changed; please try again in a minute."
BUSY = frozenset({"ratelimited", "rate_limited"})
LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "trigger_expired"})
STALE = frozenset({"hash_conflict", "view_too_large", "push_limit_reached", "not_found", "view_not_found"})


async def say_what_went_wrong(
    error: Exception, body: Body, client: AsyncWebClient, context: AsyncBoltContext
) -> BoltResponse:
    """Always answers 200: any other status is no answer at all in Socket Mode."""
    if isinstance(error, Repeated):
        return BoltResponse(status=200, body="")
    sentence, field = _sentence(error)
    if body.get("type") == "view_submission":
        return _beside_the_field(body, sentence, field)
    if "command" in body and "trigger_id" in body:
        again = notices.reopen_command(str(body["command"])) if _is_late(error) else []
        return BoltResponse(status=200, body={"response_type": "ephemeral", **notices.message(sentence, again)})
    if body.get("type") != "event_callback":
        await _tell(body, client, sentence, is_late=_is_late(error))
    return BoltResponse(status=200, body="")


def sentence(error: Exception) -> str:
    """The words for what went wrong, where they are not an answer to Slack."""
    return _sentence(error)[0]


def _sentence(error: Exception) -> tuple[str, str | None]:
    if isinstance(error, Refusal):
        return error.sentence, error.field
    if isinstance(error, UNREACHABLE):
        log.error("the database did not answer (%s)", type(error).__name__)
        return UNREACHED, None
    code = _code(error)
    if code in LATE:
        return TOO_LATE, None
    if code in STALE:
        return CHANGED, None
    if code in BUSY:
        return SLACK_BUSY, None
    reference = secrets.token_hex(4)
    # The message of an exception may hold what somebody typed; its type and place do not.
    place = "".join(traceback.format_tb(error.__traceback__))
    log.error("reference %s: %s %s\n%s", reference, type(error).__name__, code or "", place)
    return f"Something went wrong on our side, reference {reference}. Nothing was changed.", None


def _code(error: Exception) -> str:
    return str(error.response.get("error", "")) if isinstance(error, SlackApiError) else ""


def _is_late(error: Exception) -> bool:
    return _code(error) in LATE


def _beside_the_field(body: Body, sentence: str, field: str | None) -> BoltResponse:
    """A form stays open with what was typed: the sentence beside its field, or on a page above it."""
    ids = {
        block.get("block_id") for block in (body.get("view") or {}).get("blocks", []) if block.get("type") == "input"
    }
    place = next((one for one in ids if field and str(one).partition(":")[0] == field), None)
    if place is not None:
        return BoltResponse(status=200, body={"response_action": "errors", "errors": {place: sentence}})
    return BoltResponse(status=200, body={"response_action": "push", "view": notices.page(sentence)})


async def _tell(body: Body, client: AsyncWebClient, sentence: str, *, is_late: bool) -> None:
    """An ephemeral message where there is one to answer, else a page. If even that fails, the log has it."""
    try:
        url = body.get("response_url")
        if url:
            again = notices.same_button(body) if is_late else []
            drawn = notices.message(sentence, again)
            hook = AsyncWebhookClient(str(url), session=client.session, retry_handlers=[])
            await hook.send(
                text=drawn["text"], blocks=drawn["blocks"], response_type="ephemeral", replace_original=False
            )
        elif body.get("view", {}).get("type") == "modal":
            await client.views_push(trigger_id=str(body.get("trigger_id")), view=notices.page(sentence))
        else:
            await client.views_open(trigger_id=str(body.get("trigger_id")), view=notices.page(sentence))
    except Exception as error:
        log.warning("could not tell somebody what went wrong (%s %s)", type(error).__name__, _code(error))
