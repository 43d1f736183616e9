"""Check-ins as plain values, and when one may be given or changed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.rules import cadence
from bot.rules.cadence import Away, Cadence, Schedule
from bot.rules.framework import Level
from bot.rules.plans import NOTHING_TO_ASK, InCheckIn
from bot.rules.readiness import Progress
from bot.rules.refusal import Refusal

FOCUS = 3  # milestones a check-in asks about, at most
LONGEST = 3000
MOST_SLOTS = 5  # times one prompt can be put off
WRITTEN = ("win", "obstacle", "help_wanted", "learned")  # what a person writes, by the fields of `Words`


class Answer(StrEnum):
    ANSWERED = "answered"
    NOTHING_NEW = "nothing new"
    SKIPPED = "skipped"


class Moved(StrEnum):
    """How a milestone moved since the last time."""

    FORWARD = "forward"
    SAME = "same"
    STUCK = "stuck"


@dataclass(frozen=True)
class Words:
    """What a person writes in a check-in; every part may stay empty, not all of them together."""

    win: str = ""
    obstacle: str = ""
    help_wanted: str = ""
    is_private: bool = False
    moved: Mapping[str, Moved] = field(default_factory=dict)
    learned: str = ""


@dataclass(frozen=True)
class CheckIn:
    """One answer as it was given. `is_to_talk_about`: the person wishes to, and it has not happened yet."""

    id: UUID
    round_on: date
    answer: Answer
    words: Words
    submitted_at: datetime
    edited_at: datetime | None
    is_to_talk_about: bool = False


@dataclass(frozen=True)
class Form:
    """What the form is drawn from. `given` is the answer of this round so far; `reader` the manager's name, if any.

    `asks_learned`: whether this round asks what was learned. `deputy`: who may read it while the manager is away.
    `mentors`: those with whom the person shares their check-ins, by name. `plan`: what there is to ask about it.
    """

    round_on: date
    given: CheckIn | None
    level: Level | None
    focus: tuple[Progress, ...]
    reader: str | None
    next_on: date
    asks_learned: bool = False
    deputy: str | None = None
    mentors: tuple[str, ...] = ()
    plan: InCheckIn = NOTHING_TO_ASK

    @property
    def readers(self) -> tuple[str, ...]:
        return (*([self.reader] if self.reader else []), *self.mentors)


@dataclass(frozen=True)
class Receipt:
    """What a person sees once their check-in is in. `can_save`: as evidence.

    `reader`: the manager's name, if any; `mentors`: those with whom the person shares their check-ins, by name.
    """

    check_in: CheckIn
    reader: str | None
    next_on: date
    can_save: bool
    mentors: tuple[str, ...] = ()

    @property
    def readers(self) -> tuple[str, ...]:
        named = (*([self.reader] if self.reader else []), *self.mentors)
        return () if self.check_in.words.is_private else named

    @property
    def has_reader(self) -> bool:
        return self.reader is not None and not self.check_in.words.is_private


@dataclass(frozen=True)
class Win:
    """A win that can become evidence, and the milestone it moved where that is clear."""

    text: str
    milestone: str | None
    written_at: datetime


@dataclass(frozen=True)
class Talk:
    """A check-in that two people want to talk about. `other`: whom with; `is_mine`: one's own check-in."""

    check_in: CheckIn
    other: str
    is_mine: bool
    is_members_wish: bool
    is_managers_wish: bool

    @property
    def is_my_wish(self) -> bool:
        return self.is_members_wish if self.is_mine else self.is_managers_wish

    @property
    def is_others_wish(self) -> bool:
        return self.is_managers_wish if self.is_mine else self.is_members_wish


@dataclass(frozen=True)
class DueTalk:
    """With whom a talk is due, and since when: the round after the one it is about has begun."""

    person_id: UUID
    name: str
    since: date


@dataclass(frozen=True)
class Prompt:
    """One prompt as it stands now. `again_at`: put off until then; `answer`: given since.

    `is_early`: the welcome has not arrived, and comes first. `is_switched_off`: they want no prompts any more.
    """

    id: UUID
    name: str
    schedule: Schedule
    away: tuple[Away, ...]
    rhythm: Cadence
    due_at: datetime
    now: datetime
    can_put_off: bool
    is_over: bool = False
    answer: Answer | None = None
    again_at: datetime | None = None
    is_early: bool = False
    is_switched_off: bool = False


@dataclass(frozen=True)
class Unread:
    """One answer that its manager has not read yet. `moved`: milestone title → how it moved; `left`: after this one.

    `in_place_of`: the manager who is away, where a deputy reads it.
    """

    check_in: CheckIn
    name: str
    moved: tuple[tuple[str, Moved], ...]
    left: int
    in_place_of: str | None = None


@dataclass(frozen=True)
class Reply:
    """What came back to the person."""

    check_in: CheckIn
    manager: str
    reply: str
    is_to_talk_about: bool


def current_round(rhythm: Cadence, today: date) -> date:
    """The day the round in progress began."""
    return next(day for n in range(120) if cadence.is_round(rhythm, day := today - timedelta(days=n)))


def asks_learned(rhythm: Cadence, round_on: date) -> bool:
    """What was learned is asked every second time: in every second round of a rhythm, counted from its first."""
    months = (round_on.year - cadence.FIRST_MONDAY.year) * 12 + round_on.month - cadence.FIRST_MONDAY.month
    weeks = (round_on - cadence.FIRST_MONDAY).days // 7
    number = {
        Cadence.WEEKLY: weeks,
        Cadence.FORTNIGHTLY: weeks // 2,
        Cadence.MONTHLY: months,
        Cadence.QUARTERLY: months // 3,
    }[rhythm]
    return number % 2 == 1


def check_is_open(round_on: date, *, rhythm: Cadence, today: date) -> None:
    """A check-in can be given and changed until the next round begins.

    Whoever flies over the date line after a prompt is a day before its round for a while, and may answer all the same.
    """
    if round_on > today + cadence.DAY:
        raise Refusal("That round has not begun yet.")
    if round_on != current_round(rhythm, today) and today >= cadence.next_round(rhythm, round_on):
        raise Refusal(
            "A newer round has begun since, so this one is closed and kept as it is. /checkin opens the new one."
        )


def check_words(words: Words, *, is_enough: bool = False) -> None:
    """Something has to be said; nothing is cut. `is_enough`: something of the growth plan is said already."""
    for name in WRITTEN:
        if len(getattr(words, name)) > LONGEST:
            raise Refusal(f"This is longer than {LONGEST:,} characters. Shorten it a little.", field=name)
    if not (is_enough or words.moved or any(getattr(words, name) for name in WRITTEN)):
        raise Refusal(
            "Write one sentence, or choose how a milestone moved. “Nothing new” is an answer, too.", field="win"
        )


def focus(milestones: tuple[Progress, ...], chosen: Collection[str] = ()) -> tuple[Progress, ...]:
    """What a check-in asks about: the unmet ones somebody has chosen; without a choice those nearest to being met."""
    unmet = sorted((one for one in milestones if not one.is_met), key=lambda one: -one.reached / one.milestone.target)
    picked = [one for one in unmet if one.milestone.key in chosen]
    return tuple((picked or unmet)[:FOCUS])
