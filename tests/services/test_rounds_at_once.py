"""Two who act on a round at once, on both engines: one effect, and the other hears why theirs is none."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.database import Database
from bot.models.messages import Outbox
from bot.models.rounds import RoundAnswer, RoundSeat
from bot.rules import rounds as rules
from bot.rules.refusal import Refusal
from bot.rules.rounds import State
from bot.services import round_answers, round_names, rounds
from tests.services.round_stage import PEERS, Stage, company

LONG = timedelta(days=23)
Act = Callable[[Stage], Coroutine[Any, Any, Any]]


@pytest.fixture
async def stage(db: Database, framework_text: str) -> Stage:
    return await company(db, framework_text)


async def closes(stage: Stage) -> int:
    return await stage.closes()


async def writes(stage: Stage) -> None:
    await stage.writes("Noor")


async def declines(stage: Stage) -> None:
    await stage.act("Noor", round_answers.decline, seat_id=await stage.seat("Noor"))


async def extends(stage: Stage) -> None:
    await stage.does("Ana", rounds.extend, due_on=stage.now.date() + timedelta(days=3))


async def stops(stage: Stage) -> None:
    await stage.does("Ana", rounds.stop)


async def agrees(stage: Stage) -> None:
    await stage.agrees("Mats", PEERS[:4])


async def names_anew(stage: Stage) -> None:
    await stage.names("Ana", [*PEERS, "Uma"])


async def begins(stage: Stage) -> None:
    await stage.begins()


async def begins_for_her(stage: Stage) -> None:
    await stage.act("Mats", rounds.begin, of=stage.who["Ana"].id)


async def at_once(stage: Stage, first: Act, second: Act) -> str:
    """The second begins when the first has done all but commit. What the second hears, if they come too late."""
    stage.meanwhile = second(stage)
    await first(stage)
    assert stage.second is not None
    found: Any = (await asyncio.gather(stage.second, return_exceptions=True))[0]
    assert found is None or isinstance(found, int | Refusal), found
    return str(found) if isinstance(found, Refusal) else ""


async def test_an_answer_counts_or_its_giver_hears_that_it_came_too_late(stage: Stage) -> None:
    """Tom and Lea have answered, so whether Noor's counts is whether anything is shown."""
    for first, second, has_written, told, left in (
        (writes, closes, False, "", State.RELEASED),
        (closes, writes, False, rules.CLOSED, State.WITHHELD),
        (declines, closes, True, "", State.WITHHELD),
        (closes, declines, True, rules.CLOSED, State.RELEASED),
        (extends, closes, True, "", State.OPEN),
        (stops, writes, False, rules.STOPPED, State.STOPPED),
        (writes, stops, False, "", State.STOPPED),
        (closes, stops, True, rules.MOVED_ON, State.RELEASED),
        (stops, closes, True, "", State.STOPPED),
        (closes, extends, True, rules.NOT_OPEN, State.RELEASED),
        (closes, closes, True, "", State.RELEASED),
    ):
        pair = f"{first.__name__}, {second.__name__}"
        await stage.opened(reports=())
        for name in ("Tom", "Lea", "Noor")[: 2 + has_written]:
            await stage.writes(name)
        stage.now += LONG
        assert await at_once(stage, first, second) == told, pair
        assert await stage.state() is left, pair
        if left is State.RELEASED:
            assert len((await stage.reads("Ana")).report.words[0].said) == 3, pair
        if left is State.OPEN:
            assert await stage.count(RoundAnswer) == 3, pair
            await stops(stage)
        assert await stage.count(RoundAnswer) == 0, pair


async def test_one_round_begins_and_one_list_is_agreed_to(stage: Stage) -> None:
    assert "on its way already" in await at_once(stage, begins, begins_for_her)
    for first, second, told, invited in (
        (agrees, agrees, rules.MOVED_ON, 4),
        (agrees, names_anew, "places are held", 4),
        (agrees, stops, "", 4),
        (names_anew, agrees, "another list in the meantime", 0),
        (stops, agrees, rules.MOVED_ON, 0),
    ):
        pair = f"{first.__name__}, {second.__name__}"
        await stage.names("Ana", PEERS)
        assert told in await at_once(stage, first, second), pair
        assert await invitations(stage) == invited, pair
        if await stage.state() in rules.LIVE:
            await stops(stage)
        assert await stage.told(rounds.STOPPED) == [], "nobody has heard that they are asked"
        await stage.begins()


async def invitations(stage: Stage) -> int:
    """To colleagues, in this round."""
    theirs = select(RoundSeat.id).where(RoundSeat.round_id == stage.round_id)
    who = [stage.who[name].id for name in PEERS]
    owed = (Outbox.kind == rounds.INVITED, Outbox.subject.in_(theirs), Outbox.recipient.in_(who))
    async with stage.db.reading() as session:
        return await session.scalar(select(func.count()).select_from(Outbox).where(*owed)) or 0


async def test_two_who_agree_to_different_names_do_not_wait_for_each_other(stage: Stage) -> None:
    await stage.begins()
    await stage.names("Ana", PEERS)
    one, two = (stage.agrees("Mats", list(peers)) for peers in (PEERS[:4], PEERS[1:]))
    found = await asyncio.gather(one, two, return_exceptions=True)
    assert sum(isinstance(one, Refusal) for one in found) == 1
    assert await invitations(stage) == 4
    assert await stage.told(round_names.CHANGED) == ["Ana"]
