"""The Web API answers as Slack's does, and refuses with its codes."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Call, Tokens, Workspace
from tests.sandbox.cast import StandingClock, actions, button, manifest, refused, section

DATA = {"event_type": "owed", "event_payload": {"key": "k-1"}}


async def test_a_post_to_a_user_goes_to_the_dm_and_says_so(client: AsyncWebClient, workspace: Workspace) -> None:
    answer = await client.chat_postMessage(channel="U0ANA", text="hello", metadata=DATA)
    assert answer["channel"] == "D0ANA"
    [posted] = workspace.posted("ana")
    assert (posted.key, posted.user, posted.ts, posted.ephemeral) == ("k-1", "U0ANA", answer["ts"], False)
    assert workspace.posted("D0ANA") == workspace.posted() == [posted]
    assert workspace.posted("mats") == workspace.posted("general") == []


async def test_ts_is_program_time_and_never_twice_the_same(client: AsyncWebClient, clock: StandingClock) -> None:
    first = await client.chat_postMessage(channel="U0ANA", text="one")
    second = await client.chat_postMessage(channel="U0ANA", text="two")
    clock.moves(hours=-1)
    third = await client.chat_postMessage(channel="U0ANA", text="three")
    assert float(first["ts"]) == clock.now().timestamp() + 3600
    assert first["ts"] < second["ts"]
    assert third["ts"] < first["ts"]


async def test_metadata_is_read_back_only_when_asked_for(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="U0ANA", text="hello", metadata=DATA)
    plain = await client.conversations_history(channel="D0ANA")
    full = await client.conversations_history(channel="D0ANA", include_all_metadata=True)
    assert "metadata" not in plain["messages"][0]
    assert full["messages"][0]["metadata"] == DATA
    assert full["messages"][0]["ts"] == posted["ts"]


async def test_history_is_newest_first_in_pages_between_moments(client: AsyncWebClient, clock: StandingClock) -> None:
    stamps = []
    for text in ("one", "two", "three"):
        stamps.append((await client.chat_postMessage(channel="U0ANA", text=text))["ts"])
        clock.moves(minutes=1)
    page = await client.conversations_history(channel="D0ANA", limit=2)
    assert [message["text"] for message in page["messages"]] == ["three", "two"]
    cursor = page["response_metadata"]["next_cursor"]
    rest = await client.conversations_history(channel="D0ANA", limit=2, cursor=cursor)
    assert [message["text"] for message in rest["messages"]] == ["one"]
    assert rest["has_more"] is False
    later = await client.conversations_history(channel="D0ANA", oldest=stamps[0])
    assert len(later["messages"]) == 2
    around = await client.conversations_history(channel="D0ANA", oldest=stamps[0], latest=stamps[1], inclusive=True)
    assert len(around["messages"]) == 2


async def test_threads_stay_out_of_the_history(client: AsyncWebClient) -> None:
    root = (await client.chat_postMessage(channel="C0GENERAL", text="root"))["ts"]
    await client.chat_postMessage(channel="C0GENERAL", text="reply", thread_ts=root)
    assert len((await client.conversations_history(channel="C0GENERAL"))["messages"]) == 1
    replies = await client.conversations_replies(channel="C0GENERAL", ts=root)
    assert [message["text"] for message in replies["messages"]] == ["root", "reply"]


async def test_a_message_is_updated_and_deleted_but_its_first_form_stays_in_the_books(
    client: AsyncWebClient, workspace: Workspace
) -> None:
    ts = (await client.chat_postMessage(channel="U0ANA", text="before", metadata=DATA))["ts"]
    await client.chat_update(channel="D0ANA", ts=ts, text="after", blocks=[section("after")])
    [message] = workspace.persona("ana").messages
    assert (message["text"], message["metadata"]) == ("after", DATA)
    assert workspace.posted("ana")[0].message["text"] == "before"
    await client.chat_delete(channel="D0ANA", ts=ts)
    assert workspace.persona("ana").messages == []
    assert await refused(client.chat_update(channel="D0ANA", ts=ts, text="x")) == "message_not_found"


async def test_somebody_elses_message_cannot_be_changed(client: AsyncWebClient, workspace: Workspace) -> None:
    said = await workspace.persona("ana").says("mine")
    assert await refused(client.chat_update(channel="D0ANA", ts=said.ts, text="x")) == "cant_update_message"
    assert await refused(client.chat_delete(channel="D0ANA", ts=said.ts)) == "cant_delete_message"


REFUSALS: list[tuple[str, dict[str, Any], str]] = [
    ("chat.postMessage", {"channel": "C0NONE", "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "C0QUIET", "text": "x"}, "not_in_channel"),
    ("chat.postMessage", {"channel": "U0SANDBOXBOT", "text": "x"}, "cannot_dm_bot"),
    ("chat.postMessage", {"channel": "U0ANA"}, "no_text"),
    ("chat.postMessage", {"channel": "U0ANA", "text": "x" * 4001}, "msg_too_long"),
    ("chat.postMessage", {"channel": "U0ANA", "blocks": [section("x")] * 51}, "invalid_blocks"),
    ("chat.postMessage", {"channel": "U0ANA", "blocks": [section("x" * 2990)] * 5}, "msg_blocks_too_long"),
    ("chat.postMessage", {"channel": "U0ANA", "blocks": "nonsense"}, "invalid_blocks_format"),
    ("chat.postMessage", {"channel": "U0ANA", "text": "x", "metadata": {"event_type": "A"}}, "invalid_metadata_format"),
    (
        "chat.postMessage",
        {"channel": "U0ANA", "text": "x", "metadata": {"event_type": "a", "event_payload": {"k": "x" * 17_000}}},
        "metadata_too_large",
    ),
    ("chat.postEphemeral", {"channel": "C0QUIET", "user": "U0ANA", "text": "x"}, "not_in_channel"),
    ("chat.getPermalink", {"channel": "C0GENERAL", "message_ts": "1.1"}, "message_not_found"),
    ("conversations.open", {"users": "U0LEA"}, "user_disabled"),
    ("conversations.open", {"users": "U0NONE"}, "user_not_found"),
    ("conversations.open", {"users": ",".join(f"U{n}" for n in range(9))}, "too_many_users"),
    ("conversations.history", {"channel": "D0NONE"}, "channel_not_found"),
    ("conversations.info", {}, "invalid_arguments"),
    ("users.info", {"user": "U0NONE"}, "user_not_found"),
    ("users.lookupByEmail", {"email": "no@example.com"}, "users_not_found"),
    ("users.list", {"cursor": "nonsense"}, "invalid_cursor"),
    ("views.publish", {"user_id": "U0ANA", "view": {"type": "modal", "blocks": []}}, "invalid_arguments"),
    ("apps.connections.open", {}, "not_allowed_token_type"),
    ("no.such.method", {}, "unknown_method"),
]


@pytest.mark.parametrize(("method", "args", "error"), REFUSALS)
async def test_refused(client: AsyncWebClient, method: str, args: dict[str, Any], error: str) -> None:
    assert await refused(client.api_call(method, json=args)) == error


async def test_a_deactivated_person_can_still_be_written_to_where_a_dm_exists(
    client: AsyncWebClient, workspace: Workspace
) -> None:
    channel = (await client.conversations_open(users="U0ANA"))["channel"]["id"]
    await workspace.change_user("ana", deleted=True)
    assert await refused(client.conversations_open(users="U0ANA")) == "user_disabled"
    await client.chat_postMessage(channel=channel, text="hello")


async def test_a_group_dm_is_the_same_each_time(client: AsyncWebClient) -> None:
    group = (await client.conversations_open(users="U0MATS,U0ANA"))["channel"]["id"]
    again = (await client.conversations_open(users=["U0ANA", "U0MATS"]))["channel"]["id"]
    assert group == again
    members = (await client.conversations_members(channel="C0GENERAL"))["members"]
    assert members == ["U0ANA", "U0MATS", "U0LEA", "U0SANDBOXBOT"]


async def test_the_messages_tab_must_be_on(client: AsyncWebClient, workspace: Workspace) -> None:
    workspace.state.app.messages_tab = False
    assert await refused(client.chat_postMessage(channel="U0ANA", text="x")) == "messages_tab_disabled"


async def test_a_missing_scope_is_named(client: AsyncWebClient, workspace: Workspace) -> None:
    workspace.scopes.discard("chat:write")
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="U0ANA", text="x")
    answer = caught.value.response
    assert (answer["error"], answer["needed"]) == ("missing_scope", "chat:write")
    assert "im:history" in answer["provided"]
    workspace.scopes.discard("mpim:write")
    assert await refused(client.conversations_open(users="U0ANA,U0MATS")) == "missing_scope"
    workspace.scopes.discard("users:read.email")
    assert "email" not in (await client.users_info(user="U0ANA"))["user"]["profile"]


async def test_tokens_are_checked_and_real_ones_refused(workspace: Workspace, clock: StandingClock) -> None:
    async with aiohttp.ClientSession() as session:
        for token, error in (("", "not_authed"), ("xoxb-other", "invalid_auth")):
            async with session.post(f"{workspace.api_url}auth.test", data={"token": token}) as response:
                assert (await response.json())["error"] == error
    for tokens in ({"bot": "xoxb-12345-67890-abc"}, {"app": "xapp-1-A012-3-abc"}):
        with pytest.raises(ValueError, match="looks like a real Slack token"):
            Workspace(manifest(), [], clock=clock, tokens=Tokens(**tokens))


async def test_arguments_come_as_query_form_or_json(workspace: Workspace) -> None:
    headers = {"Authorization": f"Bearer {workspace.bot_token}"}
    url = f"{workspace.api_url}chat.postMessage"
    blocks = '[{"type": "section", "text": {"type": "plain_text", "text": "x"}}]'
    async with aiohttp.ClientSession(headers=headers) as session:
        args = {"channel": "U0ANA", "blocks": blocks}
        for request in (session.post(url, params=args), session.post(url, data=args), session.post(url, json=args)):
            async with request as response:
                assert (await response.json())["ok"] is True
        async with session.post(url, json=["no", "object"]) as response:
            assert (await response.json())["error"] == "json_not_object"


async def test_users_come_in_pages_with_everybody_once(client: AsyncWebClient) -> None:
    names: list[str] = []
    cursor = ""
    while True:
        page = await client.users_list(limit=2, cursor=cursor)
        names += [user["name"] for user in page["members"]]
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert names == ["slackbot", "ladder", "ana", "mats", "lea"]


async def test_people_and_the_team_are_described(client: AsyncWebClient) -> None:
    found = await client.users_lookupByEmail(email="ANA@example.com")
    assert found["user"]["id"] == "U0ANA"
    assert found["user"]["tz_offset"] == -5 * 3600
    assert (await client.users_info(user="U0ANA", include_locale=True))["user"]["locale"] == "en-US"
    assert (await client.users_profile_get(user="U0ANA"))["profile"]["real_name"] == "Ana Pérez"
    assert (await client.team_info())["team"]["domain"] == "sandbox"
    auth = await client.auth_test()
    assert (await client.bots_info(bot=auth["bot_id"]))["bot"]["user_id"] == auth["user_id"]
    assert "chat:write" in auth.headers["x-oauth-scopes"]
    channels = await client.conversations_list(types="public_channel")
    assert [channel["name"] for channel in channels["channels"]] == ["general", "quiet"]
    assert (await client.conversations_info(channel="C0QUIET"))["channel"]["is_member"] is False


async def test_reactions_and_permalinks(client: AsyncWebClient, workspace: Workspace) -> None:
    ts = (await client.chat_postMessage(channel="C0GENERAL", text="x"))["ts"]
    await client.reactions_add(channel="C0GENERAL", timestamp=ts, name="tada")
    again = client.reactions_add(channel="C0GENERAL", timestamp=ts, name="tada")
    assert await refused(again) == "already_reacted"
    link = (await client.chat_getPermalink(channel="C0GENERAL", message_ts=ts))["permalink"]
    assert link.endswith(f"/archives/C0GENERAL/p{ts.replace('.', '')}")


async def test_ephemeral_messages_reach_one_person_and_no_history(client: AsyncWebClient, workspace: Workspace) -> None:
    await client.chat_postEphemeral(channel="C0GENERAL", user="U0ANA", text="psst")
    assert [message["text"] for message in workspace.persona("ana").ephemerals] == ["psst"]
    assert (await client.conversations_history(channel="C0GENERAL"))["messages"] == []
    assert [posted.ephemeral for posted in workspace.posted("ana")] == [True]


async def test_every_call_is_in_the_history_without_its_token(client: AsyncWebClient, workspace: Workspace) -> None:
    await client.team_info()
    call = workspace.history[-1]
    assert isinstance(call, Call)
    assert (call.method, call.args, call.status) == ("team.info", {}, 200)
    assert call.answer is not None
    assert "xoxb" not in repr(call)


async def answer(url: str, text: str) -> int:
    """The HTTP status of an answer to a response_url."""
    async with aiohttp.ClientSession() as session, session.post(url, json={"text": text}) as response:
        return response.status


async def test_a_response_url_takes_five_answers_within_half_an_hour(
    client: AsyncWebClient, workspace: Workspace, clock: StandingClock
) -> None:
    await client.chat_postMessage(channel="U0ANA", text="x", blocks=[actions(button("Go", "go"))])
    ana = workspace.persona("ana")
    url = ana.press_payload("Go")["response_url"]
    statuses = [await answer(url, f"answer {n}") for n in range(6)]
    assert statuses == [200] * 5 + [404]
    assert len(ana.ephemerals) == 5
    await client.chat_postMessage(channel="U0ANA", text="x", blocks=[actions(button("Go", "go"))])
    late = ana.press_payload("Go")["response_url"]
    clock.moves(minutes=31)
    assert await answer(late, "late") == 404
