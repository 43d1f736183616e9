"""Whole surfaces: every trap is named, and whatever is wrong can still be sent."""

from copy import deepcopy
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.views import parts, surface
from bot.views import surface_limits as limits
from bot.views.surface_limits import Surface
from tests.views.test_words import anything

Payload = dict[str, Any]


def message(*blocks: Any, text: str = "Hello") -> Payload:
    return {"text": text, "blocks": list(blocks)}


def modal(*blocks: Any, **more: Any) -> Payload:
    return {"type": "modal", "title": plain("Title"), "submit": plain("Send"), "blocks": list(blocks), **more}


def home(*blocks: Any) -> Payload:
    return {"type": "home", "blocks": list(blocks)}


def plain(text: str) -> Payload:
    return {"type": "plain_text", "text": text}


def said(text: str, block_id: str = "said") -> Payload:
    return {"type": "section", "block_id": block_id, "text": {"type": "mrkdwn", "text": text}}


def row(*elements: Payload) -> Payload:
    return {"type": "actions", "block_id": "row", "elements": list(elements)}


def button(action_id: str = "go", **more: Any) -> Payload:
    return {"type": "button", "action_id": action_id, "text": plain("Go"), **more}


def image(alt_text: str) -> Payload:
    return {"type": "image", "block_id": "image", "image_url": "https://example.com/a.png", "alt_text": alt_text}


def field(element: Payload, **more: Any) -> Payload:
    return {"type": "input", "block_id": "input", "label": plain("Label"), "element": element, **more}


def menu(kind: str, count: int) -> Payload:
    options = [{"text": plain("a"), "value": str(n)} for n in range(count)]
    return {"type": kind, "action_id": "menu", "options": options}


LINE = {"type": "divider", "block_id": "line"}
TYPED = {"type": "plain_text_input", "action_id": "input"}

WRONG: list[tuple[Surface, Payload, str]] = [
    ("message", message(said("a"), said("b")), "block 1 has the block_id 'said' of another"),
    ("message", message({"type": "divider"}), "block 0 has no block_id"),
    ("message", message(said("a", str(uuid4()))), "block 0 has a made-up block_id"),
    ("message", message(row(button(), button())), "block 0 has the action_id 'go' twice"),
    ("message", message(row()), "block 0.elements is missing or blank"),
    ("message", message(*[{**LINE, "block_id": str(n)} for n in range(51)]), "51 blocks, 50 fit"),
    ("modal", modal(*[{**LINE, "block_id": str(n)} for n in range(101)]), "101 blocks, 100 fit"),
    ("home", home(*[{**LINE, "block_id": str(n)} for n in range(91)]), "91 blocks, 90 fit"),
    ("message", message(*[said("x" * 2600, str(n)) for n in range(4)]), "10400 characters in all, 10000 fit"),
    ("home", home(*[said("🦄" * 3000, str(n)) for n in range(90)]), "bytes, 250000 fit"),
    ("modal", modal(private_metadata="x" * 3001), ".private_metadata has 3001 characters, 3000 fit"),
    ("message", message(LINE, text=" "), "message.text is missing or blank"),
    ("message", {"blocks": [LINE]}, "message.text is missing or blank"),
    ("message", message(LINE, text="x" * 4001), "message.text has 4001 characters, 4000 fit"),
    ("message", message(image(" ")), "block 0.alt_text is missing or blank"),
    (
        "message",
        message({"type": "alert", "block_id": "a", "text": plain("a")}),
        "of type 'alert' is not for a message",
    ),
    ("modal", modal({"type": "markdown", "block_id": "a", "text": "a"}), "of type 'markdown' is not for a modal"),
    ("home", home({"type": "file", "block_id": "a"}), "of type 'file' is not for a home"),
    ("modal", home(LINE), "type is 'home', not 'modal'"),
    ("modal", modal(LINE, title=plain("x" * 25)), "modal.title has 25 characters, 24 fit"),
    ("modal", modal(LINE, title=None), "modal.title is missing or blank"),
    ("modal", modal(LINE, submit=plain("x" * 25)), "modal.submit has 25 characters, 24 fit"),
    ("modal", modal(field(TYPED), submit=None), "a modal with an input needs submit"),
    ("modal", modal({**field(TYPED), "label": plain("")}), "block 0.label is missing or blank"),
    ("modal", modal({"type": "input", "block_id": "i", "element": TYPED}), "block 0.label is missing or blank"),
    ("modal", modal(field(TYPED, hint=plain("x" * 2001))), ".hint has 2001 characters, 2000 fit"),
    ("modal", modal(field({**TYPED, "placeholder": plain("x" * 151)})), ".placeholder has 151 characters, 150 fit"),
    ("modal", modal(field({**TYPED, "max_length": 3001})), ".max_length is 3001, not between 1 and 3000"),
    ("modal", modal(field({**TYPED, "max_length": 5, "initial_value": "abcdef"})), ".initial_value has 6 characters"),
    ("modal", modal(field(menu("static_select", 101))), ".options has 101 items, 100 fit"),
    ("modal", modal(field(menu("radio_buttons", 11))), ".options has 11 items, 10 fit"),
    ("modal", modal(field(menu("checkboxes", 0))), ".options is missing or blank"),
    ("modal", modal(field({**menu("multi_static_select", 1), "max_selected_items": 0})), ".max_selected_items is 0"),
    ("message", message(row(menu("overflow", 6))), ".options has 6 items, 5 fit"),
    ("message", message(row(*[button(str(n)) for n in range(26)])), ".elements has 26 items, 25 fit"),
    ("message", message(row(button(value="x" * 2001))), ".value has 2001 characters, 2000 fit"),
    ("message", message(row(button(text=plain("x" * 76)))), ".text has 76 characters, 75 fit"),
    ("message", message(row(button("x" * 256))), ".action_id has 256 characters, 255 fit"),
    ("message", message(said("x", "x" * 256)), ".block_id has 256 characters, 255 fit"),
    ("message", message(said("x" * 3001)), "block 0.text has 3001 characters, 3000 fit"),
    ("message", message(said("")), "block 0.text.text is missing or blank"),
    ("message", message({"type": "section", "block_id": "s"}), "block 0 has neither text nor fields"),
    (
        "message",
        message({"type": "section", "block_id": "s", "fields": [plain("x" * 2001)]}),
        ".fields[0].text has 2001 characters, 2000 fit",
    ),
    (
        "message",
        message({"type": "section", "block_id": "s", "fields": [plain("x")] * 11}),
        ".fields has 11 items, 10 fit",
    ),
    ("message", message({"type": "header", "block_id": "h", "text": plain("x" * 151)}), ".text has 151 characters"),
    (
        "message",
        message({"type": "context", "block_id": "c", "elements": [plain("x")] * 11}),
        ".elements has 11 items, 10 fit",
    ),
    (
        "message",
        message(*[{"type": "table", "block_id": str(n), "rows": []} for n in range(2)]),
        "more of a kind than a message takes",
    ),
    ("message", {"text": "a", "blocks": "junk"}, "blocks is not a list"),
    ("message", message(7), "block 0 is not a block"),
]
CASES = [pytest.param(*case, id=f"{n} {case[2]}") for n, case in enumerate(WRONG)]


@pytest.mark.parametrize(("where", "payload", "expected"), CASES)
def test_what_is_wrong_is_named(where: Surface, payload: Payload, expected: str) -> None:
    found = surface.problems(payload, where)
    assert any(expected in problem for problem in found), found


@pytest.mark.parametrize(("where", "payload", "expected"), CASES)
def test_what_is_wrong_can_still_be_sent(where: Surface, payload: Payload, expected: str) -> None:
    before = deepcopy(payload)
    sent = surface.guard(payload, where)
    assert sent is not payload
    assert payload == before
    assert surface.problems(sent, where) == []


@pytest.mark.parametrize(
    ("where", "payload"),
    [
        ("message", message(said("a"), LINE, row(button(), button("stop")), image("A chart"))),
        ("message", {"text": "only a text"}),
        ("modal", modal(field({**TYPED, "initial_value": "a"}), LINE)),
        ("home", home(said("a"), said("b", "other"))),
        ("home", home()),
    ],
)
def test_what_is_right_passes_unchanged(where: Surface, payload: Payload) -> None:
    assert surface.problems(payload, where) == []
    assert surface.guard(payload, where) is payload


def test_the_last_line_says_how_many_blocks_are_left_out() -> None:
    rows = [said(f"row {n}", f"row{n}") for n in range(60)]
    blocks = surface.guard(message(*rows), "message")["blocks"]
    assert blocks[:-1] == rows[:49]
    assert blocks[-1]["elements"] == [plain("… and 11 more")]


def test_a_long_message_is_cut_where_its_budget_ends() -> None:
    rows = [said("x" * 2600, f"row{n}") for n in range(6)]
    blocks = surface.guard(message(*rows), "message")["blocks"]
    assert blocks[:-1] == rows[:3]
    assert blocks[-1]["elements"] == [plain("… and 3 more")]


def test_a_message_without_text_says_what_its_first_block_says() -> None:
    quoted = parts.words("<!channel>", id="said")
    assert surface.guard({"blocks": [quoted]}, "message")["text"] == "&lt;!channel&gt;"


def test_a_doubled_button_costs_its_block_and_a_doubled_block_id_only_its_name() -> None:
    sent = surface.guard(message(said("a"), said("b"), row(button(), button())), "message")
    assert [(block["block_id"], block["type"]) for block in sent["blocks"]] == [
        ("said", "section"),
        ("said~1", "section"),
    ]


def test_ids_and_values_are_never_cut() -> None:
    sent = surface.guard(message(LINE, row(button(value="x" * 2001))), "message")
    assert sent["blocks"] == [LINE]


def test_whatever_else_is_sent_with_a_message_stays() -> None:
    sent = surface.guard({**message(LINE, LINE), "channel": "U1", "metadata": {"event_type": "due"}}, "message")
    assert (sent["channel"], sent["metadata"]) == ("U1", {"event_type": "due"})


def test_a_repaired_view_keeps_what_it_is_about() -> None:
    sent = surface.guard(modal(LINE, LINE, callback_id="case", private_metadata="7"), "modal")
    assert (sent["callback_id"], sent["private_metadata"], sent["title"]) == ("case", "7", plain("Title"))


KINDS = sorted({*limits.LENGTHS, *limits.COUNTS, *limits.REQUIRED, *limits.ALLOWED["message"], "rich_text_quote"})
KEYS = [
    "type",
    "text",
    "block_id",
    "action_id",
    "elements",
    "element",
    "label",
    "options",
    "value",
    "fields",
    "confirm",
]
KEYS += ["title", "submit", "private_metadata", "alt_text", "placeholder", "initial_value", "max_length", "blocks"]
scalar = st.none() | st.booleans() | st.integers() | anything | st.sampled_from([*KINDS, "a", "b"])
tree = st.recursive(
    scalar, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)
)
texts = st.builds(lambda kind, text: {"type": kind, "text": text}, st.sampled_from(["mrkdwn", "plain_text"]), anything)
blocks = st.builds(
    lambda kind, block_id, rest, text: {"type": kind, "block_id": block_id, **rest, **text},
    st.sampled_from(KINDS),
    st.sampled_from(["a", "b", "", "x" * 300, "12345678-1234-1234-1234-123456789abc"]),
    st.dictionaries(st.sampled_from(KEYS[3:]), texts | tree, max_size=5),
    st.fixed_dictionaries({}, optional={"text": texts}),
)
payloads = st.fixed_dictionaries(
    {"blocks": st.lists(blocks | tree, max_size=20)},
    optional={"text": anything, "title": texts | tree, "submit": texts | tree, "private_metadata": anything},
)


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(payloads, st.sampled_from(list(limits.MOST_BLOCKS)))
def test_whatever_is_drawn_can_be_sent(payload: Payload, where: Surface) -> None:
    before = deepcopy(payload)
    sent = surface.guard(payload, where)
    assert surface.problems(sent, where) == []
    assert surface.guard(sent, where) is sent
    assert payload == before
