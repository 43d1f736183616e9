"""Groups too small to be shown, and those that would give them away."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

LEAST = 5

Group = TypeVar("Group", bound=Hashable)


def shown(sizes: Mapping[Group, int]) -> set[Group]:
    """The groups that may be shown: each of five or more, and whatever is hidden is nobody or five or more together.

    Otherwise one hidden group could be told from the whole; then the smallest shown group is hidden as well.
    """
    by_size = sorted(sizes, key=lambda group: (sizes[group], str(group)))
    open_ones = [group for group in by_size if sizes[group] >= LEAST]
    hidden = sum(sizes.values()) - sum(sizes[group] for group in open_ones)
    while open_ones and 0 < hidden < LEAST:
        hidden += sizes[open_ones.pop(0)]
    return set(open_ones)
