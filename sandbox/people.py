"""Who and what is in the workspace: users and channels, and how the Web API shows them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]


@dataclass(frozen=True)
class User:
    """A person (or bot) of the workspace. `tz` is an IANA name; `status_expiration` in seconds since 1970, 0: never."""

    id: str
    name: str
    real_name: str = ""
    email: str = ""
    tz: str = "Etc/UTC"
    display_name: str = ""
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    is_invited_user: bool = False
    is_admin: bool = False
    deleted: bool = False
    locale: str = "en-US"
    title: str = ""
    status_emoji: str = ""
    status_text: str = ""
    status_expiration: int = 0


@dataclass(frozen=True)
class Channel:
    """A channel. `is_member` says whether the app is in it; `members` None means everybody."""

    id: str
    name: str
    is_private: bool = False
    is_archived: bool = False
    is_member: bool = True
    members: tuple[str, ...] | None = None


SLACKBOT = User(id="USLACKBOT", name="slackbot", real_name="Slackbot")


def tz_offset(user: User, now: datetime) -> int:
    """Seconds east of UTC at `now`; 0 where the zone is unknown."""
    try:
        offset = now.astimezone(ZoneInfo(user.tz)).utcoffset()
    except (ValueError, OSError, KeyError):
        return 0
    return int(offset.total_seconds()) if offset else 0


def profile_json(user: User, *, with_email: bool) -> Json:
    """The profile as users.profile.get shows it."""
    profile: Json = {
        "title": user.title,
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.display_name,
        "display_name_normalized": user.display_name,
        "status_text": user.status_text,
        "status_emoji": user.status_emoji,
        "status_expiration": user.status_expiration,
        "fields": None,
    }
    if with_email and user.email:
        profile["email"] = user.email
    return profile


def user_json(user: User, now: datetime, *, team_id: str, with_email: bool, with_locale: bool = False) -> Json:
    """The user object of users.info, users.list, user_change and team_join."""
    shown: Json = {
        "id": user.id,
        "team_id": team_id,
        "name": user.name,
        "deleted": user.deleted,
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": user.tz,
        "tz_offset": tz_offset(user, now),
        "profile": profile_json(user, with_email=with_email) | {"team": team_id},
        "is_admin": user.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "is_email_confirmed": True,
        "updated": int(now.timestamp()),
    }
    shown |= {flag: True for flag in ("is_stranger", "is_invited_user") if getattr(user, flag)}
    if with_locale:
        shown["locale"] = user.locale
    if not user.tz:
        shown = {name: value for name, value in shown.items() if not name.startswith("tz")}
    return _left(shown) if user.deleted else shown


def _left(shown: Json) -> Json:
    """What Slack still tells about somebody who was deactivated: no zone, no roles."""
    kept = ("id", "team_id", "name", "deleted", "real_name", "profile", "is_bot", "is_app_user", "updated")
    return {name: shown[name] for name in kept} | {"is_forgotten": False}
