"""What readers get of a cycle that was opened: its figures as they were written, and words page by page."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.rules.feedback_threads import Said, Side
from bot.rules.program_feedback import ITEMS, Cycle

PAGE = 5  # texts
FOR_ALL = ("choice", "standing")  # the figures that everybody sees
HIGH = (4, 5)  # ratings that agree
FOLDED_ALONE = "You have asked for this yourself. It takes another reader to agree."


@dataclass(frozen=True)
class Figure:
    """What one item came to. `people`: a band; `high`: percent who chose 4 or 5."""

    people: str
    mean: float
    high: int


@dataclass(frozen=True)
class Group:
    people: str
    items: Mapping[str, Figure]


@dataclass(frozen=True)
class Table:
    """The figures of a cycle. `withheld`: item → why it is not told; `groups`: those large enough, by their key."""

    people: str
    items: Mapping[str, Figure]
    withheld: Mapping[str, str]
    dimension: str | None
    groups: Mapping[str, Group]
    is_partly_hidden: bool


@dataclass(frozen=True)
class Digest:
    """One cycle for its readers. `before`: the figures of the one released before it; `names`: of groups, by key.

    `texts` that can be read, `folded` that cannot any more; `waiting`: texts whose authors have answered back.
    """

    cycle: Cycle
    table: Table
    before: Table | None
    names: Mapping[str, str] = field(default_factory=dict)
    texts: int = 0
    folded: int = 0
    waiting: int = 0


@dataclass(frozen=True)
class Public:
    """What everybody sees of the newest cycle that was opened."""

    people: str
    items: Mapping[str, Figure]
    before: Mapping[str, Figure]
    folded: int = 0


@dataclass(frozen=True)
class Shown:
    """One text. `said`: the conversation about it; `asked_by_me`: whether I asked to fold it away; None: nobody did."""

    slot: str
    text: str
    said: tuple[Said, ...] = ()
    asked_by_me: bool | None = None

    @property
    def waits(self) -> bool:
        """Whether its author had the last word."""
        return bool(self.said) and self.said[-1].side is Side.AUTHOR


@dataclass(frozen=True)
class Page:
    """Some texts of a cycle: those whose authors wait for an answer, then the others in the order of the lot."""

    cycle: Cycle
    texts: tuple[Shown, ...]
    number: int
    whole: int
    folded: int

    @property
    def last(self) -> int:
        return max(self.whole - 1, 0) // PAGE


def read(payload: Mapping[str, Any]) -> Table:
    """The figures as they were written when the cycle was opened; nothing is reckoned anew."""
    items = payload["items"]
    return Table(
        people=payload["people"],
        items=_figures(items),
        withheld={item: items[item]["withheld"] for item in ITEMS if "withheld" in items.get(item, ())},
        dimension=payload["dimension"],
        groups={key: Group(one["people"], _figures(one["items"])) for key, one in payload["groups"].items()},
        is_partly_hidden=payload["is_partly_hidden"],
    )


def _figures(items: Mapping[str, Any]) -> dict[str, Figure]:
    """In the order in which they are asked; without those that are withheld."""
    return {item: _figure(items[item]) for item in ITEMS if "mean" in items.get(item, ())}


def _figure(written: Mapping[str, Any]) -> Figure:
    return Figure(written["people"], written["mean"], sum(written["shares"][str(one)] for one in HIGH))


def moved(now: Mapping[str, Figure], before: Mapping[str, Figure]) -> dict[str, float]:
    """Item → by how much its mean has changed, where both are told."""
    return {item: round(one.mean - before[item].mean, 1) for item, one in now.items() if item in before}


def public(table: Table, before: Table | None, *, folded: int) -> Public:
    def open_to_all(items: Mapping[str, Figure]) -> dict[str, Figure]:
        return {item: items[item] for item in FOR_ALL if item in items}

    return Public(table.people, open_to_all(table.items), open_to_all(before.items) if before else {}, folded)


def in_order(texts: Collection[Shown]) -> list[Shown]:
    """Those that wait first; the others stay as the lot has put them."""
    return sorted(texts, key=lambda one: not one.waits)
