"""What may be offered, until when it stands, whom it suits, and who can ask for it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from bot.rules import opportunities as rules
from bot.rules.cadence import Schedule
from bot.rules.framework import Framework
from bot.rules.opportunities import Interest, Kind, Offer, Opportunity, State, Tags
from bot.rules.opportunity_forms import Typed, check
from bot.rules.people import Person
from bot.rules.refusal import Refusal

TODAY = date(2026, 11, 16)
DAY = timedelta(days=1)
NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
ANA = Person(UUID(int=1), "U0ANA", "Ana", Schedule("UTC"), track="technical", level="T2")


def typed(**more: Any) -> Typed:
    given = {
        "kind": "workshop", "title": "Reading a trace", "learn": "Where the time goes.", "hours": "", "places": "",
        "begins_on": None, "until_on": None, "link": "", "tracks": (), "competencies": (), "bands": (),
    }  # fmt: skip
    return Typed(**{**given, **more})


def opportunity(**more: Any) -> Opportunity:
    given = {"state": State.OPEN, "offered_at": NOW, "ends_on": TODAY, **more}
    made = Offer(Kind.WORKSHOP, "Reading a trace", "Where the time goes.", places=2)
    return Opportunity(UUID(int=5), UUID(int=2), "Tom", made, **given)


REFUSED = [
    ({"kind": "party"}, "kind", "Choose what kind"),
    ({"title": " "}, "title", "Give it a name"),
    ({"title": "x" * 101}, "title", "longer than 100"),
    ({"learn": ""}, "learn", "what one learns"),
    ({"learn": "🦄" * 1001}, "learn", "longer than 1,000"),
    ({"hours": "0"}, "hours", "from 1 to 40"),
    ({"hours": "41"}, "hours", "from 1 to 40"),
    ({"places": "a few"}, "places", "from 1 to 1,000"),
    ({"places": "-1"}, "places", "from 1 to 1,000"),
    ({"places": "٣"}, "places", "from 1 to 1,000"),
    ({"begins_on": TODAY - DAY}, "begins_on", "That day is past"),
    ({"until_on": TODAY - DAY}, "until_on", "That day is past"),
    ({"begins_on": TODAY + 2 * DAY, "until_on": TODAY + DAY}, "until_on", "over before it begins"),
    ({"until_on": TODAY + timedelta(days=2000)}, "until_on", "more than three years"),
    ({"link": "javascript:alert(1)"}, "link", "starts with https://"),
    ({"link": "https://example.com/a https://example.com/b"}, "link", "One link is enough"),
    ({"link": "http://10.0.0.1/"}, "link", "starts with https://"),
    ({"tracks": ["%"]}, "tracks", "not there any more"),
    ({"competencies": ["unknown"]}, "competencies", "not in the framework"),
    ({"bands": ["99"]}, "bands", "not there any more"),
]


@pytest.mark.parametrize(("given", "field", "said"), REFUSED, ids=[f"{one[1]}-{n}" for n, one in enumerate(REFUSED)])
def test_what_cannot_be_offered_says_beside_which_field(
    framework: Framework, given: dict[str, Any], field: str, said: str
) -> None:
    with pytest.raises(Refusal, match=said) as refused:
        check(typed(**given), framework, today=TODAY)
    assert refused.value.field == field


def test_what_has_begun_can_still_be_joined_until_its_last_day(framework: Framework) -> None:
    made = check(typed(begins_on=TODAY - 30 * DAY, until_on=TODAY), framework, today=TODAY)
    assert rules.ends_on(made, today=TODAY) == TODAY


@pytest.mark.parametrize(
    ("begins_on", "until_on", "ends_on"),
    [
        (None, None, TODAY + timedelta(days=90)),
        (TODAY + DAY, None, TODAY + DAY),
        (None, TODAY + 9 * DAY, TODAY + 9 * DAY),
        (TODAY + DAY, TODAY + 9 * DAY, TODAY + 9 * DAY),
    ],
)
def test_an_offer_ends_by_itself(begins_on: date | None, until_on: date | None, ends_on: date) -> None:
    made = Offer(Kind.COURSE, "x", "y", begins_on=begins_on, until_on=until_on)
    assert rules.ends_on(made, today=TODAY) == ends_on


def test_only_an_offer_without_a_day_is_asked_about_and_only_near_its_end() -> None:
    undated = opportunity(ends_on=TODAY + timedelta(days=14))
    assert undated.is_asked_about(TODAY)
    assert not replace(undated, ends_on=TODAY + timedelta(days=15)).is_asked_about(TODAY)
    assert not replace(undated, offer=replace(undated.offer, until_on=TODAY + DAY)).is_asked_about(TODAY)
    assert not replace(undated, ends_on=TODAY - DAY).is_asked_about(TODAY)


@pytest.mark.parametrize(
    ("tags", "tracks", "band", "suits"),
    [
        (Tags(), (), None, True),
        (Tags(("technical",)), ("technical",), 2, True),
        (Tags(("technical",)), ("process",), 2, False),
        (Tags(("technical",)), ("process", "technical"), 2, True),  # whoever looks at another track, too
        (Tags((), (), (2, 3)), (), 2, True),
        (Tags((), (), (2, 3)), (), 4, False),
        (Tags((), (), (2,)), (), None, False),
    ],
)
def test_tags_are_a_filter(tags: Tags, tracks: tuple[str, ...], band: int | None, suits: bool) -> None:
    assert rules.suits(tags, tracks=tracks, band=band) is suits


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, None),
        ({"mine": Interest.BACK}, None),
        ({"offered_by": ANA.id}, "offer this yourself"),
        ({"mine": Interest.TAKEN}, "went to somebody else"),
        ({"taken": 2}, "All places are taken for now. You may ask Tom"),
        ({"ends_on": TODAY - DAY}, "has ended"),
        ({"state": State.WITHDRAWN}, "not offered any more"),
        ({"is_here": False}, "not offered any more"),
    ],
)
def test_who_can_ask_for_it(changed: dict[str, Any], said: str | None) -> None:
    found = replace(opportunity(), **changed)
    if said is None:
        rules.check_ask(found, ANA, TODAY)
    else:
        with pytest.raises(Refusal, match=said):
            rules.check_ask(found, ANA, TODAY)


def test_nobody_loses_a_place_by_a_smaller_number() -> None:
    made = opportunity().offer
    rules.check_places(made, taken=2)
    with pytest.raises(Refusal, match="3 take part already"):
        rules.check_places(made, taken=3)
