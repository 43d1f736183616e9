"""Slack's rate limits, in program time."""

from datetime import datetime

from sandbox.refused import RateLimited

TIER_1, TIER_2, TIER_3, TIER_4 = 1, 20, 50, 100  # calls a minute, for each method

PER_MINUTE: dict[str, int] = {
    "apps.connections.open": TIER_3,
    "auth.test": 600,
    "bots.info": TIER_3,
    "chat.delete": TIER_3,
    "chat.getPermalink": 600,
    "chat.postEphemeral": TIER_4,
    "chat.postMessage": 300,
    "chat.update": TIER_3,
    "conversations.history": TIER_3,
    "conversations.info": TIER_3,
    "conversations.list": TIER_2,
    "conversations.members": TIER_4,
    "conversations.open": TIER_3,
    "conversations.replies": TIER_3,
    "files.completeUploadExternal": TIER_4,
    "files.getUploadURLExternal": TIER_4,
    "files.info": TIER_4,
    "reactions.add": TIER_3,
    "team.info": TIER_3,
    "users.info": TIER_4,
    "users.list": TIER_2,
    "users.lookupByEmail": TIER_3,
    "users.profile.get": TIER_4,
    "views.open": TIER_4,
    "views.publish": TIER_4,
    "views.push": TIER_4,
    "views.update": TIER_4,
}
CHANNEL_BURST = 3.0  # messages to one channel at once before one a second holds


class Pace:
    """Counts calls; a window is a minute of program time."""

    def __init__(self) -> None:
        self._windows: dict[str, tuple[int, int]] = {}
        self._channels: dict[str, tuple[float, float]] = {}

    def check(self, method: str, channel: str, now: datetime) -> None:
        """Raise RateLimited if this call is one too many, otherwise count it."""
        seconds = now.timestamp()
        if method == "chat.postMessage":
            self._check_channel(channel, seconds)
        window = int(seconds // 60)
        started, count = self._windows.get(method, (window, 0))
        count = count if started == window else 0
        if count >= PER_MINUTE.get(method, TIER_3):
            raise RateLimited(max(1, int((window + 1) * 60 - seconds)))
        self._windows[method] = (window, count + 1)

    def _check_channel(self, channel: str, seconds: float) -> None:
        """A bucket of CHANNEL_BURST messages that gains one a second."""
        at, left = self._channels.get(channel, (seconds, CHANNEL_BURST))
        left = min(CHANNEL_BURST, left + abs(seconds - at))
        if left < 1:
            raise RateLimited(1)
        self._channels[channel] = (seconds, left - 1)
