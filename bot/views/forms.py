"""What somebody filled in: from Slack's state to plain Python values.

Nothing here raises, whatever arrives: what is missing reads as empty, and what is unknown is left out.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from bot.views import words

Value = str | list[str] | date | None


def answers(view: Mapping[str, Any]) -> dict[str, Value]:
    """{block id: answer} of a submitted view, or of anything with a `state`.

    Typed text is cleaned; "" and [] mean not answered. A date is None when there is none (or none that exists).
    """
    values = _mapping(_mapping(_mapping(view).get("state")).get("values"))
    read = ((block_id, _element(block_id, elements)) for block_id, elements in values.items())
    return {block_id: _READERS[element["type"]](element) for block_id, element in read if _kind(element) in _READERS}


def about(view: Mapping[str, Any]) -> str:
    """What we wrote into the view when we opened it (`private_metadata`)."""
    return _text(_mapping(view).get("private_metadata"))


def thing(value: object) -> UUID | None:
    """The id in a button's value or in `about`; None for anything that is not one."""
    try:
        return UUID(hex=_text(value))
    except ValueError:
        return None


def _element(block_id: str, elements: object) -> Mapping[str, Any]:
    # Our inputs have one id for the block and its element; a block from elsewhere is read by its only element.
    by_id = _mapping(elements)
    return _mapping(by_id.get(block_id) or next(iter(by_id.values()), None))


def _kind(element: Mapping[str, Any]) -> str:
    return _text(element.get("type"))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _typed(element: Mapping[str, Any]) -> str:
    return words.clean(_text(element.get("value")))


def _chosen(element: Mapping[str, Any]) -> str:
    return _text(_mapping(element.get("selected_option")).get("value"))


def _ticked(element: Mapping[str, Any]) -> list[str]:
    return [
        value for option in _list(element.get("selected_options")) if (value := _text(_mapping(option).get("value")))
    ]


def _day(element: Mapping[str, Any]) -> date | None:
    try:
        return date.fromisoformat(_text(element.get("selected_date")))
    except ValueError:
        return None


def _picked(key: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda element: _text(element.get(key))


def _picked_many(key: str) -> Callable[[Mapping[str, Any]], list[str]]:
    return lambda element: [value for value in map(_text, _list(element.get(key))) if value]


def _files(element: Mapping[str, Any]) -> list[str]:
    return [file for one in _list(element.get("files")) if (file := _text(_mapping(one).get("id")))]


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


_READERS: dict[str, Callable[[Mapping[str, Any]], Value]] = {
    "plain_text_input": _typed,
    "number_input": _typed,
    "url_text_input": _typed,
    "email_text_input": _typed,
    "static_select": _chosen,
    "external_select": _chosen,
    "radio_buttons": _chosen,
    "checkboxes": _ticked,
    "multi_static_select": _ticked,
    "multi_external_select": _ticked,
    "datepicker": _day,
    "timepicker": _picked("selected_time"),
    "users_select": _picked("selected_user"),
    "channels_select": _picked("selected_channel"),
    "conversations_select": _picked("selected_conversation"),
    "multi_users_select": _picked_many("selected_users"),
    "multi_channels_select": _picked_many("selected_channels"),
    "multi_conversations_select": _picked_many("selected_conversations"),
    "file_input": _files,
}
