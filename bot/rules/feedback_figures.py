"""The figures of a cycle: about all who answered, and by one dimension. Reckoned once, when the boxes are opened.

A group is shown when it is large enough and not of one opinion, and when the same holds for all that is left out taken
together: otherwise what is left out could be told by subtraction. Counts come in bands, shares in steps of 5 %, means
to one decimal. Only people who do not read the results are counted, so that no reader can subtract their own answer.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.rules import small_cells
from bot.rules.program_feedback import ITEMS, RATINGS

BAND = 5
STEP = 5  # percent
FEW, ALIKE = "few", "alike"  # why a figure is withheld


@dataclass(frozen=True)
class Given:
    """What one person answered in a cycle, each item as last given; `segment`: their group by the dimension."""

    ratings: Mapping[str, int]
    segment: str = ""


def table(given: Sequence[Given], *, k: int, dimension: str | None) -> dict[str, Any]:
    """What is published, as plain values:

    `people` a band; `items` item → figure; `dimension`; `groups` segment → {`people`, `items`}; `is_partly_hidden`.
    A figure is {`people`, `mean`, `shares` (rating → percent)} or {`withheld`: "few" or "alike"}. A group that is not
    shown for an item is not in it.
    """
    groups = _groups(given, k=k) if dimension else {}
    return {
        "people": band(len(given)),
        "items": {item: figure(_ratings(given, item), k=k) for item in ITEMS},
        "dimension": dimension,
        "groups": groups,
        "is_partly_hidden": bool(dimension) and len(groups) < len({one.segment for one in given}),
    }


def band(people: int) -> str:
    """5-9, 10-14, and so on."""
    low = people // BAND * BAND
    return f"{low}-{low + BAND - 1}"


def figure(ratings: Sequence[int], *, k: int) -> dict[str, Any]:
    why = withheld(ratings, k=k)
    if why:
        return {"withheld": why}
    return {
        "people": band(len(ratings)),
        "mean": round(sum(ratings) / len(ratings), 1),
        "shares": {str(one): _percent(Counter(ratings)[one], len(ratings)) for one in RATINGS},
    }


def withheld(ratings: Sequence[int], *, k: int) -> str | None:
    """Why these cannot be told: too few, or all of them (or all but one) chose the same."""
    if len(ratings) < k:
        return FEW
    return ALIKE if max(Counter(ratings).values()) >= len(ratings) - 1 else None


def shown(by_group: Mapping[str, Sequence[int]], *, k: int, among: Iterable[str] | None = None) -> set[str]:
    """The groups whose ratings can be told, so that those left out cannot be told from the whole.

    `among`: no others than these.
    """
    allowed = by_group.keys() if among is None else by_group.keys() & set(among)
    smallest_first = sorted(allowed, key=lambda group: (len(by_group[group]), group))
    chosen = [group for group in smallest_first if not withheld(by_group[group], k=k)]
    while chosen and _tells(by_group, chosen, k=k):
        chosen.pop(0)
    return set(chosen)


def _tells(by_group: Mapping[str, Sequence[int]], chosen: Sequence[str], *, k: int) -> bool:
    """Whether the rest, taken together, is somebody and may not be told."""
    rest = [one for group, ratings in by_group.items() if group not in chosen for one in ratings]
    return bool(rest) and withheld(rest, k=k) is not None


def _groups(given: Sequence[Given], *, k: int) -> dict[str, Any]:
    sizes = Counter(one.segment for one in given)
    large = small_cells.shown(sizes, least=k)
    groups: dict[str, Any] = {group: {"people": band(sizes[group]), "items": {}} for group in sorted(large)}
    for item in ITEMS:
        by_group: dict[str, list[int]] = defaultdict(list)
        for one in given:
            if item in one.ratings:
                by_group[one.segment].append(one.ratings[item])
        for group in shown(by_group, k=k, among=large):
            groups[group]["items"][item] = figure(by_group[group], k=k)
    return {group: one for group, one in groups.items() if one["items"]}


def _ratings(given: Iterable[Given], item: str) -> list[int]:
    return [one.ratings[item] for one in given if item in one.ratings]


def _percent(part: int, whole: int) -> int:
    return STEP * round(100 * part / whole / STEP)
