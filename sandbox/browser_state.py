"""What the browser page is told: the screen of one person as JSON."""

from typing import Any

from sandbox.manifest import BOT_USER_ID
from sandbox.messages import in_order
from sandbox.people import SLACKBOT, Json, User
from sandbox.persona import Persona
from sandbox.state import Conversation, State, dm_id

NEWEST = 300  # messages of a conversation

Read = dict[tuple[str, str], str]  # (user, channel) → ts of the newest message that was looked at


def workspace(state: State, read: Read) -> Json:
    """What everybody sees: the app with what it offers, and the people."""
    app = state.app
    offered = [{"command": "", "description": "", "usage_hint": ""} | command for command in app.commands.values()]
    return {
        "workspace": "Sandbox",
        "app": {
            "id": BOT_USER_ID,
            "name": app.bot_name,
            "has_home": app.home_tab,
            "takes_messages": app.messages_tab and not app.messages_tab_read_only,
            "commands": offered,
            "shortcuts": app.shortcuts,
        },
        "people": [_person(state, user, read) for user in state.users.values()],
        "version": state.version,
    }


def _person(state: State, user: User, read: Read) -> Json:
    shown: Json = {name: getattr(user, name) for name in ("id", "name", "title", "tz", "is_bot", "deleted")}
    shown["real_name"] = user.real_name or user.name
    shown["status"] = {"emoji": user.status_emoji, "text": user.status_text}
    dm = state.conversations.get(dm_id(user.id))
    shown["unread"] = len(_unread(dm, user.id, read)) if dm else 0
    shown["is_person"] = not user.is_bot and user.id != SLACKBOT.id
    return shown


def screen(state: State, persona: Persona, channel: str | None, read: Read) -> Json:
    """What this person sees, with the messages of one conversation (the DM with the app without `channel`)."""
    state.dm(persona.id)
    hers = [one for one in state.conversations.values() if persona.id in one.members]
    opened = next((one for one in hers if one.id == channel), state.dm(persona.id))
    return {
        "me": persona.id,
        "conversations": [_conversation(one, persona.id, read) for one in hers],
        "open": _messages(state, opened, persona.id, read),
        "modals": persona.modals,
        "home": persona.home,
    }


def _conversation(one: Conversation, user: str, read: Read) -> Json:
    unread = _unread(one, user, read)
    return {
        "id": one.id,
        "kind": one.kind,
        "name": one.name,
        "members": one.members,
        "has_app": one.is_member,
        "is_archived": one.is_archived,
        "unread": len(unread),
        "mentions": sum(1 for message in unread if one.kind in ("im", "mpim") or _names(message, user)),
    }


def _unread(one: Conversation, user: str, read: Read) -> list[Json]:
    seen = read.get((user, one.id), "")
    return [message for ts, message in one.messages.items() if ts > seen and message["user"] != user]


def _names(message: Json, user: str) -> bool:
    """Whether the message mentions this person or everybody."""
    said: Any = (message.get("text", ""), message.get("blocks"))
    return any(mark in str(said) for mark in (f"<@{user}", f"'user_id': '{user}'", "<!channel", "<!here", "<!everyone"))


def _messages(state: State, one: Conversation, user: str, read: Read) -> Json:
    private = [message for message in state.ephemerals.get(user, ()) if message["channel"] == one.id]
    shown = sorted([*in_order(one), *private], key=lambda message: message["ts"])[-NEWEST:]
    chosen = {message["ts"]: state.chosen.get((user, message["ts"]), {}) for message in shown}
    return {
        "id": one.id,
        "read": read.get((user, one.id), ""),
        "messages": shown,
        "chosen": {ts: values for ts, values in chosen.items() if values},
    }
