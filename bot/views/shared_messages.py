"""What a message says that somebody hands over by a shortcut: people's messages, and those of other apps."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.views.words import clean

MOST_DEPTH = 12
SHOWN = ("title", "pretext", "text")
FALLBACK = ("fallback",)


def text(message: Mapping[str, Any]) -> str:
    """Its words in plain text: from the text, else from blocks and attachments."""
    said = message.get("text")
    if isinstance(said, str) and said.strip():
        return clean(_unescaped(said))
    parts = [message.get("blocks"), message.get("attachments")]
    found = [*_texts(parts, SHOWN, 0)] or [*_texts(parts, FALLBACK, 0)]
    return clean(_unescaped("\n".join(dict.fromkeys(piece for piece in found if piece.strip()))))


def _texts(part: object, keys: Sequence[str], depth: int) -> Iterator[str]:
    if depth > MOST_DEPTH:
        return
    if isinstance(part, list):
        for one in part:
            yield from _texts(one, keys, depth + 1)
    elif isinstance(part, Mapping):
        for key in keys:
            if isinstance(said := part.get(key), str) and said.strip():
                yield said
        for key in ("text", "title", "elements", "fields", "blocks"):
            if not isinstance(part.get(key), str):
                yield from _texts(part.get(key), keys, depth + 1)


def _unescaped(said: str) -> str:
    """Slack's markup as people would read it: `<https://x|here>` is here (https://x), `<!channel>` is @channel."""
    said = re.sub(r"<(https?://[^<|>]+)\|([^<>]+)>", r"\2 (\1)", said)
    said = re.sub(r"<[@#!][^<|>]*\|([^<>]+)>", lambda found: "@" + found[1].lstrip("@#"), said)
    said = re.sub(r"<@[^<>]*>", "@a colleague", said)
    said = re.sub(r"<!([a-z]+)[^<>]*>", r"@\1", said)
    said = re.sub(r"<(https?://[^<>]+)>", r"\1", said)
    return said.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def link(body: Mapping[str, Any]) -> str:
    """The permalink of the message a shortcut was used on; empty when the payload does not say where it was."""
    team, channel, ts = (
        body.get("team") or {},
        body.get("channel") or {},
        str((body.get("message") or {}).get("ts", "")),
    )
    domain, place = str(team.get("domain", "")), str(channel.get("id", ""))
    is_whole = domain.replace("-", "").isalnum() and place.isalnum() and ts.replace(".", "").isdigit()
    return f"https://{domain}.slack.com/archives/{place}/p{ts.replace('.', '')}" if is_whole else ""


def is_private(body: Mapping[str, Any]) -> bool:
    """Whether the message is from a conversation that not everybody can read: Slack does not tell the name of such."""
    channel = body.get("channel") or {}
    name, place = str(channel.get("name", "")), str(channel.get("id", ""))
    return name in ("directmessage", "privategroup") or name.startswith("mpdm-") or not place.startswith("C")
