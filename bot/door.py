"""The web entry: a guard in front of Bolt, and two pages for whoever watches over the process.

Bolt reads the body before it checks the signature and writes the body into the log when the check fails; here nothing
is parsed, and nothing is logged but one line, until the signature is right. Bolt also takes any form in which the word
"payload" occurs for one that has it as a field, and loses a command in which somebody typed it; here it is read once.
"""

import hashlib
import hmac
import json
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest

from bot.clock import Clock

log = logging.getLogger(__name__)

MOST_BYTES = 1024 * 1024
WINDOW_SECONDS = 300
TIMESTAMP = re.compile(r"^\d{10}$", re.ASCII)
SIGNATURE = re.compile(r"^v0=[0-9a-f]{64}$", re.ASCII)
UNREADABLE = (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError)
JSON = "application/json"

Check = Callable[[], Awaitable[str | None]]


def is_signed(secret: bytes, timestamp: str, signature: str, body: bytes, *, now: float) -> bool:
    """Slack's v0 signature (HMAC-SHA256 over version, time and raw body), at most five minutes old."""
    if not TIMESTAMP.match(timestamp) or not SIGNATURE.match(signature):
        return False
    if abs(now - int(timestamp)) > WINDOW_SECONDS:
        return False
    right = hmac.new(secret, b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(f"v0={right}".encode(), signature.encode())


def read(body: bytes, *, is_json: bool) -> dict[str, Any]:
    """What a signed body says: JSON, a form with JSON in its `payload`, or a plain form.

    One of UNREADABLE for anything else, also where a name is there twice: two readers could take two meanings from it.
    """
    text = body.decode()
    if is_json:
        return _mapping(json.loads(text, object_pairs_hook=_distinct))
    fields = _distinct(parse_qsl(text, keep_blank_values=True))
    return _mapping(json.loads(fields["payload"], object_pairs_hook=_distinct)) if "payload" in fields else fields


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name is there twice")
    return found


def _mapping(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("not an object")
    return value


def web_app(bolt: AsyncApp, *, secret: str, clock: Clock, ready: Check) -> web.Application:
    """POST /slack/events for Slack; /healthz says that the process lives, /readyz that it can do its work."""

    async def slack(request: web.Request) -> web.Response:
        body = await _body(request)
        if body is None or not _is_ours(request, secret.encode(), body, clock):
            log.warning("refused a request that Slack has not signed")
            return web.Response(status=401)
        try:
            said = read(body, is_json=request.content_type == JSON)
            # In this mode Bolt takes what has been read already, as from a socket.
            bolt_request = AsyncBoltRequest(body=said, headers=dict(request.headers), mode="socket_mode")
        except UNREADABLE:
            log.warning("refused a signed request that cannot be read")
            return web.Response(status=400)
        return await to_aiohttp_response(await bolt.async_dispatch(bolt_request))

    async def health(_: web.Request) -> web.Response:
        return web.Response(text="ok")

    async def readiness(_: web.Request) -> web.Response:
        problem = await ready()
        return web.Response(text=problem or "ready", status=503 if problem else 200)

    app = web.Application(client_max_size=MOST_BYTES)
    app.add_routes([web.post("/slack/events", slack), web.get("/healthz", health), web.get("/readyz", readiness)])
    return app


async def _body(request: web.Request) -> bytes | None:
    try:
        return await request.read()
    except web.HTTPRequestEntityTooLarge:
        return None


def _is_ours(request: web.Request, secret: bytes, body: bytes, clock: Clock) -> bool:
    timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
    signature = request.headers.get("X-Slack-Signature", "")
    return is_signed(secret, timestamp, signature, body, now=clock.real().timestamp())
