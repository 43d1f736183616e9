"""Who may talk to the local port from a browser: pages of its own, under a name of this machine."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
READING = ("GET", "HEAD")
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse names that only resolve to this machine (DNS rebinding) and what other sites' pages ask for."""
    if not _is_loopback(request.host):
        return web.Response(status=403, text="This is a local Slack: open it as http://127.0.0.1, not by another name.")
    if _is_foreign(request):
        return web.Response(status=403, text="Pages of other sites have no business here.")
    return await handler(request)


def _is_loopback(host: str) -> bool:
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdigit() else host).lower() in LOOPBACK


def _is_foreign(request: web.Request) -> bool:
    """Sent by a page of another origin; whatever is no browser sends neither header."""
    origin = request.headers.get("Origin")
    if request.method not in READING and origin is not None and urlsplit(origin).netloc != request.host:
        return True
    site = request.headers.get("Sec-Fetch-Site", "none")
    return site not in ("none", "same-origin") and request.path != "/"
