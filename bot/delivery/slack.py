"""The calls that leave: one attempt each, and the look before a second one."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery import outcomes
from bot.delivery.message import OPEN, POST, UPDATE
from bot.delivery.outcomes import Class, Outcome

EVENT_TYPE = "ladderbot_message"
LOOK_BACK = timedelta(seconds=60)


def sender(token: str, *, api_url: str, seconds: float, session: aiohttp.ClientSession) -> AsyncWebClient:
    """A client that tries once. The default one posts again by itself when a connection drops after Slack accepted."""
    return AsyncWebClient(token, base_url=api_url, timeout=int(seconds), session=session, retry_handlers=[])


def http_session(seconds: float) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=seconds))


async def call(client: AsyncWebClient, method: str, arguments: Mapping[str, Any]) -> Outcome:
    """One call, and what became of it. Never raises but for cancellation."""
    try:
        if method == POST:
            answer = await client.chat_postMessage(**arguments)
        elif method == UPDATE:
            answer = await client.chat_update(**arguments)
        elif method == OPEN:
            answer = await client.conversations_open(**arguments)
            return Outcome(Class.SENT, channel=str(answer["channel"]["id"]))
        else:
            answer = await client.views_publish(**arguments)
        return Outcome(Class.SENT, channel=answer.get("channel"), ts=answer.get("ts"))
    except Exception as error:
        return outcomes.of_error(error)


async def look(client: AsyncWebClient, user: str, channel: str | None, *, key: str, since: datetime) -> Outcome:
    """Whether our message with this key stands in the conversation: SENT when it does, NOT_SENT when it does not.

    Any other outcome means that nobody could tell.
    """
    try:
        if channel is None:
            opened = await client.conversations_open(users=user)
            channel = str(opened["channel"]["id"])
        oldest = str((since - LOOK_BACK).timestamp())
        cursor = None
        while True:
            page = await client.conversations_history(
                channel=channel, oldest=oldest, include_all_metadata=True, limit=200, cursor=cursor
            )
            messages: list[dict[str, Any]] = page.get("messages") or []
            for message in messages:
                if message.get("metadata", {}).get("event_payload", {}).get("key") == key:
                    return Outcome(Class.SENT, "found", channel=channel, ts=message["ts"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return Outcome(Class.NOT_SENT, "looked", channel=channel)
    except Exception as error:
        outcome = outcomes.of_error(error)
        return Outcome(Class.UNKNOWN, outcome.reason) if outcome.kind is Class.NOT_SENT else outcome


def is_unreadable(outcome: Outcome) -> bool:
    """The operator took the history scope away: looking will not become possible."""
    return outcome.kind is Class.CREDENTIALS and outcome.reason == "missing_scope"
