"""Opportunities: what somebody offers that helps others to grow, whom it suits, and who takes part."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.rules.cadence import Away, Schedule
from bot.rules.people import Person
from bot.rules.refusal import Refusal

MOST_OPEN = 20  # of one person; owners who import are not counted
STANDS = timedelta(days=90)  # without a date
ASKED_BEFORE = timedelta(days=14)  # its end, whether it still stands
AT_ONCE = 8  # on one page
NEXT = 4  # in Home
MOST_ASKS = 20  # shown to whoever offers it

GONE = "This is not offered any more. `/ladder chances` shows what is."
ENDED = "This has ended. `/ladder chances` shows what is offered now."
FULL = "All places are taken for now. You may ask {name} whether one gets free."
OWN = "You offer this yourself, so there is nobody to tell."
CHANGED = "This was changed in another window just now. Open it again to see how it stands."
IS_TAKEN = "This place went to somebody else. `/ladder chances` shows what else there is."
NO_PLACE = "All places are taken by now. Give it more places with *Change*, or say that this one is taken."
SETTLED = "This is settled already. Open it again to see how it stands."


class Kind(StrEnum):
    COURSE = "course"
    WORKSHOP = "workshop"
    SESSION = "information session"
    PROJECT = "project"
    STRETCH = "stretch assignment"
    ROTATION = "rotation"


NEEDS_TIME = frozenset({Kind.PROJECT, Kind.STRETCH, Kind.ROTATION})
"""Kinds for which the manager of whoever takes part is told, once."""


class State(StrEnum):
    OPEN = "open"
    WITHDRAWN = "withdrawn"


class Interest(StrEnum):
    """How somebody stands to an opportunity. There is no word for an ask that nobody answers: it lapses quietly."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    TAKEN = "taken"  # the place is somebody else's
    BACK = "stepped back"


@dataclass(frozen=True)
class Tags:
    """Whom it suits: keys of tracks and competencies, numbers of bands. Empty: everybody. A filter, never a wall."""

    tracks: tuple[str, ...] = ()
    competencies: tuple[str, ...] = ()
    bands: tuple[int, ...] = ()


@dataclass(frozen=True)
class Offer:
    """What is offered, as it is kept. `until_on`: its last day; `hours` a week; `places`: None for as many as come."""

    kind: Kind
    title: str
    learn: str
    hours: int | None = None
    places: int | None = None
    begins_on: date | None = None
    until_on: date | None = None
    link: str = ""
    tags: Tags = Tags()

    @property
    def is_dated(self) -> bool:
        return self.begins_on is not None or self.until_on is not None


@dataclass(frozen=True)
class Opportunity:
    """One entry of the catalogue. `taken`: places that are; `credited`: who wrote the message it was made from.

    `ends_on`: the last day on which it is shown. `suits`: whether its tags name whoever looks. `is_here`: whoever
    offers it has not left. `mine`: how whoever looks stands to it.
    """

    id: UUID
    offered_by: UUID
    by_name: str
    offer: Offer
    state: State
    offered_at: datetime
    ends_on: date
    taken: int = 0
    credited: str = ""
    suits: bool = True
    is_here: bool = True
    reason: str = ""
    mine: Interest | None = None

    @property
    def places_left(self) -> int | None:
        return None if self.offer.places is None else max(self.offer.places - self.taken, 0)

    def is_open(self, today: date) -> bool:
        return self.state is State.OPEN and self.is_here and self.ends_on >= today

    def is_asked_about(self, today: date) -> bool:
        """Whether it would soon end only because nobody said that it goes on."""
        return self.is_open(today) and not self.offer.is_dated and self.ends_on - ASKED_BEFORE <= today


@dataclass(frozen=True)
class Ask:
    """Somebody who is interested, as whoever offers it sees them."""

    id: UUID
    opportunity_id: UUID
    person_id: UUID
    name: str
    state: Interest
    asked_at: datetime


@dataclass(frozen=True)
class Told:
    """What one person hears of an ask: whoever offers it, who asked, or the manager of who takes part."""

    ask: Ask
    opportunity: Opportunity
    schedule: Schedule
    away: tuple[Away, ...] = ()


@dataclass(frozen=True)
class Filter:
    """What somebody looks for. Nothing chosen: everything, and what suits them first."""

    track: str | None = None
    kind: Kind | None = None
    skip: int = 0


@dataclass(frozen=True)
class Entry:
    """One opportunity, opened. `asks`: for whoever offers it; `can_withdraw`: an owner, who says why."""

    opportunity: Opportunity
    asks: tuple[Ask, ...] = ()
    is_own: bool = False
    can_withdraw: bool = False


@dataclass(frozen=True)
class Offered:
    """How many chances are open, and how many of them suit each track, by its name. The catalogue shows it, too."""

    open: int = 0
    by_track: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Page:
    """A page of the catalogue, and on the first one what somebody offers or has asked for themselves."""

    found: tuple[Opportunity, ...]
    chosen: Filter
    is_more: bool = False
    own: tuple[Opportunity, ...] = ()
    asked: tuple[Opportunity, ...] = ()


def ends_on(offer: Offer, *, today: date) -> date:
    """An offer ends by itself: after its last day, on the day it begins, or after 90 days."""
    return offer.until_on or offer.begins_on or today + STANDS


def suits(tags: Tags, *, tracks: Collection[str], band: int | None) -> bool:
    """Whether it is for somebody on, or looking at, one of these tracks; for their band, where it names bands."""
    is_track = not tags.tracks or bool(set(tags.tracks) & set(tracks))
    return is_track and (not tags.bands or band in tags.bands)


def check_places(offer: Offer, taken: int) -> None:
    """Nobody who takes part loses their place by a smaller number."""
    if offer.places is not None and offer.places < taken:
        raise Refusal(f"{taken} take part already, so there are at least as many places.", field="places")


def check_room(many: int) -> None:
    if many >= MOST_OPEN:
        raise Refusal(f"You offer {MOST_OPEN} chances already, thank you! Withdraw one, and there is room for this.")


def check_open(found: Opportunity, today: date) -> None:
    """Refusal for what cannot be asked for any more."""
    if found.state is State.WITHDRAWN or not found.is_here:
        raise Refusal(GONE)
    if not found.is_open(today):
        raise Refusal(ENDED)


def check_ask(found: Opportunity, by: Person, today: date) -> None:
    """Refusal for whoever cannot ask for it."""
    check_open(found, today)
    if found.offered_by == by.id:
        raise Refusal(OWN)
    if found.mine is Interest.TAKEN:
        raise Refusal(IS_TAKEN)
    if found.places_left == 0:
        raise Refusal(FULL.format(name=found.by_name))
