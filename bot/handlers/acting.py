"""Who is asking, when, and the transaction their press gets. Every handler receives one as `act`."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.database import Database
from bot.handlers.tries import Tries
from bot.rules import access, cadence
from bot.rules.features import ALL
from bot.rules.match_rounds import NO_ROUNDS, Matching
from bot.rules.people import Person
from bot.rules.program_feedback import NO_FEEDBACK, Feedback
from bot.services import looks, messages, people
from bot.views import forms

Body = dict[str, Any]
Known = TypeVar("Known")
MENTION = re.compile(r"<@([A-Z0-9]{2,32})(?:\|[^>]*)?>\s*(.*)", re.DOTALL)


@dataclass(frozen=True)
class Act:
    """One press, command, form or event. `key` makes its effect happen once; `wake` sends what is owed at once.

    `features`: those that are switched on. `away_statuses`: emoji of a status that say that somebody is away.
    `matching`: how mentors are matched. `channel`: where the program tells everybody something, if anywhere.
    `feedback`: what the operator has chosen about program feedback. `tries`: receipts typed just now.
    """

    db: Database
    clock: Clock
    zone: str
    slack_id: str
    key: str
    wake: Callable[[], None]
    features: frozenset[str] = ALL
    away_statuses: frozenset[str] = frozenset()
    matching: Matching = NO_ROUNDS
    channel: str | None = None
    feedback: Feedback = NO_FEEDBACK
    tries: Tries = field(default_factory=Tries)

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def today(self, person: Person) -> date:
        """The date where the person is."""
        return cadence.local_day(self.now, person.schedule.zone)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[tuple[AsyncSession, Person]]:
        """To look at something. What is somebody else's is noted as looked at, before it is shown."""
        async with self.db.reading() as session:
            me = await people.acting(session, self.slack_id, on=self.now.date())
            yield session, me
            seen = await looks.unnoted(session, on=self.today(me))
        if seen:
            async with self.db.writing() as session:
                await looks.note(session, seen)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[tuple[AsyncSession, Person]]:
        """One transaction, whose effect happens once: Repeated when this very act was done before."""
        async with self.noting() as session:
            me = await people.acting(session, self.slack_id, on=self.now.date())
            yield session, me
            await looks.note(session, await looks.unnoted(session, on=self.today(me)))

    @asynccontextmanager
    async def noting(self) -> AsyncIterator[AsyncSession]:
        """The same for events, which nobody in particular asks for."""
        async with self.db.writing() as session:
            await messages.once(session, self.key, at=self.now)
            yield session
        if session.info.get(messages.TOLD):
            self.wake()


Word = Callable[[AsyncAck, Body, AsyncWebClient, Act], Awaitable[None]]
"""A handler of a command, or of a word of `/ladder`."""


async def show(body: Body, client: AsyncWebClient, view: dict[str, Any]) -> None:
    """Open a dialog, on top of the one whose button was pressed. Home is a view, too, and nothing is pushed on it."""
    if (body.get("view") or {}).get("type") == "modal":
        await client.views_push(trigger_id=body["trigger_id"], view=view)
    else:
        await client.views_open(trigger_id=body["trigger_id"], view=view)


async def turn_to(body: Body, client: AsyncWebClient, view: dict[str, Any], *, only_on: Collection[str] = ()) -> None:
    """In the window where the button was, so that nothing old is left behind it; from anywhere else in a new one.

    `only_on`: the pages that give way to it, by callback id, where it goes on top of all others.
    """
    window = body.get("view") or {}
    if window.get("type") == "modal" and (not only_on or window.get("callback_id") in only_on):
        await client.views_update(view_id=window["id"], view=view)
    else:
        await show(body, client, view)


def known(found: Known | None) -> Known:
    """The id of a button or form. What is no id of ours is refused like what is not there."""
    if found is None:
        access.refuse()
    return found


def subject(body: Body) -> UUID:
    """The id of the thing whose button was pressed."""
    return known(forms.thing(body["actions"][0].get("value")))


@lru_cache
def chose(what: str) -> Callable[[Body], Awaitable[bool]]:
    """For a listener of one choice in a menu, whose values are `what:id`."""

    async def is_chosen(body: Body) -> bool:
        value = str((body["actions"][0].get("selected_option") or {}).get("value") or "")
        return value.partition(":")[0] == what

    return is_chosen


def choice(body: Body) -> UUID:
    """The id of the thing in whose menu something was chosen."""
    return known(forms.thing(str(body["actions"][0]["selected_option"]["value"]).partition(":")[2]))


async def give(client: AsyncWebClient, act: Act, *, file: str, content: bytes, says: str) -> None:
    """A file for whoever asks, in their own conversation with the app."""
    opened = await client.conversations_open(users=act.slack_id)
    channel = opened["channel"]["id"]
    await client.files_upload_v2(channel=channel, filename=file, content=content, initial_comment=says)


def named(body: Body) -> tuple[str | None, str]:
    """Whom `/ladder word @somebody …` names, as a Slack id, and what follows; None and all of it for nobody."""
    rest = str(body.get("text", "")).strip().partition(" ")[2].strip()
    found = MENTION.fullmatch(rest)
    return (found[1], found[2]) if found else (None, rest)


def key(body: Body) -> str:
    """What makes this act one act, however often Slack or an impatient finger repeats it."""
    user = _user(body)
    if "event_id" in body:
        return f"event:{body['event_id']}"
    if body.get("type") == "view_submission":
        view = body.get("view") or {}
        return f"view:{view.get('id')}:{view.get('hash')}"
    actions = body.get("actions")
    if isinstance(actions, list) and actions and isinstance(actions[0], dict):
        return f"press:{actions[0].get('action_ts')}:{user}"
    return f"act:{body.get('trigger_id')}:{user}"


def _user(body: Body) -> str:
    user = body.get("user")
    if isinstance(user, dict):
        return str(user.get("id", ""))
    event = body.get("event")
    if isinstance(event, dict):
        inner = event.get("user")
        return str(inner.get("id", "")) if isinstance(inner, dict) else str(inner or "")
    return str(body.get("user_id", ""))


def middleware(make: Callable[..., Act]) -> Callable[..., Awaitable[None]]:
    """Puts `act` into the context, from where handlers get it by name. `make(slack_id=, key=)`: an act in this app."""

    async def put_act(body: Body, context: AsyncBoltContext, next: Callable[[], Awaitable[None]]) -> None:  # noqa: A002
        context["act"] = make(slack_id=_user(body), key=key(body)[:120])
        await next()

    return put_act
