"""Signed HTTP: the same acts, posted to a request URL."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Delivered, Persona, Workspace
from sandbox.signed import signature
from tests.sandbox.cast import entry, modal

FORM = modal(entry("note", {"type": "plain_text_input"}))


@pytest.fixture
async def app(workspace: Workspace, client: AsyncWebClient) -> AsyncIterator[AsyncApp]:
    """A Bolt app that listens on HTTP and checks signatures."""
    app = AsyncApp(client=client, signing_secret=workspace.signing_secret, process_before_response=True)
    runner = web.AppRunner(app.web_app(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    workspace.deliver_to(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    yield app
    await runner.cleanup()


async def test_commands_forms_and_events_arrive_signed(app: AsyncApp, ana: Persona, workspace: Workspace) -> None:
    seen: list[str] = []

    @app.command("/note")
    async def note(ack: Any, command: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=command["trigger_id"], view=FORM)
        await ack(f"noted {command['text']}")

    @app.view("note")
    async def submitted(ack: Any) -> None:
        await ack(response_action="errors", errors={"note": "No."})

    @app.event("user_change")
    async def changed(body: dict[str, Any]) -> None:
        seen.append(body["event_id"])

    await workspace.connected()
    assert await ana.types("/note =1&2 ü") == {"text": "noted =1&amp;2 ü"}
    await ana.submits(note="x")
    assert ana.errors == {"note": "No."}
    await workspace.change_user("ana", title="Lead")
    assert len(seen) == 1


async def test_without_a_200_a_person_reads_an_error_and_events_come_again(
    app: AsyncApp, ana: Persona, workspace: Workspace
) -> None:
    assert await ana.types("/silent") is None
    assert ana.notices == ['/silent failed with the error "http_service_error"']
    await workspace.send_event({"type": "team_rename"})
    events = [one for one in workspace.history if isinstance(one, Delivered) and one.kind == "events_api"]
    assert [(one.attempt, one.error) for one in events] == [(0, "http_error"), (1, "http_error")]


async def test_nobody_listening_is_an_error_too(ana: Persona, workspace: Workspace, unused_tcp_port: int) -> None:
    workspace.deliver_to(f"http://127.0.0.1:{unused_tcp_port}/")
    assert await ana.types("/note") is None
    assert ana.notices == ['/note failed with the error "dispatch_failed"']


def test_the_signature_is_the_one_of_slacks_documentation() -> None:
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    signed = signature("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", body)
    assert signed == "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
