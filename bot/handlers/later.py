"""What may take longer than Slack waits: the form says so meanwhile, and becomes the result once it is there."""

import asyncio
import logging
from collections.abc import Awaitable
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers import errors
from bot.handlers.acting import Body
from bot.services.messages import Repeated
from bot.views import notices

log = logging.getLogger(__name__)

PATIENCE = 2.0  # seconds of the three that Slack waits
ARRIVAL = 1.0  # seconds until Slack has drawn our answer, which would otherwise stand over the result

_following: set[asyncio.Task[None]] = set()  # the loop itself holds tasks only weakly

View = dict[str, Any]


async def answer(ack: AsyncAck, body: Body, client: AsyncWebClient, work: Awaitable[View], *, meanwhile: View) -> None:
    """The form that was sent becomes what `work` returns. What goes wrong in time stands beside its field as usual."""
    task = asyncio.ensure_future(work)
    await asyncio.wait({task}, timeout=PATIENCE)
    if task.done():
        await ack(response_action="update", view=task.result())
        return
    following = asyncio.create_task(_follow(task, client, str(body["view"]["id"])))
    _following.add(following)
    following.add_done_callback(_following.discard)
    await ack(response_action="update", view=meanwhile)


async def _follow(task: asyncio.Future[View], client: AsyncWebClient, view_id: str) -> None:
    await asyncio.gather(task, asyncio.sleep(ARRIVAL), return_exceptions=True)
    try:
        await client.views_update(view_id=view_id, view=_outcome(task))
    except SlackApiError as error:  # closed by now; Home shows what came of it
        log.info("a form was gone before its result was there (%s)", error.response.get("error"))
    except Repeated:
        pass


def _outcome(task: asyncio.Future[View]) -> View:
    error = task.exception()
    if isinstance(error, Repeated):
        raise error
    if isinstance(error, Exception):
        return notices.page(errors.sentence(error))
    return task.result()
