"""A mentorship as plain values: what the two agreed, what the mentee shares, and how it ends."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.rules.cadence import Away, Schedule
from bot.rules.mentors import LONGEST, RHYTHMS
from bot.rules.people import Person
from bot.rules.refusal import Refusal

NOTICE = timedelta(days=7)  # before the end of its term the two are asked whether it goes on
LONGER = timedelta(days=91)
FURTHEST = timedelta(days=731)
MARKS = range(1, 6)
OVER = "This mentorship has come to its end. `/mentor` shows what is going on, and finds a new match."


class EndedFor(StrEnum):
    """Why a mentorship is over. Who ended it is nowhere."""

    TERM = "term"
    CHOICE = "choice"
    LEFT = "left"


class Share(StrEnum):
    """What a mentee may open to their mentor, or say about the two; each ends with the pair."""

    CHECK_INS = "check_ins"
    EVIDENCE = "evidence"
    PAIR = "pair"
    CREDIT = "credit"


@dataclass(frozen=True)
class Mentorship:
    """A pair and its agreement. `take` grows with each change of it; `until_on`: the day it ends unless prolonged."""

    id: UUID
    request_id: UUID
    mentor: Person
    mentee: Person
    goal: str
    competencies: tuple[str, ...]
    rhythm_days: int
    began_at: datetime
    until_on: date
    take: int = 1
    term_asked_on: date | None = None
    paused_until: date | None = None
    ended_at: datetime | None = None
    ended_for: EndedFor | None = None
    channel: str | None = None
    shares: frozenset[Share] = frozenset()

    @property
    def ends_on(self) -> date:
        """The end of its term, never less than a week after the two were asked."""
        return max(self.until_on, self.term_asked_on + NOTICE) if self.term_asked_on else self.until_on

    def rests(self, today: date) -> bool:
        return self.paused_until is not None and today < self.paused_until


@dataclass(frozen=True)
class Side:
    """A mentorship as one of the two sees it. `away`: when they are."""

    mentorship: Mentorship
    me: Person
    away: tuple[Away, ...] = ()

    @property
    def is_mentee(self) -> bool:
        return self.me.id == self.mentorship.mentee.id

    @property
    def other(self) -> Person:
        return self.mentorship.mentor if self.is_mentee else self.mentorship.mentee

    @property
    def schedule(self) -> Schedule:
        return self.me.schedule


@dataclass(frozen=True)
class Agreement:
    """What the two agree on: what for, how often, until when."""

    goal: str
    rhythm_days: int
    until_on: date


@dataclass(frozen=True)
class Survey:
    """What one of the two says at the end: from 1 to 5, and whether they would be paired with each other again."""

    worth: int
    fit: int
    wants_again: bool


def read_agreement(*, goal: str, rhythm: str, until: date | None, today: date) -> Agreement:
    """The agreement as it was typed; Refusal names the field."""
    if len(goal) > LONGEST:
        raise Refusal(f"Say it in at most {LONGEST} characters.", field="goal")
    if rhythm not in {str(days) for days in RHYTHMS}:
        raise Refusal("Choose how often you would like to meet.", field="rhythm")
    if until is None or not today < until <= today + FURTHEST:
        raise Refusal("Choose a day ahead, within two years. You can always go on then.", field="until")
    return Agreement(goal, int(rhythm), until)


def check_rest(until: date | None, *, ends_on: date, today: date) -> date:
    """The day until which a mentorship rests; Refusal when it lies behind or beyond its term."""
    if until is None or until <= today:
        raise Refusal("Choose a day ahead.", field="until")
    if until >= ends_on:
        raise Refusal("That is beyond the end you agreed on. Change the agreement first, or let it end.", field="until")
    return until


def read_survey(*, worth: str, fit: str, again: Collection[str]) -> Survey:
    for field, mark in (("worth", worth), ("fit", fit)):
        if mark not in {str(one) for one in MARKS}:
            raise Refusal("Choose one of the five.", field=field)
    return Survey(int(worth), int(fit), bool(again))
