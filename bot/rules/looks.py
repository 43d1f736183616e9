"""Who looked, as plain values."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class Look:
    """Somebody opened something on a day. `because`: the relation that let them.

    `thing`, `about`: which one it was; `round_on` of a check-in, `milestone` (its title) of evidence, as far as it is
    still there.
    """

    viewer: str
    thing: str
    about: UUID
    on_date: date
    because: str
    round_on: date | None = None
    milestone: str | None = None
