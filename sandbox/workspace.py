"""The workspace: one local Slack with its people, channels and one app."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace
from time import monotonic
from typing import Any, Self

from sandbox import manifest as manifests
from sandbox import payloads
from sandbox.browser import Browser
from sandbox.browser_time import Advance, NextDue
from sandbox.delivery import Kind, Retry, Transport
from sandbox.faults import Fault, Faults
from sandbox.history import Delivered, Entry, Posted
from sandbox.methods.people import shown as user_shown
from sandbox.pace import Pace
from sandbox.people import Channel, Json, User
from sandbox.persona import Persona
from sandbox.retries import Retries
from sandbox.server import Server
from sandbox.signed import RequestUrl
from sandbox.sockets import Sockets
from sandbox.state import Clock, State
from sandbox.tokens import SANDBOX_TOKENS, Tokens


class Workspace:
    """A local Slack workspace: Web API on 127.0.0.1, and Socket Mode or signed HTTP towards the app.

    manifest      the parsed manifest of the app.
    clock         its now() is program time: message ts, triggers, response URLs, rate limits.
    rate_limits   False switches the 429s of the tiers off.
    ack_seconds   real time that the app has to answer a payload.
    seed          for faults that hit only a share of the calls.
    tokens        what the app must present; never real ones.
    """

    def __init__(
        self,
        manifest: Json,
        users: Iterable[User],
        channels: Iterable[Channel] = (),
        *,
        clock: Clock,
        rate_limits: bool = True,
        port: int = 0,
        seed: int = 0,
        ack_seconds: float = 3.0,
        tokens: Tokens = SANDBOX_TOKENS,
    ) -> None:
        self.bot_token, self.app_token, self.signing_secret = tokens.bot, tokens.app, tokens.signing_secret
        self.state = State(manifests.read(manifest), users, channels, clock)
        self._port = port
        self._ack_seconds = ack_seconds
        self._faults = Faults(seed)
        self._sockets = Sockets(ack_seconds)
        self._transport: Transport = self._sockets
        self._retries = Retries(self.state.now, self._deliver_once)
        pace = Pace() if rate_limits else None
        self._server = Server(self.state, self._faults, self._sockets, tokens, pace)
        self._personas: dict[str, Persona] = {}
        self._browser = Browser(self.state, self.persona)

    async def __aenter__(self) -> Self:
        port = await self._server.start(self._port, self._browser.routes())
        self.state.base_url = f"http://127.0.0.1:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._browser.close()
        await self._retries.close()
        await self._transport.close()
        await self._server.stop()

    @property
    def api_url(self) -> str:
        return f"{self.state.base_url}/api/"

    @property
    def page_url(self) -> str:
        """The browser page."""
        return f"{self.state.base_url}/"

    def let_time_pass(self, *, next_due: NextDue | None = None, advance: Advance | None = None) -> None:
        """How the page moves time: to what the app does next, and doing on the way what is due; else it just jumps."""
        self._browser.travel.next_due, self._browser.travel.advance = next_due, advance

    @property
    def scopes(self) -> set[str]:
        """The bot scopes granted; change it in place as an admin would."""
        return self.state.app.scopes

    @property
    def history(self) -> list[Entry]:
        """Everything that happened, in order; only ever appended to."""
        return self.state.history

    def posted(self, channel_or_user: str | None = None) -> list[Posted]:
        """Messages that became visible: all, those in a channel (id or name), or those to a user alone (id or name)."""
        everything = [entry for entry in self.history if isinstance(entry, Posted)]
        if channel_or_user is None:
            return everything
        if channel_or_user in self.state.conversations:
            return [one for one in everything if one.channel == channel_or_user]
        try:
            user = self.state.user(channel_or_user).id
        except LookupError:
            channel = self.state.conversation(channel_or_user).id
            return [one for one in everything if one.channel == channel]
        return [one for one in everything if one.user == user]

    def fault(self, fault: Fault) -> None:
        self._faults.add(fault)

    def clear_faults(self) -> None:
        self._faults.clear()

    def persona(self, name_or_id: str) -> Persona:
        """Somebody to act as; the same object each time."""
        user = self.state.user(name_or_id)
        if user.id not in self._personas:
            self._personas[user.id] = Persona(self.state, self.deliver, self.send_event, user.id)
        return self._personas[user.id]

    def deliver_to(self, url: str) -> None:
        """From now on post payloads to this request URL, signed, instead of to sockets."""
        self._transport = RequestUrl(url, self.signing_secret, self._ack_seconds)

    async def connected(self, timeout: float = 5) -> None:  # noqa: ASYNC109
        """Wait until payloads can reach the app; TimeoutError after `timeout` seconds of real time."""
        if self._transport is self._sockets:
            async with asyncio.timeout(timeout):
                await self._sockets.connected()

    async def until(self, condition: Callable[[], Any], timeout: float = 5) -> None:  # noqa: ASYNC109
        """Wait until `condition()` is true, asked after each entry of the history; TimeoutError after `timeout` s."""
        async with asyncio.timeout(timeout):
            while not condition():
                await self.state.changes()

    async def refresh_sockets(self) -> None:
        """Ask the app to replace its connections, as Slack does every few hours; returns when it has."""
        await self._sockets.refresh()

    async def deliver(self, kind: Kind, payload: Json) -> Delivered:
        """Send a payload once, as it is, and wait for its ack."""
        return await self._deliver_once(kind, payload, None)

    async def _deliver_once(self, kind: Kind, payload: Json, retry: Retry | None) -> Delivered:
        started, at = monotonic(), self.state.now()
        outcome = await self._transport.deliver(kind, payload, retry)
        delivered = Delivered(
            kind,
            payload,
            outcome.ack,
            at,
            attempt=retry.number if retry else 0,
            seconds=monotonic() - started,
            error=outcome.error,
            retriable=outcome.retriable,
        )
        self.state.record(delivered)
        return delivered

    async def send_event(self, event: Json, event_id: str | None = None, retry_num: int | None = None) -> Delivered:
        """Send an event, subscribed or not; without ack again at once, then after 1 and 5 min of program time.

        With `retry_num` it is sent once, as that retry, so that tests can repeat an event.
        """
        payload = payloads.event(
            event, event_id=event_id or self.state.new_id("Ev"), event_time=int(self.state.now().timestamp())
        )
        if retry_num is not None:
            return await self._deliver_once("events_api", payload, Retry(retry_num, "timeout"))
        return await self._retries.deliver(payload)

    async def change_user(self, name_or_id: str, **changes: Any) -> User:
        """Change fields of a user (tz, deleted, status …) and tell the app with user_change if it listens."""
        user = replace(self.state.user(name_or_id), **changes)
        self.state.users[user.id] = user
        await self._user_event("user_change", user)
        return user

    async def join(self, user: User) -> None:
        """Somebody new; tells the app with team_join if it listens."""
        self.state.users[user.id] = user
        await self._user_event("team_join", user)

    async def _user_event(self, kind: str, user: User) -> None:
        if kind in self.state.app.events:
            shown = user_shown(self.state, user, with_locale=True)
            stamp = self.state.stamp()
            await self.send_event({"type": kind, "user": shown, "cache_ts": int(float(stamp)), "event_ts": stamp})
