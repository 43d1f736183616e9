"""Views: modals stacked on a person's screen, and their Home tab."""

import json
from secrets import token_hex
from typing import Any

from sandbox import limits
from sandbox.elements import state_values, with_ids
from sandbox.manifest import APP_ID, BOT_ID, TEAM_ID
from sandbox.messages import explained
from sandbox.people import Json
from sandbox.refused import Refused
from sandbox.state import Shown, State

MAX_STACK = 3
MAX_VIEW = 250_000  # bytes of JSON
GIVEN = ("title", "submit", "close", "callback_id", "external_id", "private_metadata")


def new_view(state: State, given: Any, surface: limits.Surface) -> Shown:
    """A view as Slack stores it, not yet on any screen; Refused when Slack would not take it."""
    checked = _checked(state, given, surface)
    view: Json = {"id": state.new_id("V"), "root_view_id": "", "previous_view_id": None, **_stored(state, checked)}
    view["root_view_id"] = view["id"]
    return Shown(view)


def _stored(state: State, given: Json) -> Json:
    view: Json = {
        "team_id": TEAM_ID,
        "type": given["type"],
        "blocks": with_ids(given["blocks"]),
        "title": None,
        "submit": None,
        "close": None,
        "callback_id": "",
        "external_id": "",
        "private_metadata": "",
        "hash": f"{state.stamp()}.{token_hex(4)}",
        "clear_on_close": bool(given.get("clear_on_close")),
        "notify_on_close": bool(given.get("notify_on_close")),
        "app_id": APP_ID,
        "app_installed_team_id": TEAM_ID,
        "bot_id": BOT_ID,
    }
    return view | {name: given[name] for name in GIVEN if given.get(name) is not None}


def _checked(state: State, given: Any, surface: limits.Surface) -> Json:
    if not isinstance(given, dict) or given.get("type") != surface:
        raise Refused("invalid_arguments", response_metadata={"messages": [f"[ERROR] must be a {surface} view"]})
    if len(json.dumps(given)) > MAX_VIEW:
        raise Refused("view_too_large")
    found = limits.problems(given, surface)
    if found:
        raise Refused("invalid_arguments", **explained(found))
    name = given.get("external_id")
    if name and any(one.view["external_id"] == name and one.view["type"] != surface for one in every(state)):
        raise Refused("duplicate_external_id")
    return given


def every(state: State) -> list[Shown]:
    """All views on all screens."""
    return [*(one for stack in state.modals.values() for one in stack), *state.homes.values()]


def find(state: State, view_id: str | None, external_id: str | None) -> Shown:
    """By id or external_id; Refused(not_found) when it is on no screen."""
    for shown in every(state):
        if shown.view["id"] == view_id or (external_id and shown.view["external_id"] == external_id):
            return shown
    raise Refused("not_found")


def open_modal(state: State, user: str, shown: Shown) -> None:
    """Start a new stack; an older one is gone."""
    state.modals[user] = [shown]


def push(state: State, user: str, shown: Shown) -> None:
    """Lay a view on the person's stack."""
    stack = state.modals.get(user, [])
    if not stack:
        raise Refused("not_found")
    if len(stack) >= MAX_STACK:
        raise Refused("push_limit_reached")
    shown.view["root_view_id"] = stack[0].view["id"]
    shown.view["previous_view_id"] = stack[-1].view["id"]
    stack.append(shown)


def replace(state: State, shown: Shown, given: Any, view_hash: str | None) -> None:
    """Draw a view anew in its place; typed values stay where block_id, action_id and type stay."""
    if view_hash is not None and view_hash != shown.view["hash"]:
        raise Refused("hash_conflict")
    surface: limits.Surface = "home" if shown.view["type"] == "home" else "modal"
    shown.view = {**shown.view, **_stored(state, _checked(state, given, surface))}


def publish(state: State, user: str, given: Any, view_hash: str | None) -> Shown:
    """Set a person's Home."""
    old = state.homes.get(user)
    if old is None:
        if view_hash is not None:
            raise Refused("hash_conflict")
        state.homes[user] = new_view(state, given, "home")
    else:
        replace(state, old, given, view_hash)
    return state.homes[user]


def as_sent(shown: Shown) -> Json:
    """The view object in payloads and answers, with state."""
    return {**shown.view, "state": {"values": state_values(shown.view["blocks"], shown.values)}}
