"""Loose words for a competency: what they find, and what is offered where they find nothing."""

import pytest

from bot.rules import who_knows
from bot.rules.framework import Framework

FIRST = "t3-root-causes"


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Problem solving", ["Problem solving"]),
        ("problem-solving", ["Problem solving"]),
        ("  PROBLEM   Sölving!", ["Problem solving"]),
        ("problem", ["Problem solving"]),
        ("mentor", ["Peer mentoring"]),
        ("mentoring peers", ["Peer mentoring"]),
        ("knowledge", ["Depth of knowledge"]),
        ("thinking scalable", ["Scalable thinking"]),
        ("symptom", ["Problem solving"]),  # in what it is about
        ("", []),
        ("🦄", []),
    ],
)
def test_loose_words_find_it(typed: str, names: list[str], framework: Framework) -> None:
    found = who_knows.meant(typed, framework)
    assert [one.name for one in found.fits] == names
    assert not found.is_close


@pytest.mark.parametrize(
    ("typed", "name"),
    [("probelm solving", "Problem solving"), ("optimisation", "Optimization"), ("emphaty", "Empathy")],
)
def test_what_is_misspelled_is_offered(typed: str, name: str, framework: Framework) -> None:
    found = who_knows.meant(typed, framework)
    assert found.is_close
    assert name in [one.name for one in found.fits]


def test_a_word_of_several_offers_each(framework: Framework) -> None:
    found = who_knows.meant("track", framework)
    assert len(found.fits) > 1
    assert not found.is_close
    assert who_knows.meant("xylophone", framework) == who_knows.Meant((), is_close=True)


def test_its_milestones_are_those_of_every_level(framework: Framework) -> None:
    (one,) = who_knows.meant("problem solving", framework).fits
    keys = who_knows.milestones(framework, one)
    assert FIRST in keys
    assert {framework.milestone(key).competency for key in keys} == {"problem-solving"}  # type: ignore[union-attr]
    assert len(keys) == 4
