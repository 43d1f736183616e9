"""Asking for feedback: up to five colleagues, for two weeks; a no is quiet, and silence is an answer, too."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.rules.feedback import NOBODY, Expected
from bot.rules.people import Person
from bot.rules.refusal import Refusal

MOST_ASKED = 5
MOST_NOTE = 500
ENDS_AFTER = timedelta(days=14)
NAMED_ON = (6,)  # working days after it was asked: named again once
MANY_OPEN = 5  # from so many asks on, whoever adds one is told before
OVER = "This request is not open any more: {}. `/feedback` works at any time."


class State(StrEnum):
    OPEN = "open"
    GIVEN = "given"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


UNANSWERED = (State.OPEN, State.DECLINED)  # one and the same for whoever asked
SAID = {
    State.OPEN: "it is open",
    State.GIVEN: "you have answered it",
    State.DECLINED: "you said that it is not for now",
    State.EXPIRED: "its two weeks are over",
    State.WITHDRAWN: "it was taken back",
}


@dataclass(frozen=True)
class Ask:
    """What somebody would like to know, from several colleagues at once. They learn how many answered, `given` of
    `asked`, never who did not: a no and silence look the same. `is_over`: its two weeks are."""

    id: UUID
    asker_id: UUID
    asker: str
    competency: Expected | None
    note: str
    asked_at: datetime
    ends_at: datetime
    asked: int = 0
    given: int = 0
    is_over: bool = False

    @property
    def waits(self) -> bool:
        return not self.is_over and self.given < self.asked


@dataclass(frozen=True)
class Request:
    """The same ask before one colleague."""

    id: UUID
    asked_id: UUID
    state: State
    ask: Ask


@dataclass(frozen=True)
class Unanswered:
    """An ask, and the colleagues who have not answered it, by id: whoever asked named them all."""

    ask: Ask
    people: Mapping[UUID, str]


@dataclass(frozen=True)
class Busy:
    """A colleague, and how many others already wait for a word of theirs."""

    name: str
    asks: int


def check_asked(asked: Sequence[Person | None], *, asker: UUID) -> list[Person]:
    """Who may be asked: one to five colleagues, never oneself."""
    found = [person for person in asked if person is not None and person.is_active and not person.is_guest]
    if not 1 <= len(asked) <= MOST_ASKED:
        raise Refusal(f"Name one to {MOST_ASKED} colleagues who saw your work.", field="asked")
    if len(found) < len(asked):
        raise Refusal(NOBODY, field="asked")
    if any(person.id == asker for person in found):
        raise Refusal("Name colleagues; what you think yourself has its place in a self-assessment.", field="asked")
    return found


def check_note(note: str) -> None:
    if len(note) > MOST_NOTE:
        raise Refusal(f"This is longer than {MOST_NOTE:,} characters. Shorten it a little.", field="note")


def check_open(request: Request) -> None:
    if request.state is not State.OPEN:
        raise Refusal(OVER.format(SAID[request.state]))


def check_to_take_back(found: Unanswered) -> Unanswered:
    if found.ask.is_over or not found.people:
        raise Refusal("Nobody is asked any more: everybody has answered, or its two weeks are over.")
    return found


def taken_back_from(found: Unanswered, chosen: Collection[UUID]) -> tuple[UUID, ...]:
    named = tuple(one for one in found.people if one in chosen)
    if not named:
        raise Refusal("Choose at least one colleague, or close this window: then all of it stays.", field="asked")
    return named


def busy(asked: Collection[Person], open_asks: Mapping[UUID, int]) -> tuple[Busy, ...]:
    """Those for whom many others wait already; nobody is barred by it."""
    many = [Busy(person.name, open_asks.get(person.id, 0)) for person in asked]
    return tuple(one for one in many if one.asks >= MANY_OPEN)
