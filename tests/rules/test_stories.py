"""When a story may be offered, changed and published."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from bot.rules import stories as rules
from bot.rules.refusal import Refusal
from bot.rules.stories import BECOMES, State, Story, Verdict

NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)


def story(state: State = State.OFFERED, **more: Any) -> Story:
    given: dict[str, Any] = {"take": 2, "offered_at": NOW, **more}
    return Story(UUID(int=1), UUID(int=2), "Ana", "technical", "Technical", "T2", "Did.", "Helped.", state, **given)


@pytest.mark.parametrize(
    ("found", "take", "said"),
    [
        (story(State.PUBLISHED), 2, "is published by now"),
        (story(State.CHANGES), 2, "asked for a change"),
        (story(State.WITHDRAWN), 2, "withdrawn this story"),
        (story(), 1, "has changed this story since"),
        (story(is_here=False), 2, "has left"),
    ],
)
def test_only_what_was_read_as_it_stands_is_decided(found: Story, take: int, said: str) -> None:
    rules.check_to_decide(story(), 2)
    with pytest.raises(Refusal, match=said):
        rules.check_to_decide(found, take)


def test_every_verdict_leads_to_a_state_and_a_change_needs_words() -> None:
    assert set(BECOMES) == set(Verdict)
    for verdict in Verdict:
        assert rules.check_verdict(verdict, "Please.") is verdict
    with pytest.raises(Refusal, match="what would make it ready"):
        rules.check_verdict(Verdict.CHANGES, "")
    with pytest.raises(Refusal, match="one of the three"):
        rules.check_verdict(None, "")


def test_words_stay_once_it_is_decided() -> None:
    for state in State:
        if state in (State.OFFERED, State.CHANGES):
            rules.check_to_change(story(state))
        else:
            with pytest.raises(Refusal, match=r"words stay as they are|words are gone"):
                rules.check_to_change(story(state))


def test_three_stories_wait_at_most_and_none_is_empty() -> None:
    rules.check_open(2)
    with pytest.raises(Refusal, match="Three stories"):
        rules.check_open(3)
    for did, helped, field in (("", "x", "did"), ("x", "", "helped"), ("x" * 2_001, "x", "did")):
        with pytest.raises(Refusal) as refused:
            rules.check_words(did, helped)
        assert refused.value.field == field
