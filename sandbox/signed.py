"""Signed HTTP: payloads posted to the app's request URL, as Slack sends them without Socket Mode."""

import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import aiohttp

from sandbox.delivery import Kind, Outcome, Retry
from sandbox.people import Json

REASONS = {"timeout": "http_timeout", "http_error": "http_error", "not_connected": "connection_failed"}
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Slack's v0 signature of a request body."""
    digest = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256)
    return f"v0={digest.hexdigest()}"


def signed_headers(secret: str, body: bytes, content_type: str, retry: Retry | None = None) -> dict[str, str]:
    """The headers of a request that the app accepts as Slack's; the time is real time."""
    timestamp = str(int(time.time()))
    headers = {
        "Content-Type": content_type,
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature(secret, timestamp, body),
    }
    if retry:
        headers |= {"X-Slack-Retry-Num": str(retry.number), "X-Slack-Retry-Reason": REASONS[retry.reason]}
    return headers


def body_of(kind: Kind, payload: Json) -> tuple[bytes, str]:
    """The body and its content type: events are JSON, the rest is a form."""
    if kind == "events_api":
        return json.dumps(payload).encode(), JSON
    fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(fields, errors="replace").encode(), FORM


class RequestUrl:
    """The app's request URL. `ack_seconds` of real time is how long an answer may take."""

    def __init__(self, url: str, secret: str, ack_seconds: float) -> None:
        self._url = url
        self._secret = secret
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ack_seconds))

    async def deliver(self, kind: Kind, payload: Json, retry: Retry | None) -> Outcome:
        body, content_type = body_of(kind, payload)
        headers = signed_headers(self._secret, body, content_type, retry)
        try:
            async with self._session.post(self._url, data=body, headers=headers) as response:
                return await _outcome(response)
        except TimeoutError:
            return Outcome(None, "timeout")
        except aiohttp.ClientError:
            return Outcome(None, "not_connected")

    async def close(self) -> None:
        await self._session.close()


async def _outcome(response: aiohttp.ClientResponse) -> Outcome:
    text = await response.text()
    if response.status != 200:
        return Outcome(None, "http_error", retriable=response.headers.get("X-Slack-No-Retry") != "1")
    if response.content_type == JSON and text:
        return Outcome(json.loads(text))
    return Outcome({"text": text} if text.strip() else {})
