"""Who can be thanked, and when a thanks may be public."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from bot.rules import access
from bot.rules import recognition as rules
from bot.rules.cadence import Schedule
from bot.rules.people import Person
from bot.rules.recognition import State, Thanks
from bot.rules.refusal import Refusal

GIVER, RECEIVER, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)


def thanks(**more: Any) -> Thanks:
    given: dict[str, Any] = {
        "giver_id": GIVER, "giver": "Ana", "receiver_id": RECEIVER, "receiver": "Noor", "is_for_all": True,
        "state": State.GIVEN, **more,
    }  # fmt: skip
    when = datetime(2026, 11, 16, 8, tzinfo=UTC)
    return Thanks(
        id=UUID(int=9), track_name="Technical", competency="Depth", did="x", changed="y", given_at=when, **given
    )


def person(**more: Any) -> Person:
    return Person(**{"id": RECEIVER, "slack_id": "U0NOOR", "name": "Noor", "schedule": Schedule("UTC"),
                     "track": "technical", "level": "T4", **more})  # fmt: skip


def test_it_is_public_only_where_both_agree_both_are_here_and_there_is_a_channel() -> None:
    assert rules.check_to_publish(thanks(), "C1") == "C1"
    for found, channel, why in (
        (thanks(is_for_all=False), "C1", "for you alone"),
        (thanks(is_here=False), "C1", "has left"),
        (thanks(), None, "no channel"),
        (thanks(state=State.PUBLISHED), "C1", "already"),
        (thanks(state=State.WITHDRAWN), "C1", "withdrawn"),
    ):
        with pytest.raises(Refusal, match=why):
            rules.check_to_publish(found, channel)


def test_a_thanks_goes_to_a_colleague_in_the_program_and_never_to_oneself() -> None:
    by = person(id=GIVER, name="Ana")
    assert rules.check_receiver(person(), by=by) == person()
    for receiver in (None, person(is_active=False), person(is_guest=True), by, person(track=None, level=None)):
        with pytest.raises(Refusal) as refused:
            rules.check_receiver(receiver, by=by)
        assert refused.value.field == "receiver"


def test_the_two_read_and_withdraw_it_only_whoever_is_thanked_publishes_and_others_read_what_is_public() -> None:
    may = {
        who: {
            verb for verb in ("read", "write", "delete") if access.can(rules.standing(thanks(), who), verb, rules.THING)
        }
        for who in (GIVER, RECEIVER, OTHER)
    }
    assert may == {GIVER: {"read", "delete"}, RECEIVER: {"read", "write", "delete"}, OTHER: set()}
    assert access.can(rules.standing(thanks(), OTHER), "read", rules.SHOWN)
