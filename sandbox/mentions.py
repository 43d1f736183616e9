"""Which mentions in a message notify people."""

import re
from collections.abc import Iterator
from typing import Any

from sandbox.people import Json

_MARKUP = re.compile(
    r"<!(?:channel|here|everyone)(?:\|[^<>]*)?>|<@[UW][A-Z0-9]+(?:\|[^<>]*)?>|<!subteam\^[A-Z0-9]+(?:\|[^<>]*)?>"
)
_BARE = re.compile(r"(?<![\w@])@(?:channel|here|everyone)\b")
_RICH = {"user": "<@{user_id}>", "usergroup": "<!subteam^{usergroup_id}>", "broadcast": "<!{range}>"}


def fired(message: Json) -> tuple[str, ...]:
    """Mentions found unescaped in the text, in mrkdwn and in rich text; plain_text never notifies.

    With link_names or parse=full a bare @here counts as well.
    """
    found: list[str] = []
    bare = bool(message.get("link_names")) or message.get("parse") == "full"
    for text in [str(message.get("text", "")), *_mrkdwn(message.get("blocks"))]:
        found += _MARKUP.findall(text)
        if bare:
            found += [f"<!{name[1:]}>" for name in _BARE.findall(text)]
    found += _rich(message.get("blocks"))
    return tuple(found)


def _objects(value: Any) -> Iterator[Json]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner)


def _mrkdwn(blocks: Any) -> Iterator[str]:
    for item in _objects(blocks):
        if item.get("type") in ("mrkdwn", "markdown") and isinstance(item.get("text"), str):
            yield item["text"]


def _rich(blocks: Any) -> Iterator[str]:
    for block in blocks or ():
        if block.get("type") == "rich_text":
            for item in _objects(block.get("elements")):
                if item.get("type") in _RICH:
                    yield _RICH[item["type"]].format_map(item)
