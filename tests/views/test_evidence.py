"""Evidence as it is drawn and read back."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.evidence import State, Verdict
from bot.views import evidence, evidence_reviews
from bot.views.evidence import Filled
from tests.views import drawn, examples
from tests.views.examples import TODAY
from tests.views.test_words import anything

NAMES = ("new evidence", "change evidence", "sent", "review", "shown")


@pytest.mark.parametrize("name", NAMES)
def test_with_nothing_yet(name: str) -> None:
    drawn.check(examples.empty_views()[name])


@pytest.mark.parametrize("text", drawn.LONGEST, ids=lambda text: text[:4])
def test_the_longest_words(text: str) -> None:
    shown = examples.views(text)
    for name in NAMES:
        drawn.check(shown[name])
    # Three reasons, what was done, and what changed: all of it stands there.
    assert drawn.words(shown["shown"]) == [text] * 5


@settings(max_examples=10)
@given(name=drawn.names)
def test_any_name_fits(name: str) -> None:
    for one in (*examples.requests("x", author=name, name=name), *examples.verdicts("x", author=name, name=name)):
        drawn.check(one)
    for view in examples.views("x", name).values():
        drawn.check(view)


@settings(max_examples=60)
@given(did=drawn.typed, impact=drawn.typed, links=drawn.typed, amount=st.decimals(Decimal("0.01"), 100_000, places=2))
def test_what_was_filled_in_is_read_back(did: str, impact: str, links: str, amount: Decimal) -> None:
    filled = Filled(examples.MILESTONE.key, did, impact, (links,), date(2026, 11, 2), amount, ["U0LEA", "U0PIA"])
    view = evidence.modal([examples.LEVEL], filled, today=TODAY)
    drawn.check(view)
    typed, reviewers = evidence.read(drawn.sent(view))
    assert (typed["milestone"], typed["did"], typed["impact"], typed["links"]) == (
        examples.MILESTONE.key,
        did,
        impact,
        links,
    )
    assert (typed["done_on"], Decimal(typed["amount"]), reviewers) == (date(2026, 11, 2), amount, ["U0LEA", "U0PIA"])


@settings(max_examples=60)
@given(text=anything)
def test_whatever_a_reviewer_types_is_read_and_shown_as_typed(text: str) -> None:
    view = evidence_reviews.review_modal(examples.piece(), examples.review(), Verdict.CHANGES, today=TODAY)
    review, verdict, reason = evidence_reviews.read_review(drawn.sent(view, reason={"value": text}))
    assert (review, verdict) == (examples.review().id, Verdict.CHANGES)
    mine = examples.review(Verdict.CHANGES, reason=reason[:3_000])
    drawn.check(evidence.shown(examples.piece("x", mine), today=TODAY))
    drawn.check(evidence.edit(examples.piece("x", mine), [], today=TODAY))


@settings(max_examples=40)
@given(link=drawn.typed.map(lambda text: "https://x.example/" + "".join(text.split())[:2_900]))
def test_links_are_links_and_nothing_else(link: str) -> None:
    view = evidence.shown(examples.piece("x", links=(link, "https://x.example/b")), today=TODAY)
    drawn.check(view)
    shown = [block for block in view["blocks"] if block["block_id"].startswith("link-")]
    assert len(shown) == 2
    assert drawn.words(view).count(link) == (shown[0]["type"] == "rich_text")


@pytest.mark.parametrize("chosen", [None, "", "asked", "accepted!", "🦄", "<!channel>"])
def test_no_verdict_reads_as_none(chosen: str | None) -> None:
    view = evidence_reviews.review_modal(examples.piece(), examples.review(), Verdict.ACCEPTED, today=TODAY)
    picked = None if chosen is None else {"value": chosen}
    read = evidence_reviews.read_review(drawn.sent(view, verdict={"selected_option": picked}))
    assert read[1] is Verdict.ASKED


@settings(max_examples=100)
@given(state=st.recursive(st.none() | st.text(max_size=3) | st.integers(), st.lists, max_leaves=5))
def test_reading_never_raises(state: object) -> None:
    ids = ("milestone", "did", "links", "done_on", "amount", "reviewers", "verdict", "reason")
    for kind in ("datepicker", "multi_users_select", "static_select", "plain_text_input", "number_input", "new"):
        keys = ("selected_date", "selected_users", "selected_option", "value")
        view = {"state": {"values": {name: {name: {"type": kind, **dict.fromkeys(keys, state)}} for name in ids}}}
        evidence.read(view)
        evidence_reviews.read_review(view | {"private_metadata": state})


def test_every_state_and_every_verdict_has_words() -> None:
    assert set(evidence.STATES) == set(State)
    assert set(evidence.SAID) == set(Verdict)
    assert set(evidence_reviews.VERDICTS.values()) == set(Verdict) - {Verdict.ASKED, Verdict.RELEASED}
    assert set(evidence_reviews.YOU) == set(Verdict) - {Verdict.ASKED}


def test_the_author_hears_how_many_verdicts_are_still_to_come() -> None:
    mine = examples.review(Verdict.ACCEPTED)
    others = [examples.review(name=name, number=n) for n, name in enumerate(("Pia", "Tom"), start=2)]
    assert "1 verdict is still to come" in evidence.verdict(examples.piece("x", mine, others[0]), mine)["text"]
    assert "2 verdicts are still to come" in evidence.verdict(examples.piece("x", mine, *others), mine)["text"]


def test_amounts_read_as_people_write_them() -> None:
    held = str(evidence.shown(examples.piece(), today=TODAY))
    assert "2.5 of " in held
    assert "2.50" not in held
