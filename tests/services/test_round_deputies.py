"""Names that wait for a manager who is away: their deputy agrees, unless it concerns the deputy; the member is told."""

import pytest

from bot.database import Database
from bot.models.people import Absence, Deputy
from bot.rules.refusal import Refusal
from bot.rules.rounds import Mine, Round, SeatState, State
from bot.services import round_answers, round_deputies, round_names, round_tending, rounds
from tests.services.round_stage import PEERS, REPORTS, Stage, company
from tests.support.rows import LONG_AGO, NOW, TODAY

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
async def stage(db: Database, framework_text: str) -> Stage:
    """Mats is away."""
    found = await company(db, framework_text)
    async with db.writing() as session:
        session.add(Absence(person_id=found.who["Mats"].id, from_on=LONG_AGO, until_on=None))
    return found


async def stands_in(stage: Stage, name: str) -> None:
    async with stage.db.writing() as session:
        deputy = stage.who[name].id
        session.add(Deputy(person_id=stage.who["Mats"].id, deputy_id=deputy, from_on=LONG_AGO, named_at=NOW))


async def waits_for(stage: Stage, name: str) -> tuple[Round, ...]:
    mine: Mine = await stage.act(name, rounds.mine)
    return mine.to_approve


async def test_a_deputy_agrees_and_sees_the_names_only_while_they_wait(stage: Stage) -> None:
    await stands_in(stage, "Uma")
    await stage.begins()
    sent = await stage.names("Ana", PEERS, REPORTS)
    assert (sent.is_manager_away, sent.stand_in) == (True, "Uma Other")
    assert await stage.told(round_deputies.APPROVE) == ["Uma"]
    (found,) = await waits_for(stage, "Uma")
    assert found.in_place_of == "Mats Berg"
    async with stage.db.writing() as session:
        await round_tending.tend(session, now=NOW, today=TODAY)
    assert await stage.told(round_deputies.APPROVE) == ["Uma"]  # once
    with pytest.raises(Refusal, match="Take yourself out"):
        await stage.agrees("Uma", [*PEERS, "Uma"], REPORTS)
    agreed = await stage.agrees("Uma", PEERS[:4], REPORTS)
    assert (agreed.state, agreed.seats) == (State.OPEN, ())
    assert await waits_for(stage, "Uma") == ()
    assert "Mats" in await stage.told(rounds.INVITED)  # whose own view is asked for
    for verb in (round_names.to_agree, rounds.read, rounds.stop):
        with pytest.raises(Refusal):
            await stage.does("Uma", verb)
    hers = await stage.does("Ana", rounds.read)
    assert {one.person.name for one in hers.seats if one.state is SeatState.LEFT_OUT} == {"Kim Other"}
    await stage.act("Tom", round_answers.decline, seat_id=await stage.seat("Tom"))
    await stage.names("Ana", ["Zoe"])
    assert await stage.told(round_deputies.APPROVE) == ["Uma", "Uma"]  # of each list
    (found,) = await waits_for(stage, "Uma")
    assert [one.person.name for one in found.seats] == ["Zoe Other"]


@pytest.mark.parametrize("name", ["Noor", "Ana", "Ida"])
async def test_nobody_agrees_for_a_manager_where_they_are_asked_or_it_is_about_them(stage: Stage, name: str) -> None:
    await stands_in(stage, name)
    await stage.begins()
    sent = await stage.names("Ana", PEERS, REPORTS)
    assert (sent.is_manager_away, sent.stand_in) == (True, "")
    assert await stage.told(round_deputies.APPROVE) == []
    assert await waits_for(stage, name) == ()
    with pytest.raises(Refusal):
        await stage.agrees(name, PEERS, REPORTS)
    await stage.agrees("Mats", PEERS, REPORTS)  # who looks in nevertheless


async def test_a_deputy_hears_of_what_waits_already_when_the_manager_goes(stage: Stage) -> None:
    await stage.begins()
    await stage.names("Ana", PEERS, REPORTS)
    await stands_in(stage, "Uma")
    async with stage.db.writing() as session:
        await round_tending.tend(session, now=NOW, today=TODAY)
    assert await stage.told(round_deputies.APPROVE) == ["Uma"]
    async with stage.db.reading() as session:
        waiting = await rounds.to_approve(session, [one.id for one in stage.who.values()], now=NOW)
    assert set(waiting) == {stage.who["Mats"].id, stage.who["Uma"].id}
