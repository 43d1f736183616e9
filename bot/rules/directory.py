"""What Slack tells us about people, as plain values: whom we take into the directory, and under which name and zone."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from bot.rules import away
from bot.rules.cadence import is_zone

NOBODY = "Somebody"
LONGEST_NAME = 200
LONGEST_EMAIL = 320
FURTHEST = 4_102_444_800  # the year 2100, in seconds
MOST_MARKS = 4  # accents on one letter; real scripts need at most this, more is made to spill over other lines

SLACKBOT = "USLACKBOT"  # a bot, though its is_bot is false
SKIPPED = ("is_bot", "is_workflow_bot", "is_stranger", "is_invited_user")

_ID = re.compile(r"[A-Z0-9]{2,32}", re.ASCII | re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@\"<>(),;:\\]+@[^\s@\"<>(),;:\\]+\.[^\s@\"<>(),;:\\]+")
# What joins emoji and shapes letters; everything else that has no width or turns the direction is left out of a name.
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True)
class Account:
    """One account of the workspace. `email` is lower-case, None where Slack does not tell.

    `zone` is an IANA name; without `tells_zone` it only stands in for one that Slack does not tell. `is_away`: says
    their status, until `away_until`; without that until it is changed.
    """

    slack_id: str
    name: str
    zone: str
    email: str | None = None
    is_guest: bool = False
    is_active: bool = True
    tells_zone: bool = True
    is_away: bool = False
    away_until: datetime | None = None


@dataclass(frozen=True)
class Entry:
    """Somebody in our directory; without `slack_id` they were imported before the sync."""

    id: UUID
    slack_id: str | None
    email: str | None
    name: str
    zone: str
    is_guest: bool = False
    is_active: bool = True


@dataclass(frozen=True)
class Differences:
    """What a listing changes: `changed` as they should be now, but for whether they are active.

    moved   whose zone is another; ended, back: whose account ended or is active again.
    freed   whose e-mail changes: cleared first, so that an address can pass from one to another.
    doubled imported people whose e-mail belongs to somebody whom we know by Slack id already; they stay as they are.
    """

    new: tuple[Account, ...] = ()
    changed: tuple[Entry, ...] = ()
    moved: tuple[UUID, ...] = ()
    ended: tuple[UUID, ...] = ()
    back: tuple[UUID, ...] = ()
    freed: tuple[UUID, ...] = ()
    doubled: tuple[UUID, ...] = ()


def account(
    user: dict[str, Any], *, zone: str, team: str | None = None, statuses: Collection[str] = ()
) -> Account | None:
    """A user object of Slack's, or None for what is no colleague: bots, Slackbot, strangers, invitations.

    `zone` stands in for a zone that is missing or unknown. `team`: the id of our workspace, to leave out people of
    other companies who share a channel with us. `statuses`: emoji that say that somebody is away.
    """
    slack_id = user.get("id")
    if not isinstance(slack_id, str) or not _ID.fullmatch(slack_id) or slack_id == SLACKBOT:
        return None
    if any(user.get(flag) for flag in SKIPPED) or (team is not None and not _is_of(team, user)):
        return None
    told = user.get("profile")
    profile: dict[str, Any] = told if isinstance(told, dict) else {}
    tz = user.get("tz")
    tells_zone = isinstance(tz, str) and is_zone(tz)
    return Account(
        slack_id=slack_id,
        name=_name(user, profile),
        zone=str(tz) if tells_zone else zone,
        email=email(profile.get("email")),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_active=not user.get("deleted"),
        tells_zone=tells_zone,
        is_away=away.says_away(profile.get("status_emoji"), statuses),
        away_until=_moment(profile.get("status_expiration")),
    )


def _moment(seconds: object) -> datetime | None:
    """The end of a status; Slack writes 0 for one without, and what is no moment at all is read as that."""
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) and 0 < seconds < FURTHEST else None


def _is_of(team: str, user: dict[str, Any]) -> bool:
    """On Enterprise Grid one person is in several workspaces."""
    grid = user.get("enterprise_user")
    teams = grid.get("teams") if isinstance(grid, dict) else None
    return user.get("team_id") in (team, None) or (isinstance(teams, list) and team in teams)


def _name(user: dict[str, Any], profile: dict[str, Any]) -> str:
    given = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"))
    return next((name for one in given if (name := clean_name(one)) != NOBODY), NOBODY)


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


def compare(accounts: Iterable[Account], entries: Sequence[Entry], *, is_complete: bool) -> Differences:
    """What Slack's accounts change in the directory. `is_complete`: whoever is not listed has no account any more.

    An account is the entry with its Slack id, or one without any that has its e-mail. What Slack does not tell stays:
    e-mail, zone. An address belongs to whoever Slack says has it. Accounts that ended before we knew them are left out.
    """
    listed = {one.slack_id: one for one in accounts}
    owners = _owners(one for one in listed.values() if one.is_active)
    linked = {entry.slack_id for entry in entries if entry.slack_id}
    imported = [entry for entry in entries if entry.slack_id is None and entry.email]
    doubled = {entry.email: entry.id for entry in imported if owners.get(entry.email or "") in linked}
    owners = {address: owner for address, owner in owners.items() if address not in doubled}
    entry_of = _matched(listed, imported, entries)
    new = [one for one in listed.values() if one.is_active and one.slack_id not in entry_of]
    account_of = {entry.id: listed[slack_id] for slack_id, entry in entry_of.items()}
    wanted = {entry.id: _wanted(entry, account_of.get(entry.id), owners) for entry in entries}
    active = {one for one, account in account_of.items() if account.is_active}
    gone = account_of.keys() - active
    if is_complete and listed:  # an empty list says that something went wrong, not that everybody left
        gone |= {entry.id for entry in entries if entry.slack_id and entry.id not in account_of}
    return Differences(
        new=tuple(one if _owns(one, owners) else replace(one, email=None) for one in new),
        changed=tuple(wanted[entry.id] for entry in entries if wanted[entry.id] != entry),
        moved=tuple(entry.id for entry in entries if _has_moved(entry, wanted[entry.id])),
        ended=tuple(entry.id for entry in entries if entry.is_active and entry.id in gone),
        back=tuple(entry.id for entry in entries if not entry.is_active and entry.id in active),
        freed=tuple(entry.id for entry in entries if entry.email and wanted[entry.id].email != entry.email),
        doubled=tuple(doubled.values()),
    )


def _has_moved(before: Entry, after: Entry) -> bool:
    """Into another zone, or into Slack: either way prompts are planned anew."""
    return before.zone != after.zone or (before.slack_id is None and after.slack_id is not None)


def _owners(accounts: Iterable[Account]) -> dict[str, str]:
    """E-mail → the Slack id that has it; the first, should Slack name one twice."""
    owners: dict[str, str] = {}
    for one in accounts:
        if one.email:
            owners.setdefault(one.email, one.slack_id)
    return owners


def _owns(account: Account, owners: dict[str, str]) -> bool:
    return account.email is not None and owners.get(account.email) == account.slack_id


def _matched(listed: dict[str, Account], imported: Iterable[Entry], entries: Iterable[Entry]) -> dict[str, Entry]:
    """Slack id → entry. Somebody imported may have been deactivated since, where nobody active has the e-mail."""
    found = {entry.slack_id: entry for entry in entries if entry.slack_id is not None and entry.slack_id in listed}
    owners = _owners(sorted(listed.values(), key=lambda account: not account.is_active))
    for entry in imported:
        owner = owners.get(entry.email or "")
        if owner is not None:
            found.setdefault(owner, entry)
    return found


def _wanted(entry: Entry, account: Account | None, owners: dict[str, str]) -> Entry:
    """An entry as it should be; of those who have left, and of those not listed, only a passed-on e-mail changes."""
    slack_id = account.slack_id if account else entry.slack_id
    if account is not None and account.is_active:
        entry = replace(
            entry,
            slack_id=slack_id,
            email=account.email if _owns(account, owners) else entry.email,
            name=account.name,
            zone=account.zone if account.tells_zone else entry.zone,
            is_guest=account.is_guest,
        )
    is_passed_on = entry.email is not None and owners.get(entry.email, slack_id) != slack_id
    return replace(entry, email=None) if is_passed_on else entry
