"""Arguments of a call: SDKs send them as query, form or JSON, and nested values as JSON strings."""

import json
from typing import Any

from aiohttp import web

from sandbox.people import Json
from sandbox.refused import Refused

NESTED = frozenset({"blocks", "view", "metadata", "attachments", "files"})


async def read(request: web.Request) -> Json:
    """Query, form and JSON body in one; Refused(invalid_json) when the body is none."""
    args: Json = dict(request.query)
    body = await request.read()
    if body and request.content_type == "application/json":
        args |= _parsed(body)
    elif body:
        args |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    return {name: _nested(name, value) if name in NESTED else _plain(value) for name, value in args.items()}


def _parsed(body: bytes) -> Json:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused("invalid_json") from None
    if not isinstance(value, dict):
        raise Refused("json_not_object")
    return value


def _plain(value: Any) -> Any:
    """Lists as the comma-separated words that they stand for; objects only where they belong."""
    if isinstance(value, dict):
        raise Refused("invalid_arguments")
    return ",".join(map(str, value)) if isinstance(value, list) else value


def _nested(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value) if value else None
    except (ValueError, RecursionError):
        raise Refused("invalid_blocks_format" if name == "blocks" else "invalid_arguments") from None


def required(args: Json, name: str) -> str:
    """A string argument; Refused(invalid_arguments) naming it when it is missing."""
    value = args.get(name)
    if value is None or value == "":
        note = f"[ERROR] missing required field: {name}"
        raise Refused("invalid_arguments", response_metadata={"messages": [note]})
    return str(value)


def flag(args: Json, name: str) -> bool:
    return str(args.get(name, "")).lower() in ("1", "true")


def page(items: list[Any], args: Json, *, most: int = 1000, usual: int = 100) -> tuple[list[Any], str]:
    """One page of items by limit and cursor, and the cursor of the next page ("" on the last)."""
    try:
        limit = min(int(args.get("limit") or usual), most)
        start = int(str(args.get("cursor") or "0").removeprefix("after:"))
    except (ValueError, OverflowError):
        raise Refused("invalid_cursor") from None
    if limit < 1:
        raise Refused("invalid_limit")
    end = start + limit
    return items[start:end], f"after:{end}" if end < len(items) else ""
