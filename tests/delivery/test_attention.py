"""What may reach somebody: an ask, which counts; the morning's list; or an answer to what they did. Nothing else."""

from dataclasses import fields
from typing import Any

import pytest

from bot.delivery import MESSAGES
from bot.delivery.message import POST
from bot.rules.attention import Waiting
from bot.rules.less import Topic
from bot.services.attention import BUNDLE
from bot.views import less
from tests.views import examples

ONCE = "it comes once, so there is nothing to have less of"
NO_LESS = {
    "assessment.asked": "one of their people asks, once, and nobody else can answer",
    "welcome.hello": ONCE,
    "welcome.manager": ONCE,
    "match_round.ready": "a round that came by the calendar goes nowhere without an owner, and others wait for it",
    "program_feedback.released": "it comes once to each reader, and whoever wrote waits for it to be read",
    "chances.asked": "a colleague asks for what somebody offers of their own will, and only they can answer",
    "story.offered": "a member offers a story of theirs and waits for an answer, which only owners can give",
    "welcome.wrong": "somebody says that what is on record of them is wrong, which an owner may not miss",
}
IN_THE_LIST = {  # what waits there for whoever is asked on a day that is full
    "assessment.asked": "assessments", "career_talk.proposed_manager": "career",
    "career_talk.proposed_member": "career", "career_talk.talked_manager": "career",
    "career_talk.talked_member": "career", "chances.asked": "interested", "check_in.prompt": "prompt",
    "evidence.asked": "to_review", "feedback.asked": "feedback", "feedback.given": "unread_feedback",
    "mentor_session.met_mentee": "met", "mentor_session.met_mentor": "met",
    "mentor_session.quiet_mentee": "quiet", "mentor_session.quiet_mentor": "quiet",
    "program_feedback.opened": "feedback_closes", "program_feedback.reminder": "feedback_closes",
    "promises.due": "promises", "proposal.asked": "mentoring", "proposal.offered": "mentoring",
    "reading.help": "unread", "reading.week": "unread", "round.approve": "round_names",
    "round.approve_for": "round_names", "round.invited": "rounds", "story.offered": "stories",
    "welcome.wrong": "wrong",
}  # fmt: skip
DRAWN = {kind: many[0] for kind, many in examples.messages().items()}
ORDINARY = sorted(MESSAGES.keys() - NO_LESS.keys())
UNASKED = [kind for kind in ORDINARY if not MESSAGES[kind].answers]


def offers_less(message: dict[str, Any]) -> bool:
    rows = [block for block in message["blocks"] if block["type"] == "actions"]
    pressed = [one for row in rows for one in row["elements"] if one["action_id"] == less.OPEN_LESS]
    return bool(pressed) and all(one["value"] in set(Topic) for one in pressed)


@pytest.mark.parametrize("kind", ORDINARY)
def test_every_message_asks_or_is_the_list_or_answers(kind: str) -> None:
    message, is_list = MESSAGES[kind], kind == BUNDLE
    assert [message.asks and not is_list, is_list, message.answers].count(True) == 1
    assert message.asks or not is_list, "the list counts as one ask"


def test_whatever_moves_into_the_list_has_its_line_there() -> None:
    movable = {kind for kind, message in MESSAGES.items() if message.asks and message.is_movable and kind != BUNDLE}
    assert movable == IN_THE_LIST.keys()
    assert set(IN_THE_LIST.values()) <= {field.name for field in fields(Waiting)}


@pytest.mark.parametrize("kind", ORDINARY)
def test_what_is_drawn_anew_answers(kind: str) -> None:
    assert MESSAGES[kind].answers or MESSAGES[kind].method == POST


@pytest.mark.parametrize("kind", UNASKED)
def test_whatever_comes_by_itself_says_why_and_offers_less(kind: str) -> None:
    assert "You get this" in str(DRAWN[kind]["blocks"])
    assert offers_less(DRAWN[kind])


@pytest.mark.parametrize("kind", NO_LESS)
def test_the_exceptions_offer_none_and_say_why_they_come(kind: str) -> None:
    assert "You get this" in str(DRAWN[kind]["blocks"])
    assert not offers_less(DRAWN[kind])
