"""What every test of a view asks of what it drew."""

from typing import Any

from hypothesis import strategies as st

from bot.views import surface
from bot.views.words import clean
from sandbox import limits
from sandbox.elements import state_values
from sandbox.mentions import fired
from tests.views.test_words import HOSTILE, anything

FAMILY = "👩‍👩‍👧‍👦"
NAMES = ["Ana", "<!channel>", "שלום עולם", "مرحبا", FAMILY * 18, "Ẅ" * 200, "&lt;!here&gt;", "*_~`", "Somebody", "-"]
LONGEST = [
    "a" * 3_000,
    "<!channel>" * 300,
    "&" * 3_000,
    "🦄" * 3_000,
    (FAMILY * 428)[:3_000],
    "漢" * 3_000,
    "\n> x" * 750,
]

typed = anything.map(lambda text: clean(clean(text)[:3_000]))  # what services keep
names = st.one_of(st.sampled_from(NAMES), st.text(min_size=1, max_size=200).map(lambda text: clean(text) or "Somebody"))
hostile = [str(one.values[1]) for one in HOSTILE]


def check(drawn: dict[str, Any]) -> None:
    """Slack takes it, and nothing in it fires."""
    kind: Any = drawn.get("type", "message")
    assert surface.problems(drawn, kind) == []
    assert limits.problems(drawn, kind) == []
    assert fired(drawn) == ()
    assert kind != "message" or drawn["text"].strip()


def sent(view: dict[str, Any], **values: Any) -> dict[str, Any]:
    """The view as Slack sends it when somebody presses Send: as it was drawn, but for `values` by block id."""
    state = state_values(view["blocks"], {})
    for block_id, value in values.items():
        state[block_id][block_id] |= value
    return {**view, "state": {"values": state}}


def words(view: dict[str, Any]) -> list[str]:
    """People's words as they stand there."""
    rich = (block for block in view["blocks"] if block["type"] == "rich_text")
    return [str(text["text"]) for block in rich for part in block["elements"] for text in part["elements"]]
