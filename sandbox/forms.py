"""What a person puts into inputs, held to the rules that Slack's own client enforces before it sends anything."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import Any

from sandbox.elements import HOLDS, TEXT_INPUTS, empty, holding, state_values
from sandbox.files import new_file
from sandbox.people import Json
from sandbox.state import Shown, State

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
LINK = re.compile(r"[a-z][a-z0-9+.-]*://\S+")
MAX_TEXT = 3000
REQUIRED = "Please complete this required field"


class ClientRefused(Exception):
    """The client would not send this. `block_id` names the input, `sentence` is what the person reads beside it."""

    def __init__(self, block_id: str, sentence: str) -> None:
        super().__init__(f"{block_id}: {sentence}")
        self.block_id, self.sentence = block_id, sentence


def find(blocks: list[Json], name: str) -> tuple[Json, Json]:
    """The block and element with this block_id or action_id; LookupError names those that exist."""
    everything = list(holding(blocks))
    for block, element in everything:
        if block["block_id"] == name:
            return block, element
    for block, element in everything:
        if element["action_id"] == name:
            return block, element
    raise LookupError(
        f"no input {name!r}; there are {', '.join(block['block_id'] for block, _ in everything) or 'none'}"
    )


def put(state: State, values: dict[str, Json], block: Json, element: Json, wanted: Any, *, user: str) -> Json:
    """Note in `values` what the person puts in, and return it as Slack sends it; ClientRefused if the client would."""
    held = empty(element)
    if wanted is not None:
        _hold(state, block, element, wanted, held, user)
    values.setdefault(block["block_id"], {})[element["action_id"]] = held
    return held


def _hold(state: State, block: Json, element: Json, wanted: Any, held: Json, user: str) -> None:
    kind, key = element["type"], HOLDS[element["type"]].key
    if kind in TEXT_INPUTS:
        held[key] = _text(block, element, str(wanted))
    elif kind == "rich_text_input":
        held[key] = wanted if isinstance(wanted, dict) else rich_text(str(wanted))
    elif kind == "file_input":
        held[key] = _files(state, block, element, [wanted] if isinstance(wanted, tuple) else list(wanted), user)
    elif isinstance(held[key], list):
        held[key] = _several(state, block, element, wanted)
    else:
        held[key] = _one(state, element, wanted)


def _text(block: Json, element: Json, text: str) -> str | None:
    if not text:
        return None
    shortest, longest = element.get("min_length", 0), element.get("max_length", MAX_TEXT)
    if len(text) > longest:
        raise ClientRefused(block["block_id"], f"This entry must be {longest} characters or less")
    if len(text) < shortest:
        raise ClientRefused(block["block_id"], f"This entry must be at least {shortest} characters")
    if element["type"] in _FORMATS:
        sentence = _FORMATS[element["type"]](element, text)
        if sentence:
            raise ClientRefused(block["block_id"], sentence)
    return text


def _number(element: Json, text: str) -> str:
    pattern = r"-?\d+(\.\d+)?" if element.get("is_decimal_allowed") else r"-?\d+"
    if not re.fullmatch(pattern, text):
        return "Please enter a number"
    if "min_value" in element and float(text) < float(element["min_value"]):
        return f"Please enter {element['min_value']} or more"
    if "max_value" in element and float(text) > float(element["max_value"]):
        return f"Please enter {element['max_value']} or less"
    return ""


_FORMATS: dict[str, Callable[[Json, str], str]] = {
    "email_text_input": lambda element, text: "" if EMAIL.fullmatch(text) else "Please enter a valid e-mail address",
    "url_text_input": lambda element, text: "" if LINK.fullmatch(text) else "Please enter a valid URL",
    "number_input": _number,
}


def _several(state: State, block: Json, element: Json, wanted: Any) -> list[Any]:
    if isinstance(wanted, bool):
        return list(options(element)) if wanted else []
    some = [_one(state, element, one) for one in ([wanted] if isinstance(wanted, str) else wanted)]
    most = element.get("max_selected_items")
    if most and len(some) > most:
        raise ClientRefused(block["block_id"], f"You can choose {most} at most")
    return some


def _one(state: State, element: Json, wanted: Any) -> Any:
    for word, read in _READERS.items():
        if word in element["type"]:
            return read(state, element, wanted)
    return option(element, wanted)


def option(element: Json, wanted: Any) -> Json:
    """The option with this value or label; LookupError names those that exist."""
    for option in options(element):
        if wanted in (option["value"], option["text"]["text"]) or wanted == option:
            return option
    names = ", ".join(option["text"]["text"] for option in options(element))
    raise LookupError(f"no option {wanted!r} in {element['action_id']}; there are {names or 'none'}")


def options(element: Json) -> Iterable[Json]:
    """All options of an element, those of groups too."""
    yield from element.get("options", ())
    for group in element.get("option_groups", ()):
        yield from group["options"]


def _conversation(state: State, element: Json, wanted: Any) -> str:
    return str(wanted) if wanted in state.conversations else state.conversation(str(wanted)).id


def _moment(state: State, element: Json, wanted: Any) -> int:
    return int(wanted.timestamp()) if isinstance(wanted, datetime) else int(wanted)


def _date(state: State, element: Json, wanted: Any) -> str:
    return (wanted if isinstance(wanted, date) else date.fromisoformat(wanted)).isoformat()


def _time(state: State, element: Json, wanted: Any) -> str:
    return (wanted if isinstance(wanted, time) else time.fromisoformat(wanted)).strftime("%H:%M")


_READERS: dict[str, Callable[[State, Json, Any], Any]] = {  # by a word in the element's type; datetime before date
    "datetimepicker": _moment,
    "datepicker": _date,
    "timepicker": _time,
    "users": lambda state, element, wanted: state.user(wanted).id,
    "conversations": _conversation,
    "channels": _conversation,
}


def rich_text(text: str) -> Json:
    """Plain words as a rich_text block."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


def _files(state: State, block: Json, element: Json, given: list[tuple[str, bytes]], user: str) -> list[Json]:
    """Files the person picks, as (name, bytes); the app can download them."""
    if len(given) > element.get("max_files", 10):
        raise ClientRefused(block["block_id"], f"You can add {element['max_files']} files at most")
    kinds = element.get("filetypes")
    picked = []
    for name, data in given:
        if kinds and name.rpartition(".")[2].lower() not in kinds:
            raise ClientRefused(block["block_id"], f"{name} is none of {', '.join(kinds)}")
        file = new_file(state, name, len(data), user)
        state.uploads[file["id"]] = data
        picked.append(file)
    return picked


def incomplete(shown: Shown) -> list[str]:
    """The block_ids of required inputs that are empty."""
    values = state_values(shown.view["blocks"], shown.values)
    missing = []
    for block, element in holding(shown.view["blocks"]):
        if block["type"] == "input" and not block.get("optional"):
            held = values[block["block_id"]][element["action_id"]]
            if held[HOLDS[element["type"]].key] in (None, "", []):
                missing.append(block["block_id"])
    return missing


def refuse_incomplete(shown: Shown) -> None:
    """Refuse to send a form in which a required input is empty."""
    for block_id in incomplete(shown):
        raise ClientRefused(block_id, REQUIRED)
