"""Feedback in one place: what somebody received, gave and asked for, a part for each thing that brings words."""

from dataclasses import dataclass, field

from bot.rules.feedback import Feedback
from bot.rules.feedback_asks import Ask, Request
from bot.rules.people import Person
from bot.rules.rounds import Mine


@dataclass(frozen=True)
class Hub:
    """What the page *Feedback* is drawn from, each the newest first.

    `to_answer`: requests of colleagues before them. `of_my_people`: what givers let them read as the manager.
    """

    person: Person
    received: tuple[Feedback, ...] = ()
    given: tuple[Feedback, ...] = ()
    asks: tuple[Ask, ...] = ()
    to_answer: tuple[Request, ...] = ()
    of_my_people: tuple[Feedback, ...] = ()
    rounds: Mine = field(default_factory=Mine)


@dataclass(frozen=True)
class Waits:
    """What waits for somebody: feedback they have not read, colleagues who ask for a word of theirs, and rounds."""

    unread: int = 0
    asked: int = 0
    rounds: Mine = field(default_factory=Mine)
