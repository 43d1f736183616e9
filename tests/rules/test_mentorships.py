"""What a mentorship begins with and agrees on, as plain values."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from bot.rules import first_hour
from bot.rules import mentorships as rules
from bot.rules.cadence import Schedule
from bot.rules.first_hour import QUESTIONS, Standing
from bot.rules.framework import Framework
from bot.rules.mentorships import Agreement, Survey
from bot.rules.people import Person
from bot.rules.refusal import Refusal

TODAY = date(2026, 11, 16)
DAY = timedelta(days=1)


def standing(framework: Framework, track: str | None, level: str | None) -> Standing | None:
    person = Person(UUID(int=1), "U0ANA", "Ana", Schedule("UTC"), track=track, level=level)
    return first_hour.standing(framework, person)


def test_what_both_tracks_ask_for_is_read_at_the_mentors_level(framework: Framework) -> None:
    seen_by = standing(framework, "technical", "T4")
    lens = first_hour.lens(framework, ["peer-mentoring", "strategic-influence"], seen_by=seen_by)
    assert lens is not None
    assert seen_by is not None
    [(shared, asked)] = lens.shared
    assert (shared.name, asked) == ("Peer mentoring", seen_by[1].expectations["peer-mentoring"])
    assert [one.name for one in lens.own] == ["Strategic influence"]
    assert [one.key for one, _ in lens.there] == ["depth-of-knowledge", "problem-solving"]
    assert all(asked for _, asked in lens.there)


def test_where_all_of_it_is_shared_nothing_else_is_shown(framework: Framework) -> None:
    lens = first_hour.lens(framework, ["peer-mentoring"], seen_by=standing(framework, "technical", "T4"))
    assert lens is not None
    assert (lens.own, lens.there) == ((), ())


@pytest.mark.parametrize(
    ("wanted", "track", "level"),
    [([], "technical", "T4"), (["gone"], "technical", "T4"), (["peer-mentoring"], None, None), (["x"], "gone", "G1")],
)
def test_without_wishes_or_a_track_there_is_nothing_to_read(
    framework: Framework, wanted: list[str], track: str | None, level: str | None
) -> None:
    assert first_hour.lens(framework, wanted, seen_by=standing(framework, track, level)) is None


def test_each_pair_gets_one_question_of_each_kind_and_the_same_ones_again(framework: Framework) -> None:
    here, there = standing(framework, "technical", "T2"), standing(framework, "management", "M4")
    chosen = {first_hour.questions(UUID(int=n), mentee=here, mentor=there) for n in range(81)}
    assert len(chosen) == 27
    for questions in chosen:
        assert len(questions) == len(QUESTIONS)
        assert "{" not in "".join(questions)
    assert any("Management" in question for questions in chosen for question in questions)
    same = first_hour.questions(UUID(int=0), mentee=here, mentor=here)
    assert "your team" in same[0]
    assert "another team" in same[0]


def test_an_agreement_is_read_or_refused_beside_its_field() -> None:
    good: dict[str, Any] = {"goal": "Lead.", "rhythm": "14", "until": TODAY + DAY}
    assert rules.read_agreement(**good, today=TODAY) == Agreement("Lead.", 14, TODAY + DAY)
    for field, wrong in (
        ("goal", "x" * 1001), ("rhythm", "15"), ("rhythm", ""), ("until", TODAY), ("until", None),
        ("until", TODAY + 732 * DAY),
    ):  # fmt: skip
        with pytest.raises(Refusal) as refused:
            rules.read_agreement(**{**good, field: wrong}, today=TODAY)
        assert refused.value.field == field


def test_a_survey_has_two_marks_from_one_to_five() -> None:
    assert rules.read_survey(worth="5", fit="1", again=["again"]) == Survey(5, 1, wants_again=True)
    for worth, fit, field in (("", "1", "worth"), ("6", "1", "worth"), ("3", "0", "fit"), ("3", "three", "fit")):
        with pytest.raises(Refusal) as refused:
            rules.read_survey(worth=worth, fit=fit, again=[])
        assert refused.value.field == field
