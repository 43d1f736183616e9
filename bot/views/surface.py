"""A whole message, modal or Home held against what Slack accepts: `problems` names, `guard` repairs.

slackblocks checks each part; it does not see doubled ids, missing texts, totals, or what was put together by hand.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from functools import lru_cache
from typing import Any

from bot.views import surface_limits as limits
from bot.views import words
from bot.views.surface_limits import Surface

Block = dict[str, Any]
Node = tuple[str, str, dict[str, Any]]  # where it is, what it is, itself

# Objects that do not say what they are: the key they stand under does.
_KINDS_BY_KEY = {
    "fields": "field",
    "options": "option",
    "initial_option": "option",
    "initial_options": "option",
    "option_groups": "option group",
    "confirm": "confirm",
}
# Strings that people read, besides text objects: these can be cut. Ids, values and addresses cannot.
_READ = {"text", "alt_text", "accessibility_label", "initial_value"}
_HOLD_A_STRING = {"mrkdwn", "plain_text", "field", "text", "image"}
_MADE_UP = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_LABELS = {"title", "submit", "close"}
_BLANK = "—"


def problems(payload: Mapping[str, Any], surface: Surface) -> list[str]:
    """What Slack, or whoever reads the answer, would trip over; one sentence each, empty when all is well."""
    blocks = _blocks(payload)
    found = [*_envelope_problems(payload, surface), *_size_problems(payload, surface), *_id_problems(blocks)]
    for n, block in enumerate(blocks):
        found += [f"block {n}{problem}" for problem in _block_problems(block, surface)]
    return found


def guard(payload: Mapping[str, Any], surface: Surface) -> Mapping[str, Any]:
    """`payload` made sendable: the same object if nothing is wrong, else a repaired copy. Never raises for JSON.

    Long texts are clipped, a block that cannot be repaired is left out, and blocks beyond the limit become one last
    line "… and N more". Whoever sends logs `problems` as well: a repair may hide a button.
    """
    if not problems(payload, surface):
        return payload
    fitted = [_fitted(block) for block in _blocks(payload) if isinstance(block, dict)]
    sendable = [block for block in _with_own_ids(fitted) if not _block_problems(block, surface)]
    if surface == "message":
        sendable = _few_of_a_kind(sendable)
    return _cut(_fitted_envelope(payload, surface, sendable), surface)


def _blocks(payload: Mapping[str, Any]) -> list[Any]:
    blocks = payload.get("blocks")
    return blocks if isinstance(blocks, list) else []


def _nodes(root: dict[str, Any]) -> Iterator[Node]:
    """Every object in a block, from the outside in, in reading order."""
    waiting: list[tuple[str, str, Any]] = [("", "", root)]
    while waiting:
        where, key, value = waiting.pop()
        if isinstance(value, dict):
            yield where, _kind(key, value), value
            inside = [(name, inner) for name, inner in reversed(value.items()) if isinstance(inner, dict | list)]
            waiting += [(f"{where}.{name}", name, inner) for name, inner in inside]
        elif isinstance(value, list):
            waiting += [(f"{where}[{n}]", key, inner) for n, inner in reversed([*enumerate(value)])]


def _kind(key: str, node: dict[str, Any]) -> str:
    by_key = _KINDS_BY_KEY.get(key)
    if by_key and (by_key == "field" or "type" not in node):
        return by_key
    return str(node.get("type", ""))


def _text(value: object) -> str | None:
    """The characters of a string or a text object."""
    held = value.get("text") if isinstance(value, dict) else value
    return held if isinstance(held, str) else None


def _is_blank(value: object, kind: str) -> bool:
    text = _text(value)
    if text is None:
        return not value
    # Between two styled words of rich text a single space is as it should be.
    return not text if kind == "text" else not text.strip()


def _envelope_problems(payload: Mapping[str, Any], surface: Surface) -> Iterator[str]:
    yield from _node_problems(surface, surface, payload)
    if not isinstance(payload.get("blocks", []), list):
        yield "blocks is not a list"
    if surface != "message" and payload.get("type") != surface:
        yield f"type is {payload.get('type')!r}, not {surface!r}"
    if surface == "modal" and _has_input(_blocks(payload)) and _is_blank(payload.get("submit"), surface):
        yield "a modal with an input needs submit"


def _has_input(blocks: Iterable[Any]) -> bool:
    return any(isinstance(block, dict) and block.get("type") == "input" for block in blocks)


def _size_problems(payload: Mapping[str, Any], surface: Surface) -> Iterator[str]:
    blocks = _blocks(payload)
    if len(blocks) > limits.MOST_BLOCKS[surface]:
        yield f"{len(blocks)} blocks, {limits.MOST_BLOCKS[surface]} fit"
    if surface == "message":
        length = sum(map(_text_length, blocks))
        if length > limits.MOST_TEXT:
            yield f"{length} characters in all, {limits.MOST_TEXT} fit"
        if len(_few_of_a_kind(blocks)) < len(blocks):
            yield f"more of a kind than a message takes ({limits.MOST_OF_A_KIND})"
    elif (size := len(json.dumps(dict(payload), default=str))) > limits.MOST_BYTES:
        yield f"{size} bytes, {limits.MOST_BYTES} fit"


def _text_length(part: Any) -> int:
    if isinstance(part, dict):
        text = part.get("text")
        return (len(text) if isinstance(text, str) else 0) + sum(map(_text_length, part.values()))
    return sum(map(_text_length, part)) if isinstance(part, list) else 0


def _id_problems(blocks: list[Any]) -> Iterator[str]:
    seen: set[str] = set()
    for n, block in enumerate(blocks):
        block_id = block.get("block_id") if isinstance(block, dict) else None
        if not isinstance(block_id, str) or not block_id:
            yield f"block {n} has no block_id"
        elif _MADE_UP.fullmatch(block_id):
            yield f"block {n} has a made-up block_id"
        elif block_id in seen:
            yield f"block {n} has the block_id {block_id!r} of another"
        else:
            seen.add(block_id)


def _block_problems(block: Any, surface: Surface) -> list[str]:
    if not isinstance(block, dict):
        return [" is not a block"]
    found = (
        []
        if str(block.get("type")) in limits.ALLOWED[surface]
        else [f" of type {block.get('type')!r} is not for a {surface}"]
    )
    if block.get("type") == "section" and not block.get("text") and not block.get("fields"):
        found.append(" has neither text nor fields")
    nodes = list(_nodes(block))
    for where, kind, node in nodes:
        found += _node_problems(where, kind, node)
    return found + [f" has the action_id {action_id!r} twice" for action_id in _doubled_actions(nodes)]


def _doubled_actions(nodes: Iterable[Node]) -> list[str]:
    ids = [node["action_id"] for _, _, node in nodes if isinstance(node.get("action_id"), str)]
    return sorted({action_id for action_id in ids if ids.count(action_id) > 1})


def _node_problems(where: str, kind: str, node: Mapping[str, Any]) -> Iterator[str]:
    for field in limits.REQUIRED.get(kind, ()):
        if _is_blank(node.get(field), kind):
            yield f"{where}.{field} is missing or blank"
    for field, most in _lengths(kind, node).items():
        if (text := _text(node.get(field))) is not None and len(text) > most:
            yield f"{where}.{field} has {len(text)} characters, {most} fit"
    for field, most in limits.COUNTS.get(kind, {}).items():
        if isinstance(items := node.get(field), list) and len(items) > most:
            yield f"{where}.{field} has {len(items)} items, {most} fit"
    for field, (least, most) in limits.NUMBERS.get(kind, {}).items():
        if isinstance(number := node.get(field), int) and not least <= number <= most:
            yield f"{where}.{field} is {number}, not between {least} and {most}"


def _lengths(kind: str, node: Mapping[str, Any]) -> Mapping[str, int]:
    most = _usual_lengths(kind)
    if kind == "plain_text_input" and isinstance(own := node.get("max_length"), int):
        return {**most, "initial_value": max(min(own, most["initial_value"]), 0)}
    return most


@lru_cache(maxsize=256)
def _usual_lengths(kind: str) -> Mapping[str, int]:
    return {**limits.LENGTHS_ANYWHERE, **limits.LENGTHS.get(kind, {})}


def _fitted(block: Block) -> Block:
    """A copy with every text that people read cut to its length, and "—" where a required one is blank."""
    copy = deepcopy(block)
    for _, kind, node in _nodes(copy):
        _fit(kind, node)
    return copy


def _fit(kind: str, node: dict[str, Any]) -> None:
    for field, most in _lengths(kind, node).items():
        value = node.get(field)
        if isinstance(value, dict) and isinstance(value.get("text"), str):
            value["text"] = _shortened(value["text"], most, value)
        elif isinstance(value, str) and field in _READ:
            node[field] = _shortened(value, most, node)
    for field in limits.REQUIRED.get(kind, ()):
        if kind in _HOLD_A_STRING and _is_blank(node.get(field), kind):
            node[field] = _BLANK


def _shortened(text: str, most: int, holder: Mapping[str, Any]) -> str:
    return words.clip_mrkdwn(text, most) if holder.get("type") == "mrkdwn" else words.clip(text, most)


def _with_own_ids(blocks: list[Block]) -> list[Block]:
    """The blocks, each with an id of its own; the first to have an id keeps it."""
    seen: set[str] = set()
    named = []
    for n, block in enumerate(blocks):
        block_id = block.get("block_id")
        if not isinstance(block_id, str) or not block_id or _MADE_UP.fullmatch(block_id):
            block_id = f"block~{n}"
        while block_id in seen:
            block_id = f"{block_id[:200]}~{n}"
        seen.add(block_id)
        named.append({**block, "block_id": block_id})
    return named


def _few_of_a_kind(blocks: list[Any]) -> list[Any]:
    kept: list[Any] = []
    left = dict(limits.MOST_OF_A_KIND)
    for block in blocks:
        kind = str(block.get("type")) if isinstance(block, dict) else ""
        if kind in left:
            left[kind] -= 1
        if left.get(kind, 0) >= 0:
            kept.append(block)
    return kept


def _fitted_envelope(payload: Mapping[str, Any], surface: Surface, blocks: list[Block]) -> dict[str, Any]:
    envelope = {**payload, "blocks": blocks}
    if surface == "message":
        text = payload.get("text")
        spoken = text if isinstance(text, str) and text.strip() else _first_text(blocks)
        return {**envelope, "text": words.clip_mrkdwn(spoken, limits.LENGTHS["message"]["text"])}
    # Only what a view is made of: Slack refuses one with anything else, such as the id of a view it sent us.
    made_of = {"blocks", *limits.LENGTHS[surface], "clear_on_close", "notify_on_close"}
    view = {"type": surface, **{field: value for field, value in envelope.items() if field in made_of}}
    for field, most in limits.LENGTHS[surface].items():
        view[field] = (_label if field in _LABELS else _whole)(view.get(field), most)
    if surface == "modal":
        view["title"] = view["title"] or _plain("Ladderbot")
        view["submit"] = view["submit"] or (_plain("Send") if _has_input(blocks) else None)
    return {field: value for field, value in view.items() if value is not None}


def _label(value: object, most: int) -> dict[str, Any] | None:
    text = _text(value)
    return _plain(words.clip(text, most)) if text and text.strip() else None


def _whole(value: object, most: int) -> str | None:
    """Half of an id or of private_metadata would be taken for something else: all of it or nothing."""
    return value if isinstance(value, str) and len(value) <= most else None


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def _first_text(blocks: list[Block]) -> str:
    # Words of people may stand here unescaped, in plain text or rich text.
    texts = (node["text"] for block in blocks for _, _, node in _nodes(block) if isinstance(node.get("text"), str))
    return next((words.escape(text) for text in texts if text.strip()), "Something new for you")


def _cut(payload: dict[str, Any], surface: Surface) -> dict[str, Any]:
    """As many blocks from the start as fit together with the line that says how many do not."""
    blocks = payload["blocks"]
    for keep in range(min(len(blocks), limits.MOST_BLOCKS[surface]), -1, -1):
        cut = {**payload, "blocks": _with_own_ids([*blocks[:keep], *_more(len(blocks) - keep)])}
        if not any(_size_problems(cut, surface)):
            break
    return cut


def _more(count: int) -> list[Block]:
    if not count:
        return []
    text = {"type": "plain_text", "text": f"… and {count} more"}
    return [{"type": "context", "block_id": "more", "elements": [text]}]
