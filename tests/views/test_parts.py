"""What is drawn is what Slack takes, whatever people typed; and what they fill in is read back."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views import forms, inputs, parts, surface, words
from bot.views import surface_limits as limits
from bot.views.inputs import Option
from bot.views.pieces import Drawn
from tests.views.test_words import HOSTILE, anything

CHOICES = [Option("ic", "Expert", "grow in the craft"), Option("m", "Manager")]


def test_a_section_with_a_button() -> None:
    button = parts.button(
        "Delete",
        id="delete",
        value="7",
        style="danger",
        confirm=parts.confirm("Sure?", "It is gone then.", yes="Delete", no="Keep"),
        says="Delete the plan",
    )
    assert parts.section("*Plan*", id="plan", accessory=button) == {
        "type": "section",
        "block_id": "plan",
        "text": {"type": "mrkdwn", "text": "*Plan*", "verbatim": True},
        "accessory": {
            "type": "button",
            "text": {"type": "plain_text", "text": "Delete"},
            "action_id": "delete",
            "style": "danger",
            "value": "7",
            "confirm": {
                "title": {"type": "plain_text", "text": "Sure?"},
                "text": {"type": "plain_text", "text": "It is gone then."},
                "confirm": {"type": "plain_text", "text": "Delete"},
                "deny": {"type": "plain_text", "text": "Keep"},
            },
            "accessibility_label": "Delete the plan",
        },
    }


def test_peoples_words_are_one_literal_text() -> None:
    assert parts.words("<!channel> *hi*", id="said") == {
        "type": "rich_text",
        "block_id": "said",
        "elements": [{"type": "rich_text_quote", "elements": [{"type": "text", "text": "<!channel> *hi*"}]}],
    }


def test_a_modal() -> None:
    drawn = parts.modal("Check-in", [inputs.text_input("Win", id="win")], id="check_in", submit="Send", about="7")
    assert drawn == {
        "type": "modal",
        "callback_id": "check_in",
        "title": {"type": "plain_text", "text": "Check-in"},
        "submit": {"type": "plain_text", "text": "Send"},
        "close": {"type": "plain_text", "text": "Close"},
        "private_metadata": "7",
        "blocks": [
            {
                "type": "input",
                "block_id": "win",
                "label": {"type": "plain_text", "text": "Win"},
                "element": {"type": "plain_text_input", "action_id": "win", "max_length": 3000},
            }
        ],
    }


def test_a_message_and_a_home() -> None:
    line = parts.divider(id="line")
    metadata = {"event_type": "due", "event_payload": {"id": "7"}}
    assert parts.message("Hello", [line], metadata=metadata) == {
        "text": "Hello",
        "blocks": [line],
        "metadata": metadata,
    }
    assert parts.message("Hello", []) == {"text": "Hello", "blocks": []}
    assert parts.home([line]) == {"type": "home", "blocks": [line]}


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        (inputs.select("Track", CHOICES, id="a", initial="m"), {"initial_option": "m"}),
        (inputs.select("Track", CHOICES, id="a", initial="retired"), {}),
        (inputs.radio("Track", CHOICES, id="a", initial="ic"), {"initial_option": "ic"}),
        (inputs.radio("Track", CHOICES, id="a", initial="retired"), {}),
        (inputs.checkboxes("Tracks", CHOICES, id="a", initial=["retired", "m"]), {"initial_options": ["m"]}),
        (inputs.multi_select("Tracks", CHOICES, id="a", initial=["m", "ic"]), {"initial_options": ["ic", "m"]}),
        (inputs.people_select("Who", id="a", initial=["U1", "U2"], at_most=1), {"initial_users": ["U1"]}),
        (inputs.number_input("Hours", id="a", initial=0, least=0, most=40), {"initial_value": "0", "max_value": "40"}),
        (inputs.number_input("Share", id="a", initial=1e-7, decimals=True), {"initial_value": "0.0000001"}),
        (inputs.date_input("By", id="a", initial=date(2026, 3, 1)), {"initial_date": "2026-03-01"}),
        (inputs.text_input("Note", id="a", initial="abcdef", at_most=5), {"initial_value": "abcd…"}),
    ],
)
def test_inputs_begin_with_what_is_known(element: Drawn, expected: dict[str, Any]) -> None:
    begun = {key: _values(value) for key, value in element["element"].items() if key.startswith("initial")}
    assert begun == {key: value for key, value in expected.items() if key.startswith("initial")}
    assert element["block_id"] == element["element"]["action_id"] == "a"


@pytest.mark.parametrize(
    "draw",
    [
        lambda: parts.divider(id=""),
        lambda: parts.divider(id="x" * 256),
        lambda: parts.context(id="c"),
        lambda: parts.context(*["a"] * 11, id="c"),
        lambda: parts.actions(id="a"),
        lambda: parts.actions(*[parts.button("b", id=f"b{n}") for n in range(26)], id="a"),
        lambda: parts.field_list([], id="f"),
        lambda: parts.field_list([("a", "b")] * 11, id="f"),
        lambda: parts.button(" ", id="b"),
        lambda: parts.button("b", id="b", value="x" * 2001),
        lambda: parts.button("b", id="b", url="javascript:alert(1)"),
        lambda: parts.confirm("a", "b", yes="y" * 31, no="n"),
        lambda: inputs.overflow([Option(str(n), "a") for n in range(6)], id="o"),
        lambda: inputs.select("s", [], id="s"),
        lambda: inputs.select("s", [Option("x" * 151, "a")], id="s"),
        lambda: inputs.select("s", [Option("", "a")], id="s"),
        lambda: inputs.radio("r", [Option(str(n), "a") for n in range(11)], id="r"),
        lambda: inputs.text_input("", id="t"),
        lambda: inputs.text_input("t", id="t", at_most=3001),
        lambda: inputs.text_input("t", id="t", at_most=5, at_least=6),
        lambda: inputs.number_input("n", id="n", least=2, most=1),
        lambda: inputs.multi_select("m", CHOICES, id="m", at_most=0),
        lambda: parts.modal("t" * 25, [], id="m"),
        lambda: parts.modal("", [], id="m"),
        lambda: parts.modal("t", [], id=""),
        lambda: parts.modal("t", [], id="m", about="x" * 3001),
        lambda: parts.modal("t", [inputs.text_input("t", id="t")], id="m"),
        lambda: parts.message("", []),
        lambda: parts.message(" \n", [parts.divider(id="d")]),
    ],
)
def test_our_own_mistakes_are_told(draw: Callable[[], Drawn]) -> None:
    with pytest.raises(parts.InvalidUsageError):
        draw()


@given(anything)
def test_whatever_people_type_is_drawn_without_problems(text: str) -> None:
    typed = words.clean(text)
    for drawn, where in surfaces(typed):
        assert surface.problems(drawn, where) == []
        assert surface.guard(drawn, where) is drawn
        assert_only_our_markup(drawn)


@pytest.mark.parametrize(("typed", "kept"), HOSTILE)
def test_hostile_words_are_drawn_literally(typed: str, kept: str) -> None:
    for drawn, where in surfaces(words.clean(typed)):
        assert surface.problems(drawn, where) == []
        assert_only_our_markup(drawn)
    quoted = parts.words(words.clean(typed), id="said")["elements"][0]["elements"]
    assert quoted == [{"type": "text", "text": words.clip(kept, 3000)}]


@given(st.lists(anything, max_size=12))
def test_more_rows_than_fit_are_cut_by_the_guard(rows: list[str]) -> None:
    blocks = [parts.section(words.escape(row), id=f"row{n}") for n, row in enumerate(rows * 10)]
    payload = parts.message("Rows", blocks)
    sent = surface.guard(payload, "message")
    assert surface.problems(sent, "message") == []
    assert (sent is payload) == (len(sent["blocks"]) == len(blocks) and sent["blocks"] == blocks)


def surfaces(typed: str) -> Iterator[tuple[Drawn, limits.Surface]]:
    """Every part, with people's words wherever they may stand."""
    safe = words.escape(typed)
    options = [Option("a", typed, typed), Option("b", typed)]
    button = parts.button("Open", id="open", confirm=parts.confirm("Open?", typed, yes="Yes", no="No"), says=typed)
    texts = [
        parts.header(typed, id="header"),
        parts.section(safe, id="section", accessory=button),
        parts.words(typed, id="words"),
        parts.context(safe, words.quote(typed), id="context"),
        parts.divider(id="divider"),
        parts.actions(parts.button(f"Ask {typed}", id="ask"), inputs.overflow(options, id="more"), id="actions"),
    ]
    asked = [
        inputs.text_input(f"About {typed}", id="text", hint=typed, placeholder=typed, initial=typed, is_long=True),
        inputs.text_input("Short", id="short", initial=typed, at_most=20),
        inputs.number_input("Number", id="number", hint=typed),
        inputs.date_input("Date", id="date", hint=typed),
        inputs.select("Select", options, id="select", initial="b", placeholder=typed),
        inputs.radio("Radio", options, id="radio", initial="a"),
        inputs.checkboxes("Boxes", options, id="boxes", initial=["a"]),
        inputs.multi_select("Several", options, id="several", initial=["a", "b"]),
        inputs.people_select("People", id="people", placeholder=typed),
    ]
    few = [parts.field_list([("Said", words.escape(words.clip(typed, 300))), ("Again", "x")], id="fields")]
    yield parts.message(f"{safe} hello", texts[:3]), "message"
    yield parts.message("hello", few + texts[3:]), "message"
    yield parts.modal("Read", few + texts, id="read"), "modal"
    yield parts.modal("Write", asked, id="write", submit="Send", about="7"), "modal"
    yield parts.home(texts + few), "home"


def assert_only_our_markup(drawn: Drawn) -> None:
    """None of the surfaces above writes `<…>` itself, so there must be none where Slack would act on it."""
    assert "<" not in drawn.get("text", "")
    for node in _objects(drawn):
        if node.get("type") == "mrkdwn":
            assert "<" not in node["text"]
            assert node["verbatim"] is True
        # rich text acts by the type of its elements, never by their characters
        assert node.get("type") not in {"user", "usergroup", "broadcast", "channel", "link", "date"}


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _objects(inner)


def _values(initial: Any) -> Any:
    if isinstance(initial, list):
        return [_values(item) for item in initial]
    return initial["value"] if isinstance(initial, dict) else initial


def state(**elements: dict[str, Any]) -> dict[str, Any]:
    return {"state": {"values": {block_id: {block_id: element} for block_id, element in elements.items()}}}


@pytest.mark.parametrize(
    ("element", "answer"),
    [
        ({"type": "plain_text_input", "value": "a\x00 b\u202e  "}, "a b"),
        ({"type": "plain_text_input", "value": None}, ""),
        ({"type": "number_input", "value": "4"}, "4"),
        ({"type": "url_text_input", "value": "https://example.com"}, "https://example.com"),
        ({"type": "email_text_input"}, ""),
        ({"type": "static_select", "selected_option": {"value": "m"}}, "m"),
        ({"type": "static_select", "selected_option": None}, ""),
        ({"type": "radio_buttons", "selected_option": {"value": "m"}}, "m"),
        ({"type": "external_select", "selected_option": {"value": "m"}}, "m"),
        ({"type": "checkboxes", "selected_options": [{"value": "a"}, {"value": "b"}]}, ["a", "b"]),
        ({"type": "multi_static_select", "selected_options": None}, []),
        ({"type": "multi_static_select", "selected_options": [{"value": "a"}, 7, {}]}, ["a"]),
        ({"type": "users_select", "selected_user": "U1"}, "U1"),
        ({"type": "users_select", "selected_user": None}, ""),
        ({"type": "multi_users_select", "selected_users": ["U1", None, "U2"]}, ["U1", "U2"]),
        ({"type": "datepicker", "selected_date": "2026-11-23"}, date(2026, 11, 23)),
        ({"type": "datepicker", "selected_date": "2026-02-30"}, None),
        ({"type": "datepicker", "selected_date": None}, None),
        ({"type": "timepicker", "selected_time": "09:30"}, "09:30"),
    ],
)
def test_answers_are_read(element: dict[str, Any], answer: forms.Value) -> None:
    assert forms.answers(state(it=element)) == {"it": answer}


def test_what_is_unknown_is_left_out_and_the_rest_is_read() -> None:
    known = {"type": "users_select", "selected_user": "U1"}
    assert forms.answers(state(odd={"type": "hologram"}, none={}, who=known)) == {"who": "U1"}
    assert forms.answers({"state": {"values": {"who": {"another_id": known}, "junk": 7}}}) == {"who": "U1"}


@pytest.mark.parametrize("view", [{}, {"state": None}, {"state": {}}, {"state": {"values": []}}, {"state": "junk"}])
def test_a_view_without_answers_reads_as_empty(view: dict[str, Any]) -> None:
    assert forms.answers(view) == {}
    assert forms.about(view) == ""


def test_what_we_wrote_into_the_view_comes_back() -> None:
    assert forms.about(parts.modal("t", [], id="m", about="case:7")) == "case:7"


scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from([*forms._READERS, "2026"])
keys = st.sampled_from(
    ["state", "values", "type", "value", "selected_option", "selected_options", "selected_date", "x"]
)
junk = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=5))


@given(junk)
def test_no_junk_makes_reading_fail(view: Any) -> None:
    forms.answers(view)
    forms.answers({"state": {"values": view}})
    forms.answers({"state": {"values": {"x": {"x": view}}}})
    assert isinstance(forms.about({"private_metadata": view}), str)
    json.dumps(forms.answers(view), default=str)
