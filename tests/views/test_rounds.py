"""What stands in a round's forms and pages, and what comes back from them."""

from dataclasses import replace

import pytest

from bot.rules.rounds import Answer, Form, Perspective, Text
from bot.views import round_answers, round_forms, round_report
from tests.views import peer_round_examples as rounds
from tests.views.drawn import NAMES, check, hostile, sent, words
from tests.views.examples import person

ANA = person("Ana")


def form(perspective: Perspective = Perspective.PEER) -> Form:
    return Form(rounds.shown(ANA), rounds.seat(ANA, perspective=perspective), Answer({"competency-0": 4}))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", [hostile[0], "שלום עולם", "🦄" * 2000])
def test_slack_takes_all_of_it(name: str, text: str) -> None:
    who = person(name)
    drawn = [*rounds.views(who, text).values(), *rounds.empty_views(who).values()]
    for one in (*drawn, *(one for many in rounds.messages(who, text).values() for one in many)):
        check(one)


def test_twenty_competencies_are_three_pages_and_each_is_kept_by_itself() -> None:
    first = round_answers.modal(form())
    read = round_answers.read(sent(first))
    assert (read.seat, read.page) == (form().seat.id, 0)
    assert read.ratings == {"competency-0": 4}  # what is left open says nothing
    assert read.texts == {}
    last = round_answers.next_page(form(), 1)
    assert last is not None
    assert round_answers.next_page(form(), 2) is None
    assert set(round_answers.read(sent(last, keep={"value": "Well done"})).texts) == set(Text)


def test_a_rating_can_be_taken_back() -> None:
    option = {"selected_option": {"value": round_answers.CANNOT_SAY}}
    read = round_answers.read(sent(round_answers.modal(form()), **{"rating-competency-0": option}))
    assert read.ratings == {"competency-0": None}


@pytest.mark.parametrize(
    ("perspective", "said"),
    [
        (Perspective.PEER, "Your answer carries no name"),
        (Perspective.REPORT, "Your answer carries no name"),
        (Perspective.MANAGER, "Signed with your name"),
        (Perspective.SELF, "how you see yourself"),
    ],
)
def test_everybody_reads_their_terms_above_the_first_question(perspective: Perspective, said: str) -> None:
    blocks = round_answers.modal(form(perspective))["blocks"]
    above = blocks[: next(n for n, one in enumerate(blocks) if one["type"] == "input")]
    assert said in str(above)
    assert "It is for growth" in str(above)


def test_names_come_back_once_from_both_inputs() -> None:
    suggested = rounds.suggested(ANA)
    chosen = {"selected_options": [{"value": "U00"}], "selected_users": []}
    view = round_forms.name(rounds.shown(ANA), suggested)
    read = round_forms.read_names(sent(view, known=chosen, peers={"selected_users": ["U00", "U0TOM"]}))
    assert read.peers == ("U00", "U0TOM")
    assert "10 open asks, may need longer" in str(view)
    assert "· 2 open asks" not in str(view)


def test_what_is_withheld_shows_no_figure_and_says_why() -> None:
    drawn = str(round_report.figures(rounds.withheld(ANA), is_mine=True))
    assert "Fewer than 3 peers and fewer than 3 of the people you lead have answered" in drawn
    assert "A round with a few more names may help" in drawn
    assert "nothing to show" not in drawn
    assert "█" not in drawn


def test_words_stand_by_question_and_the_managers_are_signed() -> None:
    opened = rounds.opened(ANA, "Clear words.", said=3)
    page = round_report.words(replace(opened, signed_by="Mats"), Text.KEEP, is_mine=True)
    assert words(page) == ["Clear words."] * 8
    assert "*Mats*, signed" in str(page)
