"""Two views of one's work: what may be asked and said, and what the two together show."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from bot.rules import access
from bot.rules import assessment_ratings as ratings
from bot.rules import assessments as rules
from bot.rules import side_by_side as sides
from bot.rules.assessments import Answer, Assessment, Expected, Line, Rating, Said, State, Wording
from bot.rules.cadence import Schedule
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.rules.side_by_side import Pair, Together
from tests.support.frameworks import FRAMEWORK

NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)
ANA, MATS, NOOR = UUID(int=1), UUID(int=2), UUID(int=3)
EXPECTED = tuple(Expected(key, key.title(), f"Words about {key}.") for key in "abcdefg")
NOT_YET, SOMETIMES, MOSTLY, ALWAYS, CANNOT_SAY = Rating


def said(rating: Rating | None, note: str = "") -> Said:
    return Said(rating, note)


def line(number: int, own: Rating | None = None, theirs: Rating | None = None, *, is_picked: bool = True) -> Line:
    return Line(EXPECTED[number], said(own, "Mine."), said(theirs, "Theirs."), is_picked=is_picked)


def assessment(*lines: Line, state: State = State.OPEN, **more: Any) -> Assessment:
    wording = Wording("technical", "Technical", "T3", "Senior Engineer", EXPECTED)
    given: dict[str, Any] = {"is_own_track": True, "changed_at": NOW, "rater_id": MATS, "rater": "Mats", **more}
    return Assessment(id=UUID(int=9), author_id=ANA, author="Ana", wording=wording, state=state, lines=lines, **given)


def person(**more: Any) -> Person:
    given: dict[str, Any] = {"track": "technical", "level": "T2", "manager_id": MATS, **more}
    return Person(ANA, "U0ANA", "Ana", Schedule("UTC"), **given)


@pytest.mark.parametrize(
    ("own", "theirs", "together", "steps"),
    [
        (MOSTLY, MOSTLY, Together.SAME, 0),
        (CANNOT_SAY, ALWAYS, Together.OPEN, None),
        (NOT_YET, CANNOT_SAY, Together.OPEN, None),
        (SOMETIMES, MOSTLY, Together.CLOSE, -1),
        (ALWAYS, MOSTLY, Together.CLOSE, 1),
        (NOT_YET, MOSTLY, Together.APART, -2),
        (ALWAYS, NOT_YET, Together.APART, 3),
    ],
)
def test_two_views_are_alike_close_or_worth_a_talk_in_both_directions(
    own: Rating, theirs: Rating, together: Together, steps: int | None
) -> None:
    pair = Pair(EXPECTED[0], said(own), said(theirs))
    assert (pair.together, pair.steps) == (together, steps)


def test_where_the_two_differ_most_comes_first() -> None:
    found = sides.side_by_side(
        assessment(
            line(0, MOSTLY, MOSTLY), line(1, MOSTLY, CANNOT_SAY), line(2, SOMETIMES, MOSTLY), line(3, NOT_YET, MOSTLY),
            line(4, ALWAYS, NOT_YET), line(5, ALWAYS, NOT_YET, is_picked=False), state=State.RATED,
        )
    )  # fmt: skip
    assert [pair.expected.key for pair in found.pairs] == ["e", "d", "c", "b", "a"]


def test_a_gap_is_what_either_sees_as_less_than_mostly_or_both_see_far_apart() -> None:
    both = assessment(
        line(0, MOSTLY, ALWAYS), line(1, SOMETIMES, SOMETIMES), line(2, MOSTLY, NOT_YET),
        line(3, CANNOT_SAY, CANNOT_SAY), line(4, ALWAYS, ALWAYS), line(5, NOT_YET, is_picked=False), state=State.RATED,
    )  # fmt: skip
    older, nothing_said = assessment(line(6, NOT_YET)), assessment(line(0))
    other_level = replace(older, wording=replace(older.wording, level="T2"))
    assert sides.gaps([nothing_said, both, older]) == (("T3", "c"), ("T3", "f"), ("T3", "b"))
    assert sides.gaps([other_level, older]) == (("T2", "g"), ("T3", "g"))


# Who sees what

MANAGER, MENTOR, NOBODY = frozenset({"manager", "other"}), frozenset({"mentor", "other"}), frozenset({"other"})
READS = [  # what, who, how they stand to the author → may read all, only their own view, may give a view
    ({"state": State.OPEN, "rater_id": None}, MATS, MANAGER, ""),
    ({"state": State.ASKED}, MATS, MANAGER, "review"),
    ({"state": State.ASKED}, MATS, NOBODY, "review"),
    ({"state": State.RATED}, MATS, MANAGER, "read, own"),
    ({"state": State.RATED}, MATS, frozenset({"former manager", "other"}), "own"),
    ({"state": State.RATED}, NOOR, MANAGER, ""),
    ({"state": State.OPEN, "is_for_mentor": True}, NOOR, MENTOR, "read, own"),
    ({"state": State.OPEN, "is_for_mentor": True}, NOOR, NOBODY, ""),
    ({"state": State.OPEN, "is_for_mentor": False}, NOOR, MENTOR, ""),
    ({"is_own_track": False, "is_for_manager": True, "rater_id": None}, MATS, MANAGER, "read, own"),
    ({"is_own_track": False, "is_for_manager": True, "rater_id": None}, MATS, NOBODY, ""),
    ({"is_own_track": False, "is_for_mentor": True, "rater_id": None}, NOOR, MENTOR, "read, own"),
    ({"state": State.ASKED, "is_for_manager": True}, MATS, MANAGER, "review"),
]


@pytest.mark.parametrize(("given", "by", "standing", "may"), READS)
def test_who_reads_it_and_who_gives_a_view(given: Any, by: UUID, standing: frozenset[str], may: str) -> None:
    found = assessment(line(0, MOSTLY, MOSTLY), **given)
    relations = rules.relations(found, by, standing)
    allowed = {
        "read": access.can(relations, "read", found.thing),
        "own": access.can(relations, "read", found.thing, "own rating"),
        "review": access.can(relations, "review", found.thing),
    }
    assert ", ".join(name for name, is_open in allowed.items() if is_open) == may
    assert not access.can(relations, "write", found.thing)


def test_its_author_reads_and_writes_it_always_and_never_gives_the_other_view() -> None:
    for state in State:
        relations = rules.relations(assessment(state=state, rater_id=ANA), ANA, ())
        assert access.can(relations, "write", rules.THING)
        assert not access.can(relations, "review", rules.THING)


def test_what_is_blind_and_what_is_left_to_a_former_manager_hold_nothing_of_the_authors() -> None:
    found = assessment(line(0, MOSTLY, ALWAYS), line(1, NOT_YET, is_picked=False), state=State.RATED)
    assert [expected.key for expected, _ in ratings.blind(found).asked] == ["a"]
    assert "Mine." not in str(ratings.blind(found))
    left = rules.only_theirs(found)
    assert "Mine." not in str(left)
    assert [(one.own, one.theirs.rating) for one in left.lines] == [(Said(), ALWAYS)]


# What may be asked and said


def test_a_manager_is_asked_about_one_to_five_of_which_the_author_has_spoken_first() -> None:
    found = assessment(*(line(n, MOSTLY) for n in range(6)), line(6))
    ratings.check_picked(found, ["a", "b", "c", "d", "e"])
    for picked, why in (([], "one to 5"), (list("abcdef"), "one to 5"), (["g"], "said yourself"), (["x"], "said your")):
        with pytest.raises(Refusal, match=why):
            ratings.check_picked(found, picked)


@pytest.mark.parametrize(
    ("given", "by", "why"),
    [
        ({"state": State.ASKED}, {}, "Take the question back"),
        ({"state": State.RATED}, {}, "Both views are in"),
        ({"is_own_track": False}, {}, "another track"),
        ({}, {"manager_id": None}, "no manager on record"),
    ],
)
def test_what_cannot_be_asked_says_what_to_do(given: Any, by: Any, why: str) -> None:
    ratings.check_can_ask(assessment(line(0, MOSTLY)), person())
    with pytest.raises(Refusal, match=why):
        ratings.check_can_ask(assessment(line(0, MOSTLY), **given), person(**by))
    only_a_note = assessment(line(0))
    assert only_a_note.said == 1
    with pytest.raises(Refusal, match="how you see it yourself"):
        ratings.check_can_ask(only_a_note, person())


def test_a_managers_view_is_whole_and_cannot_say_is_one() -> None:
    blind = ratings.blind(assessment(line(0, MOSTLY), line(1, MOSTLY)))
    ratings.check_draft(blind, {"b": said(None, "x" * 1500)})
    with pytest.raises(Refusal) as refused:
        ratings.check_draft(blind, {"b": said(MOSTLY, "x" * 1501)})
    assert refused.value.field == "note-b"
    ratings.check_whole(replace(blind, drafted={"a": said(CANNOT_SAY), "b": said(ALWAYS)}))
    with pytest.raises(Refusal, match="open still"):
        ratings.check_whole(replace(blind, drafted={"a": said(MOSTLY), "b": said(None, "Words.")}))


def test_only_ones_own_accepted_evidence_goes_with_it() -> None:
    own, other = UUID(int=21), UUID(int=22)
    rules.check_answers(assessment(line(0)), {"a": Answer(said(MOSTLY), (own,)), "zz": Answer(said(None))}, {own})
    for pieces in ((other,), (own,) * 6):
        with pytest.raises(Refusal) as refused:
            rules.check_answers(assessment(line(0)), {"a": Answer(said(MOSTLY), pieces)}, {own})
        assert refused.value.field == "pieces-a"


def test_every_level_can_be_chosen_and_ones_own_and_the_next_stand_first() -> None:
    found = rules.choices(FRAMEWORK, person())
    assert [one.level for one in found[:2]] == ["T2", "T3"]
    assert (found[0].is_own, found[1].is_next) == (True, True)
    assert {one.level for one in found} == {level.key for track in FRAMEWORK.tracks for level in track.levels}
    assert [one.level for one in found[2:5]] == ["T1", "T4", "T5"]
    worded = rules.worded(FRAMEWORK, "T3")
    assert [one.key for one in worded.expected] == [one.key for one in FRAMEWORK.tracks[0].competencies]
    with pytest.raises(Refusal, match="Choose the level"):
        rules.worded(FRAMEWORK, "X9")
