"""How limits are said: a shape looks at a value and yields what Slack would refuse in it."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.people import Json


@dataclass(frozen=True)
class Problem:
    """What Slack would refuse. `pointer` is a JSON pointer into the payload."""

    pointer: str
    message: str


Shape = Callable[[Any, str], Iterator[Problem]]


def anything(value: Any, at: str) -> Iterator[Problem]:
    """No limit."""
    yield from ()


def flag(value: Any, at: str) -> Iterator[Problem]:
    if not isinstance(value, bool):
        yield Problem(at, "must be a boolean")


def string(most: int, least: int = 1) -> Shape:
    """A string of `least` to `most` characters."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem(at, "must be a string")
        elif len(value) > most:
            yield Problem(at, f"must be less than {most + 1} characters")
        elif len(value) < least:
            yield Problem(at, f"must be more than {least - 1} characters")

    return check


def number(least: float, most: float) -> Shape:
    """A number from `least` to `most`."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield Problem(at, "must be a number")
        elif not least <= value <= most:
            yield Problem(at, f"must be from {least} to {most}")

    return check


def one_of(*values: str) -> Shape:
    """One of these strings."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if value not in values:
            yield Problem(at, f"must be one of {', '.join(values)}")

    return check


def listing(shape: Shape, most: int, least: int = 1) -> Shape:
    """A list of `least` to `most` items of one shape."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem(at, "must be an array")
            return
        if len(value) > most:
            yield Problem(at, f"no more than {most} items allowed")
        if len(value) < least:
            yield Problem(at, f"no fewer than {least} items allowed")
        for number, item in enumerate(value):
            yield from shape(item, f"{at}/{number}")

    return check


def fields(needed: Mapping[str, Shape], allowed: Mapping[str, Shape], *, open_: bool = False) -> Shape:
    """An object with the needed fields and any of the allowed ones; others are refused unless `open_`."""
    shapes = {**needed, **allowed}

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(at, "must be an object")
            return
        for name in needed:
            if value.get(name) is None:
                yield Problem(at, f"missing required field: {name}")
        for name, item in value.items():
            if name not in shapes:
                if not open_:
                    yield Problem(at, f"invalid additional property: {name}")
            elif item is not None:
                yield from shapes[name](item, f"{at}/{name}")

    return check


def variant(shapes: Mapping[str, Shape], only: Collection[str]) -> Shape:
    """An object whose `type` names its shape; only some types are allowed here."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(at, "must be an object")
        elif not isinstance(value.get("type"), str) or value["type"] not in only:
            yield Problem(at, f"unsupported type: {value.get('type')}")
        else:
            yield from shapes[value["type"]](value, at)

    return check


def both(*shapes: Shape) -> Shape:
    """All of these hold; once one does not, those after it are not asked."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        for shape in shapes:
            found = list(shape(value, at))
            yield from found
            if found:
                return

    return check


def exactly_one(*names: str) -> Shape:
    """Just one of these fields is given."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if sum(value.get(name) is not None for name in names) != 1:
            yield Problem(at, f"must have exactly one of {', '.join(names)}")

    return check


def at_least_one(*names: str) -> Shape:
    """One of these fields is given."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not any(value.get(name) for name in names):
            yield Problem(at, f"must have one of {', '.join(names)}")

    return check


def text(most: int) -> Shape:
    """A text object, plain_text or mrkdwn."""
    return _text(most, ("plain_text", "mrkdwn"))


def plain(most: int) -> Shape:
    """A plain_text object."""
    return _text(most, ("plain_text",))


def _text(most: int, kinds: tuple[str, ...]) -> Shape:
    words = {"type": one_of(*kinds), "text": string(most)}
    return both(fields(words, {"emoji": flag, "verbatim": flag}), _emoji_is_plain)


def _emoji_is_plain(value: Any, at: str) -> Iterator[Problem]:
    if "emoji" in value and value["type"] == "mrkdwn":
        yield Problem(at, "invalid additional property: emoji")


def distinct(items: list[Json], name: str, at: str) -> Iterator[Problem]:
    """Yield a problem for each item whose `name` was there before."""
    seen: set[str] = set()
    for number, item in enumerate(items):
        value = item.get(name) if isinstance(item, dict) else None
        if not isinstance(value, str):
            continue
        if value in seen:
            yield Problem(f"{at}/{number}/{name}", f"`{name}` already exists: {value}")
        seen.add(value)
