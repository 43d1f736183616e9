"""The HTTP side: Web API, WebSockets, response URLs and files on one local port."""

import asyncio
import json
from collections.abc import Iterable

from aiohttp import web

from sandbox import arguments, scopes
from sandbox.browser_guard import guard
from sandbox.faults import PAGE, Fault, Faults, instead
from sandbox.history import Call
from sandbox.methods import METHODS
from sandbox.pace import Pace
from sandbox.people import Json
from sandbox.refused import RateLimited, Refused
from sandbox.responses import respond
from sandbox.sockets import Sockets
from sandbox.state import State, dm_id
from sandbox.tokens import Tokens
from sandbox.triggers import use_response_url

CONNECT = "apps.connections.open"


class Server:
    """Answers the app's requests from the state; without `pace` nothing is limited."""

    def __init__(self, state: State, faults: Faults, sockets: Sockets, tokens: Tokens, pace: Pace | None) -> None:
        self._state = state
        self._faults = faults
        self._sockets = sockets
        self._tokens = tokens
        self._pace = pace
        self._closing = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def start(self, port: int, page: Iterable[web.RouteDef] = ()) -> int:
        """Listen on 127.0.0.1, with the browser page's routes, and return the port (any free one for 0)."""
        app = web.Application(client_max_size=32 * 1024 * 1024, middlewares=[guard])
        app.router.add_routes(page)
        app.router.add_route("*", "/api/{method}", self._call)
        app.router.add_get("/link/", self._sockets.serve)
        app.router.add_post("/response/{ticket}", self._response)
        app.router.add_post("/upload/{file}", self._upload)
        app.router.add_get("/files/{file}", self._download)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        return int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        self._closing.set()
        await self._sockets.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        try:
            args = await arguments.read(request)
        except Refused as refused:
            return _json(refused.answer())
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or str(args.get("token", ""))
        args.pop("token", None)
        fault = self._faults.hit(method, args, self._state.now())
        if fault is not None:
            return await self._spoiled(request, fault, method, args, token)
        return self._answered(method, args, token)

    def _answered(self, method: str, args: Json, token: str, *, lost: bool = False) -> web.Response:
        """Do what is asked, note it (with status 0 when the answer will be `lost`), and give the answer."""
        status, headers = 200, {}
        try:
            answer = self._answer(method, args, token)
        except RateLimited as refused:
            answer, status = refused.answer(), 429
            headers["Retry-After"] = str(refused.retry_after)
        except Refused as refused:
            answer = refused.answer()
        if method == "auth.test":
            headers["x-oauth-scopes"] = scopes.provided(self._state.app)
        self._note(method, args, answer, 0 if lost else status)
        return _json(answer, status, headers)

    def _answer(self, method: str, args: Json, token: str) -> Json:
        if method not in METHODS and method != CONNECT:
            raise Refused("unknown_method")
        self._check_token(method, token)
        if self._pace is not None:
            self._pace.check(method, self._channel(args), self._state.now())
        if method == CONNECT:
            return {"ok": True, "url": self._socket_url()}
        scopes.check(self._state.app, method)
        return METHODS[method](self._state, args)

    def _check_token(self, method: str, token: str) -> None:
        if not token:
            raise Refused("not_authed")
        if token not in (self._tokens.bot, self._tokens.app):
            raise Refused("invalid_auth")
        if (token == self._tokens.app) != (method == CONNECT) and method != "auth.test":
            raise Refused("not_allowed_token_type")

    def _channel(self, args: Json) -> str:
        channel = str(args.get("channel", ""))
        return dm_id(channel) if channel in self._state.users else channel

    def _socket_url(self) -> str:
        return f"ws{self._state.base_url.removeprefix('http')}/link/?ticket={self._sockets.ticket()}"

    def _note(self, method: str, args: Json, answer: Json | None, status: int) -> None:
        self._state.record(Call(method, args, answer, self._state.now(), status))

    async def _spoiled(self, request: web.Request, fault: Fault, method: str, args: Json, token: str) -> web.Response:
        """The call as a fault spoils it, with its effect or without."""
        if fault.kind == "drop":
            self._answered(method, args, token, lost=True)
            return _cut(request)
        if fault.kind == "hang":
            answered = self._answered(method, args, token)
            await self._wait(fault.seconds)
            return answered
        status, answer, headers = instead(fault)
        self._note(method, args, answer, status)
        if fault.kind == "cut":
            return _cut(request)
        if fault.kind == "hang_before":
            await self._wait(fault.seconds)
        if answer is None:
            return web.Response(text=PAGE, status=status, content_type="text/html")
        return _json(answer, status, headers)

    async def _wait(self, seconds: float) -> None:
        """Real time, cut short when the workspace closes."""
        try:
            async with asyncio.timeout(seconds):
                await self._closing.wait()
        except TimeoutError:
            pass

    async def _response(self, request: web.Request) -> web.Response:
        try:
            found = use_response_url(self._state, request.match_info["ticket"])
            respond(self._state, found, await arguments.read(request))
        except Refused as refused:
            return _json(refused.answer(), 404 if refused.error in ("used_url", "expired_url") else 200)
        return web.Response(text="ok")

    async def _upload(self, request: web.Request) -> web.Response:
        file = self._state.files.get(request.match_info["file"])
        if file is None:
            return web.Response(status=404)
        self._state.uploads[file["id"]] = await _uploaded(request)
        return web.Response(text=f"OK - {file['size']}")

    async def _download(self, request: web.Request) -> web.Response:
        data = self._state.uploads.get(request.match_info["file"])
        if data is None:
            return web.Response(status=404)
        if request.headers.get("Authorization") != f"Bearer {self._tokens.bot}":
            return web.Response(status=403)
        if "files:read" not in self._state.app.scopes:
            return web.Response(status=302, headers={"Location": f"{self._state.base_url}/signin"})
        return web.Response(body=data, content_type="application/octet-stream")


async def _uploaded(request: web.Request) -> bytes:
    """The bytes of an upload, sent raw or as a form with one file."""
    if request.content_type != "multipart/form-data":
        return await request.read()
    for part in (await request.post()).values():
        if isinstance(part, web.FileField):
            return part.file.read()
    return b""


def _json(answer: Json, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(text=json.dumps(answer), status=status, headers=headers, content_type="application/json")


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
