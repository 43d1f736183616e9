"""The browser page's side of the server: files, a person's screen as JSON, acts, time, and news as they happen."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from aiohttp import web

from sandbox import browser_acts, browser_history, browser_state
from sandbox.browser_guard import HEADERS
from sandbox.browser_time import Standstill, Travel
from sandbox.forms import ClientRefused
from sandbox.people import Json
from sandbox.persona import Persona
from sandbox.refused import Refused
from sandbox.state import State

FOLDER = Path(__file__).parent / "page"
KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
HEARTBEAT = 15.0  # seconds of real time between news, so that the page's clock goes on
WHILE_MOVING = 0.3  # the same while somebody moves time: one sees it run

Answer = Callable[[web.Request], Awaitable[Json]]


class Browser:
    """Serves the page; every act on it goes through a persona."""

    def __init__(self, state: State, persona: Callable[[str], Persona]) -> None:
        self._state = state
        self._persona = persona
        self._read: browser_state.Read = {}
        self._is_closing = False
        self.travel = Travel(state)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self._page),
            web.get("/page/{file}", self._page),
            web.get("/_sandbox/state", _answering(self._screen)),
            web.get("/_sandbox/history", _answering(self._history)),
            web.get("/_sandbox/history/{number}", _answering(self._details)),
            web.get("/_sandbox/events", self._events),
            web.post("/_sandbox/act", _answering(self._act)),
            web.post("/_sandbox/read", _answering(self._reads)),
            web.post("/_sandbox/clock", _answering(self._moves)),
        ]

    def close(self) -> None:
        """End the streams of news."""
        self._is_closing = True
        self._state.changed()

    async def _page(self, request: web.Request) -> web.StreamResponse:
        path = FOLDER / request.match_info.get("file", "index.html")
        if path.parent != FOLDER or path.suffix not in KINDS or not path.is_file():
            return web.Response(status=404, headers=HEADERS)
        text = await asyncio.to_thread(path.read_text, "utf-8")
        return web.Response(text=text, content_type=KINDS[path.suffix], headers=HEADERS)

    async def _screen(self, request: web.Request) -> Json:
        """Of the person in `as` with the conversation in `in`; without a person only what everybody sees."""
        shown = browser_state.workspace(self._state, self._read) | {"clock": self.travel.shown()}
        if "as" in request.query:
            persona = self._persona(request.query["as"])
            shown |= browser_state.screen(self._state, persona, request.query.get("in"), self._read)
        return shown

    async def _history(self, request: web.Request) -> Json:
        person, method = (request.query.get(name, "") for name in ("person", "method"))
        return {"rows": browser_history.rows(self._state, person=person, method=method)}

    async def _details(self, request: web.Request) -> Json:
        return browser_history.details(self._state, int(request.match_info["number"]))

    async def _act(self, request: web.Request) -> Json:
        asked = await _asked(request)
        persona = self._persona(asked["as"])
        heard = len(persona.notices)
        try:
            answer = await browser_acts.ACTS[asked["act"]](self._state, persona, asked)
        finally:
            self._state.changed()
        return {"notices": persona.notices[heard:], **(answer or {})}

    async def _reads(self, request: web.Request) -> Json:
        """Somebody has looked at a conversation up to a message."""
        asked = await _asked(request)
        place = (self._persona(asked["as"]).id, str(asked["channel"]))
        if str(asked["ts"]) > self._read.get(place, ""):
            self._read[place] = str(asked["ts"])
            self._state.changed()
        return {}

    async def _moves(self, request: web.Request) -> Json:
        asked = await _asked(request)
        try:
            return await self.travel.move(asked["to"], self._persona(asked["as"]).user)
        finally:
            self._state.changed()

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: how far the workspace is and what time it is, at each change."""
        response = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        with suppress(ConnectionResetError):  # the page was closed meanwhile
            while not self._is_closing:
                seen = self._state.version
                news = {"version": seen, "clock": self.travel.shown()}
                await response.write(f"data: {json.dumps(news)}\n\n".encode())
                await self._change(seen)
        return response

    async def _change(self, seen: int) -> None:
        try:
            async with asyncio.timeout(WHILE_MOVING if self.travel.is_moving else HEARTBEAT):
                while self._state.version == seen:
                    await self._state.changes()
        except TimeoutError:
            pass


async def _asked(request: web.Request) -> Json:
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    asked = await request.json()
    if not isinstance(asked, dict):
        raise web.HTTPBadRequest
    return asked


def _answering(answer: Answer) -> Callable[[web.Request], Awaitable[web.Response]]:
    """JSON with `ok`; what cannot be done is told in `error`."""

    async def answered(request: web.Request) -> web.Response:
        try:
            return _json({"ok": True, **await answer(request)})
        except ClientRefused as refused:
            return _json({"ok": False, "error": refused.sentence, "block_id": refused.block_id})
        except (browser_acts.Misplaced, Standstill) as refused:
            return _json({"ok": False, "error": str(refused)})
        except Refused as refused:
            return _json({"ok": False, "error": refused.error})
        except LookupError as missing:
            return _json({"ok": False, "error": str(missing.args[0] if missing.args else "not found")})
        except (ValueError, TypeError):
            return _json({"ok": False, "error": "The page asked for something that makes no sense."}, 400)

    return answered


def _json(answer: Json, status: int = 200) -> web.Response:
    return web.Response(text=json.dumps(answer), status=status, content_type="application/json", headers=HEADERS)
