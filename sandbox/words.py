"""Text objects and rich text as a person reads them: without markup, with names for ids."""

import re
from collections.abc import Mapping
from typing import Any

from sandbox.people import Json

_BROADCAST = re.compile(r"<!(channel|here|everyone)(?:\|[^<>]*)?>")
_DATE = re.compile(r"<!date\^[^|<>]*\|([^<>]*)>")
_PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|([^<>]*))?>")
_PLACE = re.compile(r"<#([CG][A-Z0-9]+)(?:\|([^<>]*))?>")
_GROUP = re.compile(r"<!subteam\^([A-Z0-9]+)(?:\|([^<>]*))?>")
_LINK = re.compile(r"<((?:https?|mailto|tel|slack)[^|<>]*)(?:\|([^<>]*))?>")
_MARKED = re.compile(r"(?<![\w*_~`])([*_~`])(\S|\S[^\n]*?\S)\1(?![\w*_~`])")


def words(text: Json, names: Mapping[str, str]) -> str:
    """A text object in plain words."""
    return _mrkdwn(text["text"], names) if text["type"] == "mrkdwn" else str(text["text"])


def _mrkdwn(text: str, names: Mapping[str, str]) -> str:
    text = _BROADCAST.sub(r"@\1", text)
    text = _DATE.sub(r"\1", text)
    text = _PERSON.sub(lambda match: "@" + (names.get(match[1]) or match[2] or match[1]), text)
    text = _PLACE.sub(lambda match: "#" + (match[2] or match[1]), text)
    text = _GROUP.sub(lambda match: match[2] or "@" + match[1], text)
    text = _LINK.sub(lambda match: match[2] or match[1], text)
    text = _MARKED.sub(r"\2", text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def rich(block: Json, names: Mapping[str, str]) -> str:
    """A rich_text block in plain words, one line for each part or list item."""
    return "\n".join(_part(part, names) for part in block["elements"])


def _part(part: Json, names: Mapping[str, str]) -> str:
    if part["type"] == "rich_text_list":
        indent = "  " * part.get("indent", 0)
        ordered = part.get("style") == "ordered"
        items = (_line(item["elements"], names) for item in part["elements"])
        return "\n".join(f"{indent}{f'{n}.' if ordered else '•'} {item}" for n, item in enumerate(items, start=1))
    line = _line(part["elements"], names)
    return "\n".join(f"> {one}" for one in line.split("\n")) if part["type"] == "rich_text_quote" else line.rstrip("\n")


def _line(elements: list[Json], names: Mapping[str, str]) -> str:
    return "".join(_inline(element, names) for element in elements)


def _inline(element: Json, names: Mapping[str, str]) -> str:
    shown: dict[str, Any] = {
        "text": element.get("text"),
        "link": element.get("text") or element.get("url"),
        "user": "@" + names.get(element.get("user_id", ""), element.get("user_id", "")),
        "channel": "#" + element.get("channel_id", ""),
        "usergroup": "@" + element.get("usergroup_id", ""),
        "broadcast": "@" + element.get("range", ""),
        "emoji": f":{element.get('name')}:",
        "date": element.get("fallback"),
        "color": element.get("value"),
    }
    return str(shown.get(element["type"]) or "")
