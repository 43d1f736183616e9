"""You said, we did: what owners promise because of what people said, and what becomes of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.rules.cadence import Away, Schedule
from bot.rules.refusal import Refusal

LONGEST = 600  # of each text: it is read in passing
FURTHEST = timedelta(days=366)
AGAIN = timedelta(days=14)  # after its day, an open promise comes back to its owner this often
MOST_SHOWN = 30

SAID = "Say in a sentence or two what people told you, in your own words: nobody should find theirs again."
DID = "Say what you do about it."
BY_WHEN = "Choose a day from tomorrow on, within a year: a promise without a day is soon forgotten."
WHY_NOT = "Say why it is not going to happen. People can live with a reason, not with silence."
CLOSED = "This promise is kept or dropped already. Open the list again to see how it stands."


class State(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Promise:
    """`said`: what people said, in an owner's words; `did`: what is done about it. `why_not`: why it was dropped.

    `cycle_id`: of the cycle of program feedback it follows from. `channel`: where it is published, if anywhere.
    """

    id: UUID
    said: str
    did: str
    state: State
    due_on: date
    made_at: datetime
    cycle_id: str | None = None
    made_by: UUID | None = None
    closed_at: datetime | None = None
    why_not: str = ""
    channel: str | None = None


@dataclass(frozen=True)
class Due:
    """A promise that comes back to whoever looks after it now."""

    promise: Promise
    today: date
    schedule: Schedule
    away: tuple[Away, ...]


def check(*, said: str, did: str, due_on: date | None, today: date) -> date:
    """The day by which it is done."""
    _check_text(said, "said", SAID)
    _check_text(did, "did", DID)
    if due_on is None or not today < due_on <= today + FURTHEST:
        raise Refusal(BY_WHEN, field="due_on")
    return due_on


def check_kept(did: str) -> None:
    _check_text(did, "did", "Say in a sentence what is different now.")


def check_dropped(why_not: str) -> None:
    _check_text(why_not, "why_not", WHY_NOT)


def _check_text(text: str, field: str, otherwise: str) -> None:
    if not text.strip():
        raise Refusal(otherwise, field=field)
    if len(text) > LONGEST:
        raise Refusal(f"Keep it under {LONGEST} characters, so that everybody reads it.", field=field)


def comes_back(due_on: date, today: date) -> int | None:
    """Which time it comes back, counted from 0; None before its day."""
    return None if today < due_on else (today - due_on) // AGAIN
