"""Program feedback: what is asked, in which cycle, and when enough people have answered. Anonymous by construction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from bot.rules.refusal import Refusal

K = 5  # nothing is opened below this many people; it may be more, never less
MOST_TEXT = 3000
WINDOWS = 3
KNOWN_FOR = timedelta(days=30)
FEWEST_READERS, MOST_READERS = 2, 5
OPENS_ON = 1  # Mondays
STEWARD_HEARS = (0, 3, 7)  # days after the last one
KEPT_FOR = timedelta(days=365)  # what was released, after its cycle closed

ITEMS: Mapping[str, str] = {
    "choice": "I can grow here without managing people",
    "standing": "My track counts as much as the others",
    "clarity": "I know what the next level asks of me",
    "fairness": "Decisions about levels are made fairly",
    "support": "I get the support that I need to grow",
    "opportunity": "I get chances to show what I can do",
    "failure": "I can say that something failed",
}
RATINGS = range(1, 6)
TEXTS = ("text1", "text2")

READERS = "program feedback: readers"  # in the log of changes

NOTHING_GIVEN = "There is nothing in it yet. Answer one question, or write a few words."
TOO_LONG = f"This is longer than {MOST_TEXT:,} characters. Shorten it, or send the rest as a second one."
CLOSED = (
    "This cycle of program feedback has closed meanwhile, so nothing was sent. The next one is announced to everybody."
)
OTHER_KEY = "Program feedback cannot be sealed right now, so nothing was sent. Whoever runs Ladderbot can mend it."
NOT_ON_ROSTER = (
    "Program feedback is for members who have been in the program for 30 days, so that nobody new stands out. "
    "You can take part in the next cycle after that."
)


class CycleState(StrEnum):
    OPEN = "open"
    RELEASED = "released"
    DESTROYED = "destroyed"


class Dimension(StrEnum):
    """By what the one breakdown of a cycle is made."""

    TRACK = "track"
    COUNTRY = "country"


@dataclass(frozen=True)
class Feedback:
    """What the operator has chosen.

    `folder`: where the keys are. `weeks`: how long a cycle is open; 0 for none at all. `contact`: who answers within a
    day what is urgent or about a person. `steward`: Slack id or e-mail of who holds the key, in steward mode.
    """

    folder: Path
    weeks: int = 6
    dimension: Dimension | None = Dimension.TRACK
    contact: str = ""
    steward: str = ""
    k: int = K

    @property
    def is_steward(self) -> bool:
        return bool(self.steward)


NO_FEEDBACK = Feedback(Path("feedback-keys"), weeks=0)


@dataclass(frozen=True)
class Answers:
    """What one person sends at once: 1 to 5 for an item, None for "can't say" or not answered; and two texts."""

    ratings: Mapping[str, int | None] = field(default_factory=dict)
    texts: tuple[str, str] = ("", "")


NOTHING = Answers()


@dataclass(frozen=True)
class Cycle:
    """Sent until the day before `closes`. `k`, `k_text` and `dimension` are as they were when it opened."""

    id: str
    k: int
    k_text: int
    dimension: str | None
    opens: date
    closes: date
    window: int
    is_steward: bool
    state: str

    @property
    def subject(self) -> UUID:
        """The same id, as messages name what they are about."""
        return UUID(hex=self.id)

    @property
    def length(self) -> timedelta:
        return (self.closes - self.opens) / self.window

    @property
    def given_up(self) -> date:
        """From this day on nobody waits any longer for a key that does not come."""
        return self.closes + self.length

    def takes(self, today: date) -> bool:
        """Whether somebody can send something now."""
        return self.state == CycleState.OPEN and self.opens <= today < self.closes


@dataclass(frozen=True)
class Text:
    """Somebody's words, released. `thread`: the public key to which an answer is sealed, in base64."""

    slot: bytes
    text: str
    thread: str


@dataclass(frozen=True)
class Release:
    """What was released of a cycle, each field shuffled by itself; `table` is as it was written then."""

    ratings: Mapping[str, list[int]]
    texts: list[Text]
    table: Mapping[str, Any]


@dataclass(frozen=True)
class Author:
    """Somebody who wants to send something, without a name. `track`: None for whoever takes no part in the program.

    `since`: the first day on which they took part; `first`: when the very first cycle opened.
    """

    track: str | None
    country: str | None
    is_active: bool
    is_guest: bool
    since: date | None
    first: date | None
    is_viewer: bool

    def segment(self, dimension: str | None) -> str:
        match dimension:
            case Dimension.TRACK:
                return self.track or ""
            case Dimension.COUNTRY:
                return self.country or ""
        return ""


def known_since(today: date, first: date | None) -> date:
    """Whoever takes part since this day or longer is on the roster: 30 days, or from before the very first cycle."""
    return max(today - KNOWN_FOR, first) if first is not None else today


def check_author(author: Author | None, today: date) -> Author:
    """Refusal for whoever is not on the roster."""
    if author is None or not author.is_active or author.is_guest or author.track is None or author.since is None:
        raise Refusal(NOT_ON_ROSTER)
    if author.since > known_since(today, author.first):
        raise Refusal(NOT_ON_ROSTER)
    return author


def check(answers: Answers) -> None:
    """Refusal when there is nothing in it, or too much; never cut."""
    for name, text in zip(TEXTS, answers.texts, strict=True):
        if len(text) > MOST_TEXT:
            raise Refusal(TOO_LONG, field=name)
    given = {name: rating for name, rating in answers.ratings.items() if rating is not None}
    if not given.keys() <= ITEMS.keys() or not set(given.values()) <= set(RATINGS):
        raise Refusal(NOTHING_GIVEN)
    if not given and not any(text.strip() for text in answers.texts):
        raise Refusal(NOTHING_GIVEN, field=TEXTS[0])


def why_not(feedback: Feedback, *, group: int, readers: int, has_key: bool) -> str | None:
    """Why no cycle can open, in a sentence for whoever can change it; None when one can."""
    if not feedback.weeks:
        return "There are no cycles of program feedback, because PULSE_WEEKS is 0."
    if not feedback.contact:
        return "FEEDBACK_CONTACT names nobody yet who answers what is urgent or about a person."
    if not FEWEST_READERS <= readers <= MOST_READERS:
        return f"There have to be {FEWEST_READERS} to {MOST_READERS} owners to read it, and there are {readers}."
    if group < 2 * feedback.k:
        return f"It takes {2 * feedback.k} members to be anonymous among, and there are {group}."
    if not has_key:
        return "The steward's public key is not there yet. It is made with: ladderbot program-feedback keygen"
    return None


def length(feedback: Feedback) -> timedelta:
    return timedelta(weeks=feedback.weeks)


def opening_day(today: date) -> date:
    """The next day on which a cycle can open: a Monday, today too."""
    return today + timedelta(days=(OPENS_ON - today.isoweekday()) % 7)


def enough(*, k: int, k_text: int) -> int:
    """From how many people on what they sent may be opened; those who read it do not count."""
    return max(K, k, k_text)


def privacy(feedback: Feedback, readers: Sequence[str]) -> dict[str, str]:
    """What is told to the steward and logged when it changes: name → value. `readers`: as the log names them."""
    return {
        READERS: " ".join(readers)
        if len(readers) <= MOST_READERS
        else f"{len(readers)} owners, too many to open a cycle",
        "program feedback: people at least": str(feedback.k),
        "program feedback: breakdown": feedback.dimension or "none",
        "program feedback: contact": feedback.contact or "none",
        "program feedback: key": "steward" if feedback.is_steward else "server",
    }


@dataclass(frozen=True)
class Waiting:
    """A cycle that has closed and is not opened, because its key is with the steward; `days` since."""

    cycle: Cycle
    days: int


@dataclass(frozen=True)
class Changed:
    """A privacy setting that is not what it was."""

    what: str
    before: str
    after: str
