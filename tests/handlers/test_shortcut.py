"""Save as evidence: the shortcut on messages of people and of other apps."""

from datetime import UTC, datetime
from typing import Any

import pytest

from sandbox.history import Posted
from story.stage import Actor, Stage
from tests.handlers import acts

TITLE = "CI: the nightly build"
BLOCKS = [
    {"type": "header", "block_id": "a", "text": {"type": "plain_text", "text": TITLE}},
    {
        "type": "section",
        "block_id": "b",
        "text": {"type": "mrkdwn", "text": "*green* for <https://ci.example|30 days>"},
    },
    {"type": "section", "block_id": "c", "fields": [{"type": "mrkdwn", "text": "by <@U0KIRAN|kiran>"}]},
]
ATTACHMENTS = [
    {"fallback": "not this", "title": TITLE, "text": "green again", "fields": [{"title": "By", "text": "me"}]}
]


def posted(stage: Stage, **message: Any) -> str:
    """A message in the channel, as another app could have written it; its ts."""
    ts = stage.slack.state.stamp()
    whole = {"type": "message", "ts": ts, "channel": "C0GENERAL", "bot_id": "B0OTHER", "text": "", "blocks": []}
    stage.slack.state.conversations["C0GENERAL"].messages[ts] = {**whole, **message}
    return ts


def field(actor: Actor, name: str) -> Any:
    (values,) = actor.modal["state"]["values"][name].values()
    return values.get("value", values.get("selected_date"))


async def test_a_colleagues_message_fills_the_form_with_its_words_and_its_link(either: Stage) -> None:
    said = await either.person("lea").says("Kiran found the leak & fixed it <now>.", channel="general")
    assert isinstance(said, Posted)
    kiran = either.person("kiran")
    await kiran.uses("Save as evidence", message=said)
    assert field(kiran, "did") == "Kiran found the leak & fixed it <now>."
    assert field(kiran, "links") == f"https://sandbox.slack.com/archives/C0GENERAL/p{said.ts.replace('.', '')}"
    assert field(kiran, "done_on") == "2026-11-13"
    chosen = kiran.modal["blocks"][1]["element"]["options"][0]["value"]
    await kiran.submits(milestone=chosen, impact="No leak since.", reviewers=["lea"])
    (row,) = await acts.rows(either, "evidence")
    assert row.did == "Kiran found the leak & fixed it <now>."
    await kiran.closes()
    await either.person("lea").presses("Accept")
    assert "archives/C0GENERAL" in either.person("lea").sees()


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({"blocks": BLOCKS}, f"{TITLE}\n*green* for 30 days (https://ci.example)\nby @kiran"),
        ({"attachments": ATTACHMENTS}, f"{TITLE}\ngreen again\nBy\nme"),
        ({"attachments": [{"fallback": "a picture"}]}, "a picture"),
        ({"text": "the text", "blocks": BLOCKS}, "the text"),
        ({"text": "<!channel> <!here|here> <@U0ANA> &lt;b&gt; &amp;lt;"}, "@channel @here @a colleague <b> &lt;"),
        ({}, None),
        ({"text": None, "blocks": None, "attachments": [None, 3, "x"]}, None),
        ({"text": " \n", "files": [{"name": "../../etc/passwd", "title": "x"}]}, None),
    ],
)
async def test_messages_of_other_apps(stage: Stage, message: dict[str, Any], words: str | None) -> None:
    kiran = stage.person("kiran")
    await kiran.uses("save_as_evidence", message=posted(stage, **message))
    assert field(kiran, "did") == words
    assert "archives" in field(kiran, "links")


async def test_a_very_long_message_fills_what_fits(stage: Stage) -> None:
    kiran = stage.person("kiran")
    for text in ("word " * 8_000, "<@" * 20_000, "<https://" * 4_000, "👩‍👩‍👧‍👦" * 1_400):
        await kiran.uses("Save as evidence", message=posted(stage, text=text))
        assert 2_900 < len(field(kiran, "did")) <= 3_000


async def test_the_day_is_the_one_where_the_author_is(stage: Stage) -> None:
    await acts.jump(stage, datetime(2026, 11, 17, 2, tzinfo=UTC))  # still Monday evening in Los Angeles
    zoe = stage.person("zoe")
    await zoe.uses("Save as evidence", message=posted(stage, text="Said in the evening."))
    assert field(zoe, "done_on") == "2026-11-16"
    chosen = zoe.modal["blocks"][1]["element"]["options"][0]["value"]
    await zoe.submits(milestone=chosen, impact="It helped.", reviewers=["grace", "ana"])
    assert zoe.errors == {}
    yuki = stage.person("yuki")  # Tuesday noon in Tokyo
    await yuki.uses("Save as evidence", message=posted(stage, text="Said just now."))
    assert field(yuki, "done_on") == "2026-11-17"


async def test_ones_own_conversation_with_the_bot_is_a_place_too(stage: Stage) -> None:
    await acts.monday(stage)
    kiran = stage.person("kiran")
    await kiran.uses("Save as evidence", message=kiran.messages[-1])
    assert acts.PROMPT in field(kiran, "did")


@pytest.mark.parametrize("name", ["guest", "stranger"])
async def test_those_who_take_no_part_are_told_so(stage: Stage, name: str) -> None:
    await acts.newcomer(stage, name)
    await stage.person(name).uses("Save as evidence", message=posted(stage, text="Words."))
    assert acts.told(stage, name).startswith(acts.SENTENCES[name])
    assert stage.person(name).modal is None
