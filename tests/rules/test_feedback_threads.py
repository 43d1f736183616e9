"""Receipts as people type them, and what a reply has to hold."""

from collections.abc import Mapping

import pytest

from bot.rules import feedback_threads as rules
from bot.rules.feedback_threads import FIELDS, LONGEST, Replies
from bot.rules.refusal import Refusal
from bot.sealing import ALPHABET, new_receipt, plain

BARE = "ABCDEFGHIJKLMNOPQRSTUVW234"
TYPED = {
    "as it was shown": "ABCDE FGHIJ KLMNO PQRST UVW23 4",
    "in one go": BARE,
    "in small letters": BARE.lower(),
    "with dashes and lines": "ABCDE-FGHIJ-KLMNO-\nPQRST-UVW23-4\n",
    "with figures that look like its letters": BARE.replace("O", "0").replace("I", "1").replace("B", "8"),
}
NONE = ("", "ABCDE", f"{BARE}A", BARE.replace("A", "9"), "Ä" + BARE[1:], "🦄" * 26, "../" * 9)


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_a_receipt_however_it_was_written(typed: str) -> None:
    assert rules.receipt(typed) == BARE


@pytest.mark.parametrize("typed", NONE)
def test_what_can_be_no_receipt(typed: str) -> None:
    assert rules.receipt(typed) is None


def test_every_receipt_that_is_made_is_read_again() -> None:
    made = [new_receipt() for _ in range(50)]
    assert [rules.receipt(one) for one in made] == [plain(one) for one in made]
    assert not set("018") & set(ALPHABET), "they stand for letters that look like them"


@pytest.mark.parametrize(
    ("words", "field"),
    [({}, "reply-text1"), ({"text1": " "}, "reply-text1"), ({"text2": "a" * (LONGEST + 1)}, "reply-text2")],
)
def test_a_reply_says_something_and_not_too_much(words: Mapping[str, str], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        rules.check(Replies(words, {}), FIELDS)
    assert refused.value.field == field
