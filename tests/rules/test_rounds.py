"""Who may be named in a 360 round, for how long it lasts, and what each sees of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from bot.rules import round_checks as checks
from bot.rules import rounds as rules
from bot.rules.cadence import Schedule
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.rules.rounds import Competency, Perspective, Round, Seat, SeatState, State, Terms, Text

TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
TERMS = Terms("technical", "T2", "1.0.0", (Competency("mentoring", "Mentoring", "Helps others."),))


def person(number: int, name: str, **more: object) -> Person:
    return Person(UUID(int=number), f"U{number}", name, Schedule("UTC", 9, "12345", None), track="technical", **more)  # type: ignore[arg-type]


MATS = person(1, "Mats")
ANA = person(2, "Ana", manager_id=MATS.id)
NOOR, IDA = person(3, "Noor"), person(4, "Ida", manager_id=ANA.id)


def about(name: str, number: int, perspective: Perspective, state: SeatState) -> Seat:
    return Seat(UUID(int=number), person(number, name), perspective, state, has_answered=True)


SEATS = (
    about("Bo", 10, Perspective.PEER, SeatState.ACCEPTED),
    about("Kim", 11, Perspective.PEER, SeatState.DECLINED),
    about("Lea", 12, Perspective.PEER, SeatState.LEFT_OUT),
    about("Tom", 13, Perspective.REPORT, SeatState.LEFT),
    about("Uma", 14, Perspective.PEER, SeatState.REPLACED),
    about("Zoe", 15, Perspective.PEER, SeatState.NAMED),
    about("Mats", 1, Perspective.MANAGER, SeatState.INVITED),
)
ROUND = Round(UUID(int=9), ANA, MATS, State.OPEN, False, TODAY, False, TERMS, NOW, NOW, seats=SEATS, answered=4)


@pytest.mark.parametrize(
    ("one", "perspective", "why"),
    [
        (NOOR, Perspective.PEER, ""),
        (IDA, Perspective.REPORT, ""),
        (ANA, Perspective.PEER, "Ana rates themselves apart"),  # nobody rates themselves as a peer
        (ANA, Perspective.REPORT, "Ana rates themselves apart"),
        (MATS, Perspective.PEER, "Mats is the manager and is asked anyway"),
        (IDA, Perspective.PEER, "Ida reports to Ana"),
        (NOOR, Perspective.REPORT, "Noor does not report to Ana"),
        (None, Perspective.PEER, "not a colleague"),
        (replace(NOOR, is_guest=True), Perspective.PEER, "not a colleague"),
        (replace(IDA, is_active=False), Perspective.REPORT, "not a colleague"),
    ],
)
def test_who_may_be_named(one: Person | None, perspective: Perspective, why: str) -> None:
    if not why:
        assert checks.check_person(one, perspective, subject=ANA, reports={IDA.id}) is one
        return
    with pytest.raises(Refusal, match=why) as said:
        checks.check_person(one, perspective, subject=ANA, reports={IDA.id})
    assert said.value.field == checks.FIELDS[perspective]


@pytest.mark.parametrize(
    ("peers", "reports", "of", "why"),
    [
        (4, 0, 9, None),
        (3, 3, 9, None),
        (0, 4, 9, None),
        (3, 2, 2, None),  # all of them
        (30, 0, 0, None),
        (3, 0, 0, checks.NOT_ENOUGH),
        (0, 3, 3, checks.NOT_ENOUGH),
        (0, 0, 0, checks.NOT_ENOUGH),
        (9, 1, 1, checks.TOO_FEW_REPORTS),  # the only one there is
        (9, 1, 5, checks.TOO_FEW_REPORTS),
        (9, 2, 5, checks.TOO_FEW_REPORTS),
        (2, 5, 5, checks.TOO_FEW_PEERS),
        (1, 5, 5, checks.TOO_FEW_PEERS),
        (28, 3, 3, checks.TOO_MANY),
    ],
)
def test_how_many_are_named(peers: int, reports: int, of: int, why: str | None) -> None:
    """`of`: so many report to the person."""
    kinds = [Perspective.PEER] * peers + [Perspective.REPORT] * reports
    named = {UUID(int=number): kind for number, kind in enumerate(kinds)}
    below = {UUID(int=100 + number) for number in range(of)}
    if why is None:
        checks.check_named(named, reports=below)
        return
    with pytest.raises(Refusal) as said:
        checks.check_named(named, reports=below)
    assert said.value.sentence == why


def test_somebody_new_comes_only_where_a_place_is_free() -> None:
    checks.check_replacements({UUID(int=1): Perspective.PEER}, {Perspective.PEER: 1})
    for free, why in (({}, "all places are held"), ({Perspective.PEER: 1}, "1 of the places")):
        with pytest.raises(Refusal, match=why):
            checks.check_replacements({UUID(int=one): Perspective.PEER for one in (1, 2)}, free)


@pytest.mark.parametrize(
    ("days", "is_right"), [(6, False), (7, True), (21, True), (56, True), (57, False), (-1, False)]
)
def test_a_round_lasts_one_to_eight_weeks(days: int, is_right: bool) -> None:
    if is_right:
        checks.check_due(TODAY + timedelta(days=days), today=TODAY)
        return
    with pytest.raises(Refusal, match="at least a week"):
        checks.check_due(TODAY + timedelta(days=days), today=TODAY)


def test_approval_that_took_long_leaves_those_who_are_asked_a_week() -> None:
    assert checks.due_when_opened(TODAY + timedelta(days=2), today=TODAY) == TODAY + timedelta(days=7)
    assert checks.due_when_opened(TODAY + timedelta(days=9), today=TODAY) == TODAY + timedelta(days=9)


def test_a_round_is_extended_once_while_it_is_open() -> None:
    checks.check_extension(ROUND, TODAY + timedelta(days=21))
    for found, days in (
        (ROUND, 0), (ROUND, 22), (replace(ROUND, is_extended=True), 7), (replace(ROUND, state=State.RELEASED), 7),
    ):  # fmt: skip
        with pytest.raises(Refusal):
            checks.check_extension(found, TODAY + timedelta(days=days))


def test_the_member_sees_who_is_named_and_how_many_places_are_free_and_not_whose() -> None:
    seen = rules.veiled(ROUND, by=ANA.id)
    assert {seat.person.name: seat.state for seat in seen.seats} == {
        "Bo": SeatState.INVITED, "Kim": SeatState.INVITED, "Lea": SeatState.LEFT_OUT, "Tom": SeatState.INVITED,
        "Uma": SeatState.INVITED, "Zoe": SeatState.NAMED,
    }  # fmt: skip
    assert seen.free == {Perspective.PEER: 1, Perspective.REPORT: 1}
    assert not any(seat.has_answered for seat in seen.seats if seat.state not in rules.KNOWN)
    assert rules.veiled(ROUND, by=MATS.id) == replace(seen, free={})


def test_a_giver_sees_nobody_else_who_is_asked() -> None:
    seen = rules.for_giver(ROUND)
    assert (seen.seats, seen.free, seen.answered) == ((), {}, None)


@pytest.mark.parametrize(
    ("state", "is_told", "member", "manager"),
    [
        (State.OPEN, False, False, False), (State.STOPPED, False, False, False), (State.RELEASED, False, True, False),
        (State.RELEASED, True, True, True), (State.WITHHELD, False, True, False), (State.WITHHELD, True, True, True),
    ],
)  # fmt: skip
def test_a_report_is_the_members_first(state: State, is_told: bool, member: bool, manager: bool) -> None:
    found = replace(ROUND, state=state, is_told=is_told)
    assert rules.veiled(found, by=ANA.id).is_readable is member
    assert rules.veiled(found, by=MATS.id).is_readable is manager


@pytest.mark.parametrize(
    ("ratings", "texts"),
    [({"diving": 3}, {}), ({"mentoring": 0}, {}), ({"mentoring": 6}, {}), ({}, {Text.KEEP: "x" * (rules.LONGEST + 1)})],
)
def test_an_answer_keeps_to_what_was_asked(ratings: dict[str, int | None], texts: dict[Text, str]) -> None:
    rules.check_answer({"mentoring": None}, {Text.ELSE: ""}, TERMS)
    with pytest.raises(Refusal):
        rules.check_answer(ratings, texts, TERMS)


def test_the_terms_are_kept_as_they_were() -> None:
    assert rules.read_terms(rules.write_terms(TERMS)) == TERMS
    assert (TERMS.least, TERMS.spread_from, TERMS.manager_after) == (3, 5, 3)
