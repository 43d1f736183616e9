"""A growth plan as plain values: where somebody wants to grow, what they do for it, and the time kept free for it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.rules.opportunities import Opportunity
from bot.rules.refusal import Refusal

MOST_OPEN = 10  # actions at a time: as many as one form can tick off
LONGEST_TITLE = 150
LONGEST = 1000
FURTHEST = timedelta(days=730)
LEAST_HOURS, MOST_HOURS = 1, 10
LONGEST_PROTECTED = timedelta(days=366)
MOST_ASKED = 3  # actions whose day is past, in one check-in
WITHOUT_A_DAY = timedelta(days=90)  # for a chance that is open until further notice

GONE = "This action is not in your plan any more. Open the plan again to see how it stands."
FULL = f"Your plan has {MOST_OPEN} open actions. Finish or drop one, and there is room for the next."
CLOSED = "This action is done or dropped already. Open the plan again to see how it stands."


class Kind(StrEnum):
    COURSE = "course"
    PROJECT = "project"
    STRETCH = "stretch assignment"
    ROTATION = "rotation"
    MENTORING = "mentoring"
    CREDENTIAL = "micro-credential"
    WORKSHOP = "workshop"


class State(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Help(StrEnum):
    """Where whoever was named as a helper stands. Nobody has to answer: being asked is all there is."""

    ASKED = "asked"
    DECLINED = "declined"


class Had(StrEnum):
    """Whether the protected time was there, as the member says. Nobody is blamed for any of them."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Wanted(StrEnum):
    """What becomes of an action whose day is past. Whoever says nothing leaves it as it is."""

    IN_TWO_WEEKS = "in two weeks"
    IN_A_MONTH = "in a month"
    IN_A_QUARTER = "in a quarter"
    DROP = "drop"


LATER = {
    Wanted.IN_TWO_WEEKS: timedelta(days=14),
    Wanted.IN_A_MONTH: timedelta(days=30),
    Wanted.IN_A_QUARTER: timedelta(days=91),
}
"""How far each moves it, counted from today."""


@dataclass(frozen=True)
class Aim:
    """Where somebody wants to grow: a competency at a level, or a milestone. `key` is unique among all aims.

    `track`, `level` and `competency` go by their keys, and are empty where the framework does not know it any more.
    `has_room`: a self-assessment says so.
    """

    key: str
    title: str
    level: str = ""
    track: str = ""
    competency: str = ""
    is_milestone: bool = False
    has_room: bool = False


@dataclass(frozen=True)
class Reflection:
    """What somebody takes from an action that is done."""

    learned: str = ""
    differently: str = ""
    for_whom: str = ""

    def __bool__(self) -> bool:
        return bool(self.learned or self.differently or self.for_whom)


@dataclass(frozen=True)
class Typed:
    """An action as its form brings it. `helper`: a Slack id; `aim`: the key of what it helps with, or nothing."""

    title: str
    kind: str
    shows: str
    due_on: date | None
    aim: str = ""
    helper: str | None = None


@dataclass(frozen=True)
class Action:
    """One thing to do. `shows`: how one sees that it is done; `opportunity_id`: the chance it was taken from."""

    id: UUID
    title: str
    kind: Kind
    state: State
    due_on: date
    shows: str = ""
    aim: str = ""
    helper_id: UUID | None = None
    helper: str = ""
    help: Help | None = None
    done_on: date | None = None
    reflection: Reflection = Reflection()
    opportunity_id: UUID | None = None

    @property
    def is_open(self) -> bool:
        return self.state is State.OPEN


@dataclass(frozen=True)
class Comment:
    """What a manager wrote to a plan."""

    id: UUID
    manager: str
    words: str
    written_at: datetime


@dataclass(frozen=True)
class Asked:
    """An action for whoever is asked to help with it. `member`: whose plan it is in, by name."""

    action: Action
    member: str
    member_id: UUID


@dataclass(frozen=True)
class Protected:
    """Time a manager keeps free for a plan. `had`: what the member last said of it, and when."""

    hours: int
    until: date
    manager: str
    had: Had | None = None
    had_at: datetime | None = None


@dataclass(frozen=True)
class Plan:
    """One living plan. `actions`: open ones by their day, then those that are done, the newest first.

    `chances`: what is offered just now, each with what it helps with.
    """

    person_id: UUID
    person: str
    aims: tuple[Aim, ...] = ()
    actions: tuple[Action, ...] = ()
    comments: tuple[Comment, ...] = ()
    protected: Protected | None = None
    chances: tuple[tuple[Aim, Opportunity], ...] = ()

    @property
    def open_actions(self) -> tuple[Action, ...]:
        return tuple(one for one in self.actions if one.is_open)

    @property
    def done_actions(self) -> tuple[Action, ...]:
        return tuple(one for one in self.actions if one.state is State.DONE)

    @property
    def is_empty(self) -> bool:
        return not (self.aims or self.actions)


@dataclass(frozen=True)
class InCheckIn:
    """What a check-in asks about the plan: what got done, what is still wanted, whether the time was there."""

    actions: tuple[Action, ...] = ()
    protected: Protected | None = None

    def overdue(self, today: date) -> tuple[Action, ...]:
        return tuple(one for one in self.actions if one.due_on < today)[:MOST_ASKED]


@dataclass(frozen=True)
class Ticks:
    """What a check-in brings back of it."""

    done: tuple[UUID, ...] = ()
    wanted: tuple[tuple[UUID, Wanted], ...] = ()
    had: Had | None = None

    def __bool__(self) -> bool:
        return bool(self.done or self.wanted or self.had)


NOTHING_TO_ASK = InCheckIn()
NO_TICKS = Ticks()


def check_action(typed: Typed, *, aims: Collection[str], today: date) -> tuple[Kind, date]:
    """The kind and the day of an action; each Refusal names its field."""
    check_text(typed.title, "title", LONGEST_TITLE, "Say in a few words what you want to do.")
    if typed.kind not in set(Kind):
        raise Refusal("Choose what kind of action this is.", field="kind")
    check_text(typed.shows, "shows", LONGEST, "Say how you will see that it is done.")
    if typed.aim and typed.aim not in aims:
        raise Refusal("That is not in your plan any more. Choose one that is, or leave this empty.", field="aim")
    return Kind(typed.kind), check_day(typed.due_on, today)


def check_day(due_on: date | None, today: date) -> date:
    if due_on is None:
        raise Refusal("Choose a day. It can be moved any time.", field="due_on")
    if due_on < today:
        raise Refusal("That day is past. Choose today or a day ahead.", field="due_on")
    if due_on > today + FURTHEST:
        raise Refusal("That is more than two years ahead. Choose a nearer first step.", field="due_on")
    return due_on


def day_of_chance(until: date | None, *, today: date) -> date:
    """By when a chance that was taken is meant to be done: its last day, where it has one that a plan can hold."""
    return min(max(until or today + WITHOUT_A_DAY, today), today + FURTHEST)


def check_room(count: int) -> None:
    """A plan with everything in it is a list, so the number of open actions is limited."""
    if count >= MOST_OPEN:
        raise Refusal(FULL)


def check_reflection(reflection: Reflection) -> None:
    if not reflection:
        raise Refusal("One sentence in any of the three is enough. Or close this: nothing has to be written.")
    for field in ("learned", "differently", "for_whom"):
        check_text(getattr(reflection, field), field, LONGEST)


def check_text(text: str, field: str, most: int, empty: str = "") -> None:
    if empty and not text.strip():
        raise Refusal(empty, field=field)
    if len(text) > most:
        raise Refusal(f"This is longer than {most:,} characters. Shorten it a little.", field=field)


def check_protected(hours: int | None, until: date | None, *, today: date) -> tuple[int, date]:
    """(hours a week, until when)."""
    if hours is None or not LEAST_HOURS <= hours <= MOST_HOURS:
        raise Refusal(f"Choose {LEAST_HOURS} to {MOST_HOURS} whole hours a week.", field="hours")
    if until is None or not today <= until <= today + LONGEST_PROTECTED:
        raise Refusal("Choose a last day from today on, within a year. It can be protected anew then.", field="until")
    return hours, until
