"""Which words in a message would notify somebody."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Workspace
from sandbox.mentions import fired
from sandbox.people import Json
from tests.sandbox.cast import plain, section

RICH = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "<!channel>"},
                {"type": "user", "user_id": "U0ANA"},
                {"type": "broadcast", "range": "here"},
                {"type": "usergroup", "usergroup_id": "S1"},
            ],
        }
    ],
}


@pytest.mark.parametrize(
    ("message", "mentions"),
    [
        ({"text": "<!channel> <!here|x> <!everyone>"}, ("<!channel>", "<!here|x>", "<!everyone>")),
        ({"text": "<@U0ANA> <@W1|ana> <!subteam^S1>"}, ("<@U0ANA>", "<@W1|ana>", "<!subteam^S1>")),
        ({"text": "&lt;!channel&gt; @here <#C1|general> <!\u200bchannel>"}, ()),
        ({"text": "@here and mail@here.example", "link_names": True}, ("<!here>",)),
        ({"text": "@channel", "parse": "full"}, ("<!channel>",)),
        ({"blocks": [section("<!here>")]}, ("<!here>",)),
        ({"blocks": [{"type": "section", "fields": [{"type": "mrkdwn", "text": "<@U0ANA>"}]}]}, ("<@U0ANA>",)),
        ({"blocks": [{"type": "section", "text": plain("<!channel>")}]}, ()),
        ({"blocks": [RICH]}, ("<@U0ANA>", "<!here>", "<!subteam^S1>")),
    ],
)
def test_mentions(message: Json, mentions: tuple[str, ...]) -> None:
    assert fired(message) == mentions


async def test_they_are_noted_with_the_message(client: AsyncWebClient, workspace: Workspace) -> None:
    await client.chat_postMessage(channel="C0GENERAL", text="hi <!channel>")
    assert workspace.posted("general")[0].mentions == ("<!channel>",)
