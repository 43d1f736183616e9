"""The Slack that both sides talk to: a process of its own that takes every call and remembers its body.

Leaner than the sandbox on purpose: what a server costs is the same for both sides and would hide what they differ in.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any
from urllib.request import urlopen

from aiohttp import web

TOKEN = "xoxb-benchmarks"
WHO = {"url": "http://127.0.0.1/", "team": "T", "user": "bot", "team_id": "T01", "user_id": "U0BOT", "bot_id": "B01"}


@contextmanager
def served() -> Iterator[str]:
    """The URL of the Web API while the server runs."""
    spawn = get_context("spawn")
    here, there = spawn.Pipe()
    process = spawn.Process(target=_serve, args=(there,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{here.recv()}/api/"
    finally:
        process.terminate()
        process.join()


def taken(api_url: str, method: str) -> list[dict[str, Any]]:
    """The bodies of the calls of this method since they were last asked for."""
    with urlopen(api_url.replace("/api/", f"/taken/{method}")) as answer:  # noqa: S310  (our own server)
        found: list[dict[str, Any]] = json.load(answer)
    return found


def _serve(pipe: Connection) -> None:
    asyncio.run(_serve_for_ever(pipe))


async def _serve_for_ever(pipe: Connection) -> None:
    bodies: dict[str, list[Any]] = defaultdict(list)
    numbers = count(1)

    async def call(request: web.Request) -> web.Response:
        method = request.match_info["method"]
        body = await request.json() if request.content_type == "application/json" else {}
        bodies[method].append(body)
        return web.json_response(_answer(method, body, next(numbers)))

    async def give(request: web.Request) -> web.Response:
        return web.json_response(bodies.pop(request.match_info["method"], []))

    app = web.Application()
    app.router.add_post("/api/{method}", call)
    app.router.add_get("/taken/{method}", give)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
    pipe.send(runner.addresses[0][1])
    await asyncio.Event().wait()


def _answer(method: str, body: dict[str, Any], number: int) -> dict[str, Any]:
    match method:
        case "auth.test":
            return {"ok": True, **WHO}
        case "chat.postMessage":
            return {"ok": True, "channel": body["channel"], "ts": f"1800000000.{number:06d}"}
        case "views.open":
            return {"ok": True, "view": {**body["view"], "id": f"V{number}", "hash": f"1.{number}"}}
    return {"ok": True}
