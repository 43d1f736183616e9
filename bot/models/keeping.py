"""What a table declares about the data in it: whose it is, why it is kept, who sees it, for how long.

Export, erasure, retention and `docs/data.md` are made from these declarations; a test fails for a table without one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Keeping:
    """`of`: the columns that name the people whose data a row is, the first one first; none for nobody's.

    `columns`: every column and what it holds. `days` after the moment or day in `after`, the row goes; without `days`
    it stays as long as `until` says. `on_erase`: what happens to the rows of the first person in `of` when that person
    is erased: the row goes, its words are emptied, or it stays (it says nothing without the name). In a row of two who
    both write, each one's erasure empties "own words" only, whoever comes first.

    Sealed words are those of the first person in `of`; `words_of` names the columns that somebody else in `of` wrote.
    """

    of: tuple[str, ...]
    why: str
    seen_by: str
    columns: Mapping[str, str]
    until: str
    days: int | None = None
    after: str | None = None
    on_erase: Literal["delete", "empty words", "empty own words", "keep"] = "delete"
    words_of: Mapping[str, str] = field(default_factory=dict)
