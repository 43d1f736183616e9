"""Socket Mode: envelopes over WebSockets, each to one of those that are open."""

import asyncio
import json
from collections import deque
from secrets import token_hex
from uuid import uuid4

from aiohttp import WSMsgType, web

from sandbox.delivery import Kind, Outcome, Retry
from sandbox.manifest import APP_ID
from sandbox.people import Json

MAX_SOCKETS = 10


class Sockets:
    """The app's open connections. `ack_seconds` of real time is how long an ack may take."""

    def __init__(self, ack_seconds: float) -> None:
        self._ack_seconds = ack_seconds
        self._tickets: set[str] = set()
        self._open: deque[web.WebSocketResponse] = deque()
        self._all: set[web.WebSocketResponse] = set()
        self._pending: dict[str, asyncio.Future[Json]] = {}
        self._arrived = asyncio.Event()
        self._ever = False

    def ticket(self) -> str:
        """A single-use ticket for one connection."""
        ticket = token_hex(16)
        self._tickets.add(ticket)
        return ticket

    async def connected(self) -> None:
        """Wait until a connection is open."""
        while not self._open:
            self._arrived.clear()
            await self._arrived.wait()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection, from hello to its end."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=404)
        self._tickets.discard(ticket)
        stream = web.WebSocketResponse(timeout=1.0)
        await stream.prepare(request)
        if len(self._all) >= MAX_SOCKETS:
            await stream.send_json({"type": "disconnect", "reason": "too_many_websockets", "debug_info": {}})
            await stream.close()
            return stream
        await self._live(stream)
        return stream

    async def _live(self, stream: web.WebSocketResponse) -> None:
        await stream.send_json(self._hello())
        self._all.add(stream)
        self._open.append(stream)
        self._ever = True
        self._arrived.set()
        try:
            async for message in stream:
                if message.type is WSMsgType.TEXT:
                    self._acknowledge(message.data)
        finally:
            self._retire(stream)
            self._all.discard(stream)

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._all) + 1,
            "debug_info": {"host": "applink-sandbox", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": APP_ID},
        }

    def _retire(self, stream: web.WebSocketResponse) -> None:
        if stream in self._open:
            self._open.remove(stream)

    def _acknowledge(self, text: str) -> None:
        """An ack may come over another connection than its envelope went."""
        try:
            answer = json.loads(text)
        except ValueError:
            return
        waiting = self._pending.get(answer.get("envelope_id", "")) if isinstance(answer, dict) else None
        if waiting is not None and not waiting.done():
            waiting.set_result(answer.get("payload") or {})

    async def deliver(self, kind: Kind, payload: Json, retry: Retry | None) -> Outcome:
        stream = await self._next()
        if stream is None:
            return Outcome(None, "not_connected", retriable=self._ever)
        envelope = _envelope(kind, payload, retry)
        waiting = self._pending[envelope["envelope_id"]] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(self._ack_seconds):
                await stream.send_str(json.dumps(envelope))
                return Outcome(await waiting)
        except (TimeoutError, ConnectionError):
            return Outcome(None, "timeout")
        finally:
            self._pending.pop(envelope["envelope_id"], None)

    async def _next(self) -> web.WebSocketResponse | None:
        """The next open socket in turn; waits for one only if there ever was one."""
        if not self._ever:
            return None
        try:
            async with asyncio.timeout(self._ack_seconds):
                await self.connected()
        except TimeoutError:
            return None
        self._open.rotate(-1)
        return self._open[-1]

    async def refresh(self) -> None:
        """Ask every connection to be replaced, as Slack does every few hours, and close the old ones."""
        old = list(self._open)
        for stream in old:
            self._retire(stream)
            notice = {"type": "disconnect", "reason": "refresh_requested", "debug_info": {"host": "applink-sandbox"}}
            await stream.send_json(notice)
        if old:
            await self.connected()
        for stream in old:
            await stream.close()

    async def close(self) -> None:
        for stream in list(self._all):
            self._retire(stream)
            await stream.close()


def _envelope(kind: Kind, payload: Json, retry: Retry | None) -> Json:
    envelope: Json = {
        "envelope_id": str(uuid4()),
        "type": kind,
        "accepts_response_payload": kind != "events_api",
        "payload": payload,
    }
    if kind == "events_api":
        envelope |= {"retry_attempt": retry.number if retry else 0, "retry_reason": retry.reason if retry else ""}
    return envelope
