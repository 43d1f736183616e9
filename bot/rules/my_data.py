"""What is kept about one person, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Pile:
    """The rows of one table that name the person: as many as `count`, or with (label, value) pairs for each row."""

    table: str
    seen_by: str
    until: str
    count: int
    rows: Sequence[Sequence[tuple[str, str]]] = ()
