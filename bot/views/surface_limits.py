"""What Slack accepts on each surface, as tables: lengths, counts, what is required, and where a block may stand."""

from typing import Literal

Surface = Literal["message", "modal", "home"]

MOST_BLOCKS: dict[Surface, int] = {"message": 50, "modal": 100, "home": 90}  # Home: Slack takes 100, we keep some room
MOST_TEXT = 10_000  # characters of a message's blocks; Slack refuses from about 12,000 on and does not say where
MOST_BYTES = 250_000  # of a view, as JSON
MOST_OF_A_KIND = {"table": 1, "data_visualization": 2}  # in a message

# The longest each text may be, by what holds it. A text object without a line of its own may have 3000.
LENGTHS: dict[str, dict[str, int]] = {
    "message": {"text": 4000},
    "modal": {"title": 24, "submit": 24, "close": 24, "private_metadata": 3000, "callback_id": 255, "external_id": 255},
    "home": {"private_metadata": 3000, "callback_id": 255, "external_id": 255},
    "section": {"text": 3000},
    "field": {"text": 2000},
    "mrkdwn": {"text": 3000},
    "plain_text": {"text": 3000},
    "text": {"text": 3000},
    "header": {"text": 150},
    "markdown": {"text": 12_000},
    "image": {"image_url": 3000, "alt_text": 2000, "title": 2000},
    "input": {"label": 2000, "hint": 2000},
    "alert": {"text": 200},
    "button": {"text": 75, "value": 2000, "url": 3000, "accessibility_label": 75},
    "workflow_button": {"text": 75, "accessibility_label": 75},
    "option": {"text": 75, "value": 150, "description": 75, "url": 3000},
    "option group": {"label": 75},
    "confirm": {"title": 100, "text": 300, "confirm": 30, "deny": 30},
    "plain_text_input": {"initial_value": 3000},
    "data_visualization": {"title": 50},
    "card": {"title": 150, "subtitle": 150, "body": 200, "subtext": 200},
    "container": {"title": 150, "subtitle": 150},
}
LENGTHS_ANYWHERE = {"block_id": 255, "action_id": 255, "placeholder": 150}

# How many may be in a list; a list that is required and empty is a blank.
COUNTS: dict[str, dict[str, int]] = {
    "section": {"fields": 10},
    "context": {"elements": 10},
    "actions": {"elements": 25},
    "static_select": {"options": 100, "option_groups": 100},
    "multi_static_select": {"options": 100, "option_groups": 100},
    "option group": {"options": 100},
    "radio_buttons": {"options": 10},
    "checkboxes": {"options": 10},
    "overflow": {"options": 5},
    "table": {"rows": 100},
    "carousel": {"elements": 10},
    "container": {"child_blocks": 10},
    "context_actions": {"elements": 5},
    "card": {"actions": 3},
}

REQUIRED: dict[str, tuple[str, ...]] = {
    "message": ("text",),
    "modal": ("title",),
    "context": ("elements",),
    "actions": ("elements",),
    "header": ("text",),
    "input": ("label", "element"),
    "image": ("alt_text",),
    "rich_text": ("elements",),
    "button": ("text",),
    "option": ("text", "value"),
    "confirm": ("title", "text", "confirm", "deny"),
    "mrkdwn": ("text",),
    "plain_text": ("text",),
    "field": ("text",),
    "text": ("text",),
    "radio_buttons": ("options",),
    "checkboxes": ("options",),
    "overflow": ("options",),
}

NUMBERS: dict[str, dict[str, tuple[int, int]]] = {
    "plain_text_input": {"min_length": (0, 3000), "max_length": (1, 3000)},
    "multi_static_select": {"max_selected_items": (1, 100)},
    "multi_users_select": {"max_selected_items": (1, 10_000)},
}

EVERYWHERE = {"actions", "card", "context", "divider", "header", "image", "input", "rich_text", "section", "video"}
ON_PAGES = EVERYWHERE | {"carousel", "container", "data_table", "data_visualization", "table"}
ALLOWED: dict[Surface, set[str]] = {
    "message": ON_PAGES | {"context_actions", "file", "markdown", "plan", "task_card"},
    "modal": EVERYWHERE | {"alert"},
    "home": ON_PAGES,
}
