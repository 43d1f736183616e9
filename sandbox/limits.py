"""Slack's limits for what an app draws: the same check for tests, for the Web API and for whoever draws."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal

from sandbox.block_limits import BLOCKS, MOST_BLOCKS, MOST_OF_A_KIND, SURFACES, VIEWS
from sandbox.elements import all_in
from sandbox.people import Json
from sandbox.shapes import Problem, distinct, listing, variant

__all__ = ["Problem", "Surface", "problems"]

Surface = Literal["message", "modal", "home"]
MOST_MARKDOWN = 12_000  # characters over all markdown blocks of a message

_BLOCKS = {
    surface: listing(variant(BLOCKS, allowed), MOST_BLOCKS[surface], least=0) for surface, allowed in SURFACES.items()
}


def problems(payload: Json, surface: Surface) -> list[Problem]:
    """Everything that breaks a limit in a message's arguments or in a view; empty when Slack would draw it.

    Pointers are those of Slack's answers: /blocks/… for a message, /view/blocks/… for a view.
    """
    at = "" if surface == "message" else "/view"
    found = list(VIEWS[surface](payload, at)) if surface in VIEWS else []
    blocks = payload.get("blocks")
    if blocks is None:
        return found
    found += _BLOCKS[surface](blocks, f"{at}/blocks")
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        return found
    found += distinct(blocks, "block_id", f"{at}/blocks")
    found += _repeated_actions(blocks, f"{at}/blocks")
    found += _together(payload, blocks, surface, at)
    return found


def _repeated_actions(blocks: list[Json], at: str) -> Iterator[Problem]:
    """An action_id may stand once in a block."""
    for number, block in enumerate(blocks):
        elements = block.get("elements")
        if block.get("type") in ("actions", "context_actions") and isinstance(elements, list):
            yield from distinct(elements, "action_id", f"{at}/{number}/elements")


def _together(payload: Json, blocks: list[Json], surface: Surface, at: str) -> Iterator[Problem]:
    """What holds for all blocks of a surface at once."""
    kinds = Counter(str(block.get("type")) for block in blocks)
    if surface == "modal" and kinds["input"] and not payload.get("submit"):
        yield Problem(at, "missing required field: submit, as there is an input block")
    if surface == "message":
        for kind, most in MOST_OF_A_KIND.items():
            if kinds[kind] > most:
                yield Problem(f"{at}/blocks", f"no more than {most} {kind} blocks allowed")
        if sum(_length(block.get("text")) for block in blocks if block.get("type") == "markdown") > MOST_MARKDOWN:
            yield Problem(f"{at}/blocks", f"markdown must be less than {MOST_MARKDOWN + 1} characters in all")
    if _focused(blocks) > 1:
        yield Problem(f"{at}/blocks", "only one element may have focus_on_load")


def _length(value: Any) -> int:
    return len(value) if isinstance(value, str) else 0


def _focused(blocks: list[Json]) -> int:
    return sum(element.get("focus_on_load") is True for _, element in all_in(blocks))
