"""What Slack tells us about people, as plain values: whom we take into the directory, and under which name and zone."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from bot.rules.cadence import is_zone

NOBODY = "Somebody"
LONGEST_NAME = 200
LONGEST_EMAIL = 320
MOST_MARKS = 4  # accents on one letter; real scripts need at most this, more is made to spill over other lines

SLACKBOT = "USLACKBOT"  # a bot, though its is_bot is false
SKIPPED = ("is_bot", "is_workflow_bot", "is_stranger", "is_invited_user")

_ID = re.compile(r"[A-Z0-9]{2,32}", re.ASCII | re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@\"<>(),;:\\]+@[^\s@\"<>(),;:\\]+\.[^\s@\"<>(),;:\\]+")
# What joins emoji and shapes letters; everything else that has no width or turns the direction is left out of a name.
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True)
class Account:
    """One account of the workspace. `zone` is an IANA name; `email` lower-case, None where Slack does not tell."""

    slack_id: str
    name: str
    zone: str
    email: str | None = None
    is_guest: bool = False
    is_active: bool = True


def account(user: dict[str, Any], *, zone: str, team: str | None = None) -> Account | None:
    """A user object of Slack's, or None for what is no colleague: bots, Slackbot, strangers, invitations.

    `zone` stands in for a zone that is missing or unknown. `team`: the id of our workspace, to leave out people of
    other companies who share a channel with us.
    """
    slack_id = user.get("id")
    if not isinstance(slack_id, str) or not _ID.fullmatch(slack_id) or slack_id == SLACKBOT:
        return None
    if any(user.get(flag) for flag in SKIPPED) or (team is not None and not _is_of(team, user)):
        return None
    told = user.get("profile")
    profile: dict[str, Any] = told if isinstance(told, dict) else {}
    return Account(
        slack_id=slack_id,
        name=_name(user, profile),
        zone=known_zone(user.get("tz"), zone),
        email=email(profile.get("email")),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_active=not user.get("deleted"),
    )


def _is_of(team: str, user: dict[str, Any]) -> bool:
    """On Enterprise Grid one person is in several workspaces."""
    grid = user.get("enterprise_user")
    teams = grid.get("teams") if isinstance(grid, dict) else None
    return user.get("team_id") in (team, None) or (isinstance(teams, list) and team in teams)


def _name(user: dict[str, Any], profile: dict[str, Any]) -> str:
    given = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"))
    return next((name for one in given if (name := clean_name(one)) != NOBODY), NOBODY)


def known_zone(name: object, otherwise: str) -> str:
    return name if isinstance(name, str) and is_zone(name) else otherwise


def email(text: object) -> str | None:
    """An address as we keep it, in lower case; None for what is none."""
    if not isinstance(text, str):
        return None
    found = text.strip().lower()
    fits = len(found) <= LONGEST_EMAIL and found.isprintable() and _EMAIL.fullmatch(found)
    return found if fits else None


def clean_name(text: object) -> str:
    """A name on one line, without what hides, reverses or spills; never empty."""
    if not isinstance(text, str):
        return NOBODY
    visible = "".join(one if _is_shown(one) else " " if one.isspace() else "" for one in text[: LONGEST_NAME * 20])
    line = " ".join(_without_mark_floods(unicodedata.normalize("NFC", visible)).split())
    name = line[:LONGEST_NAME].strip(_JOINERS + " ")
    return name if any(unicodedata.category(one)[0] not in "ZCM" for one in name) else NOBODY


def _is_shown(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def _without_mark_floods(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if marks <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)
