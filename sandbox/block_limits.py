"""Limits of blocks and views, and which block may stand on which surface, as tables."""

from collections.abc import Iterator
from typing import Any

from sandbox.element_limits import ELEMENTS, ID, IMAGE, LINK
from sandbox.shapes import (
    Problem,
    Shape,
    anything,
    at_least_one,
    both,
    exactly_one,
    fields,
    flag,
    listing,
    number,
    one_of,
    plain,
    string,
    text,
    variant,
)

SELECTS = frozenset({f"{kind}_select" for kind in ("static", "external", "users", "conversations", "channels")})
MULTI_SELECTS = frozenset({f"multi_{kind}" for kind in SELECTS})
PICKERS = frozenset({"datepicker", "timepicker"})
CHOICES = SELECTS | PICKERS | {"checkboxes", "radio_buttons"}
TYPED = frozenset({"plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input"})

IN_ACTIONS = CHOICES | {"button", "overflow", "datetimepicker", "workflow_button", "rich_text_input"}
IN_SECTION = CHOICES | MULTI_SELECTS | {"button", "overflow", "image", "workflow_button"}
IN_INPUT = CHOICES | MULTI_SELECTS | TYPED | {"datetimepicker", "file_input"}
IN_CONTEXT_ACTIONS = frozenset({"feedback_buttons", "icon_button"})

BASE: dict[str, Shape] = {"type": anything}
NAMED: dict[str, Shape] = {"block_id": ID}
CONTEXT: dict[str, Shape] = {"image": IMAGE, "plain_text": plain(3000), "mrkdwn": text(3000)}
RICH_PARTS = ("rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote")


def _block(needed: dict[str, Shape], allowed: dict[str, Shape] | None = None, *, open_: bool = False) -> Shape:
    return fields(BASE | needed, NAMED | (allowed or {}), open_=open_)


def _rich_part(value: Any, at: str) -> Iterator[Problem]:
    if not isinstance(value, dict) or value.get("type") not in RICH_PARTS:
        yield Problem(at, "must be a part of rich text")
        return
    for number_, item in enumerate(value.get("elements") or ()):
        if isinstance(item, dict) and item.get("type") == "text" and not item.get("text"):
            yield Problem(f"{at}/elements/{number_}/text", "must be more than 0 characters")


def _cell(value: Any, at: str) -> Iterator[Problem]:
    kinds = ("raw_text", "raw_number", "rich_text")
    if not isinstance(value, dict) or value.get("type") not in kinds:
        yield Problem(at, f"must be one of {', '.join(kinds)}")
    elif value["type"] == "raw_text":
        yield from string(20_000)(value.get("text"), f"{at}/text")


LABEL = string(20)
POINT = fields({"label": LABEL, "value": number(-1e15, 1e15)}, {})
SERIES = fields({"name": LABEL, "data": listing(POINT, 20)}, {})
AXIS = fields({"categories": listing(LABEL, 20)}, {"x_label": string(50), "y_label": string(50)})
SEGMENT = fields({"label": LABEL, "value": number(1e-12, 1e15)}, {})
AXIS_CHART = fields(BASE | {"series": listing(SERIES, 6), "axis_config": AXIS}, {})
CHARTS: dict[str, Shape] = {
    "pie": fields(BASE | {"segments": listing(SEGMENT, 6)}, {}),
    "bar": AXIS_CHART,
    "area": AXIS_CHART,
    "line": AXIS_CHART,
}


def _points_fit(value: Any, at: str) -> Iterator[Problem]:
    """Every series has one point for each category."""
    chart = value["chart"]
    for number_, series in enumerate(chart.get("series", ())):
        if sorted(point["label"] for point in series["data"]) != sorted(chart["axis_config"]["categories"]):
            yield Problem(f"{at}/chart/series/{number_}", "must have one point for each category")


BLOCKS: dict[str, Shape] = {
    "actions": _block({"elements": listing(variant(ELEMENTS, IN_ACTIONS), 25)}),
    "alert": _block({"text": text(200)}, {"level": one_of("default", "info", "warning", "error", "success")}),
    "card": _block({}, open_=True),
    "carousel": _block({"elements": listing(anything, 10)}),
    "container": _block({"child_blocks": listing(anything, 10)}, open_=True),
    "context": _block({"elements": listing(variant(CONTEXT, CONTEXT), 10)}),
    "context_actions": _block({"elements": listing(variant(ELEMENTS, IN_CONTEXT_ACTIONS), 5)}),
    "data_table": _block(
        {"rows": listing(listing(_cell, 20), 201, least=2), "caption": string(255)},
        {"page_size": number(1, 100), "row_header_column_index": number(0, 19)},
    ),
    "data_visualization": both(_block({"title": string(50), "chart": variant(CHARTS, CHARTS)}), _points_fit),
    "divider": _block({}),
    "file": _block({"external_id": string(255), "source": one_of("remote")}),
    "header": _block({"text": plain(150)}, {"level": number(1, 4)}),
    "image": both(
        _block({"alt_text": string(2000)}, {"image_url": LINK, "slack_file": anything, "title": plain(2000)}),
        exactly_one("image_url", "slack_file"),
    ),
    "input": _block(
        {"label": plain(2000), "element": variant(ELEMENTS, IN_INPUT)},
        {"hint": plain(2000), "optional": flag, "dispatch_action": flag},
    ),
    "markdown": _block({"text": string(12_000)}),
    "plan": _block({}, open_=True),
    "rich_text": _block({"elements": listing(_rich_part, 1000)}),
    "section": both(
        _block(
            {},
            {
                "text": text(3000),
                "fields": listing(text(2000), 10),
                "accessory": variant(ELEMENTS, IN_SECTION),
                "expand": flag,
            },
        ),
        at_least_one("text", "fields"),
    ),
    "table": _block({"rows": listing(listing(_cell, 20), 100)}, {"column_settings": listing(anything, 20)}),
    "task_card": _block({}, open_=True),
    "video": _block({}, open_=True),
}

PLAIN = frozenset({"context", "divider", "header", "image", "rich_text", "section"})
EVERYWHERE = PLAIN | {"actions", "card", "input", "video"}
DATA = frozenset({"carousel", "container", "data_table", "data_visualization", "table"})
SURFACES: dict[str, frozenset[str]] = {
    "message": EVERYWHERE | DATA | {"context_actions", "file", "markdown", "plan", "task_card"},
    "modal": EVERYWHERE | {"alert"},
    "home": EVERYWHERE | DATA,
}
MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
MOST_OF_A_KIND = {"table": 1, "data_visualization": 2}  # in one message

_NOTES: dict[str, Shape] = {"private_metadata": string(3000, least=0), "callback_id": ID, "external_id": ID}
_VIEW = BASE | {"blocks": anything}
VIEWS: dict[str, Shape] = {
    "modal": fields(
        _VIEW | {"title": plain(24)},
        _NOTES
        | {"submit": plain(24), "close": plain(24), "clear_on_close": flag, "notify_on_close": flag}
        | {"submit_disabled": flag},
    ),
    "home": fields(_VIEW, _NOTES | {"title": anything}),
}
