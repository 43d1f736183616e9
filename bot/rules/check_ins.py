"""Check-ins as plain values, and when one may be given or changed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.rules import cadence
from bot.rules.cadence import Away, Cadence, Schedule
from bot.rules.framework import Level
from bot.rules.readiness import Progress
from bot.rules.refusal import Refusal

FOCUS = 3  # milestones a check-in asks about, at most
LONGEST = 3000
MOST_SLOTS = 5  # times one prompt can be put off


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


@dataclass(frozen=True)
class CheckIn:
    """One answer as it was given."""

    id: UUID
    round_on: date
    answer: Answer
    words: Words
    submitted_at: datetime
    edited_at: datetime | None


@dataclass(frozen=True)
class Form:
    """What the form is drawn from. `given` is the answer of this round so far; `reader` the manager's name, if any."""

    round_on: date
    given: CheckIn | None
    level: Level | None
    focus: tuple[Progress, ...]
    reader: str | None
    next_on: date


@dataclass(frozen=True)
class Prompt:
    """One prompt as it stands now. `again_at`: put off until then; `answer`: given since."""

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


@dataclass(frozen=True)
class Unread:
    """One answer that its manager has not read yet. `moved`: milestone title → how it moved; `left`: after this one."""

    check_in: CheckIn
    name: str
    moved: tuple[tuple[str, Moved], ...]
    left: int


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


def check_words(words: Words) -> None:
    """Something has to be said; nothing is cut."""
    for name in ("win", "obstacle", "help_wanted"):
        if len(getattr(words, name)) > LONGEST:
            raise Refusal(f"This is longer than {LONGEST:,} characters. Shorten it a little.", field=name)
    if not (words.win or words.obstacle or words.help_wanted or words.moved):
        raise Refusal(
            "Write one sentence, or choose how a milestone moved. “Nothing new” is an answer, too.", field="win"
        )


def focus(milestones: tuple[Progress, ...], chosen: Collection[str] = ()) -> tuple[Progress, ...]:
    """What a check-in asks about: the unmet ones somebody has chosen; without a choice those nearest to being met."""
    unmet = sorted((one for one in milestones if not one.is_met), key=lambda one: -one.reached / one.milestone.target)
    picked = [one for one in unmet if one.milestone.key in chosen]
    return tuple((picked or unmet)[:FOCUS])
