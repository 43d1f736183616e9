"""Where on a person's screen something can be pressed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sandbox.elements import BUTTONS, all_in
from sandbox.history import Posted
from sandbox.messages import in_order
from sandbox.people import Json
from sandbox.state import Conversation, Shown, State

MessageRef = Posted | Json | str  # a message is named by what was posted, by its present form, or by its ts
Surface = Literal["modal", "message", "home"]


@dataclass
class Place:
    """A view, or a message with the id of its channel; `blocks` are what is drawn there."""

    blocks: list[Json]
    shown: Shown | None = None
    message: Json | None = None
    channel: str = ""


@dataclass
class Spot:
    """An element, the block it is in, and where that is."""

    place: Place
    block: Json
    element: Json


def of_message(state: State, user: str, message: MessageRef) -> Place:
    """A message given as Posted, as a message dict or as ts, as it is now; LookupError when it cannot be seen."""
    ts = message if isinstance(message, str) else message.ts if isinstance(message, Posted) else message["ts"]
    for place in _messages(state, user, ("im", "mpim", "channel", "group")):
        if place.message is not None and place.message["ts"] == ts:
            return place
    raise LookupError(f"no message {ts} to see")


def everywhere(state: State, user: str, surface: Surface | None) -> Iterator[Place]:
    """Places in the order in which a person would look: top modal, direct messages newest first, Home."""
    stack = state.modals.get(user)
    if stack and surface in (None, "modal"):
        yield Place(stack[-1].view["blocks"], shown=stack[-1])
    if surface in (None, "message"):
        yield from _messages(state, user, ("im", "mpim"))
    home = state.homes.get(user)
    if home and surface in (None, "home"):
        yield Place(home.view["blocks"], shown=home)


def _messages(state: State, user: str, kinds: tuple[str, ...]) -> list[Place]:
    """What she can see, newest first, ephemeral messages among them."""
    found = [(one, one["channel"]) for one in state.ephemerals.get(user, ())]
    for conversation in _hers(state, user, kinds):
        found += [(message, conversation.id) for message in in_order(conversation)]
    found.sort(key=lambda pair: pair[0]["ts"], reverse=True)
    return [Place(message.get("blocks", []), message=message, channel=channel) for message, channel in found]


def _hers(state: State, user: str, kinds: tuple[str, ...]) -> list[Conversation]:
    return [one for one in state.conversations.values() if one.kind in kinds and user in one.members]


def button(places: Iterator[Place], label: str, block_id: str | None = None) -> Spot:
    """The first button with this text or action_id; LookupError names the buttons that exist."""
    seen: list[str] = []
    for place in places:
        for block, element in all_in(place.blocks):
            if element["type"] in BUTTONS and block_id in (None, block["block_id"]):
                text = element.get("text", {}).get("text", "")
                if label in (text, element["action_id"]):
                    return Spot(place, block, element)
                seen.append(text or element["action_id"])
    raise LookupError(f"no button {label!r}; there are {', '.join(dict.fromkeys(seen)) or 'none'}")


def element(places: Iterator[Place], name: str, block_id: str | None = None) -> Spot:
    """The first element that is no button with this action_id or block_id; LookupError names those that exist."""
    seen: list[str] = []
    for place in places:
        for block, found in all_in(place.blocks):
            if found["type"] not in BUTTONS and block_id in (None, block["block_id"]):
                if name in (found["action_id"], block["block_id"]):
                    return Spot(place, block, found)
                seen.append(found["action_id"])
    raise LookupError(f"nothing to choose called {name!r}; there are {', '.join(dict.fromkeys(seen)) or 'none'}")
