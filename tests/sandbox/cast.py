"""The small company of these tests, their app's manifest, and a clock that stands until it is moved."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from sandbox import Channel, User
from sandbox.people import Json

Connect = Callable[[AsyncApp], Awaitable[AsyncSocketModeHandler]]

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

ANA = User(id="U0ANA", name="ana", real_name="Ana Pérez", email="ana@example.com", tz="America/New_York")
MATS = User(id="U0MATS", name="mats", real_name="Mats Berg", email="mats@example.com", tz="Europe/Stockholm")
LEA = User(id="U0LEA", name="lea", real_name="Lea Roux", tz="Europe/Paris", deleted=True)
GENERAL = Channel(id="C0GENERAL", name="general")
QUIET = Channel(id="C0QUIET", name="quiet", is_member=False)

EVENTS = ["app_home_opened", "message.im", "team_join", "user_change"]
SCOPES = ["chat:write", "commands", "files:read", "files:write", "im:history", "im:write", "mpim:write"]
SCOPES += ["reactions:write", "team:read", "users:read", "users:read.email", "users.profile:read", "channels:read"]
SCOPES += ["channels:history"]


class StandingClock:
    """Program time that stands still until a test moves it."""

    def __init__(self) -> None:
        self.moment = MONDAY

    def now(self) -> datetime:
        return self.moment

    def moves(self, **by: float) -> None:
        self.moment += timedelta(**by)


def manifest() -> Json:
    return {
        "display_information": {"name": "Ladder"},
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "bot_user": {"display_name": "Ladder"},
            "shortcuts": [
                {"name": "Save this", "type": "message", "callback_id": "save", "description": "Keep it"},
                {"name": "Give thanks", "type": "global", "callback_id": "thanks", "description": "Say it"},
            ],
            "slash_commands": [
                {"command": "/note", "description": "Write a note", "should_escape": True},
                {"command": "/raw", "description": "As typed"},
                {"command": "/silent", "description": "Never answered"},
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {"event_subscriptions": {"bot_events": list(EVENTS)}},
    }


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(text: str, action_id: str, value: str = "1") -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, "value": value}


def section(text: str, **more: object) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "block_id": "actions", "elements": list(elements)}


def entry(name: str, element: Json, **more: object) -> Json:
    """An input block whose block_id is its action_id."""
    label = plain(name.replace("_", " ").capitalize())
    return {"type": "input", "block_id": name, "label": label, "element": {"action_id": name, **element}, **more}


def modal(*blocks: Json, title: str = "A note", callback_id: str = "note", **more: object) -> Json:
    view: Json = {"type": "modal", "callback_id": callback_id, "title": plain(title), "submit": plain("Send")}
    return {**view, "blocks": list(blocks), **more}


def options(**labels: str) -> list[Json]:
    return [{"text": plain(label), "value": value} for value, label in labels.items()]


async def refused(call: Awaitable[Any]) -> str:
    """The error code with which Slack refuses a call."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])
