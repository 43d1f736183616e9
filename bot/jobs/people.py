"""The directory, from Slack: all pages of users.list, each night and on demand."""

import asyncio
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.jobs.tools import Tools
from bot.rules import directory as rules
from bot.services import directory
from bot.services.directory import SyncResult

PAGE = 200
TRIES = 5
USUAL_WAIT = 30  # seconds, where Slack does not say how long
PATIENCE = 30.0  # seconds that a sync waits for other writers; nobody is waiting for it


async def sync_directory(tools: Tools) -> None:
    """Each night: what events did not tell. A list that would end too many members is logged, and ends nobody."""
    await sync(tools)


async def sync(tools: Tools, *, allow_ending: int = 0) -> SyncResult:
    """Bring the directory in line with Slack. SlackApiError when a page cannot be had: then nothing is changed."""
    team = (await tools.client.auth_test()).get("team_id")
    users = await fetch(tools.client)
    known = (rules.account(user, zone=tools.zone, team=team, statuses=tools.away_statuses) for user in users)
    accounts = [one for one in known if one is not None]
    now = tools.clock.now()
    async with tools.db.writing(patience=PATIENCE) as session:
        return await directory.sync(
            session, accounts, today=now.date(), now=now, is_complete=True, allow_ending=allow_ending
        )


async def fetch(client: AsyncWebClient) -> list[dict[str, Any]]:
    """Every user of the workspace, page by page; waits where Slack asks for it."""
    users: list[dict[str, Any]] = []
    cursor = ""
    while True:
        answer = await _page(client, cursor)
        users += answer.get("members") or []
        following = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        if not following or following == cursor:
            return users
        cursor = following


async def _page(client: AsyncWebClient, cursor: str) -> dict[str, Any]:
    for _ in range(TRIES - 1):
        try:
            return await _asked(client, cursor)
        except SlackApiError as error:
            if error.response.status_code != 429:
                raise
            await asyncio.sleep(_wait(error.response.headers))
    return await _asked(client, cursor)


async def _asked(client: AsyncWebClient, cursor: str) -> dict[str, Any]:
    answer = (await client.users_list(limit=PAGE, cursor=cursor or None)).data
    return answer if isinstance(answer, dict) else {}


def _wait(headers: dict[str, Any]) -> int:
    told = str(headers.get("Retry-After") or headers.get("retry-after") or "")
    return int(told) if told.isdecimal() and told.isascii() else USUAL_WAIT
