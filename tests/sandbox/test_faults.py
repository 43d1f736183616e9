"""Trouble on purpose: what the app meets, and what had an effect nevertheless."""

import asyncio
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Call, Fault, Workspace
from tests.sandbox.cast import StandingClock, refused

POST = "chat.postMessage"


async def post(client: AsyncWebClient, text: str = "x") -> Any:
    return await client.chat_postMessage(channel="U0ANA", text=text)


async def test_a_429_says_how_long_to_wait(client: AsyncWebClient, workspace: Workspace) -> None:
    workspace.fault(Fault(POST, "rate_limited", times=1, retry_after=7))
    with pytest.raises(SlackApiError) as caught:
        await post(client)
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "7"
    assert workspace.posted() == []
    await post(client)


@pytest.mark.parametrize(("kind", "status"), [("server_error", 503), ("html", 200)])
async def test_a_page_instead_of_an_answer_has_no_effect(
    client: AsyncWebClient, workspace: Workspace, kind: Any, status: int
) -> None:
    workspace.fault(Fault(POST, kind))
    with pytest.raises(SlackApiError) as caught:
        await post(client)
    assert caught.value.response.status_code == status
    assert workspace.posted() == []


@pytest.mark.parametrize(("kind", "visible"), [("drop", 1), ("cut", 0)])
async def test_a_connection_that_breaks(client: AsyncWebClient, workspace: Workspace, kind: Any, visible: int) -> None:
    workspace.fault(Fault(POST, kind))
    with pytest.raises(aiohttp.ClientError):
        await post(client)
    assert len(workspace.posted()) == visible


@pytest.mark.parametrize(("kind", "visible"), [("hang", 1), ("hang_before", 0)])
async def test_an_answer_that_comes_too_late(
    client: AsyncWebClient, workspace: Workspace, kind: Any, visible: int
) -> None:
    workspace.fault(Fault(POST, kind, seconds=60))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await post(client)
    assert len(workspace.posted()) == visible


async def test_an_error_of_choice_for_the_calls_that_match(client: AsyncWebClient, workspace: Workspace) -> None:
    workspace.fault(Fault(POST, "error", error="user_disabled", match=lambda args: args["text"] == "bad"))
    await post(client, "good")
    assert await refused(post(client, "bad")) == "user_disabled"
    workspace.clear_faults()
    await post(client, "bad")


async def test_a_fault_ends_at_its_moment(client: AsyncWebClient, workspace: Workspace, clock: StandingClock) -> None:
    workspace.fault(Fault("*", "error", error="invalid_auth", until=clock.now() + timedelta(minutes=1)))
    assert await refused(client.team_info()) == "invalid_auth"
    clock.moves(minutes=1)
    await client.team_info()


async def test_only_a_share_of_the_calls_is_hit(client: AsyncWebClient, workspace: Workspace) -> None:
    workspace.fault(Fault("team.info", "error", share=0.5))
    results = [await _ok(client) for _ in range(20)]
    assert 4 < sum(results) < 16
    calls = [entry for entry in workspace.history if isinstance(entry, Call)]
    assert [bool(call.answer and call.answer["ok"]) for call in calls] == results


async def _ok(client: AsyncWebClient) -> bool:
    try:
        await client.team_info()
    except SlackApiError:
        return False
    return True
