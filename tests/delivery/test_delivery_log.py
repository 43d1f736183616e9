"""What owners read of messages: a name for every kind, and a sentence for everything that Slack may answer."""

import pytest

from bot.delivery import BY_FEATURE, MESSAGES
from bot.delivery.message import POST
from bot.delivery.outcomes import ERRORS, Class
from bot.rules import delivery_log as rules
from bot.rules.delivery_log import Again
from bot.rules.refusal import Refusal


def test_every_kind_of_message_has_a_name_and_every_name_a_kind() -> None:
    assert set(rules.NAMES) == set(MESSAGES)


def test_what_only_draws_anew_is_told_apart_from_what_is_sent() -> None:
    anew = {kind for kind, one in MESSAGES.items() if one.redraws or one.method == "views.publish"}
    assert anew == {kind for kind, name in rules.NAMES.items() if name == rules.AGAIN}


def test_nobody_reads_of_anybody_what_they_were_sent_about_program_feedback_or_a_round() -> None:
    of_rounds = {kind for kind in BY_FEATURE["feedback"] if kind.startswith("round.")}
    assert {kind for kind in MESSAGES if rules.is_private(kind)} == {*BY_FEATURE["program_feedback"], *of_rounds}


def test_what_goes_to_a_channel_of_the_program_says_so_to_whoever_sent_it() -> None:
    """A pair's own conversation is the other place there is; nobody but the two has to do with it."""
    placed = {kind for kind, one in MESSAGES.items() if one.place is not None and one.method == POST}
    assert {kind for kind in placed if not kind.startswith("mentor")} == {
        kind for kind in placed if MESSAGES[kind].is_public
    }


@pytest.mark.parametrize("code", sorted(code for codes in ERRORS.values() for code in codes))
def test_every_answer_of_slacks_has_a_sentence_that_says_what_to_do(code: str) -> None:
    meaning, advice = rules.why(code)
    assert code not in meaning
    assert meaning.endswith(".")
    assert advice


def test_what_locks_us_out_is_what_the_engine_waits_for() -> None:
    assert ERRORS[Class.CREDENTIALS] == rules.LOCKS


def test_an_answer_that_is_new_is_shown_as_it_is() -> None:
    assert rules.why("brand_new")[0] == "Slack answered brand_new."
    assert rules.why("drawing failed: KeyError")[1] == rules.OURS
    assert rules.may_have_arrived("status 502")
    assert not rules.may_have_arrived("user_not_found")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"state": "sent"}, "It has arrived by now"),
        ({"state": "pending"}, "on its way already"),
        ({"state": "skipped"}, "It was left out"),
        ({"is_there": False}, "This person has left"),
        ({"is_known": False}, "switched off"),
        ({"is_expired": True}, "of no use any more"),
        ({"is_wanted": False}, "of no use any more"),
    ],
)
def test_what_is_not_sent_again_says_why(changed: dict[str, object], said: str) -> None:
    asked: dict[str, object] = {"state": "failed", "is_expired": False, "is_there": True, "is_wanted": True, **changed}
    with pytest.raises(Refusal, match=said):
        rules.check_again(Again(**asked))  # type: ignore[arg-type]
