"""Recognition: a thanks for something that somebody did, public only while the two of them agree."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bot.rules.framework import Competency
from bot.rules.people import Person
from bot.rules.refusal import Refusal

LONGEST = 1500
AT_ONCE = 10  # on one page
THING, SHOWN = "recognition", "published recognition"  # in the table of access
GONE = "One of the two has withdrawn this thanks, and its words are gone."
CHANGED = "This was changed in another window just now. Open it again to see how it stands."


class State(StrEnum):
    GIVEN = "given"  # and between the two of them, for as long as whoever is thanked likes: nothing tells why
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Thanks:
    """`competency`: by its name of today. `is_for_all`: the giver agrees that it is published. `channel`, `ts`: where
    it is named, and the message there. `is_here`: both of them are."""

    id: UUID
    giver_id: UUID
    giver: str
    receiver_id: UUID
    receiver: str
    track_name: str
    competency: str
    did: str
    changed: str
    is_for_all: bool
    state: State
    given_at: datetime
    channel: str | None = None
    ts: str | None = None
    is_here: bool = True


@dataclass(frozen=True)
class Form:
    """What the form is drawn from: whom it thanks, what their track values, and the channel, if there is one."""

    receiver: Person
    competencies: tuple[Competency, ...]
    channel: str | None


@dataclass(frozen=True)
class Page:
    """What somebody was thanked for, and what they thanked others for, the newest first."""

    received: tuple[Thanks, ...]
    given: tuple[Thanks, ...]


def check_receiver(receiver: Person | None, *, by: Person) -> Person:
    """Somebody in the program: a thanks names what their track values."""
    if receiver is None or not receiver.is_active or receiver.is_guest:
        raise Refusal("This is not a colleague in the directory: an app, a guest or a leaver.", field="receiver")
    if receiver.id == by.id:
        raise Refusal("A thanks goes to somebody else. What you did yourself makes good evidence.", field="receiver")
    if not receiver.is_member:
        raise Refusal(
            f"{receiver.name} takes no part in the program, so there is no track to tie it to. Tell them directly, or "
            "with `/feedback`: that reaches anybody.",
            field="receiver",
        )
    return receiver


def check_words(did: str, changed: str) -> None:
    """A thanks is short: what they did is enough."""
    if not did:
        raise Refusal("One sentence is enough, but it cannot be empty.", field="did")
    for field, text in (("did", did), ("changed", changed)):
        if len(text) > LONGEST:
            raise Refusal(f"This is longer than {LONGEST:,} characters. Shorten it a little.", field=field)


def check_to_publish(thanks: Thanks, channel: str | None) -> str:
    """The channel in which it may be named now; both have to agree, and be here."""
    if thanks.state is State.WITHDRAWN:
        raise Refusal(GONE)
    if thanks.state is State.PUBLISHED:
        raise Refusal("It is published already. You can withdraw it at any time: `/ladder thanks`.")
    if not thanks.is_for_all:
        raise Refusal(f"{thanks.giver} meant it for you alone, so it stays between the two of you.")
    if not thanks.is_here:
        raise Refusal(f"{thanks.giver} has left and could not withdraw it any more, so it stays with you.")
    if channel is None:
        raise Refusal("The program has no channel here, so it stays between the two of you.")
    return channel


def standing(thanks: Thanks, by: UUID) -> set[str]:
    """How somebody stands to it: "author" is whoever is thanked, for it is about them."""
    found = {"other"}
    if thanks.receiver_id == by:
        found.add("author")
    if thanks.giver_id == by:
        found.add("giver")
    return found
