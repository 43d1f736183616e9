"""Files that people drop into a form: fetched from Slack with the bot's own token, within limits."""

import asyncio
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.rules import access, setting_up
from bot.rules.refusal import Refusal
from bot.rules.setting_up import EXAMPLES, FILE, Kind, Seen

PIECE = 64 * 1024
HOSTED = ("hosted", "snippet")  # where Slack itself holds the bytes, so that our token goes nowhere else
NOT_HANDED_OVER = "Slack does not hand the file over at the moment. Please try again in a minute."
NOT_THERE = "I don't find this file in Slack any more. Drop it again."
NOT_ALLOWED = (
    "I may not read files here yet. Whoever runs Ladderbot allows it with the newest manifest, by installing the app "
    "in Slack once more."
)
SAID = {
    "file_not_found": NOT_THERE, "file_deleted": NOT_THERE, "access_denied": NOT_THERE, "missing_scope": NOT_ALLOWED,
}  # fmt: skip
ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class File:
    """A file of Slack's by its id, or one of the examples by its name there."""

    id: str
    data: bytes

    @property
    def seen(self) -> Seen:
        return Seen(self.id, hashlib.sha256(self.data).hexdigest())


async def fetch(client: AsyncWebClient, file_id: str, *, of: str, kind: Kind) -> File:
    """What is in a file that the person with the Slack id `of` has dropped. Refusal for what is no such file."""
    if file_id in EXAMPLES:
        return File(file_id, await asyncio.to_thread((ROOT / EXAMPLES[file_id][1]).read_bytes))
    told = await _told(client, file_id)
    if told.get("user") != of:
        access.refuse()
    setting_up.check_name(kind, str(told.get("name")))
    setting_up.check_size(kind, int(told.get("size") or 0))
    data = await _download(client, _address(client, told), most=kind.most + 1)
    setting_up.check_size(kind, len(data))
    setting_up.check_text(kind, data)
    return File(file_id, data)


async def _told(client: AsyncWebClient, file_id: str) -> dict[str, Any]:
    if not file_id:
        raise Refusal("Choose a file first.", field=FILE)
    try:
        return dict((await client.files_info(file=file_id))["file"])
    except SlackApiError as error:
        said = SAID.get(str(error.response.get("error")))
        if said is None:
            raise
        raise Refusal(said, field=FILE) from None


def _address(client: AsyncWebClient, told: dict[str, Any]) -> str:
    """Where Slack has the bytes: our token goes there, and only over TLS or to where every other call goes."""
    url = urlsplit(str(told.get("url_private_download") or told.get("url_private") or ""))
    is_home = (url.scheme, url.netloc) == urlsplit(client.base_url)[:2]
    if told.get("is_external") or told.get("mode") not in HOSTED or not (url.scheme == "https" or is_home):
        raise Refusal("This file lives outside Slack. Drop a file from your own computer.", field=FILE)
    return url.geturl()


async def _download(client: AsyncWebClient, url: str, *, most: int) -> bytes:
    """At most so many bytes; no redirect is followed, for it would lead to a page to sign in."""
    assert client.session is not None  # noqa: S101  (the app gives it one)
    data = bytearray()
    try:
        given = {"Authorization": f"Bearer {client.token}"}
        async with client.session.get(url, headers=given, allow_redirects=False) as answer:
            if answer.status != 200:
                raise Refusal(NOT_HANDED_OVER, field=FILE)
            async for piece in answer.content.iter_chunked(PIECE):
                data += piece
                if len(data) >= most:
                    break
    except (ClientError, TimeoutError):
        raise Refusal(NOT_HANDED_OVER, field=FILE) from None
    return bytes(data)
