"""What may be switched off, by whom, and until when."""

from datetime import date

import pytest

from bot.rules import less
from bot.rules.features import ALL
from bot.rules.less import Topic
from bot.rules.refusal import Refusal

MENTORING = ("mentor requests", "sessions")
OFFERED = {
    "a member": (True, False, ALL, ["check-ins", "reviews", "reminders", *MENTORING, "program feedback", "feedback"]),
    "a manager": (
        True,
        True,
        ALL,
        ["check-ins", "reviews", "reminders", "week", *MENTORING, "program feedback", "feedback"],
    ),
    "a manager who is no member": (False, True, ALL, ["reviews", "reminders", "week", *MENTORING, "feedback"]),
    "a colleague": (False, False, ALL, ["reviews", "reminders", *MENTORING, "feedback"]),
    "without evidence": (True, True, {"check_ins"}, ["check-ins", "reminders", "week"]),
    "without check-ins": (True, True, {"evidence"}, ["reviews", "reminders"]),
    "without both": (True, True, {"home", "people"}, []),
    "with mentorship alone": (True, True, {"mentorship"}, ["reminders", *MENTORING]),
}


@pytest.mark.parametrize(("is_member", "is_manager", "features", "topics"), OFFERED.values(), ids=OFFERED)
def test_only_what_reaches_somebody_can_be_switched_off(
    is_member: bool, is_manager: bool, features: frozenset[str], topics: list[str]
) -> None:
    found = less.offered(is_member=is_member, is_manager=is_manager, features=features)
    assert found == tuple(Topic(name) for name in topics)


@pytest.mark.parametrize(
    ("day", "after"),
    [
        ("2026-11-22", "2026-12-22"),
        ("2026-12-31", "2027-01-31"),
        ("2027-01-31", "2027-02-28"),
        ("2028-01-30", "2028-02-29"),
    ],
)
def test_a_month_after_is_the_same_day_or_the_last(day: str, after: str) -> None:
    assert less.month_after(date.fromisoformat(day)) == date.fromisoformat(after)


def test_only_what_colleagues_need_comes_again_by_itself() -> None:
    ending = {topic for topic in Topic if less.ends_on(topic, date(2026, 11, 22))}
    assert ending == {Topic.REVIEWS, Topic.MENTOR_REQUESTS, Topic.FEEDBACK}


def test_whoever_names_them_hears_until_when() -> None:
    with pytest.raises(Refusal) as refused:
        less.refuse_review("Lea", date(2026, 12, 22))
    assert refused.value.sentence == "Lea takes no new reviews until 22 December. Name somebody else."
    assert refused.value.field == "reviewers"
