"""F1: the process is killed anywhere on the way of a message; another one finishes, and everybody gets it once."""

import random

import pytest
from sqlalchemy import select

from bot.clock import StandingClock
from bot.models.people import Person
from sandbox import Fault, User, Workspace
from tests.conftest import MONDAY
from tests.faults import crowd, judge, processes, victims
from tests.support import engines

SOME = 5


async def prepared(url: str, known: list[User], *, each: int = 1) -> None:
    """A crowd that is owed something, in a database that nobody holds open any more."""
    db = engines.database(url)
    await crowd.owe(db, await crowd.enrol(db, known), at=MONDAY, each=each)
    await db.close()


async def finished(url: str, slack: Workspace, clock: StandingClock, *, minutes: int = 1, seconds: int = 10) -> None:
    """A healthy process does the rest; the judge decides."""
    db = engines.database(url)
    after = crowd.AfterLeases(clock.now(), minutes)
    async with crowd.delivering(db, after, slack.api_url) as engine:
        await crowd.drain(engine, db, after, seconds=seconds)
    await judge.check(db, slack.history)
    await db.close()


@pytest.mark.parametrize("place", [*victims.PLACES, "after the record"])
async def test_killed_at_a_place_of_the_send_path_loses_and_doubles_nothing(
    url: str, clock: StandingClock, place: str
) -> None:
    known = crowd.users(SOME)
    await prepared(url, known)
    async with crowd.slack_for(known, clock) as slack:
        with processes.running(victims.deliver_and_die, url, slack.api_url, MONDAY, place) as victim:
            assert await processes.ended(victim) == victims.DEAD
        await finished(url, slack, clock)


async def test_killed_while_slack_has_the_message_and_its_answer_is_not_back(url: str, clock: StandingClock) -> None:
    known = crowd.users(SOME)
    await prepared(url, known)
    async with crowd.slack_for(known, clock) as slack:
        slack.fault(Fault("chat.postMessage", "hang", seconds=20))
        with processes.running(victims.deliver_and_die, url, slack.api_url, MONDAY, "after the record") as victim:
            await slack.until(lambda: len(slack.posted()) == SOME)
            victim.kill()
            assert await processes.ended(victim) == -9
        slack.clear_faults()
        await finished(url, slack, clock)


async def test_killed_again_and_again_at_any_step_of_the_loop(url: str, clock: StandingClock) -> None:
    """Each victim meets what the ones before it have left: claimed, sent, half looked at."""
    known, chance, deaths = crowd.users(SOME), random.Random(20261116), 0
    await prepared(url, known)
    async with crowd.slack_for(known, clock) as slack:
        for minute in range(1, 13):
            args = (url, slack.api_url, clock.now(), minute, chance.randrange(1, 150))
            with processes.running(victims.deliver_until_step, *args) as victim:
                deaths += await processes.ended(victim) == victims.DEAD
            clock.set(clock.now() + crowd.SECOND)
            await owed_more(url, clock)
        assert deaths > 5
        await finished(url, slack, clock, minutes=20, seconds=20)


async def owed_more(url: str, clock: StandingClock) -> None:
    db = engines.database(url)
    async with db.reading() as session:
        people = (await session.scalars(select(Person.id).limit(2))).all()
    await crowd.owe(db, people, at=clock.now())
    await db.close()
