"""Rate limits hold in program time."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Workspace
from sandbox.pace import Pace
from sandbox.refused import RateLimited
from tests.sandbox.cast import GENERAL, MONDAY, StandingClock, manifest


async def test_the_twenty_first_users_list_of_a_minute_is_refused(client: AsyncWebClient, clock: StandingClock) -> None:
    clock.moves(seconds=20)
    for _ in range(20):
        await client.users_list()
    with pytest.raises(SlackApiError) as caught:
        await client.users_list()
    assert caught.value.response["error"] == "ratelimited"
    assert caught.value.response.headers["Retry-After"] == "40"
    await client.team_info()
    clock.moves(seconds=40)
    await client.users_list()


async def test_one_channel_takes_one_message_a_second_after_a_short_burst(
    client: AsyncWebClient, clock: StandingClock
) -> None:
    for _ in range(3):
        await client.chat_postMessage(channel="U0ANA", text="x")
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="D0ANA", text="x")
    assert caught.value.response.headers["Retry-After"] == "1"
    await client.chat_postMessage(channel="U0MATS", text="x")
    clock.moves(seconds=1)
    await client.chat_postMessage(channel="D0ANA", text="x")


def test_the_workspace_takes_three_hundred_messages_a_minute() -> None:
    pace = Pace()
    for number in range(300):
        pace.check("chat.postMessage", f"D{number}", MONDAY)
    with pytest.raises(RateLimited):
        pace.check("chat.postMessage", "D300", MONDAY)


async def test_limits_can_be_switched_off(clock: StandingClock) -> None:
    async with Workspace(manifest(), [], [GENERAL], clock=clock, rate_limits=False) as workspace:
        client = AsyncWebClient(workspace.bot_token, base_url=workspace.api_url)
        for _ in range(30):
            await client.users_list()
