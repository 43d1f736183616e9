"""Payloads as Slack sends them to an app: pure builders, key names and shapes as documented."""

from sandbox.manifest import APP_ID, BOT_USER_ID, TEAM_DOMAIN, TEAM_ID
from sandbox.people import Json, User

TOKEN = "sandbox-verification-token"  # noqa: S105  the deprecated field that every payload still carries
TEAM: Json = {"id": TEAM_ID, "domain": TEAM_DOMAIN}
INSTALL: Json = {"is_enterprise_install": False, "enterprise": None}


def _user(user: User) -> Json:
    return {"id": user.id, "username": user.name, "name": user.name, "team_id": TEAM_ID}


def _interaction(kind: str, user: User, trigger_id: str) -> Json:
    return {
        "type": kind,
        "user": _user(user),
        "api_app_id": APP_ID,
        "token": TOKEN,
        "trigger_id": trigger_id,
        "team": TEAM,
        **INSTALL,
    }


def command(user: User, channel: Json, name: str, text: str, *, trigger_id: str, response_url: str) -> Json:
    """A slash command; all values are strings, as in the form that carries them."""
    return {
        "token": TOKEN,
        "team_id": TEAM_ID,
        "team_domain": TEAM_DOMAIN,
        "channel_id": channel["id"],
        "channel_name": channel["name"],
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger_id,
    }


def message_actions(
    user: User, channel: Json, message: Json, values: Json, action: Json, *, trigger_id: str, response_url: str
) -> Json:
    """block_actions from a message; an ephemeral one is not sent along."""
    ephemeral = bool(message.get("is_ephemeral"))
    container = {"type": "message", "message_ts": message["ts"], "channel_id": channel["id"], "is_ephemeral": ephemeral}
    payload = _interaction("block_actions", user, trigger_id) | {
        "container": container,
        "channel": channel,
        "state": {"values": values},
        "response_url": response_url,
        "actions": [action],
    }
    return payload if ephemeral else payload | {"message": message}


def view_actions(user: User, view: Json, action: Json, *, trigger_id: str) -> Json:
    """block_actions from a modal or from Home."""
    container = {"type": "view", "view_id": view["id"]}
    payload = _interaction("block_actions", user, trigger_id)
    return payload | {"container": container, "view": view, "actions": [action]}


def submission(user: User, view: Json, *, trigger_id: str) -> Json:
    return _interaction("view_submission", user, trigger_id) | {"view": view, "response_urls": []}


def closed(user: User, view: Json, *, is_cleared: bool) -> Json:
    payload = _interaction("view_closed", user, "") | {"view": view, "is_cleared": is_cleared}
    del payload["trigger_id"]
    return payload


def suggestion(user: User, where: Json, block_id: str, action_id: str, typed: str) -> Json:
    """block_suggestion: typing into an external select; `where` is {"view": …} or {"message": …, "channel": …}."""
    payload = _interaction("block_suggestion", user, "")
    del payload["trigger_id"]
    kind = "view" if "view" in where else "message"
    named = {"view_id": where["view"]["id"]} if kind == "view" else {"message_ts": where["message"]["ts"]}
    names = {"block_id": block_id, "action_id": action_id, "value": typed}
    return payload | where | names | {"container": {"type": kind, **named}}


def global_shortcut(user: User, callback_id: str, *, trigger_id: str, action_ts: str) -> Json:
    return _interaction("shortcut", user, trigger_id) | {"callback_id": callback_id, "action_ts": action_ts}


def message_shortcut(
    user: User, channel: Json, message: Json, callback_id: str, *, trigger_id: str, action_ts: str, response_url: str
) -> Json:
    return _interaction("message_action", user, trigger_id) | {
        "callback_id": callback_id,
        "action_ts": action_ts,
        "channel": channel,
        "message": message,
        "message_ts": message["ts"],
        "response_url": response_url,
    }


def event(inner: Json, *, event_id: str, event_time: int) -> Json:
    """event_callback around an event; `event_time` in seconds since 1970."""
    authorization = {
        "enterprise_id": None,
        "team_id": TEAM_ID,
        "user_id": BOT_USER_ID,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": TOKEN,
        "team_id": TEAM_ID,
        "context_team_id": TEAM_ID,
        "context_enterprise_id": None,
        "api_app_id": APP_ID,
        "event": inner,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": event_time,
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": f"4-{event_id}",
    }
