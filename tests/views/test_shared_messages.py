"""Messages that people hand over: read from whatever shape they have, in time that grows with their length."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.views import shared_messages
from tests.views.test_words import anything

json = st.recursive(
    st.none() | st.booleans() | st.integers() | anything,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["text", "title", "blocks", "elements", "fallback", "fields", "x"]), inner)
    ),
    max_leaves=12,
)


@settings(max_examples=150)
@given(text=json, blocks=json, attachments=json)
def test_any_message_can_be_read(text: object, blocks: object, attachments: object) -> None:
    said = shared_messages.text({"text": text, "blocks": blocks, "attachments": attachments})
    assert said == said.rstrip()


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("plain", "plain"),
        ("<https://x.example|here> and <https://y.example>", "here (https://x.example) and https://y.example"),
        ("<!channel> <!here|x> <!subteam^S1|@team>", "@channel @x @team"),
        ("<@U1> <@U1|ana> <#C1|general>", "@a colleague @ana @general"),
        ("&lt;!channel&gt; a &amp; b &amp;lt;", "<!channel> a & b &lt;"),
        ("a < b <", "a < b <"),
    ],
)
def test_markup_reads_as_people_read_it(said: str, read: str) -> None:
    assert shared_messages.text({"text": said}) == read


@pytest.mark.parametrize("piece", ["<@", "<https://", "<!a", "<#x|", "&lt;", "<https://x|"])
def test_long_messages_are_read_at_once(piece: str) -> None:
    began = time.perf_counter()
    shared_messages.text({"text": piece * (40_000 // len(piece))})
    assert time.perf_counter() - began < 1


def test_blocks_within_blocks_end_somewhere() -> None:
    deep: dict[str, object] = {"text": "too deep"}
    for _ in range(100):
        deep = {"elements": [deep]}
    assert shared_messages.text({"blocks": [deep]}) == ""


@pytest.mark.parametrize("team", [None, {}, {"domain": "a.b"}, {"domain": "../x"}, {"domain": "<!channel>"}])
def test_a_link_is_whole_or_none(team: dict[str, str] | None) -> None:
    body = {"team": team, "channel": {"id": "C1"}, "message": {"ts": "1.2"}}
    assert shared_messages.link(body) == ""
    assert shared_messages.link(body | {"team": {"domain": "acme-1"}}) == "https://acme-1.slack.com/archives/C1/p12"
    assert shared_messages.link({"team": {"domain": "acme"}, "channel": {"id": "C1"}}) == ""
