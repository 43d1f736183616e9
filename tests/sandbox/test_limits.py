"""Slack's limits, one case each: drawn as allowed, and one step beyond."""

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.limits import Surface, problems
from sandbox.people import Json
from tests.sandbox.cast import actions, button, entry, modal, options, plain, section

TEXT = entry("note", {"type": "plain_text_input"})
IMAGE = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A chart"}
SEGMENT: Json = {"label": "a", "value": 1}
PIE: Json = {"type": "pie", "segments": [SEGMENT]}
LINE: Json = {
    "type": "line",
    "axis_config": {"categories": ["Mon", "Tue"]},
    "series": [{"name": "all", "data": [{"label": "Mon", "value": 1}, {"label": "Tue", "value": 2}]}],
}


def chart(shape: Json, title: str = "Wins") -> Json:
    return {"type": "data_visualization", "title": title, "chart": shape}


def table(rows: int, columns: int = 2) -> Json:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * columns] * rows}


def select(count: int, **more: object) -> Json:
    return {**boxes("static_select", count), **more}


def boxes(kind: str, count: int) -> Json:
    return {"type": kind, "action_id": "s", "options": options(**{f"v{n}": "x" for n in range(count)})}


FINE: list[tuple[Surface, Json]] = [
    ("message", section("x" * 3000)),
    ("message", {"type": "section", "fields": [plain("x" * 2000)] * 10}),
    ("message", {"type": "header", "text": plain("x" * 150)}),
    ("message", actions(*[button("x" * 75, f"a{n}", "v" * 2000) for n in range(25)])),
    ("message", {"type": "context", "elements": [plain("x")] * 10}),
    ("message", {"type": "markdown", "text": "x" * 12_000}),
    ("message", table(100, 20)),
    ("message", chart(PIE, "x" * 50)),
    ("home", chart(LINE)),
    ("message", IMAGE),
    ("message", section("x", accessory={**IMAGE})),
    ("message", section("x", accessory=select(100))),
    ("home", actions({"type": "overflow", "action_id": "o", "options": options(a="x")})),
    ("home", TEXT),
    ("modal", {"type": "alert", "text": plain("x"), "level": "warning"}),
    ("modal", entry("c", boxes("checkboxes", 10))),
    ("modal", entry("u", {"type": "multi_users_select", "initial_users": ["U1"], "max_selected_items": 3})),
    ("modal", entry("f", {"type": "file_input", "filetypes": ["csv"], "max_files": 10})),
    ("modal", entry("n", {"type": "number_input", "is_decimal_allowed": False, "min_value": "1"})),
    ("modal", {**TEXT, "hint": plain("x" * 2000), "optional": True, "dispatch_action": True}),
]

BROKEN: list[tuple[Surface, Json, str, str]] = [
    ("message", section("x" * 3001), "/text/text", "must be less than 3001 characters"),
    ("message", section(""), "/text/text", "must be more than 0 characters"),
    ("message", {"type": "section"}, "", "must have one of text, fields"),
    ("message", {"type": "section", "fields": [plain("x")] * 11}, "/fields", "no more than 10 items allowed"),
    ("home", {"type": "section", "fields": [plain("x" * 2001)]}, "/fields/0/text", "must be less than 2001 characters"),
    ("message", {"type": "header", "text": plain("x" * 151)}, "/text/text", "must be less than 151 characters"),
    ("message", {"type": "header", "text": {"type": "mrkdwn", "text": "x"}}, "/text/type", "must be one of plain_text"),
    ("message", actions(), "/elements", "no fewer than 1 items allowed"),
    ("message", actions(*[button("x", f"a{n}") for n in range(26)]), "/elements", "no more than 25 items allowed"),
    ("message", actions(button("x" * 76, "a")), "/elements/0/text/text", "must be less than 76 characters"),
    ("message", actions(button("x", "a", "v" * 2001)), "/elements/0/value", "must be less than 2001 characters"),
    ("message", actions(button("x", "a" * 256)), "/elements/0/action_id", "must be less than 256 characters"),
    ("message", actions({"type": "image"}), "/elements/0", "unsupported type: image"),
    ("message", actions(button("x", "a"), button("y", "a")), "/elements/1/action_id", "`action_id` already exists: a"),
    ("message", {"type": "context", "elements": [plain("x")] * 11}, "/elements", "no more than 10 items allowed"),
    ("message", {"type": "image", "image_url": "https://x"}, "", "missing required field: alt_text"),
    ("message", {"type": "image", "alt_text": "x"}, "", "must have exactly one of image_url, slack_file"),
    ("message", {"type": "alert", "text": plain("x")}, "", "unsupported type: alert"),
    ("message", {"type": "divider", "color": "red"}, "", "invalid additional property: color"),
    ("message", table(101), "/rows", "no more than 100 items allowed"),
    ("message", table(1, 21), "/rows/0", "no more than 20 items allowed"),
    ("message", chart(PIE, "x" * 51), "/title", "must be less than 51 characters"),
    (
        "message",
        chart({**PIE, "segments": [SEGMENT] * 7}),
        "/chart/segments",
        "no more than 6 items allowed",
    ),
    (
        "message",
        chart({**LINE, "axis_config": {"categories": ["Mon"]}}),
        "/chart/series/0",
        "must have one point for each category",
    ),
    ("modal", chart(PIE), "", "unsupported type: data_visualization"),
    ("modal", {"type": "markdown", "text": "x"}, "", "unsupported type: markdown"),
    ("message", section("x", accessory=select(101)), "/accessory/options", "no more than 100 items allowed"),
    ("message", section("x", accessory=select(0)), "/accessory/options", "no fewer than 1 items allowed"),
    (
        "message",
        section("x", accessory=select(1, option_groups=[])),
        "/accessory/option_groups",
        "no fewer than 1 items allowed",
    ),
    (
        "message",
        section("x", accessory=select(2, initial_option=options(no="x")[0])),
        "/accessory",
        "initial option is not among the options",
    ),
    (
        "message",
        section("x", accessory={**select(1), "options": options(a="x") * 2}),
        "/accessory",
        "option values must be unique",
    ),
    (
        "message",
        section("x", accessory={**select(1), "placeholder": plain("x" * 151)}),
        "/accessory/placeholder/text",
        "must be less than 151 characters",
    ),
    ("modal", entry("c", boxes("radio_buttons", 11)), "/element/options", "no more than 10 items allowed"),
    ("home", actions(boxes("overflow", 6)), "/elements/0/options", "no more than 5 items allowed"),
    ("modal", entry("b", button("x", "b")), "/element", "unsupported type: button"),
    ("modal", {"type": "input", "label": plain("x")}, "", "missing required field: element"),
    ("modal", {**TEXT, "label": plain("x" * 2001)}, "/label/text", "must be less than 2001 characters"),
    (
        "modal",
        entry("n", {"type": "plain_text_input", "max_length": 3001}),
        "/element/max_length",
        "must be from 1 to 3000",
    ),
    (
        "modal",
        entry("u", {"type": "multi_users_select", "max_selected_items": 0}),
        "/element/max_selected_items",
        "must be from 1 to 1000",
    ),
    (
        "message",
        actions({**button("x", "a"), "confirm": {"title": plain("x"), "text": plain("x" * 301)}}),
        "/elements/0/confirm/text/text",
        "must be less than 301 characters",
    ),
    ("message", section("x", block_id="b" * 256), "/block_id", "must be less than 256 characters"),
]


def drawn(surface: Surface, blocks: list[Any]) -> Json:
    if surface == "modal":
        return modal(*blocks)
    return {"type": "home", "blocks": blocks} if surface == "home" else {"blocks": blocks}


@pytest.mark.parametrize(("surface", "block"), FINE)
def test_allowed(surface: Surface, block: Json) -> None:
    assert problems(drawn(surface, [block]), surface) == []


@pytest.mark.parametrize(("surface", "block", "pointer", "message"), BROKEN)
def test_refused(surface: Surface, block: Json, pointer: str, message: str) -> None:
    at = "/blocks/0" if surface == "message" else "/view/blocks/0"
    found = problems(drawn(surface, [block]), surface)
    assert (f"{at}{pointer}", message) in [(one.pointer, one.message) for one in found]


LONG: Json = {"type": "markdown", "text": "x" * 6001}
WHOLE: list[tuple[Surface, Json, str]] = [
    ("message", {"blocks": [section("x")] * 51}, "no more than 50 items allowed"),
    ("home", {"type": "home", "blocks": [section("x")] * 101}, "no more than 100 items allowed"),
    ("message", {"blocks": [table(1), table(1)]}, "no more than 1 table blocks allowed"),
    ("message", {"blocks": [chart(PIE)] * 3}, "no more than 2 data_visualization blocks allowed"),
    (
        "message",
        {"blocks": [LONG, LONG]},
        "markdown must be less than 12001 characters in all",
    ),
    ("message", {"blocks": [section("x", block_id="b"), section("y", block_id="b")]}, "`block_id` already exists: b"),
    ("modal", modal(TEXT, title="x" * 25), "must be less than 25 characters"),
    ("modal", modal(TEXT, submit=None), "missing required field: submit, as there is an input block"),
    ("modal", modal(TEXT, private_metadata="x" * 3001), "must be less than 3001 characters"),
    ("modal", modal(TEXT, callback_id="x" * 256), "must be less than 256 characters"),
    ("modal", {"type": "modal", "blocks": []}, "missing required field: title"),
    (
        "modal",
        modal(*[entry(name, {"type": "plain_text_input", "focus_on_load": True}) for name in "ab"]),
        "only one element may have focus_on_load",
    ),
]


@pytest.mark.parametrize(("surface", "payload", "message"), WHOLE)
def test_a_whole_surface_is_refused(surface: Surface, payload: Json, message: str) -> None:
    assert message in [one.message for one in problems(payload, surface)]


async def test_the_answer_points_at_the_place(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="U0ANA", text="x", blocks=[section("ok"), section("x" * 3001)])
    [line] = caught.value.response["response_metadata"]["messages"]
    assert line == "[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]"


NONSENSE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["section", "actions", "button"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "text", "elements", "options", "element", "accessory", "rows"]), inner
        )
    ),
    max_leaves=12,
)


@given(NONSENSE)
def test_nonsense_is_refused_and_never_breaks_the_check(value: object) -> None:
    blocks = value if isinstance(value, list) else [value]
    for surface in get_args(Surface):
        problems(drawn(surface, blocks), surface)
