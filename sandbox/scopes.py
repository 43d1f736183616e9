"""Which bot scope a method needs: any one of those listed; an empty tuple means none.

For methods on conversations the scope depends on the kind of conversation.
"""

from sandbox.manifest import App
from sandbox.people import Json
from sandbox.refused import Refused

CHAT = ("chat:write",)
READ = {"channel": "channels:read", "group": "groups:read", "im": "im:read", "mpim": "mpim:read"}
HISTORY = {"channel": "channels:history", "group": "groups:history", "im": "im:history", "mpim": "mpim:history"}
OPEN = {"im": "im:write", "mpim": "mpim:write"}

METHOD_SCOPES: dict[str, tuple[str, ...]] = {
    "auth.test": (),
    "bots.info": ("users:read",),
    "chat.delete": CHAT,
    "chat.getPermalink": (),
    "chat.postEphemeral": CHAT,
    "chat.postMessage": CHAT,
    "chat.update": CHAT,
    "conversations.list": tuple(READ.values()),
    "files.completeUploadExternal": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "files.info": ("files:read",),
    "reactions.add": ("reactions:write",),
    "team.info": ("team:read",),
    "users.info": ("users:read",),
    "users.list": ("users:read",),
    "users.lookupByEmail": ("users:read.email",),
    "users.profile.get": ("users.profile:read",),
    "views.open": (),
    "views.publish": (),
    "views.push": (),
    "views.update": (),
}

# Checked by the method itself, which knows the conversation.
CONVERSATION_SCOPES: dict[str, dict[str, str]] = {
    "conversations.history": HISTORY,
    "conversations.info": READ,
    "conversations.members": READ,
    "conversations.open": OPEN,
    "conversations.replies": HISTORY,
}


def check(app: App, method: str) -> None:
    """Refuse a method whose scope the app does not have."""
    _require(app, METHOD_SCOPES.get(method, ()))


def check_conversation(app: App, method: str, kind: str) -> None:
    """Refuse a method on a conversation of this kind (channel, group, im, mpim)."""
    _require(app, (CONVERSATION_SCOPES[method][kind],))


def provided(app: App) -> str:
    return ",".join(sorted(app.scopes))


def _require(app: App, wanted: tuple[str, ...]) -> None:
    if wanted and app.scopes.isdisjoint(wanted):
        needed: Json = {"needed": ",".join(wanted), "provided": provided(app)}
        raise Refused("missing_scope", **needed)
