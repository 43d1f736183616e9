"""Everything the workspace remembers, as plain data; the rules live in the modules that change it."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from sandbox.history import Entry
from sandbox.manifest import BOT_USER_ID, App
from sandbox.people import SLACKBOT, Channel, Json, User
from sandbox.refused import Refused


class Clock(Protocol):
    def now(self) -> datetime:
        """Program time, aware, UTC."""


@dataclass
class Conversation:
    """A place for messages. `kind` is channel, group, im or mpim; messages by ts, in the order they came."""

    id: str
    kind: str
    name: str
    members: list[str]
    is_member: bool = True
    is_archived: bool = False
    messages: dict[str, Json] = field(default_factory=dict)


@dataclass
class Shown:
    """A view on somebody's screen: `view` as Slack sends it, without state; `values` what the person has put in."""

    view: Json
    values: dict[str, Json] = field(default_factory=dict)


@dataclass
class Trigger:
    user: str
    at: datetime
    used: bool = False


@dataclass
class ResponseUrl:
    user: str
    channel: str
    at: datetime
    message_ts: str | None = None
    uses: int = 0


class State:
    """The memory of one workspace."""

    def __init__(self, app: App, users: Iterable[User], channels: Iterable[Channel], clock: Clock) -> None:
        self.app = app
        self.clock = clock
        self.users: dict[str, User] = {SLACKBOT.id: SLACKBOT}
        self.users[BOT_USER_ID] = User(id=BOT_USER_ID, name=app.bot_name.lower(), real_name=app.bot_name, is_bot=True)
        self.users |= {user.id: user for user in users}
        self.conversations: dict[str, Conversation] = {}
        for channel in channels:
            self.conversations[channel.id] = self._conversation(channel)
        self.modals: dict[str, list[Shown]] = {}
        self.homes: dict[str, Shown] = {}
        self.ephemerals: dict[str, list[Json]] = {}
        self.chosen: dict[tuple[str, str], dict[str, Json]] = {}  # (user, message ts) → values of a message's elements
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.files: dict[str, Json] = {}
        self.uploads: dict[str, bytes] = {}
        self.history: list[Entry] = []
        self.base_url = ""
        self._numbers: dict[str, int] = {}
        self._micros: dict[int, int] = {}
        self.version = 0  # grows with every change that somebody may want to see
        self._changed = asyncio.Event()

    def _conversation(self, channel: Channel) -> Conversation:
        people = channel.members
        if people is None:
            people = tuple(user.id for user in self.users.values() if not user.is_bot and user.id != SLACKBOT.id)
        members = [*people, BOT_USER_ID] if channel.is_member else list(people)
        kind = "group" if channel.is_private else "channel"
        return Conversation(channel.id, kind, channel.name, members, channel.is_member, channel.is_archived)

    def now(self) -> datetime:
        return self.clock.now()

    def stamp(self) -> str:
        """A message ts: program time, never the same twice even when the clock stands or goes back."""
        now = self.now()
        second = int(now.timestamp())
        while True:
            micro = max(now.microsecond, self._micros.get(second, -1) + 1)
            if micro < 1_000_000:
                self._micros[second] = micro
                return f"{second}.{micro:06d}"
            second += 1
            now = now.replace(microsecond=0)

    def new_id(self, prefix: str) -> str:
        number = self._numbers[prefix] = self._numbers.get(prefix, 0) + 1
        return f"{prefix}0{number:09d}"

    def record(self, entry: Entry) -> None:
        """Append to the history and wake whoever waits for something to happen."""
        self.history.append(entry)
        self.changed()

    def changed(self) -> None:
        """Wake whoever waits for something to happen."""
        self.version += 1
        self._changed.set()
        self._changed = asyncio.Event()

    async def changes(self) -> None:
        """Wait for the next change."""
        await self._changed.wait()

    def user(self, name_or_id: str) -> User:
        """A user by id or name; LookupError when there is none."""
        if name_or_id in self.users:
            return self.users[name_or_id]
        for user in self.users.values():
            if user.name == name_or_id:
                return user
        raise LookupError(f"nobody is called {name_or_id!r}")

    def dm(self, user_id: str) -> Conversation:
        """The DM of a user with the app, opened if need be."""
        channel = dm_id(user_id)
        if channel not in self.conversations:
            self.conversations[channel] = Conversation(channel, "im", user_id, [user_id, BOT_USER_ID])
        return self.conversations[channel]

    def conversation(self, channel: str) -> Conversation:
        """By id or #name; Refused(channel_not_found) when there is none."""
        found = self.conversations.get(channel)
        if found is not None:
            return found
        name = channel.removeprefix("#")
        for conversation in self.conversations.values():
            if conversation.kind in ("channel", "group") and name and conversation.name == name:
                return conversation
        raise Refused("channel_not_found")


def dm_id(user_id: str) -> str:
    """The id of the DM that a user has with the app."""
    return "D" + user_id[1:]
