"""A 360 round from the first name to the report, on both engines: who may do and see what, and what is left of it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from bot.database import Database
from bot.models.people import Person, ReportingLine
from bot.models.rounds import RoundAnswer, RoundRating, RoundReport, RoundSeat
from bot.rules.refusal import Refusal
from bot.rules.rounds import Mine, Perspective, SeatState, State, Text
from bot.services import (
    attention,
    keeping,
    round_answers,
    round_reports,
    round_suggestions,
    round_tending,
    rounds,
)
from tests.services.round_stage import CLOSING, DUE, PEERS, REPORTS, Stage, company
from tests.support import rows
from tests.support.rows import LONG_AGO, NOW, TODAY

on_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
async def stage(db: Database, framework_text: str) -> Stage:
    return await company(db, framework_text)


async def test_a_round_that_reaches_its_thresholds(stage: Stage) -> None:
    await stage.opened()
    assert await stage.told(rounds.INVITED) == sorted(["Ana", "Mats", *PEERS, *REPORTS])
    for name, rating in (("Noor", 5), ("Tom", 4), ("Lea", None), ("Bo", 3), ("Ida", 2), ("Per", 2), ("Sam", 4)):
        await stage.writes(name, rating)
    await stage.writes("Ana", 2, keep="My own words")
    await stage.writes("Mats", 3, keep="Signed words")
    assert (await stage.does("Ana", rounds.read)).answered == 5  # at least
    with pytest.raises(Refusal, match="no report"):
        await stage.reads("Ana")
    assert await stage.closes() == 1
    found = await stage.reads("Ana")
    line = found.report.lines[0]
    assert (line.mine, line.signed, [(one.who, one.said) for one in line.others]) == (
        2, 3, [((Perspective.PEER,), "4.0"), ((Perspective.REPORT,), "2.5")],
    )  # fmt: skip
    assert {one.perspective: sorted(one.said) for one in found.report.words} == {
        Perspective.PEER: ["Words of Bo", "Words of Lea", "Words of Noor", "Words of Tom"],
        Perspective.REPORT: ["Words of Ida", "Words of Per", "Words of Sam"],
    }
    assert (found.signed_by, found.report.signed) == ("Mats Berg", ((Text.KEEP, "Signed words"),))
    assert found.round.state is State.RELEASED
    assert [await stage.count(table) for table in (RoundAnswer, RoundRating, RoundReport)] == [0, 0, 1]
    assert await stage.closes() == 0


@on_sqlite
async def test_below_the_threshold_nothing_is_left_but_what_was_signed(stage: Stage) -> None:
    await stage.opened(reports=())
    await stage.writes("Noor")
    await stage.writes("Tom")
    await stage.writes("Mats", 3, keep="Signed words")
    assert (await stage.does("Ana", rounds.read)).answered is None
    await stage.closes()
    found = await stage.reads("Ana")
    assert found.round.state is State.WITHHELD
    assert found.report.missing == (Perspective.PEER,)
    assert (found.report.words, found.report.signed) == ((), ((Text.KEEP, "Signed words"),))
    assert await stage.count(RoundAnswer) == 0
    assert "Words of" not in json.dumps(await stage.exported("Ana"))


@on_sqlite
async def test_each_may_read_and_do_what_is_theirs_at_that_time_and_no_more(stage: Stage) -> None:
    everybody = ("Uma", "Lea", "Ida", "Noor", "Mats", "Ana")  # who is no part, owner, report, peer, manager, member

    async def readers() -> list[str]:
        return [name for name in everybody if not await refused(stage.reads(name))]

    await stage.opened()
    assert [name for name in everybody if not await refused(stage.does(name, rounds.read))] == ["Mats", "Ana"]
    assert await refused(stage.reads("Noor"))  # who has not said yes
    for name in (*PEERS, *REPORTS):
        await stage.writes(name)
    seat = await stage.seat("Noor")
    assert [name for name in everybody if not await refused(stage.act(name, round_answers.form, seat_id=seat))] == [
        "Noor"
    ]
    form = await stage.act("Noor", round_answers.form, seat_id=seat)
    assert (form.answer.texts[Text.KEEP], form.round.seats, form.round.answered) == ("Words of Noor", (), None)
    for name in everybody[:4]:
        assert await refused(stage.agrees(name, PEERS))
        assert await refused(stage.names(name, PEERS))
        assert await refused(stage.does(name, rounds.stop))
        assert await refused(stage.does(name, rounds.extend, due_on=DUE + timedelta(days=1)))
    assert await readers() == []
    await stage.closes()
    for verb in (round_answers.form, round_answers.accept, round_answers.decline):
        with pytest.raises(Refusal, match="is closed"):
            await stage.act("Noor", verb, seat_id=seat)
    assert await readers() == ["Ana"]
    assert await readers() == ["Mats", "Ana"]
    assert await stage.told(round_reports.READABLE) == ["Mats"]


async def refused(doing: Any) -> bool:
    try:
        await doing
    except Refusal:
        return True
    return False


@on_sqlite
async def test_the_manager_reads_after_three_working_days_where_the_person_has_not_opened_it(stage: Stage) -> None:
    await stage.opened()
    for name in PEERS:
        await stage.writes(name)
    await stage.closes()  # a Tuesday
    for days, is_told in ((1, False), (2, False), (3, True)):
        stage.now = CLOSING + timedelta(days=days, minutes=1)
        async with stage.db.writing() as session:
            await round_reports.tell_managers(session, now=stage.now)
        assert bool(await stage.told(round_reports.READABLE)) is is_told
        assert await refused(stage.reads("Mats")) is not is_told


async def test_the_manager_changes_the_list_and_who_declines_is_replaced_without_a_name(stage: Stage) -> None:
    await stage.begins()
    await stage.names("Ana", PEERS, REPORTS)
    opened = await stage.agrees("Mats", [*PEERS[:4], "Zoe"], REPORTS)
    states = {seat.person.name.split()[0]: seat.state for seat in opened.seats}
    assert (states.pop("Kim"), set(states.values())) == (SeatState.LEFT_OUT, {SeatState.INVITED})
    assert [seat.person.name for seat in opened.seats if seat.is_from_manager] == ["Zoe Other"]
    with pytest.raises(Refusal, match="places are held"):
        await stage.names("Ana", ["Uma"])
    await stage.act("Noor", round_answers.accept, seat_id=await stage.seat("Noor"))
    await stage.writes("Tom")
    await stage.act("Tom", round_answers.decline, seat_id=await stage.seat("Tom"))
    assert await stage.count(RoundAnswer) == 0
    hers = await stage.does("Ana", rounds.read)
    assert hers.free == {Perspective.PEER: 1}
    assert {seat.state for seat in hers.seats} == {SeatState.INVITED, SeatState.LEFT_OUT}
    assert (await stage.does("Mats", rounds.read)).free == {}
    assert await stage.told(round_answers.PLACE_FREE) == ["Ana"]
    with pytest.raises(Refusal, match="Tom Other is named already"):
        await stage.names("Ana", ["Tom"])
    waits = await stage.names("Ana", ["Uma"])
    assert [seat.person.name for seat in waits.seats if seat.is_new] == ["Uma Other"]
    agreed = await stage.agrees("Mats", ["Uma"])
    assert not any(seat.is_new for seat in agreed.seats)
    assert (await stage.does("Ana", rounds.read)).free == {}
    mine: Mine = await stage.act("Uma", rounds.mine)
    assert [(seat.state, seat.perspective) for _, seat in mine.asked] == [(SeatState.INVITED, Perspective.PEER)]


@on_sqlite
async def test_what_a_giver_wrote_leaves_by_no_export_but_their_own_until_the_round_closes(stage: Stage) -> None:
    await stage.opened()
    for name in (*PEERS, *REPORTS):
        await stage.writes(name)
    exports = {name: json.dumps(await stage.exported(name)) for name in ("Ana", "Mats", "Noor", "Lea")}
    assert {name for name, text in exports.items() if "Words of Noor" in text} == {"Noor"}
    assert "round_seat" not in await stage.exported("Mats") or "Noor" not in exports["Mats"]
    await stage.closes()
    later = {name: await stage.exported(name) for name in ("Ana", "Noor")}
    assert not {"round_answer", "round_rating", "round_report"} & set(later["Noor"])
    assert "Words of Noor" in json.dumps(later["Ana"])  # as one of five, in the report
    assert str(stage.who["Noor"].id) not in json.dumps(later["Ana"])


async def test_whoever_is_erased_takes_what_they_wrote_along_while_the_round_is_open(stage: Stage) -> None:
    await stage.opened(reports=())
    for name in PEERS[:3]:
        await stage.writes(name)
    async with stage.db.writing() as session:
        await keeping.erase(session, stage.who["Noor"].id, now=NOW)
    assert (await stage.count(RoundAnswer), await stage.count(RoundRating)) == (2, 2 * len(stage.skills))
    await stage.closes()
    assert (await stage.reads("Ana")).report.is_withheld


async def test_who_leaves_frees_a_place_and_a_member_who_leaves_ends_the_round(stage: Stage) -> None:
    await stage.opened()
    await stage.writes("Noor")
    await stage.hears("Tom")
    for name, left in (("Noor", State.OPEN), ("Ana", State.STOPPED)):
        async with stage.db.writing() as session:
            await session.execute(update(Person).where(Person.id == stage.who[name].id).values(is_active=False))
        async with stage.db.writing() as session:
            await round_tending.tend(session, now=NOW, today=TODAY)
        assert await stage.count(RoundAnswer) == (1 if left is State.OPEN else 0)
        assert await stage.state() is left
    assert await stage.told(round_answers.PLACE_FREE) == ["Ana"]
    assert await stage.told(rounds.STOPPED) == ["Tom"]  # nobody else has heard that they are asked


async def test_a_new_manager_writes_and_reads_and_the_former_one_does_not(stage: Stage) -> None:
    await stage.opened()
    for name in PEERS:
        await stage.writes(name)
    before = await stage.seat("Mats")
    await stage.is_managed_by("Uma")
    assert await refused(stage.act("Mats", round_answers.form, seat_id=before))
    await stage.writes("Uma", 3, keep="Signed by Uma")
    await stage.closes()
    assert (await stage.reads("Ana")).signed_by == "Uma Other"
    assert (await refused(stage.reads("Mats")), await refused(stage.reads("Uma"))) == (True, False)


@on_sqlite
async def test_who_has_answered_as_a_peer_does_not_read_the_report_as_a_new_manager(stage: Stage) -> None:
    await stage.opened()
    for name in PEERS:
        await stage.writes(name)
    await stage.is_managed_by("Noor")
    await stage.closes()
    await stage.reads("Ana")
    with pytest.raises(Refusal, match="stays with Ana"):
        await stage.reads("Noor")
    assert await stage.told(round_reports.READABLE) == []
    mine: Mine = await stage.act("Noor", rounds.mine)
    assert [one.is_readable for one in mine.team] == [False]


@on_sqlite
async def test_an_answer_is_kept_page_by_page_and_ends_with_the_round(stage: Stage) -> None:
    await stage.opened()
    seat = await stage.seat("Noor")
    one, two, *_ = stage.skills
    for given in (
        {"ratings": {one: 2}, "texts": {}},
        {"ratings": {two: 5}, "texts": {Text.MORE: "More reviews"}},
        {"ratings": {one: None}, "texts": {Text.ELSE: "Thank you"}},
    ):
        answer = await stage.act("Noor", round_answers.save, seat_id=seat, **given)
    assert answer.ratings == {two: 5}
    assert answer.texts == {Text.KEEP: "", Text.MORE: "More reviews", Text.ELSE: "Thank you"}
    with pytest.raises(Refusal):
        await stage.act("Noor", round_answers.save, seat_id=seat, ratings={one: 6}, texts={})
    await stage.does("Ana", rounds.extend, due_on=DUE + timedelta(days=7))
    assert await stage.closes() == 0
    with pytest.raises(Refusal, match="extended once already"):
        await stage.does("Ana", rounds.extend, due_on=DUE + timedelta(days=8))
    stage.now = CLOSING + timedelta(days=7)
    assert await stage.closes() == 1
    with pytest.raises(Refusal, match="is closed"):
        await stage.act("Noor", round_answers.save, seat_id=seat, ratings={one: 3}, texts={})


@on_sqlite
async def test_an_answer_that_says_nothing_is_none(stage: Stage) -> None:
    """Or words of one would stand there as those of three."""
    await stage.opened(reports=())
    for name in PEERS[:2]:
        await stage.writes(name, rating=None, keep=" ")
    await stage.writes("Lea")
    form = await stage.act("Noor", round_answers.form, seat_id=await stage.seat("Noor"))
    assert form.answer is None
    await stage.closes()
    assert (await stage.reads("Ana")).report.is_withheld


async def test_colleagues_who_know_the_work_are_suggested_with_what_waits_for_them(stage: Stage) -> None:
    await stage.begins()
    async with stage.db.writing() as session:
        claim = await rows.evidence(session, stage.who["Ana"], state="accepted", decided_at=NOW)
        await rows.review(session, claim, stage.who["Noor"], verdict="accepted", decided_at=NOW)
        session.add(ReportingLine(person_id=stage.who["Tom"].id, manager_id=stage.who["Mats"].id, from_on=LONG_AGO))
    found = await stage.act("Ana", round_suggestions.suggestions, round_id=stage.round_id)
    assert [(one.person.name, one.perspective, one.load) for one in found] == [
        *((f"{name} Report", Perspective.REPORT, 0) for name in REPORTS),
        ("Noor Other", Perspective.PEER, 0),
        ("Tom Other", Perspective.PEER, 0),
    ]
    await stage.names("Ana", PEERS)
    await stage.agrees("Mats", PEERS)
    await stage.writes("Noor")
    async with stage.db.reading() as session:
        waits = await attention.asks_open(session, [stage.who[name].id for name in ("Noor", "Tom", "Uma")], now=NOW)
        undone = await round_answers.waiting(session, [stage.who[name].id for name in ("Noor", "Tom")], now=NOW)
    assert list(waits.values()) == [1, 1, 0]  # answered or not
    assert set(undone) == {stage.who["Tom"].id}
    assert await stage.count(RoundSeat) == 7
