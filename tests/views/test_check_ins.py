"""The check-in as it is drawn and read back."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.check_ins import Moved, Words
from bot.views import check_ins, forms
from tests.views import drawn, examples
from tests.views.examples import TODAY
from tests.views.test_words import anything

MILESTONES = [one.key for one in examples.LEVEL.milestones]
kept = st.builds(
    Words, drawn.typed, drawn.typed, drawn.typed, st.booleans(),
    st.dictionaries(st.sampled_from(MILESTONES), st.sampled_from(list(Moved))), drawn.typed,
)  # fmt: skip


@pytest.mark.parametrize("name", ["check-in", "receipt", "history"])
def test_with_nothing_yet(name: str) -> None:
    drawn.check(examples.empty_views()[name])


@pytest.mark.parametrize("text", drawn.LONGEST, ids=lambda text: text[:4])
def test_the_longest_words(text: str) -> None:
    for name in ("check-in", "history"):
        drawn.check(examples.views(text)[name])


def test_the_history_leaves_out_whole_rounds_not_words() -> None:
    history = examples.views("🦄" * 3_000)["history"]
    assert set(drawn.words(history)) == {"🦄" * 3_000}
    assert "more" in history["blocks"][-1]["elements"][0]["text"]
    whole = examples.views("a" * 2_000)["history"]
    assert len(drawn.words(whole)) == 12 * 3 + 6


@settings(max_examples=40)
@given(name=drawn.names)
def test_any_name_fits(name: str) -> None:
    for message in examples.prompts(name):
        drawn.check(message)
    drawn.check(check_ins.modal(examples.form("x", reader=name), today=TODAY))
    drawn.check(check_ins.receipt(examples.receipt("x", reader=name), today=TODAY))


@settings(max_examples=60)
@given(words=kept)
def test_what_was_given_is_read_back(words: Words) -> None:
    given_before = examples.check_in()
    form = examples.form()
    form = type(form)(
        form.round_on,
        type(given_before)(**vars(given_before) | {"words": words}),
        form.level,
        form.focus,
        "Mats",
        form.next_on,
    )
    view = check_ins.modal(form, today=TODAY)
    drawn.check(view)
    assert check_ins.read(drawn.sent(view)) == (TODAY, words)
    drawn.check(check_ins.history([form.given] if form.given else [], today=TODAY))


@settings(max_examples=60)
@given(text=anything)
def test_whatever_was_typed_is_shown_as_typed(text: str) -> None:
    view = drawn.sent(check_ins.modal(examples.form(None), today=TODAY), win={"value": text})
    _, words = check_ins.read(view)
    history = check_ins.history([examples.check_in(words.win[:3_000])], today=TODAY)
    drawn.check(history)
    assert set(drawn.words(history)) <= {words.win[:3_000], "—"}  # blank lines alone show as a dash


@pytest.mark.parametrize("about", ["", "yesterday", "2026-02-30", "🦄", "9" * 4_000, "<!channel>"])
def test_a_form_without_its_date_reads_as_none(about: str) -> None:
    view = check_ins.modal(examples.form(), today=TODAY)
    assert check_ins.read(view | {"private_metadata": about})[0] is None


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["private", "2026-11-16", "datepicker"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["values", "win", "privacy", "moved:x", "type", "value", "selected_date"]), inner
        )
    ),
    max_leaves=12,
)


@settings(max_examples=150)
@given(state=JUNK)
def test_reading_never_raises(state: object) -> None:
    check_ins.read({"state": state})
    for kind in ("datepicker", "static_select", "checkboxes", "plain_text_input", "users_select"):
        chosen = {"type": kind, "selected_date": "2026-11-16", "value": "private", "selected_options": state}
        check_ins.read({"state": {"values": {name: {name: chosen} for name in ("win", "privacy", "moved:x")}}})


def test_only_a_prompts_own_id_is_an_id() -> None:
    assert forms.thing(examples.prompt().id.hex) == examples.prompt().id
    for junk in ("", "x", "1" * 31, "1" * 3_000, "🦄" * 32, "<!channel>"):
        assert forms.thing(junk) is None


def test_moments_are_told_on_the_persons_own_clock() -> None:
    now = examples.NOW
    assert check_ins.moment(now, "Asia/Kolkata", now) == "today at 14:30"
    assert check_ins.moment(now + timedelta(hours=12), "Asia/Kolkata", now) == "tomorrow at 02:30"
    assert check_ins.moment(now + timedelta(days=60), "UTC", now) == "Friday 15 January 2027 at 09:00"


def test_a_prompt_has_the_buttons_that_will_work() -> None:
    rows = [[block for block in message["blocks"] if block["type"] == "actions"] for message in examples.prompts()]
    labels = [[one["text"]["text"] for block in blocks for one in block["elements"]] for blocks in rows]
    put_off = ["Later today", "Tomorrow"]
    assert labels[0] == ["Answer", "Nothing new", *put_off, "Skip", "Less of this"]
    assert labels[1] == ["Answer", "Nothing new", "Skip", "Less of this"]
    assert labels[3:] == [["Answer now"], [], *[["Change my answer"]] * 3]


def test_without_a_manager_nothing_is_asked_about_privacy() -> None:
    alone = check_ins.modal(examples.form(None, reader=None), today=date(2026, 11, 16))
    assert "privacy" not in {block["block_id"] for block in alone["blocks"]}
    assert "Only you read this" in str(alone)
