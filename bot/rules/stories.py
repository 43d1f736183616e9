"""Success stories: what somebody did and what helped them, told with their name and for as long as they agree."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bot.rules.refusal import Refusal

LONGEST = 2000
MOST_NOTE = 1000
AT_ONCE = 10  # on one page of a track
MOST_OPEN = 3  # stories of one person that wait for an answer
MOST_WAITING = 5  # named one by one to owners in Home
NOT_A_MEMBER = (
    "Stories are told by members of the program, and you are not enrolled yet. Others' stories are open to you."
)
GONE = "Its author has withdrawn this story, and its words are gone."
MINE_GONE = "You have withdrawn this story, and its words are gone. `/ladder story` starts a new one."


class State(StrEnum):
    OFFERED = "offered"
    CHANGES = "changes asked"
    PUBLISHED = "published"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Verdict(StrEnum):
    """What an owner answers. They change no word: they publish what was offered, or ask its author to change it."""

    PUBLISH = "publish"
    CHANGES = "changes"
    DECLINE = "decline"


BECOMES: Mapping[Verdict, State] = {
    Verdict.PUBLISH: State.PUBLISHED, Verdict.CHANGES: State.CHANGES, Verdict.DECLINE: State.DECLINED,
}  # fmt: skip
CAN_BE_CHANGED = frozenset({State.OFFERED, State.CHANGES})


@dataclass(frozen=True)
class Story:
    """`take`: how many times it was offered, so that what is published is what was read. `track_name`: as it is called
    now. `channel`, `ts`: where it is named, and the message there. `note`: what the owner wrote to its author.
    `is_here`: the author has not left."""

    id: UUID
    author_id: UUID
    author: str
    track: str
    track_name: str
    level: str
    did: str
    helped: str
    state: State
    take: int
    offered_at: datetime
    decided_at: datetime | None = None
    note: str = ""
    channel: str | None = None
    ts: str | None = None
    is_here: bool = True


@dataclass(frozen=True)
class Shelf:
    """One track with what is told of it: `many` stories; `key` is its key in the framework."""

    key: str
    name: str
    many: int


@dataclass(frozen=True)
class Form:
    """What the form is drawn from: who will read it (the owners by name, and the channel that names it once it is
    published), every track as (key, name), the author's own track, and the story that is changed, if there is one."""

    owners: tuple[str, ...]
    channel: str | None
    tracks: tuple[tuple[str, str], ...]
    track: str
    story: "Story | None" = None


@dataclass(frozen=True)
class Library:
    """What anybody sees: every track, also those of which nobody has told yet, and one's own stories."""

    shelves: tuple[Shelf, ...]
    mine: tuple[Story, ...]
    can_offer: bool


def check_words(did: str, helped: str) -> None:
    for field, text in (("did", did), ("helped", helped)):
        if not text:
            raise Refusal("One sentence is enough, but it cannot be empty.", field=field)
        if len(text) > LONGEST:
            raise Refusal(f"This is longer than {LONGEST:,} characters. Shorten it a little.", field=field)


def check_open(many: int) -> None:
    if many >= MOST_OPEN:
        raise Refusal("Three stories of yours wait for an answer. Change or withdraw one of them first.", field="did")


def check_verdict(verdict: Verdict | None, note: str) -> Verdict:
    if verdict is None:
        raise Refusal("Choose one of the three answers.", field="verdict")
    if len(note) > MOST_NOTE:
        raise Refusal(f"This is longer than {MOST_NOTE:,} characters. Shorten it a little.", field="note")
    if verdict is Verdict.CHANGES and not note:
        raise Refusal("Say what would make it ready, so that it can be changed.", field="note")
    return verdict


def check_to_decide(story: Story, take: int) -> None:
    """What is published is what was read, word for word."""
    if story.state is State.WITHDRAWN:
        raise Refusal(GONE)
    if story.state is State.CHANGES:
        raise Refusal("Its author has been asked for a change, and it comes back when they have made it.")
    if story.state is not State.OFFERED:
        raise Refusal(f"This story is {story.state} by now, so there is nothing left to decide.")
    if not story.is_here:
        raise Refusal("Its author has left and could not withdraw it any more, so it is not published.")
    if story.take != take:
        raise Refusal("Its author has changed this story since you opened it. Close this and open it again.")


def check_to_change(story: Story) -> None:
    if story.state is State.WITHDRAWN:
        raise Refusal(MINE_GONE)
    if story.state not in CAN_BE_CHANGED:
        raise Refusal(f"This story is {story.state}, so its words stay as they are. You can withdraw it at any time.")
