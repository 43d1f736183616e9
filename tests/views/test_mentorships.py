"""What a pair reads: nothing of the goal where Slack keeps it, nothing of who ended it, only what will work."""

from bot.rules.mentorships import EndedFor, Share, Side
from bot.views import mentorship_ends, mentorships
from sandbox.screen import render
from tests.support.frameworks import FRAMEWORK
from tests.views import examples, pair_examples

ANA, MATS = examples.person(), examples.mentor()
ALL = pair_examples.messages(FRAMEWORK, ANA, MATS, "CANARY")


def test_the_goal_is_behind_a_button_and_never_in_a_message() -> None:
    one = pair_examples.pair(ANA, MATS, "CANARY")
    for side in (Side(one, ANA), Side(one, MATS)):
        assert "CANARY" in render(mentorships.modal(side, None, now=examples.NOW))
    for drawn in (message for many in ALL.values() for message in many):
        assert "CANARY" not in str(drawn)


def test_both_read_the_same_of_an_end_whoever_chose_it() -> None:
    """The news has nothing that could tell: there is no column for it."""
    for kind in ("mentorship.ended_mentee", "mentorship.ended_mentor"):
        chosen = [render(one) for one in ALL[kind]][list(EndedFor).index(EndedFor.CHOICE)]
        assert "has come to its end" in chosen
        assert "ended by" not in chosen


def test_only_the_mentee_is_offered_a_new_match_and_only_what_is_shared_is_offered_to_read() -> None:
    assert ["Find a new match" in render(one) for one in ALL["mentorship.ended_mentee"]] == [True, True, False]
    assert not any("Find a new match" in render(one) for one in ALL["mentorship.ended_mentor"])
    for shares in (frozenset[Share](), frozenset({Share.EVIDENCE}), frozenset(Share)):
        one = pair_examples.pair(ANA, MATS, "", shares=shares)
        mentor = render(mentorships.modal(Side(one, MATS), None, now=examples.NOW))
        assert ("Read their check-ins" in mentor) == (Share.CHECK_INS in shares)
        assert ("Read their evidence" in mentor) == (Share.EVIDENCE in shares)
        assert "[Sharing]" not in mentor
        mentee = render(mentorships.modal(Side(one, ANA), None, now=examples.NOW))
        assert "[Sharing]" in mentee
        assert "Read their" not in mentee


def test_forms_of_nothing_read_as_nothing() -> None:
    assert mentorships.read_agreement({}) == (None, 0, {"goal": "", "rhythm": "", "until": None})
    assert mentorships.read_sharing({}) == (None, [])
    assert mentorship_ends.read({}) == (None, "", None)
    assert mentorship_ends.read_survey({}) == (None, {"worth": "", "fit": "", "again": []})
