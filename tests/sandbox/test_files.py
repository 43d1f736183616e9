"""Files go both ways: uploaded by the app in three steps, and put into a form by a person."""

from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import ClientRefused, Persona, Workspace
from tests.sandbox.cast import Connect, entry, modal, refused


async def test_the_sdk_uploads_a_file_into_a_conversation(client: AsyncWebClient, workspace: Workspace) -> None:
    channel = (await client.conversations_open(users="U0ANA"))["channel"]["id"]
    await client.files_upload_v2(channel=channel, content="a,b\n1,2\n", filename="people.csv", initial_comment="Here")
    [message] = workspace.persona("ana").messages
    assert message["text"] == "Here"
    assert message["files"][0]["name"] == "people.csv"
    assert workspace.state.uploads[message["files"][0]["id"]] == b"a,b\n1,2\n"
    assert await refused(client.files_completeUploadExternal(files=[{"id": "F1"}])) == "file_not_found"


async def test_a_file_is_shared_into_conversations_only(client: AsyncWebClient) -> None:
    file = await client.files_getUploadURLExternal(filename="a.txt", length=1)
    async with aiohttp.ClientSession() as session, session.post(file["upload_url"], data=b"x") as response:
        assert response.status == 200
    call = client.files_completeUploadExternal(files=[{"id": file["file_id"]}], channel_id="U0ANA")
    assert await refused(call) == "channel_not_found"


async def test_a_person_puts_a_file_into_a_form_and_the_app_downloads_it(
    app: AsyncApp, connect: Connect, ana: Persona, workspace: Workspace
) -> None:
    form = modal(entry("people", {"type": "file_input", "filetypes": ["csv"], "max_files": 1}))
    got: list[dict[str, Any]] = []

    @app.command("/note")
    async def note(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=form)
        await ack()

    @app.view("note")
    async def submitted(ack: Any, view: dict[str, Any]) -> None:
        got.extend(view["state"]["values"]["people"]["people"]["files"])
        await ack()

    await connect(app)
    await ana.types("/note")
    with pytest.raises(ClientRefused, match=r"people: a\.exe is none of csv"):
        await ana.fills(people=("a.exe", b"x"))
    await ana.submits(people=("people.csv", b"name\nana\n"))
    assert (got[0]["name"], got[0]["size"]) == ("people.csv", 9)
    url = got[0]["url_private_download"]
    async with aiohttp.ClientSession() as session:
        async with session.get(url) as response:
            assert response.status == 403
        async with session.get(url, headers={"Authorization": f"Bearer {workspace.bot_token}"}) as response:
            assert await response.read() == b"name\nana\n"
        workspace.scopes.discard("files:read")  # Slack sends whoever may not read it to a page to sign in
        given = {"Authorization": f"Bearer {workspace.bot_token}"}
        async with session.get(url, headers=given, allow_redirects=False) as response:
            assert response.status == 302
