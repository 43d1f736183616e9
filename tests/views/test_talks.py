"""What is on the list to talk about, and what can follow a check-in, as they are drawn."""

from typing import Any

import pytest

from bot.views import check_ins, manager_weeks, talks
from tests.views import drawn, examples
from tests.views.examples import TODAY

SAVE, TALK = "Save this win as evidence", "Talk about it next time"


def labels(view: dict[str, Any]) -> list[str]:
    """The buttons in a row of their own."""
    rows = (block["elements"] for block in view["blocks"] if block["type"] == "actions")
    return [element["text"]["text"] for row in rows for element in row]


@pytest.mark.parametrize("text", ["", "x", *drawn.LONGEST], ids=lambda text: text[:4])
@pytest.mark.parametrize("name", drawn.NAMES, ids=lambda name: name[:9])
def test_the_list_fits_with_any_words_and_names(text: str, name: str) -> None:
    for many in (0, 1, 4, talks.MOST, talks.MOST + 1, 200):
        drawn.check(talks.modal(examples.listed(text, name, many), today=TODAY))


def test_what_does_not_fit_follows_later() -> None:
    few = talks.modal(examples.listed("x", many=talks.MOST), today=TODAY)
    many = talks.modal(examples.listed("x", many=talks.MOST + 2), today=TODAY)
    pressed = [block for block in many["blocks"] if "accessory" in block]
    assert len(pressed) == talks.MOST
    assert "2 more follow once some of these are done." in str(many)
    assert "more follow" not in str(few)


def test_the_list_says_whose_wish_it_is() -> None:
    shown = [str(talks.modal([one], today=TODAY)) for one in examples.listed("x", "Mats", 4)]
    for view, said in zip(shown, ("You put", "Mats put", "Both of you put", "Mats put"), strict=True):
        assert f"{said} it on the list." in view


@pytest.mark.parametrize(
    ("given", "features", "expected"),
    [
        ({}, {"check_ins", "evidence"}, [SAVE, TALK]),
        ({}, {"check_ins"}, [TALK]),
        ({"is_to_talk_about": True}, {"check_ins", "evidence"}, [SAVE]),
        ({"is_to_talk_about": True}, {"check_ins"}, []),
        ({"reader": None}, {"check_ins", "evidence"}, [SAVE]),
        ({"text": ""}, {"check_ins", "evidence"}, [TALK]),
        ({"words": examples.words(is_private=True)}, {"check_ins"}, []),
    ],
)
def test_a_receipt_has_the_buttons_that_will_work(
    given: dict[str, Any], features: set[str], expected: list[str]
) -> None:
    receipt = examples.receipt(**{"text": "x", "reader": "Mats", **given})
    view = check_ins.receipt(receipt, today=TODAY, features=features)
    drawn.check(view)
    assert labels(view) == expected


def test_a_week_names_a_few_and_counts_the_others() -> None:
    full = str(next(examples.weeks("Ana")))
    assert "evidence by Ana for _" in full
    assert "and 3 more pieces was accepted." in full
    assert "Ana would like a chance to show _" in full
    assert "So would 3 others." in full
    assert "*12 things are* on the list to talk about." in full
    assert manager_weeks.MOST_NAMES == 5
