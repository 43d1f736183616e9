"""Whenever the process dies while a cycle is opened, all of it is still sealed or all of it is released, once."""

import os

import pytest
from sqlalchemy import func, select

from bot.models.program_feedback import FeedbackRelease
from bot.rules.program_feedback import ITEMS, CycleState
from tests.faults import processes
from tests.program_feedback import victims
from tests.program_feedback.company import Company, answers

PEOPLE = 6
TIMES = int(os.environ.get("TIMES", "1"))  # `make chaos` does it twenty times


@pytest.mark.parametrize("time", range(TIMES))
async def test_killed_at_every_statement_it_is_sealed_or_released_and_nothing_between(
    company: Company, url: str, time: int
) -> None:
    for number, who in enumerate(company.members[:PEOPLE]):
        await company.sends(who, answers(number % 3 + 2, f"by {who}"))
    today, step, code = (await company.cycle()).closes, 0, victims.DEAD
    while code == victims.DEAD:
        step += 1
        assert await left(company) == (CycleState.OPEN, PEOPLE, 0, 2)
        args = (url, str(company.feedback.folder), today, step)
        with processes.running(victims.release_and_die, *args) as victim:
            code = await processes.ended(victim)
    assert (code, step > 8) == (0, True)
    assert await left(company) == (CycleState.RELEASED, 0, PEOPLE * (len(ITEMS) + 1), 2)
    company.today = today
    assert await company.releases() is None
    await company.sweeps()
    assert company.keys == []
    assert sorted(one.text for one in (await company.released()).texts) == [
        f"by {who}" for who in sorted(company.members[:PEOPLE])
    ]


async def left(company: Company) -> tuple[str, int, int, int]:
    """(state, boxes, released values, key files)."""
    async with company.db.reading() as session:
        released = await session.scalar(select(func.count()).select_from(FeedbackRelease)) or 0
    return (await company.cycle()).state, await company.boxes(), released, len(company.keys)
