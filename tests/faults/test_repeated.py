"""F10 and F11: Slack repeats itself and fingers are impatient; each act has its effect once and always an answer."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import func, select

from bot.clock import StandingClock
from bot.database import Database
from bot.models.check_ins import CheckIn
from bot.models.messages import Inbox, Occurrence
from bot.models.people import Person
from story import stage
from story.stage import Stage
from tests.faults import crowd, judge


@pytest.fixture
async def scene(db: Database, clock: StandingClock) -> AsyncIterator[Stage]:
    """Signed HTTP, one colleague, their prompt."""
    known = crowd.users(1)
    await crowd.load_framework(db, clock.now())
    people = await crowd.enrol(db, known)
    await crowd.owe_prompts(db, people, at=clock.now())
    async with stage.opened(db, clock, uses_http=True, slack=stage.workspace(clock, known)) as opened:
        await opened.bot.engine.settle()
        yield opened


async def count(scene: Stage, column: object) -> int | None:
    async with scene.db.reading() as session:
        return await session.scalar(select(func.count(column)))  # type: ignore[arg-type]


async def test_an_event_delivered_four_times_and_out_of_order_has_one_effect(scene: Stage) -> None:
    """The retries of the first move come after the second one, and do not undo it."""
    user = {"id": "U0C0000", "name": "c0000", "real_name": "Colleague 0", "profile": {"email": "c0@example.com"}}
    first = {"type": "user_change", "user": {**user, "tz": "Asia/Kolkata"}}
    second = {"type": "user_change", "user": {**user, "tz": "America/New_York"}}
    order = [(first, "Ev1", 0), (second, "Ev2", 0), (first, "Ev1", 3), (second, "Ev2", 1)]
    order += [(first, "Ev1", 1), (second, "Ev2", 3), (second, "Ev2", 2), (first, "Ev1", 2)]
    for event, name, retry in order:
        delivered = await scene.slack.send_event(event, event_id=name, retry_num=retry)
        assert delivered.ack is not None, delivered.error
    assert await count(scene, Inbox.event_key) == 2
    async with scene.db.reading() as session:
        assert await session.scalar(select(Person.zone)) == "America/New_York"


@pytest.mark.parametrize("button", ["Nothing new", "Skip", "Later today", "Tomorrow"])
async def test_five_clicks_at_once_are_one(scene: Stage, button: str) -> None:
    payload = scene.slack.persona("c0000").press_payload(button, surface="message")
    answers = await asyncio.gather(*(scene.slack.deliver("interactive", payload) for _ in range(5)))
    assert all(answer.ack == {} for answer in answers)
    assert await count(scene, Inbox.event_key) == 1
    assert (await count(scene, CheckIn.id), await count(scene, Occurrence.id)) in [(1, 1), (0, 2)]
    assert [row.kind for row in await judge.outbox(scene.db)].count("check_in.prompt_again") == 1


async def test_a_form_sent_five_times_while_the_first_runs_is_kept_once(scene: Stage) -> None:
    person = scene.slack.persona("c0000")
    await person.types("/checkin")
    await person.fills(win=judge.CANARY)
    payload = person.submit_payload()
    answers = await asyncio.gather(*(scene.slack.deliver("interactive", payload) for _ in range(5)))
    assert None not in [answer.ack for answer in answers]
    assert sum(bool(answer.ack) for answer in answers) == 1, "one receipt"
    assert (await count(scene, CheckIn.id), await count(scene, Inbox.event_key)) == (1, 1)


async def test_a_form_that_was_refused_can_be_sent_again(scene: Stage) -> None:
    """The refusal takes back that the form was seen."""
    person = scene.slack.persona("c0000")
    await person.types("/checkin")
    await person.submits()
    assert person.errors
    await person.submits(win="One thing")
    assert await count(scene, CheckIn.id) == 1


async def test_two_different_presses_at_once_are_two_acts(scene: Stage) -> None:
    """Answering and putting off at the same moment: both hold together, the prompt is drawn for each."""
    person = scene.slack.persona("c0000")
    payloads = [person.press_payload(name, surface="message") for name in ("Nothing new", "Tomorrow")]
    answers = await asyncio.gather(*(scene.slack.deliver("interactive", one) for one in payloads))
    assert all(answer.ack == {} for answer in answers)
    assert await count(scene, CheckIn.id) == 1
    await scene.bot.tick()
    assert "noted as your answer" in person.sees("message")
