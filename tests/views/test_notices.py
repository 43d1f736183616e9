"""Notices: sentences that may name people, and what was typed into a form that is no more."""

from typing import Any

import pytest
from hypothesis import given, settings

from bot.views import notices
from bot.views.words import clean
from tests.views import drawn
from tests.views.test_words import anything


@settings(max_examples=60)
@given(text=anything)
def test_a_sentence_mentions_nobody(text: str) -> None:
    sentence = f"{text} has been told."
    drawn.check(notices.message(sentence))
    drawn.check(notices.page(sentence))


@settings(max_examples=40)
@given(text=drawn.typed)
def test_what_was_typed_into_an_old_form_is_shown_to_be_copied(text: str) -> None:
    typed = {"type": "plain_text_input", "value": text}
    view = notices.form_changed({"state": {"values": {str(n): {"x": typed} for n in range(6)}}})
    drawn.check(view)
    if clean(text):
        assert set(drawn.words(view)) == {clean(text)}


def test_more_than_fits_is_cut_at_a_whole_answer() -> None:
    typed = {"type": "plain_text_input", "value": "🦄" * 3_000}
    view = notices.form_changed({"state": {"values": {str(n): {"x": typed} for n in range(30)}}})
    drawn.check(view)
    assert set(drawn.words(view)) == {"🦄" * 3_000}


@pytest.mark.parametrize("view", [{}, {"state": None}, {"state": {"values": {"a": None, "b": {"c": 3}}}}])
def test_an_old_form_with_nothing_in_it(view: dict[str, object]) -> None:
    drawn.check(notices.form_changed(view))
    assert "Please open it again" in str(notices.form_changed(view))


def test_the_same_button_once_more() -> None:
    pressed = {
        "type": "button",
        "action_id": "a.b",
        "value": "7",
        "text": {"type": "plain_text", "text": "Accept <!x>"},
    }
    drawn.check(notices.message("Once more.", notices.same_button({"actions": [pressed]})))
    nothing: list[dict[str, Any]] = [{}, {"actions": []}, {"actions": [{"type": "static_select", "action_id": "x"}]}]
    for body in nothing:
        assert notices.same_button(body) == []


def test_commands_that_can_be_opened_again() -> None:
    for command in notices.OPENERS:
        drawn.check(notices.message("Once more.", notices.reopen_command(command)))
    assert notices.reopen_command("/ladder") == []
