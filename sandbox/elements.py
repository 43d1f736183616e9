"""Interactive elements: which hold a value, under which name Slack sends it, and where they sit in blocks."""

from collections.abc import Iterator
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any

from sandbox.people import Json


@dataclass(frozen=True)
class Holds:
    """How an element's value is sent: under `key`; empty as `empty`; starting from the element's `initial`."""

    key: str
    initial: str
    empty: Any = None


HOLDS: dict[str, Holds] = {
    "plain_text_input": Holds("value", "initial_value"),
    "email_text_input": Holds("value", "initial_value"),
    "url_text_input": Holds("value", "initial_value"),
    "number_input": Holds("value", "initial_value"),
    "rich_text_input": Holds("rich_text_value", "initial_value"),
    "static_select": Holds("selected_option", "initial_option"),
    "external_select": Holds("selected_option", "initial_option"),
    "radio_buttons": Holds("selected_option", "initial_option"),
    "users_select": Holds("selected_user", "initial_user"),
    "conversations_select": Holds("selected_conversation", "initial_conversation"),
    "channels_select": Holds("selected_channel", "initial_channel"),
    "multi_static_select": Holds("selected_options", "initial_options", ()),
    "multi_external_select": Holds("selected_options", "initial_options", ()),
    "checkboxes": Holds("selected_options", "initial_options", ()),
    "multi_users_select": Holds("selected_users", "initial_users", ()),
    "multi_conversations_select": Holds("selected_conversations", "initial_conversations", ()),
    "multi_channels_select": Holds("selected_channels", "initial_channels", ()),
    "datepicker": Holds("selected_date", "initial_date"),
    "timepicker": Holds("selected_time", "initial_time"),
    "datetimepicker": Holds("selected_date_time", "initial_date_time"),
    "file_input": Holds("files", "", ()),
}
TEXT_INPUTS = ("plain_text_input", "email_text_input", "url_text_input", "number_input")
BUTTONS = ("button", "icon_button", "feedback_buttons", "workflow_button")


def all_in(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Each interactive element with its block, in the order they are drawn."""
    for block in blocks:
        for name in ("elements", "element", "accessory"):
            value = block.get(name)
            for element in value if isinstance(value, list) else [value]:
                if isinstance(element, dict) and all(
                    isinstance(element.get(key), str) for key in ("type", "action_id")
                ):
                    yield block, element


def holding(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Each element that holds a value, with its block."""
    return ((block, element) for block, element in all_in(blocks) if str(element["type"]) in HOLDS)


def empty(element: Json) -> Json:
    """The state of an element in which nothing is chosen."""
    holds = HOLDS[element["type"]]
    return {"type": element["type"], holds.key: [] if holds.empty == () else None}


def initial(element: Json) -> Json:
    """The state of an element as it is first drawn."""
    holds = HOLDS[element["type"]]
    state = empty(element)
    if holds.initial in element:
        state[holds.key] = element[holds.initial]
    return state


def state_values(blocks: list[Json], values: dict[str, Json]) -> Json:
    """state.values of a surface: for every element that holds a value what was put in, else how it started.

    `values` is {block_id: {action_id: state}}; it counts only where the element is still of the same type.
    """
    shown: Json = {}
    for block, element in holding(blocks):
        kept = values.get(block["block_id"], {}).get(element["action_id"])
        same = kept is not None and kept["type"] == element["type"]
        shown.setdefault(block["block_id"], {})[element["action_id"]] = kept if same else initial(element)
    return shown


def with_ids(blocks: list[Json]) -> list[Json]:
    """The blocks as Slack stores them: every block has a block_id and every element an action_id, new each time."""
    return [_with_ids(block, token_urlsafe(4)) for block in blocks]


def _with_ids(block: Json, block_id: str) -> Json:
    filled = {**block, "block_id": block.get("block_id") or block_id}
    for name in ("element", "accessory"):
        if isinstance(filled.get(name), dict):
            filled[name] = _with_action_id(filled[name], f"{block_id}a")
    if filled["type"] in ("actions", "context_actions"):
        filled["elements"] = [_with_action_id(one, f"{block_id}a{n}") for n, one in enumerate(filled["elements"])]
    return filled


def _with_action_id(element: Json, action_id: str) -> Json:
    needs = element.get("type") in HOLDS or element.get("type") in BUTTONS or element.get("type") == "overflow"
    return {**element, "action_id": action_id} if needs and not element.get("action_id") else element
