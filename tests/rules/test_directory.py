"""Whom of Slack's users we take into the directory, and what a listing changes in it."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import directory
from bot.rules.directory import Account, Differences, Entry


def user(**more: Any) -> dict[str, Any]:
    """Ana as users.list shows her."""
    profile = {"display_name": "ana", "real_name": "Ana Pérez", "email": "Ana@X.example", **more.pop("profile", {})}
    return {"id": "U0ANA", "team_id": "T0OURS", "tz": "America/New_York", "profile": profile, **more}


def account(**more: Any) -> Account | None:
    return directory.account(user(**more), zone="Europe/Paris")


ANA = Account("U0ANA", "ana", "America/New_York", "ana@x.example")

SHOWN = {
    "as usual": ({}, ANA),
    "an id of a grid": ({"id": "W0ANA"}, replace(ANA, slack_id="W0ANA")),
    "a guest": ({"is_restricted": True}, replace(ANA, is_guest=True)),
    "a guest of one channel": ({"is_ultra_restricted": True}, replace(ANA, is_guest=True)),
    "deactivated": (
        {"deleted": True, "tz": None},
        replace(ANA, is_active=False, zone="Europe/Paris", tells_zone=False),
    ),
    "half an hour off": ({"tz": "Asia/Kathmandu"}, replace(ANA, zone="Asia/Kathmandu")),
    "a zone that does not exist": ({"tz": "Etc/GMT+14"}, replace(ANA, zone="Europe/Paris", tells_zone=False)),
    "an empty zone": ({"tz": ""}, replace(ANA, zone="Europe/Paris", tells_zone=False)),
    "a zone that is none": ({"tz": 7}, replace(ANA, zone="Europe/Paris", tells_zone=False)),
    "a zone outside the folder": ({"tz": "../etc/passwd"}, replace(ANA, zone="Europe/Paris", tells_zone=False)),
    "no e-mail": ({"profile": {"email": None}}, replace(ANA, email=None)),
    "an e-mail that is none": ({"profile": {"email": "ana at x"}}, replace(ANA, email=None)),
    "no display name": ({"profile": {"display_name": " "}}, replace(ANA, name="Ana Pérez")),
    "no name at all": ({"profile": {"display_name": "", "real_name": None}}, replace(ANA, name="Somebody")),
    "a bot": ({"is_bot": True}, None),
    "Slackbot": ({"id": "USLACKBOT", "is_bot": False}, None),
    "a workflow": ({"is_workflow_bot": True}, None),
    "a stranger": ({"is_stranger": True}, None),
    "an invitation": ({"is_invited_user": True}, None),
    "no id": ({"id": None}, None),
    "an odd id": ({"id": "<!channel>"}, None),
}


@pytest.mark.parametrize(("more", "wanted"), SHOWN.values(), ids=SHOWN.keys())
def test_an_account(more: dict[str, Any], wanted: Account | None) -> None:
    assert account(**more) == wanted


def test_people_of_other_companies_are_left_out() -> None:
    theirs = user(team_id="T0THEIRS")
    of_a_grid = user(team_id="T0THEIRS", enterprise_user={"teams": ["T0THEIRS", "T0OURS"]})
    assert directory.account(theirs, zone="UTC", team="T0OURS") is None
    assert directory.account(of_a_grid, zone="UTC", team="T0OURS") is not None
    assert directory.account(user(), zone="UTC", team="T0OURS") is not None


NAMES = {
    "composed": ("Pe\u0301rez", "Pérez"),
    "turned round": ("Ana\u202ezereP", "AnazereP"),
    "on two lines": ("Ana\n\x00Pérez\u2028", "Ana Pérez"),
    "without width": ("<\u200b!channel>", "<!channel>"),
    "half a character": ("Ana \ud800", "Ana"),
    "spilling": ("A" + "\u0335" * 500, "A" + "\u0335" * 4),
    "nothing to see": ("\u200d\u202e\u0301 ", "Somebody"),
    "a family": ("👩\u200d👧", "👩\u200d👧"),
    "long": ("x" * 1000, "x" * 200),
    "very long": ("x " * 1_000_000, ("x " * 100).strip()),
    "no text": (None, "Somebody"),
}


@pytest.mark.parametrize(("raw", "wanted"), NAMES.values(), ids=NAMES.keys())
def test_a_name(raw: object, wanted: str) -> None:
    assert directory.clean_name(raw) == wanted


@given(st.text(max_size=300))
def test_a_clean_name_can_be_kept_and_is_cleaned_once(raw: str) -> None:
    name = directory.clean_name(raw)
    assert 1 <= len(name) <= 200
    assert directory.clean_name(name) == name
    name.encode()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=2)
)


@given(
    st.dictionaries(st.sampled_from(["id", "tz", "profile", "deleted", "is_bot", "team_id", "enterprise_user"]), JSON)
)
def test_no_user_object_raises(odd: dict[str, Any]) -> None:
    directory.account({"id": "U0ANA", **odd}, zone="UTC", team="T0OURS")


ANAS, MATSES = UUID(int=1), UUID(int=2)
ENTRY = Entry(ANAS, "U0ANA", "ana@x.example", "ana", "America/New_York")
MATS = Entry(MATSES, "U0MATS", "mats@x.example", "mats", "Europe/Stockholm")
MATS_ACCOUNT = Account("U0MATS", "mats", "Europe/Stockholm", "mats@x.example")
IMPORTED = Entry(ANAS, None, "ana@x.example", "Ana", "UTC")

DIFFERENCES = {
    "nothing": ([ANA, MATS_ACCOUNT], [ENTRY, MATS], Differences()),
    "somebody new": ([ANA, MATS_ACCOUNT], [MATS], Differences(new=(ANA,))),
    "listed twice": ([ANA, ANA], [], Differences(new=(ANA,))),
    "somebody who left before we knew them": ([replace(ANA, is_active=False), MATS_ACCOUNT], [MATS], Differences()),
    "another name": (
        [replace(ANA, name="Ana P")],
        [ENTRY],
        Differences(changed=(replace(ENTRY, name="Ana P"),)),
    ),
    "another zone": (
        [replace(ANA, zone="Asia/Tokyo")],
        [ENTRY],
        Differences(changed=(replace(ENTRY, zone="Asia/Tokyo"),), moved=(ANAS,)),
    ),
    "what Slack does not tell stays": (
        [replace(ANA, email=None, zone="UTC", tells_zone=False)],
        [ENTRY],
        Differences(),
    ),
    "imported before": (
        [ANA],
        [IMPORTED],
        Differences(changed=(replace(ENTRY, id=ANAS),), moved=(ANAS,)),
    ),
    "deactivated": ([replace(ANA, is_active=False, name="x", tells_zone=False)], [ENTRY], Differences(ended=(ANAS,))),
    "deactivated for long": ([replace(ANA, is_active=False)], [replace(ENTRY, is_active=False)], Differences()),
    "not listed any more": ([MATS_ACCOUNT], [ENTRY, MATS], Differences(ended=(ANAS,))),
    "imported and not listed": ([MATS_ACCOUNT], [IMPORTED, MATS], Differences()),
    "an empty list": ([], [ENTRY, MATS], Differences()),
    "back again": ([ANA], [replace(ENTRY, is_active=False)], Differences(back=(ANAS,))),
    "an address that passes on": (
        [replace(MATS_ACCOUNT, email="ana@x.example"), replace(ANA, email="ana2@x.example")],
        [ENTRY, MATS],
        Differences(
            changed=(replace(ENTRY, email="ana2@x.example"), replace(MATS, email="ana@x.example")),
            freed=(ANAS, MATSES),
        ),
    ),
    "an address of a leaver": (
        [replace(ANA, slack_id="U0ANA2"), MATS_ACCOUNT],
        [replace(ENTRY, is_active=False), MATS],
        Differences(
            new=(replace(ANA, slack_id="U0ANA2"),),
            changed=(replace(ENTRY, email=None, is_active=False),),
            freed=(ANAS,),
        ),
    ),
    "an address that two accounts have": (
        [replace(ANA, slack_id="U0OLD", is_active=False), ANA, replace(ANA, slack_id="U0TWIN")],
        [],
        Differences(new=(ANA, replace(ANA, slack_id="U0TWIN", email=None))),
    ),
    "imported, and deactivated": (
        [replace(ANA, is_active=False), MATS_ACCOUNT],
        [IMPORTED, MATS],
        Differences(ended=(ANAS,)),
    ),
    "an old account with somebody's address": (
        [ANA, replace(ANA, slack_id="U0OLD", is_active=False)],
        [ENTRY],
        Differences(),
    ),
    "imported although known by Slack id": (
        [MATS_ACCOUNT],
        [replace(MATS, email=None), replace(IMPORTED, email="mats@x.example")],
        Differences(doubled=(ANAS,)),
    ),
}


@pytest.mark.parametrize(("accounts", "entries", "wanted"), DIFFERENCES.values(), ids=DIFFERENCES.keys())
def test_what_a_complete_list_changes(accounts: list[Account], entries: list[Entry], wanted: Differences) -> None:
    assert directory.compare(accounts, entries, is_complete=True) == wanted


def test_who_is_not_named_by_an_event_stays() -> None:
    old = replace(ANA, slack_id="U0OLD", is_active=False)
    assert directory.compare([MATS_ACCOUNT], [ENTRY, MATS], is_complete=False) == Differences()
    assert directory.compare([old], [ENTRY, MATS], is_complete=False) == Differences()
