"""Messages: what may be posted, and what becomes of it."""

import json
import re
from typing import Any

from sandbox import limits
from sandbox.elements import with_ids
from sandbox.history import Posted
from sandbox.manifest import APP_ID, BOT_ID, BOT_USER_ID, TEAM_ID
from sandbox.mentions import fired
from sandbox.people import Json
from sandbox.refused import Refused
from sandbox.state import Conversation, State

MAX_TEXT = 4_000
MAX_ALL_BLOCKS = 13_000  # undocumented: msg_blocks_too_long above this many characters over all blocks
MAX_METADATA = 16_000
KEPT = ("thread_ts", "reply_broadcast", "link_names", "parse", "mrkdwn", "unfurl_links", "unfurl_media", "username")
EVENT_TYPE = re.compile(r"[a-z][a-z0-9_]*")


def from_app(state: State, args: Json) -> Json:
    """The message that these arguments of chat.* make; Refused when Slack would not take it."""
    check(args)
    message: Json = {
        "type": "message",
        "user": BOT_USER_ID,
        "bot_id": BOT_ID,
        "app_id": APP_ID,
        "team": TEAM_ID,
        "text": str(args.get("text") or ""),
        "bot_profile": {"id": BOT_ID, "app_id": APP_ID, "name": state.app.bot_name, "team_id": TEAM_ID},
    }
    if args.get("blocks"):
        message["blocks"] = with_ids(args["blocks"])
    message |= {name: args[name] for name in (*KEPT, "attachments", "metadata") if args.get(name) not in (None, "")}
    return message


def check(args: Json) -> None:
    """Refuse content that Slack refuses."""
    text, blocks = str(args.get("text") or ""), args.get("blocks")
    if not (text or blocks or args.get("attachments")):
        raise Refused("no_text")
    if len(text) > MAX_TEXT:
        raise Refused("msg_too_long")
    if blocks is not None:
        check_blocks(blocks)
    if args.get("metadata"):
        _check_metadata(args["metadata"])


def check_blocks(blocks: Any) -> None:
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    found = limits.problems({"blocks": blocks}, "message")
    if found:
        raise Refused("invalid_blocks", **explained(found))
    if characters(blocks) > MAX_ALL_BLOCKS:
        raise Refused("msg_blocks_too_long")


def explained(found: list[limits.Problem]) -> Json:
    lines = [f"[ERROR] {one.message} [json-pointer:{one.pointer}]" for one in found]
    return {"response_metadata": {"messages": lines}}


def characters(value: Any) -> int:
    """Characters of all texts in blocks."""
    if isinstance(value, dict):
        own = value.get("text")
        inner = sum(characters(item) for item in value.values() if isinstance(item, dict | list))
        return inner + (len(own) if isinstance(own, str) else 0)
    return sum(characters(item) for item in value) if isinstance(value, list) else 0


def _check_metadata(metadata: Any) -> None:
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_payload"), dict):
        raise Refused("invalid_metadata_format")
    if not EVENT_TYPE.fullmatch(str(metadata.get("event_type", ""))):
        raise Refused("invalid_metadata_format")
    if len(json.dumps(metadata)) > MAX_METADATA:
        raise Refused("metadata_too_large")


def post(state: State, conversation: Conversation, message: Json) -> Posted:
    """Make a message visible in a conversation."""
    message = {**message, "ts": state.stamp()}
    conversation.messages[message["ts"]] = message
    partner = conversation.members[0] if conversation.kind == "im" else None
    return _record(state, conversation.id, message, partner)


def post_ephemeral(state: State, channel: str, user: str, message: Json) -> Posted:
    """Show a message to one person only; it is in no history."""
    message = {**message, "ts": state.stamp(), "channel": channel, "is_ephemeral": True}
    state.ephemerals.setdefault(user, []).append(message)
    return _record(state, channel, message, user, ephemeral=True)


def _record(state: State, channel: str, message: Json, user: str | None, *, ephemeral: bool = False) -> Posted:
    payload = message.get("metadata", {}).get("event_payload", {})
    key, author = payload.get("key"), message["user"]
    posted = Posted(channel, message["ts"], message, user, key, author, fired(message), ephemeral)
    state.record(posted)
    return posted


def update(state: State, conversation: Conversation, ts: str, args: Json) -> Json:
    """Replace a message of the app; what `args` leaves out of blocks and metadata stays as Slack keeps it."""
    old = conversation.messages.get(ts)
    if old is None:
        raise Refused("message_not_found")
    if old.get("bot_id") != BOT_ID:
        raise Refused("cant_update_message")
    new = from_app(state, args) | {"ts": ts, "edited": {"user": BOT_USER_ID, "ts": state.stamp()}}
    if "metadata" in old and "metadata" not in args:
        new["metadata"] = old["metadata"]
    for name in ("thread_ts", "reactions"):
        if name in old:
            new[name] = old[name]
    conversation.messages[ts] = new
    return new


def delete(conversation: Conversation, ts: str) -> None:
    """Delete a message of the app."""
    old = conversation.messages.get(ts)
    if old is None:
        raise Refused("message_not_found")
    if old.get("bot_id") != BOT_ID:
        raise Refused("cant_delete_message")
    del conversation.messages[ts]


def in_order(conversation: Conversation) -> list[Json]:
    """All messages, oldest first."""
    return sorted(conversation.messages.values(), key=lambda message: message["ts"])
