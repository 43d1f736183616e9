"""What confirmed sessions may count for, and how they are told."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from bot.rules import mentor_credit as rules
from bot.rules.cadence import Schedule
from bot.rules.mentor_credit import Credit
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from tests.support.frameworks import FRAMEWORK


def person(track: str | None) -> Person:
    return Person(UUID(int=1), "U0ANA", "Ana", Schedule("UTC"), track=track, level="T2")


def credit(sessions: int = 3, *, track: str | None = "customer") -> Credit:
    return Credit(UUID(int=2), person(track), sessions, date(2026, 11, 16))


@pytest.mark.parametrize(
    ("sessions", "track", "told"),
    [
        (3, "customer", "Mentored a colleague from another track: 3 sessions."),
        (1, "technical", "Mentored a colleague: 1 session."),
        (2, None, "Mentored a colleague from another track: 2 sessions."),  # a colleague who is not enrolled
    ],
)
def test_it_is_told_without_a_name(sessions: int, track: str | None, told: str) -> None:
    assert rules.did(credit(sessions, track=track), person("technical")) == told


def test_a_milestone_about_mentoring_goes_first() -> None:
    """By its competency as well as by its own name; of several levels, those of the first."""
    t3 = FRAMEWORK.level("technical", "T3")
    t4 = FRAMEWORK.level("technical", "T4")
    assert t3 is not None
    assert t4 is not None
    found = rules.best_milestone([t3], FRAMEWORK)
    assert found is not None
    assert found.key == "t3-mentoring-sessions"
    first = rules.best_milestone([t4, t3], FRAMEWORK)
    assert first is not None
    assert first.competency == "peer-mentoring"
    assert first in t4.milestones
    assert rules.best_milestone([], FRAMEWORK) is None


def test_no_more_than_both_confirmed() -> None:
    rules.check_amount(Decimal("2.5"), credit(3))
    with pytest.raises(Refusal, match="confirmed 3"):
        rules.check_amount(Decimal("3.01"), credit(3))
