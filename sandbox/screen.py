"""What a person reads: plain text drawn from blocks, views and messages."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.elements import HOLDS, state_values
from sandbox.forms import options
from sandbox.people import Json
from sandbox.words import rich, words

EMPTY = "____"


@dataclass(frozen=True)
class _Page:
    """What drawing needs beside the blocks: names by user id, errors by block_id, values as in state.values."""

    names: Mapping[str, str]
    errors: Mapping[str, str]
    values: Mapping[str, Json]


def render(
    drawn: Json | list[Json], *, names: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None
) -> str:
    """Plain text of blocks, of a view (with the values in its state) or of a message.

    A button is [Button], an input "Label: value"; `names` (by user id) put names to mentions, `errors` (by block_id)
    stand under their inputs.
    """
    surface: Json = {"blocks": drawn} if isinstance(drawn, list) else drawn
    blocks: list[Json] = surface.get("blocks") or []
    values = surface.get("state", {}).get("values") or _initial(blocks)
    page = _Page(names or {}, errors or {}, values)
    return "\n".join([*_before(surface, page), *_drawn(blocks, page), *_after(surface)])


def _initial(blocks: list[Json]) -> Json:
    named = [{"block_id": str(number), **block} for number, block in enumerate(blocks)]
    return state_values(named, {})


def _before(surface: Json, page: _Page) -> Iterator[str]:
    if surface.get("title"):
        yield f"== {surface['title']['text']} =="
    if surface.get("is_ephemeral"):
        yield "(Only visible to you)"
    if not surface.get("blocks") and surface.get("text"):
        yield words({"type": "mrkdwn", "text": surface["text"]}, page.names)


def _after(surface: Json) -> Iterator[str]:
    ends = [surface[name]["text"] for name in ("submit", "close") if surface.get(name)]
    if ends:
        yield " ".join(f"[{end}]" for end in ends)


def _drawn(blocks: list[Json], page: _Page) -> Iterator[str]:
    for number, block in enumerate(blocks):
        draw = _BLOCKS.get(block["type"])
        if draw is None:
            yield f"({block['type']})"
        else:
            yield from draw({"block_id": str(number), **block}, page)


def _section(block: Json, page: _Page) -> Iterator[str]:
    if block.get("text"):
        yield words(block["text"], page.names)
    for field in block.get("fields", ()):
        yield words(field, page.names)
    if "accessory" in block:
        yield from _element(block, block["accessory"], page)


def _header(block: Json, page: _Page) -> Iterator[str]:
    yield f"# {block['text']['text']}"


def _context(block: Json, page: _Page) -> Iterator[str]:
    shown = (f"({one['alt_text']})" if one["type"] == "image" else words(one, page.names) for one in block["elements"])
    yield " · ".join(shown)


def _actions(block: Json, page: _Page) -> Iterator[str]:
    yield " ".join(line for element in block["elements"] for line in _element(block, element, page))


def _image(block: Json, page: _Page) -> Iterator[str]:
    title = f"{block['title']['text']} " if block.get("title") else ""
    yield f"{title}({block['alt_text']})"


def _input(block: Json, page: _Page) -> Iterator[str]:
    label, element = block["label"]["text"], block["element"]
    optional = " (optional)" if block.get("optional") else ""
    drawn = list(_element(block, element, page))
    if element["type"] in _BOXES:
        yield f"{label}{optional}:"
        yield from drawn
    else:
        yield f"{label}{optional}: {' '.join(drawn)}"
    if block.get("hint"):
        yield f"  {block['hint']['text']}"
    if block["block_id"] in page.errors:
        yield f"  ! {page.errors[block['block_id']]}"


def _rich_text(block: Json, page: _Page) -> Iterator[str]:
    yield rich(block, page.names)


def _markdown(block: Json, page: _Page) -> Iterator[str]:
    yield block["text"]


def _alert(block: Json, page: _Page) -> Iterator[str]:
    yield f"! {words(block['text'], page.names)}"


def _table(block: Json, page: _Page) -> Iterator[str]:
    if block.get("caption"):
        yield block["caption"]
    for row in block["rows"]:
        yield " | ".join(_cell(cell, page) for cell in row)


def _cell(cell: Json, page: _Page) -> str:
    if cell["type"] == "rich_text":
        return rich(cell, page.names)
    return str(cell.get("text", cell.get("value", "")))


def _chart(block: Json, page: _Page) -> Iterator[str]:
    chart = block["chart"]
    yield f"{block['title']} ({chart['type']})"
    for one in chart.get("segments", ()):
        yield f"{one['label']}: {one['value']}"
    for series in chart.get("series", ()):
        yield f"{series['name']}: " + ", ".join(f"{point['label']} {point['value']}" for point in series["data"])


def _nested(block: Json, page: _Page) -> Iterator[str]:
    """Cards and containers: their titles, texts and what they hold."""
    for name in ("title", "subtitle", "body", "text", "subtext"):
        if isinstance(block.get(name), dict):
            yield words(block[name], page.names)
    yield from _drawn(block.get("child_blocks") or block.get("elements") or [], page)
    if block.get("actions"):
        yield from _actions({**block, "elements": block["actions"]}, page)


def _element(block: Json, element: Json, page: _Page) -> Iterator[str]:
    kind = element["type"]
    if kind in _BOXES:
        yield from _boxes(element, _value(block, element, page), _BOXES[kind])
    elif kind == "overflow":
        yield f"[… {' / '.join(option['text']['text'] for option in options(element))}]"
    elif kind == "image":
        yield f"({element['alt_text']})"
    elif kind in HOLDS:
        value = _value(block, element, page)
        yield _shown(value, page) if value not in (None, "", []) else _hint(element)
    else:
        yield f"[{element.get('text', {}).get('text', kind)}]"


def _hint(element: Json) -> str:
    return element["placeholder"]["text"] + " …" if element.get("placeholder") else EMPTY


def _value(block: Json, element: Json, page: _Page) -> Any:
    held = page.values.get(block["block_id"], {}).get(element.get("action_id", ""), {})
    holds = HOLDS[element["type"]]
    return held.get(holds.key, element.get(holds.initial))


def _boxes(element: Json, chosen: Any, marks: tuple[str, str]) -> Iterator[str]:
    ticked = [one["value"] for one in (chosen if isinstance(chosen, list) else [chosen]) if one]
    for option in options(element):
        about = f" – {option['description']['text']}" if option.get("description") else ""
        yield f"  {marks[option['value'] in ticked]} {words(option['text'], {})}{about}"


def _shown(value: Any, page: _Page) -> str:
    if isinstance(value, list):
        return ", ".join(_shown(one, page) for one in value)
    if isinstance(value, dict):
        return rich(value, page.names) if value.get("type") == "rich_text" else _named(value)
    return page.names.get(str(value), str(value))


def _named(value: Json) -> str:
    """An option by its label, a file by its name."""
    return str(value["text"]["text"] if "text" in value else value.get("name", ""))


_BOXES = {"checkboxes": ("[ ]", "[x]"), "radio_buttons": ("( )", "(•)")}

_BLOCKS: dict[str, Callable[[Json, _Page], Iterator[str]]] = {
    "actions": _actions,
    "alert": _alert,
    "card": _nested,
    "carousel": _nested,
    "container": _nested,
    "context": _context,
    "context_actions": _actions,
    "data_table": _table,
    "data_visualization": _chart,
    "divider": lambda block, page: iter(["---"]),
    "header": _header,
    "image": _image,
    "input": _input,
    "markdown": _markdown,
    "rich_text": _rich_text,
    "section": _section,
    "table": _table,
}
