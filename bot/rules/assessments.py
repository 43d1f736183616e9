"""Self-assessment: how somebody sees their own work against the words of a level, and how their manager sees it.

Neither reads what the other says before both have said it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bot.rules.framework import Framework, Level, Track
from bot.rules.people import Person
from bot.rules.refusal import Refusal

LONGEST = 1500  # of a note
MOST_PICKED = 5
NAMED_ON = (5,)  # working days after; a manager is reminded once, and then never again
MOST_PIECES = 5  # of evidence with one competency
MOST_LEVELS = 100  # Slack's limit for the options of a menu
MOST_EXPECTED = 20  # competencies in one form: each takes four blocks of Slack's hundred
THING, ELSEWHERE = "self-assessment", "self-assessment on another track"  # in the table of access
NOT_A_MEMBER = (
    "A self-assessment starts from your place on the ladder, and you are not enrolled yet. Whoever runs this can enrol "
    "you."
)
CHANGED = "This was changed in another window just now. Open it again to see how it stands."


class Rating(StrEnum):
    """How often the words of a level describe somebody's work. Something to be seen, not a mark."""

    NOT_YET = "not yet"
    SOMETIMES = "sometimes"
    MOSTLY = "mostly"
    ALWAYS = "as described"
    CANNOT_SAY = "can't say"


STEPS: Mapping[Rating, int] = {Rating.NOT_YET: 0, Rating.SOMETIMES: 1, Rating.MOSTLY: 2, Rating.ALWAYS: 3}


class State(StrEnum):
    OPEN = "open"
    ASKED = "asked"  # the manager has been asked for a view, and has not given it
    RATED = "rated"


@dataclass(frozen=True)
class Expected:
    """What a level expected of one competency when the assessment was begun; the framework may have changed since."""

    key: str
    name: str
    text: str


@dataclass(frozen=True)
class Wording:
    """A level as it was worded then."""

    track: str
    track_name: str
    level: str
    level_name: str
    expected: tuple[Expected, ...]


@dataclass(frozen=True)
class Said:
    """One person's view of one competency."""

    rating: Rating | None = None
    note: str = ""


@dataclass(frozen=True)
class Piece:
    """Accepted evidence of the author's: its id, and the title of its milestone."""

    id: UUID
    title: str
    competency: str


@dataclass(frozen=True)
class Answer:
    """What the author says of one competency, as sent: with the ids of the evidence that goes with it."""

    said: Said
    pieces: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Line:
    """One competency with both views, as far as they are there. `is_picked`: the manager is asked about it."""

    expected: Expected
    own: Said = Said()
    theirs: Said = Said()
    pieces: tuple[Piece, ...] = ()
    is_picked: bool = False


@dataclass(frozen=True)
class Assessment:
    """`is_own_track`: it was the author's when they began. `rater`: the manager who was asked; a later one was not.

    `is_for_manager`, `is_for_mentor`: the author lets them read it.
    """

    id: UUID
    author_id: UUID
    author: str
    wording: Wording
    is_own_track: bool
    state: State
    changed_at: datetime
    lines: tuple[Line, ...]
    rater_id: UUID | None = None
    rater: str = ""
    rated_at: datetime | None = None
    has_rater_left: bool = False
    is_for_manager: bool = False
    is_for_mentor: bool = False

    @property
    def thing(self) -> str:
        return THING if self.is_own_track else ELSEWHERE

    @property
    def picked(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.is_picked)

    @property
    def said(self) -> int:
        """Of how many competencies the author has said anything."""
        return sum(line.own != Said() for line in self.lines)

    @property
    def seen(self) -> tuple[Expected, ...]:
        """What the author has said how they see, so that the manager can be asked as well."""
        return tuple(line.expected for line in self.lines if line.own.rating is not None)


@dataclass(frozen=True)
class Blind:
    """What the manager sees who is asked: the words of the level, the evidence, and what they have `drafted` themselves
    so far, by competency. Nothing of the author's view."""

    id: UUID
    author_id: UUID
    author: str
    wording: Wording
    asked: tuple[tuple[Expected, tuple[Piece, ...]], ...]
    drafted: Mapping[str, Said] = field(default_factory=dict, hash=False)

    def so_far(self, expected: Expected) -> Said:
        return self.drafted.get(expected.key, Said())

    @property
    def left_open(self) -> tuple[Expected, ...]:
        """What they have to say something of before they can send it; "I can't say" is something."""
        return tuple(one for one, _ in self.asked if self.so_far(one).rating is None)


@dataclass(frozen=True)
class Choice:
    """A level to look at oneself against, as it is offered."""

    level: str
    name: str
    track_name: str
    is_own: bool = False
    is_next: bool = False


@dataclass(frozen=True)
class Page:
    """One's own assessments, the newest first, and those of one's people that wait for one's view."""

    mine: tuple[Assessment, ...]
    to_rate: tuple[Blind, ...]
    can_begin: bool


def choices(framework: Framework, person: Person) -> tuple[Choice, ...]:
    """Every level of every track: one's own and the next one first, then the rest of one's track."""
    upward = framework.next_level(person.track or "", person.level or "")
    found = [
        Choice(
            level.key, level.name, track.name, is_own=(track.key, level.key) == (person.track, person.level),
            is_next=upward is not None and track.key == person.track and level.key == upward.key,
        )
        for track in sorted(framework.tracks, key=lambda track: track.key != person.track)
        for level in track.levels
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (not one.is_own, not one.is_next)))[:MOST_LEVELS]


def worded(framework: Framework, level_key: str) -> Wording:
    """A level by its key, which belongs to one track alone, in the words of today. Refusal where there is none."""
    track, level = _level(framework, level_key)
    named = {one.key: one.name for one in track.competencies}
    expected = [Expected(key, named[key], level.expectations[key]) for key in named if key in level.expectations]
    return Wording(track.key, track.name, level.key, level.name, tuple(expected[:MOST_EXPECTED]))


def _level(framework: Framework, key: str) -> tuple[Track, Level]:
    found = ((track, level) for track in framework.tracks for level in track.levels if level.key == key)
    one = next(found, None)
    if one is None:
        raise Refusal("Choose the level you want to look at.", field="level")
    return one


def check_open(state: State) -> None:
    if state is State.ASKED:
        raise Refusal(
            "Your manager has been asked for a view, so yours stays as it is. Take the question back first; then you "
            "can change it."
        )
    if state is State.RATED:
        raise Refusal("Both views are in, so this one stays as it is. `/ladder assess` starts a new one.")


def check_answers(assessment: Assessment, answers: Mapping[str, Answer], own: Collection[UUID]) -> None:
    """`own`: the author's accepted evidence. What a form sends is checked again."""
    for line in assessment.lines:
        given = answers.get(line.expected.key)
        if given is None:
            continue
        check_note(given.said.note, field=f"note-{line.expected.key}")
        if len(given.pieces) > MOST_PIECES or not set(given.pieces) <= set(own):
            raise Refusal(
                f"Choose up to {MOST_PIECES} pieces of your own evidence that are accepted.",
                field=f"pieces-{line.expected.key}",
            )


def check_note(note: str, *, field: str) -> None:
    if len(note) > LONGEST:
        raise Refusal(f"This is longer than {LONGEST:,} characters. Shorten it a little.", field=field)


def only_theirs(assessment: Assessment) -> Assessment:
    """What somebody keeps reading who was the manager then: their own view, and nothing of the author's."""
    lines = tuple(Line(line.expected, theirs=line.theirs, is_picked=True) for line in assessment.picked)
    return Assessment(
        assessment.id, assessment.author_id, assessment.author, assessment.wording, assessment.is_own_track,
        assessment.state, assessment.changed_at, lines, assessment.rater_id, assessment.rater, assessment.rated_at,
    )  # fmt: skip


def relations(assessment: Assessment, by: UUID, standing: Collection[str]) -> set[str]:
    """How `by` stands to it. `standing`: how they stand to its author today (`services.relations`)."""
    found = set[str]()
    if assessment.author_id == by:
        return {"author"}
    if assessment.rater_id == by and assessment.state is State.ASKED:
        found.add("reviewer")
    if assessment.rater_id == by and assessment.state is State.RATED:
        found.add("manager once rated" if "manager" in standing else "former manager")
    if assessment.is_for_manager and "manager" in standing:
        found.add("manager if shared")
    if assessment.is_for_mentor and "mentor" in standing:
        found.add("mentor if shared")
    return found
