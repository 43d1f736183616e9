"""Socket Mode: who gets an envelope, what happens without ack, and how connections are replaced."""

import asyncio
import json
from functools import partial
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Delivered, Persona, Workspace
from tests.sandbox.cast import Connect, StandingClock

Wire = aiohttp.ClientWebSocketResponse


async def open_socket(session: aiohttp.ClientSession, workspace: Workspace) -> Wire:
    """A bare connection that has said hello."""
    client = AsyncWebClient(base_url=workspace.api_url, session=session)
    answer = await client.apps_connections_open(app_token=workspace.app_token)
    wire = await session.ws_connect(answer["url"])
    assert (await wire.receive_json())["type"] == "hello"
    return wire


async def acknowledge(wire: Wire, payload: dict[str, Any] | None = None) -> dict[str, Any]:
    """Receive one envelope and acknowledge it."""
    envelope: dict[str, Any] = await wire.receive_json()
    answer = {"envelope_id": envelope["envelope_id"]} | ({"payload": payload} if payload else {})
    await wire.send_str(json.dumps(answer))
    return envelope


async def test_envelopes_go_to_one_connection_each_in_turn(ana: Persona, workspace: Workspace) -> None:
    async with aiohttp.ClientSession() as session:
        wires = [await open_socket(session, workspace) for _ in range(2)]
        acts = [asyncio.create_task(ana.types(f"/note {n}")) for n in range(4)]
        for wire in wires:
            texts = [(await acknowledge(wire))["payload"]["text"] for _ in range(2)]
            assert len(set(texts)) == 2
        assert await asyncio.gather(*acts) == [{}] * 4


async def test_an_envelope_says_what_it_accepts(ana: Persona, workspace: Workspace) -> None:
    async with aiohttp.ClientSession() as session:
        wire = await open_socket(session, workspace)
        act = asyncio.create_task(ana.types("/note"))
        envelope = await acknowledge(wire, {"text": "hello"})
        assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
        assert await act == {"text": "hello"}
        event = asyncio.create_task(workspace.send_event({"type": "x"}, event_id="Ev1"))
        envelope = await acknowledge(wire)
        assert (envelope["type"], envelope["accepts_response_payload"]) == ("events_api", False)
        assert (envelope["retry_attempt"], envelope["payload"]["event_id"]) == (0, "Ev1")
        await event


async def test_an_event_without_ack_comes_again_at_once_and_after_one_and_five_minutes(
    workspace: Workspace, clock: StandingClock
) -> None:
    async with aiohttp.ClientSession() as session:
        wire = await open_socket(session, workspace)
        sending = asyncio.create_task(workspace.send_event({"type": "x"}, event_id="Ev1"))
        for attempt, reason in ((0, ""), (1, "timeout")):
            envelope = await wire.receive_json()
            assert (envelope["retry_attempt"], envelope["retry_reason"]) == (attempt, reason)
        assert (await sending).ack is None
        for attempt, minutes in ((2, 1), (3, 4)):
            clock.moves(minutes=minutes)
            envelope = await wire.receive_json()
            assert (envelope["retry_attempt"], envelope["payload"]["event_id"]) == (attempt, "Ev1")
            await workspace.until(partial(delivered, workspace, attempt + 1))


def delivered(workspace: Workspace, times: int) -> bool:
    return len([entry for entry in workspace.history if isinstance(entry, Delivered)]) == times


async def test_an_event_can_be_sent_as_a_duplicate(workspace: Workspace) -> None:
    async with aiohttp.ClientSession() as session:
        wire = await open_socket(session, workspace)
        for number in (0, 3):
            sending = asyncio.create_task(workspace.send_event({"type": "x"}, event_id="Ev7", retry_num=number))
            envelope = await acknowledge(wire)
            assert (envelope["payload"]["event_id"], envelope["retry_attempt"]) == ("Ev7", number)
            await sending


async def test_connections_are_replaced_without_losing_an_act(
    app: AsyncApp, connect: Connect, ana: Persona, workspace: Workspace
) -> None:
    @app.command("/note")
    async def note(ack: Any) -> None:
        await ack("here")

    handler = await connect(app)
    before = handler.client.current_session
    await workspace.refresh_sockets()
    assert await ana.types("/note") == {"text": "here"}
    assert handler.client.current_session is not before


async def test_a_ticket_is_good_for_one_connection(workspace: Workspace) -> None:
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(base_url=workspace.api_url, session=session)
        url = (await client.apps_connections_open(app_token=workspace.app_token))["url"]
        await session.ws_connect(url)
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)


async def test_the_eleventh_connection_is_sent_away(workspace: Workspace) -> None:
    async with aiohttp.ClientSession() as session:
        wires = [await open_socket(session, workspace) for _ in range(10)]
        client = AsyncWebClient(base_url=workspace.api_url, session=session)
        url = (await client.apps_connections_open(app_token=workspace.app_token))["url"]
        wire = await session.ws_connect(url)
        assert (await wire.receive_json())["reason"] == "too_many_websockets"
        assert len(wires) == 10


async def test_before_anything_is_connected_an_act_fails_at_once(ana: Persona, workspace: Workspace) -> None:
    assert await ana.types("/note") is None
    assert ana.notices == ['/note failed with the error "dispatch_failed"']
    await workspace.change_user("ana", title="Lead")
    with pytest.raises(TimeoutError):
        await workspace.connected(timeout=0.01)
