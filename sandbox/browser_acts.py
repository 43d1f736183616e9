"""What a person does on the page, done by their persona: so it takes the way that Slack's own client takes."""

import base64
import binascii
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sandbox import forms
from sandbox.elements import holding
from sandbox.forms import REQUIRED, ClientRefused
from sandbox.people import Json
from sandbox.persona import Persona
from sandbox.places import Surface
from sandbox.state import State

Act = Callable[[State, Persona, Json], Awaitable[Json | None]]

CHANGED = "This form has changed meanwhile. Please look at it again."


class Misplaced(Exception):
    """The page shows something that is no longer there; says so."""


async def types(state: State, persona: Persona, asked: Json) -> None:
    await persona.types(str(asked["line"]), channel=asked.get("channel"))


async def says(state: State, persona: Persona, asked: Json) -> None:
    await persona.says(str(asked["text"]), channel=asked.get("channel"), thread=asked.get("thread"))


async def presses(state: State, persona: Persona, asked: Json) -> None:
    await _look(state, persona, asked)
    await persona.presses(asked["action_id"], asked.get("ts"), _surface(asked), asked["block_id"])


async def chooses(state: State, persona: Persona, asked: Json) -> None:
    await _look(state, persona, asked)
    wanted = _wanted(persona, str(asked.get("type")), asked["value"])
    await persona.chooses(asked["action_id"], wanted, asked.get("ts"), _surface(asked), asked["block_id"])


async def looks_for(state: State, persona: Persona, asked: Json) -> Json:
    """The options of an external select for what was typed."""
    await _look(state, persona, asked)
    where = (asked.get("ts"), _surface(asked), asked["block_id"])
    return {"options": await persona.looks_for(str(asked["typed"]), asked["action_id"], *where)}


async def submits(state: State, persona: Persona, asked: Json) -> Json | None:
    """The form as it was filled in; returns what is wrong with it, by block_id."""
    _check_top(state, persona, asked)
    refused = await _enter(state, persona, asked)
    errors = dict.fromkeys(forms.incomplete(state.modals[persona.id][-1]), REQUIRED) | refused
    if errors:
        return {"errors": errors}
    await persona.submits()
    return {"errors": persona.errors}


async def closes(state: State, persona: Persona, asked: Json) -> None:
    _check_top(state, persona, asked)
    await persona.closes()


async def uses(state: State, persona: Persona, asked: Json) -> None:
    await persona.uses(asked["callback_id"], asked.get("ts"))


async def opens_home(state: State, persona: Persona, asked: Json) -> None:
    await persona.opens_home(asked.get("tab", "home"))


ACTS: dict[str, Act] = {
    act.__name__: act for act in (types, says, presses, chooses, looks_for, submits, closes, uses, opens_home)
}


def _surface(asked: Json) -> Surface | None:
    surface: Surface | None = asked.get("surface")
    return surface


def _check_top(state: State, persona: Persona, asked: Json) -> None:
    stack = state.modals.get(persona.id)
    if not stack or stack[-1].view["id"] != asked.get("view_id"):
        raise Misplaced(CHANGED)


async def _look(state: State, persona: Persona, asked: Json) -> None:
    """In a modal the app is told with each act what has been filled in so far, whether it would do or not."""
    if asked.get("surface") == "modal":
        _check_top(state, persona, asked)
        await _enter(state, persona, asked)


async def _enter(state: State, persona: Persona, asked: Json) -> dict[str, str]:
    """Put the values of the form where they belong; returns what the client would refuse, by block_id."""
    refused: dict[str, str] = {}
    blocks = state.modals[persona.id][-1].view["blocks"]
    kinds = {block["block_id"]: element["type"] for block, element in holding(blocks)}
    for block_id, value in asked.get("values", {}).items():
        if block_id in kinds:
            try:
                await persona.enters(**{block_id: _wanted(persona, kinds[block_id], value)})
            except ClientRefused as refusal:
                refused[block_id] = refusal.sentence
    return refused


def _wanted(persona: Persona, kind: str, value: Any) -> Any:
    """A value as the page sends it (a local date and time, a file in base64), as a persona takes it."""
    if value in (None, "", []):
        return None
    if kind == "datetimepicker":
        return datetime.fromisoformat(str(value)).replace(tzinfo=ZoneInfo(persona.user.tz))
    if kind == "file_input":
        return [_file(one) for one in value]
    return value


def _file(given: Json) -> tuple[str, bytes]:
    try:
        return str(given["name"]), base64.b64decode(given["data"], validate=True)
    except binascii.Error:
        raise Misplaced("This file could not be read.") from None
