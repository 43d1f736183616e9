"""Limits of interactive elements and of the objects in them, as tables."""

from collections.abc import Iterator
from typing import Any

from sandbox.forms import options
from sandbox.shapes import (
    Problem,
    Shape,
    anything,
    both,
    exactly_one,
    fields,
    flag,
    listing,
    number,
    one_of,
    plain,
    string,
    text,
)

ID = string(255, least=0)
LINK = string(3000)
TYPE: dict[str, Shape] = {"type": anything}

CONFIRM = fields(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
PLAIN_OPTION = fields({"text": plain(75), "value": string(150)}, {"description": plain(75)})
OVERFLOW_OPTION = fields({"text": plain(75), "value": string(150)}, {"description": plain(75), "url": LINK})
RICH_OPTION = fields({"text": text(75), "value": string(150)}, {"description": text(75)})
GROUP = fields({"label": plain(75), "options": listing(PLAIN_OPTION, 100)}, {})

WAIT = {"trigger_actions_on": listing(one_of("on_enter_pressed", "on_character_entered"), 2)}
DISPATCH = fields({}, WAIT)
INPUT = {"action_id": ID, "placeholder": plain(150), "focus_on_load": flag, "dispatch_action_config": DISPATCH}
PICK = {"action_id": ID, "placeholder": plain(150), "focus_on_load": flag, "confirm": CONFIRM}
MANY = PICK | {"max_selected_items": number(1, 1000)}
FILTER = {"include": listing(one_of("im", "mpim", "private", "public"), 4)}
WHICH = fields({}, FILTER | {"exclude_external_shared_channels": flag, "exclude_bot_users": flag})
CONVERSATIONS = {"default_to_current_conversation": flag, "filter": WHICH}
STATIC = {"options": listing(PLAIN_OPTION, 100), "option_groups": listing(GROUP, 100)}
BOXES = {"action_id": ID, "focus_on_load": flag, "confirm": CONFIRM}
IDS = listing(string(255), 100, least=0)


def _starts_among_its_options(value: Any, at: str) -> Iterator[Problem]:
    """What is chosen at first must be one of the options."""
    known = list(options(value))
    for option in [*value.get("initial_options", ()), value.get("initial_option")]:
        if option is not None and option not in known:
            yield Problem(at, "initial option is not among the options")


def _values_are_distinct(value: Any, at: str) -> Iterator[Problem]:
    seen = [option["value"] for option in options(value)]
    if len(seen) != len(set(seen)):
        yield Problem(at, "option values must be unique")


def _chosen(shape: Shape) -> Shape:
    return both(shape, _starts_among_its_options, _values_are_distinct)


def _element(allowed: dict[str, Shape], needed: dict[str, Shape] | None = None) -> Shape:
    return fields(TYPE | (needed or {}), allowed)


_BUTTON = {
    "action_id": ID,
    "url": LINK,
    "value": string(2000, least=0),
    "style": one_of("primary", "danger"),
    "confirm": CONFIRM,
    "accessibility_label": string(75),
    "agent_prompt": string(4000),
}
_IMAGE = {"image_url": LINK, "slack_file": anything, "image_width": anything, "image_height": anything}

IMAGE = both(fields(TYPE | {"alt_text": string(2000)}, _IMAGE), exactly_one("image_url", "slack_file"))

ELEMENTS: dict[str, Shape] = {
    "button": _element(_BUTTON, {"text": plain(75)}),
    "workflow_button": fields(TYPE | {"text": plain(75)}, {}, open_=True),
    "feedback_buttons": fields(TYPE, {"action_id": ID}, open_=True),
    "icon_button": fields(TYPE, {"action_id": ID, "value": string(2000, least=0)}, open_=True),
    "overflow": _element({"action_id": ID, "confirm": CONFIRM}, {"options": listing(OVERFLOW_OPTION, 5)}),
    "image": IMAGE,
    "static_select": both(
        _chosen(_element(PICK | STATIC | {"initial_option": anything})), exactly_one("options", "option_groups")
    ),
    "multi_static_select": both(
        _chosen(_element(MANY | STATIC | {"initial_options": listing(anything, 100)})),
        exactly_one("options", "option_groups"),
    ),
    "external_select": _element(PICK | {"initial_option": PLAIN_OPTION, "min_query_length": number(0, 1000)}),
    "multi_external_select": _element(
        MANY | {"initial_options": listing(PLAIN_OPTION, 100), "min_query_length": number(0, 1000)}
    ),
    "users_select": _element(PICK | {"initial_user": string(255)}),
    "multi_users_select": _element(MANY | {"initial_users": IDS}),
    "conversations_select": _element(
        PICK | CONVERSATIONS | {"initial_conversation": string(255), "response_url_enabled": flag}
    ),
    "multi_conversations_select": _element(MANY | CONVERSATIONS | {"initial_conversations": IDS}),
    "channels_select": _element(PICK | {"initial_channel": string(255), "response_url_enabled": flag}),
    "multi_channels_select": _element(MANY | {"initial_channels": IDS}),
    "checkboxes": _chosen(
        _element(BOXES | {"initial_options": listing(anything, 10)}, {"options": listing(RICH_OPTION, 10)})
    ),
    "radio_buttons": _chosen(_element(BOXES | {"initial_option": anything}, {"options": listing(RICH_OPTION, 10)})),
    "datepicker": _element(PICK | {"initial_date": string(10, least=10)}),
    "timepicker": _element(PICK | {"initial_time": string(5, least=5), "timezone": string(255)}),
    "datetimepicker": _element(BOXES | {"initial_date_time": number(1_000_000_000, 9_999_999_999)}),
    "plain_text_input": _element(
        INPUT
        | {
            "initial_value": string(3000, least=0),
            "multiline": flag,
            "min_length": number(0, 3000),
            "max_length": number(1, 3000),
        }
    ),
    "email_text_input": _element(INPUT | {"initial_value": string(3000, least=0)}),
    "url_text_input": _element(INPUT | {"initial_value": string(3000, least=0)}),
    "number_input": _element(
        INPUT | {"initial_value": string(255), "min_value": string(255), "max_value": string(255)},
        {"is_decimal_allowed": flag},
    ),
    "rich_text_input": _element(
        INPUT | {"initial_value": anything, "min_lines": number(1, 100), "max_lines": number(1, 100)}
    ),
    "file_input": _element(
        {"action_id": ID, "filetypes": listing(string(255), 100), "max_files": number(1, 10)},
    ),
}
