"""The app as Slack should know it: the full manifest, less what is switched off or left out."""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from bot.rules import features
from bot.rules.refusal import Refusal

PATH = "/slack/events"
NO_ADDRESS = "Slack takes an address with TLS only. Use one such as https://ladderbot.example.com/slack/events."


def reduce(manifest: dict[str, Any], on: Collection[str], *, without: Collection[str] = ()) -> None:
    """Take out of the full manifest, in place, what these features do not need. `without`: names of commands."""
    commands = features.commands(on, without=without)
    shown, settings, bot = manifest["features"], manifest["settings"], manifest["oauth_config"]["scopes"]
    _keep(shown, "slash_commands", commands, key="command")
    _keep(shown, "shortcuts", features.shortcuts(on), key="callback_id")
    _keep(bot, "bot", features.scopes(on, without=without))
    _keep(settings["event_subscriptions"], "bot_events", features.events(on))


def _keep(part: dict[str, Any], name: str, wanted: Collection[str], *, key: str | None = None) -> None:
    """Only the wanted entries of a list, without the list when none is left. They are deleted one by one: so do
    comments stay beside their entries."""
    entries = part[name]
    for n in reversed(range(len(entries))):
        if (entries[n][key] if key else entries[n]) not in wanted:
            del entries[n]
    if not entries:
        del part[name]


def use_http(manifest: dict[str, Any], address: str) -> None:
    """Requests come to this address instead of through a socket. Refusal when Slack would not take it."""
    url = _request_url(address)
    settings = manifest["settings"]
    settings["socket_mode_enabled"] = False
    for part in (settings["event_subscriptions"], settings["interactivity"]):
        part["request_url"] = url
    for command in manifest["features"].get("slash_commands", ()):
        command["url"] = url


def _request_url(address: str) -> str:
    parts = urlsplit(address.strip())
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc or any(map(str.isspace, address.strip())):
        raise Refusal(NO_ADDRESS)
    return parts._replace(path=parts.path.rstrip("/") or PATH, fragment="").geturl()
