"""What a person's act becomes on the wire: payloads with fresh triggers and response URLs."""

import re
from typing import Any

from sandbox import payloads
from sandbox import shown as views
from sandbox.elements import HOLDS, state_values
from sandbox.people import Json, User
from sandbox.places import Place, Spot
from sandbox.state import Conversation, Shown, State
from sandbox.triggers import new_response_url, new_trigger

_NAMED = re.compile(r"(?<![\w<])([@#])([\w.-]*\w)")
DRAWN = ("text", "value", "url", "style", "placeholder", "accessibility_label")


def escaped(text: str) -> str:
    """Text as Slack hands it on: only these three are escaped."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def resolved(state: State, text: str) -> str:
    """@name and #name as Slack sends them to commands with should_escape; other words stay as typed."""

    def link(match: re.Match[str]) -> str:
        sign, name = match.groups()
        try:
            if sign == "@":
                return f"<@{state.user(name).id}|{state.user(name).name}>"
            channel = next(one for one in state.conversations.values() if one.name == name and one.kind == "channel")
        except (LookupError, StopIteration):
            return match.group()
        return f"<#{channel.id}|{channel.name}>"

    return _NAMED.sub(link, escaped(text))


def channel_ref(state: State, channel: str) -> Json:
    """The channel of a payload: {id, name}."""
    conversation = state.conversations[channel]
    return {"id": channel, "name": "directmessage" if conversation.kind == "im" else conversation.name}


def command(state: State, user: User, conversation: Conversation, name: str, text: str) -> Json:
    """A slash command; LookupError when the app has none of this name."""
    declared = state.app.commands.get(name)
    if declared is None:
        raise LookupError(f"{name} is not a valid command; there are {', '.join(state.app.commands) or 'none'}")
    return payloads.command(
        user,
        channel_ref(state, conversation.id),
        name,
        resolved(state, text) if declared.get("should_escape") else text,
        trigger_id=new_trigger(state, user.id),
        response_url=new_response_url(state, user.id, conversation.id),
    )


def pressed(state: State, user: User, spot: Spot, held: Json | None = None) -> Json:
    """block_actions for an element; `held` is the value chosen in it, {"type": …, key: value}."""
    action = _action(state, spot, held or {})
    trigger_id = new_trigger(state, user.id)
    if spot.place.shown is not None:
        return payloads.view_actions(user, views.as_sent(spot.place.shown), action, trigger_id=trigger_id)
    message = _message(spot.place)
    return payloads.message_actions(
        user,
        channel_ref(state, spot.place.channel),
        message,
        state_values(spot.place.blocks, state.chosen.get((user.id, message["ts"]), {})),
        action,
        trigger_id=trigger_id,
        response_url=new_response_url(state, user.id, spot.place.channel, message["ts"]),
    )


def _message(place: Place) -> Json:
    """The message of a place, as payloads carry it: without its channel."""
    assert place.message is not None  # noqa: S101  a place is a view or a message
    return {name: value for name, value in place.message.items() if name != "channel"}


def _action(state: State, spot: Spot, held: Json) -> Json:
    element = spot.element
    drawn: Json = {name: element[name] for name in DRAWN if name in element}
    holds = HOLDS.get(element["type"])
    if holds and holds.initial in element:
        drawn[holds.initial] = element[holds.initial]
    names = {"action_id": element["action_id"], "block_id": spot.block["block_id"], "type": element["type"]}
    return drawn | held | names | {"action_ts": state.stamp()}


def typed_into(state: State, user: User, spot: Spot, typed: Any) -> Json:
    """block_suggestion for an external select; `typed` is a word or several."""
    if spot.place.shown is not None:
        where = {"view": views.as_sent(spot.place.shown)}
    else:
        where = {"message": _message(spot.place), "channel": channel_ref(state, spot.place.channel)}
    words = typed if isinstance(typed, str) else ", ".join(typed or ())
    return payloads.suggestion(user, where, spot.block["block_id"], spot.element["action_id"], words)


def submitted(state: State, user: User, shown: Shown) -> Json:
    return payloads.submission(user, views.as_sent(shown), trigger_id=new_trigger(state, user.id))


def shortcut(state: State, user: User, name: str, place: Place | None) -> Json:
    """A global shortcut, or one on a message, by name or callback_id; LookupError names those that exist."""
    kind = "global" if place is None else "message"
    offered = [one for one in state.app.shortcuts if one["type"] == kind]
    for one in offered:
        if name in (one["name"], one["callback_id"]):
            return _shortcut(state, user, one["callback_id"], place)
    raise LookupError(f"no {kind} shortcut {name!r}; there are {', '.join(one['name'] for one in offered) or 'none'}")


def _shortcut(state: State, user: User, callback_id: str, place: Place | None) -> Json:
    stamps: dict[str, Any] = {"trigger_id": new_trigger(state, user.id), "action_ts": state.stamp()}
    if place is None:
        return payloads.global_shortcut(user, callback_id, **stamps)
    message = _message(place)
    stamps["response_url"] = new_response_url(state, user.id, place.channel, message["ts"])
    return payloads.message_shortcut(user, channel_ref(state, place.channel), message, callback_id, **stamps)
