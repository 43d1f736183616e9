"""Groups too small to be shown, and those that would give them away."""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from typing import TypeVar

LEAST = 5

Group = TypeVar("Group", bound=Hashable)
Path = tuple[str, ...]
"""A group inside a group: () is everybody, ("technical",) a part of them, ("technical", "3") a part of that."""


def shown(sizes: Mapping[Group, int], *, least: int = LEAST) -> set[Group]:
    """The groups that may be shown: each of `least` or more, and whatever is hidden is nobody or so many together.

    Otherwise one hidden group could be told from the whole; then the smallest shown group is hidden as well.
    """
    by_size = sorted(sizes, key=lambda group: (sizes[group], str(group)))
    open_ones = [group for group in by_size if sizes[group] >= least]
    hidden = sum(sizes.values()) - sum(sizes[group] for group in open_ones)
    while open_ones and 0 < hidden < least:
        hidden += sizes[open_ones.pop(0)]
    return set(open_ones)


def nested(leaves: Mapping[Path, int]) -> set[Path]:
    """The same for groups inside groups: a group is shown only inside one that is shown.

    `leaves`: the smallest groups, all equally deep. Cut along one line only, what is not shown is five or more together
    inside every group, so no sum of groups less other groups is ever one to four people.
    """
    sizes, parts = summed(leaves), defaultdict[Path, dict[Path, int]](dict)
    for path, size in sizes.items():
        if path:
            parts[path[:-1]][path] = size
    newest = {()} if sizes.get((), 0) >= LEAST else set[Path]()
    found = set(newest)
    while newest:
        newest = {path for group in newest for path in shown(parts[group])}
        found |= newest
    return found


def summed(leaves: Mapping[Path, int]) -> dict[Path, int]:
    """Every group with what is inside it."""
    sizes: dict[Path, int] = defaultdict(int)
    for path, size in leaves.items():
        for depth in range(len(path) + 1):
            sizes[path[:depth]] += size
    return dict(sizes)
