"""Every kind of direct message: owed by a service, drawn by a view, fit for Slack, and without anybody's words."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import bot.services
from bot.database import EncryptedText
from bot.delivery import MESSAGES
from bot.delivery.message import OPEN, POST, PUBLISH, UPDATE
from bot.models.check_ins import CheckIn, Reading
from bot.models.evidence import Evidence, Review
from bot.models.mentors import Mentor, MentorRequest
from bot.models.stories import SuccessStory
from bot.rules.evidence import State, Verdict
from tests.views import drawn, examples
from tests.views.examples import CANARY

NAMES = ("Ana", "<!channel>", "\u05e9\u05dc\u05d5\u05dd", "👩‍👩‍👧‍👦", "Ẅ" * 200, "*_~`", "&lt;@U1&gt;")
OPENINGS = {kind for kind, message in MESSAGES.items() if message.method == OPEN}  # they say nothing
DRAWN = [
    pytest.param(kind, one, id=f"{kind}-{n}")
    for kind, many in examples.messages().items()
    for n, one in enumerate(many)
]


def kinds() -> Iterator[str]:
    """The kinds that services owe, by the constants that name them."""
    for file in Path(bot.services.__file__).parent.glob("*.py"):
        yield from re.findall(r'^[A-Z_]+ = "([a-z_]+\.[a-z_]+|home)"$', file.read_text(), re.MULTILINE)


def text_of(message: dict[str, Any]) -> str:
    return f"{message.get('text')}\n{message['blocks']}"


def test_what_services_owe_is_what_can_be_delivered() -> None:
    assert sorted(kinds()) == sorted(MESSAGES)
    assert sorted(examples.messages()) == sorted(MESSAGES.keys() - OPENINGS)
    assert all(len(kind) <= 40 for kind in MESSAGES)


def test_what_is_drawn_anew_was_sent_before() -> None:
    for message in MESSAGES.values():
        assert (message.method == UPDATE) == (message.redraws is not None)
        if message.redraws:
            assert MESSAGES[message.redraws].method == POST
            assert not message.owes_action


@pytest.mark.parametrize(("kind", "message"), DRAWN)
def test_slack_takes_every_message(kind: str, message: dict[str, Any]) -> None:
    drawn.check(message)
    assert (message.get("type") == "home") == (MESSAGES[kind].method == PUBLISH)


def test_names_of_every_kind_fit_and_mention_nobody() -> None:
    for name in NAMES:
        for many in examples.messages(name=name).values():
            for message in many:
                drawn.check(message)


def sealed() -> set[str]:
    """The columns that hold people's own words."""
    models = (CheckIn, Reading, Evidence, Review, Mentor, MentorRequest, SuccessStory)
    return {
        column.name for model in models for column in model.__table__.columns if isinstance(column.type, EncryptedText)
    }


def test_no_direct_message_carries_anybodys_words() -> None:
    given = {"win", "obstacle", "help_wanted", "learned"} | {"did", "impact", "links"} | {"reason", "reply"}
    given |= {"about", "goal"} | {"helped", "note"}
    assert sealed() == given  # all of them hold CANARY in the examples
    for kind, many in examples.messages().items():
        assert not MESSAGES[kind].shows_words or MESSAGES[kind].is_public  # what an owner publishes in a channel
        for message in () if MESSAGES[kind].shows_words else many:
            assert CANARY not in text_of(message)


def test_every_message_that_comes_by_itself_says_why() -> None:
    for kind, message in MESSAGES.items():
        if message.method == POST and not message.is_public:  # nobody in particular gets what stands in a channel
            first = examples.messages()[kind][0]
            assert "You get this" in text_of(first)


def test_nobody_hears_who_has_not_answered() -> None:
    silent = examples.review(Verdict.ASKED, name="Silent", number=2)
    for verdict in (Verdict.ACCEPTED, Verdict.CHANGES, Verdict.DECLINED):
        mine = examples.review(verdict, name="Noor")
        for state in State:
            piece = examples.piece("x", mine, silent, state=state)
            assert "Silent" not in text_of(dict(MESSAGES["evidence.verdict"].draw((piece, mine))))
            assert "Silent" not in text_of(dict(MESSAGES["evidence.asked"].draw((piece, mine))))


def test_a_request_has_buttons_only_while_something_can_be_decided() -> None:
    for verdict in Verdict:
        for state in State:
            mine = examples.review(verdict)
            shown = MESSAGES["evidence.asked"].draw((examples.piece("x", mine, state=state), mine))
            can_decide = verdict is Verdict.ASKED and state in (State.IN_REVIEW, State.SHORT)
            assert ("evidence.accept" in text_of(dict(shown))) == can_decide
