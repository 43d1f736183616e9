"""F4: Slack takes a message and its answer is lost. Whoever can look does so; whoever cannot says so."""

from typing import Any

import pytest

from bot.clock import StandingClock
from bot.database import Database
from sandbox import Call, Fault, Workspace
from tests.faults import crowd, judge
from tests.faults.crowd import NUDGE, REQUEST

POST = "chat.postMessage"


@pytest.mark.parametrize("kind", ["drop", "hang"])
async def test_what_slack_has_taken_is_found_and_not_sent_again(db: Database, clock: StandingClock, kind: Any) -> None:
    known = crowd.users(10)
    await crowd.owe(db, await crowd.enrol(db, known), at=clock.now(), each=2)
    async with (
        crowd.slack_for(known, clock) as slack,
        crowd.delivering(db, clock, slack.api_url, http_seconds=0.5) as engine,
    ):
        slack.fault(Fault(POST, kind, times=10, seconds=5))
        await crowd.drain(engine, db, clock, seconds=8)
        await judge.check(db, slack.history)
        assert len(_posts(slack)) == 20


async def test_a_look_that_fails_is_no_reason_to_send_again(db: Database, clock: StandingClock) -> None:
    known = crowd.users(3)
    await crowd.owe(db, await crowd.enrol(db, known), at=clock.now())
    async with crowd.slack_for(known, clock) as slack, crowd.delivering(db, clock, slack.api_url) as engine:
        slack.fault(Fault(POST, "drop", times=3))
        slack.fault(Fault("conversations.history", "server_error", times=4))
        slack.fault(Fault("conversations.history", "html", times=2))
        slack.fault(Fault("conversations.open", "rate_limited", times=3, retry_after=5))
        await crowd.drain(engine, db, clock, seconds=60)
        await judge.check(db, slack.history)
        assert len(_posts(slack)) == 3


async def test_a_message_of_many_is_found_on_a_later_page(db: Database, clock: StandingClock) -> None:
    """Somebody else writes a great deal between the try and the look."""
    known = crowd.users(1)
    await crowd.owe(db, await crowd.enrol(db, known), at=clock.now())
    async with crowd.slack_for(known, clock) as slack, crowd.delivering(db, clock, slack.api_url) as engine:
        slack.fault(Fault(POST, "drop", times=1))
        await engine.settle()
        for number in range(250):
            await slack.persona("c0000").says(f"word {number}")
        await crowd.drain(engine, db, clock, seconds=4)
        await judge.check(db, slack.history)


async def test_without_the_right_to_look_a_request_is_sent_once_more_and_a_nudge_never(
    db: Database, clock: StandingClock
) -> None:
    known = crowd.users(1)
    (person,) = await crowd.enrol(db, known)
    (request,) = await crowd.owe(db, [person], at=clock.now(), kind=REQUEST)
    async with crowd.slack_for(known, clock) as slack, crowd.delivering(db, clock, slack.api_url) as engine:
        slack.scopes.discard("im:history")
        slack.fault(Fault(POST, "drop", times=1))
        await crowd.drain(engine, db, clock, seconds=5)
        assert judge.seen(slack.history) == {request.hex: 2}
        (nudge,) = await crowd.owe(db, [person], at=clock.now(), kind=NUDGE)
        slack.fault(Fault(POST, "drop", times=1))
        await crowd.drain(engine, db, clock, seconds=5)
        assert judge.seen(slack.history) == {request.hex: 2, nudge.hex: 1}
    rows = {row.id: row for row in await judge.outbox(db)}
    assert (rows[request].state, rows[nudge].state, rows[nudge].reason) == ("sent", "failed", "outcome unknown")
    assert engine.trouble is None


async def test_without_the_right_to_look_a_second_lost_answer_is_the_last_try(
    db: Database, clock: StandingClock
) -> None:
    known = crowd.users(1)
    (request,) = await crowd.owe(db, await crowd.enrol(db, known), at=clock.now(), kind=REQUEST)
    async with crowd.slack_for(known, clock) as slack, crowd.delivering(db, clock, slack.api_url) as engine:
        slack.scopes.discard("im:history")
        slack.fault(Fault(POST, "drop"))
        await crowd.drain(engine, db, clock, seconds=60)
        assert judge.seen(slack.history) == {request.hex: 2}
    assert [(row.state, row.reason) for row in await judge.outbox(db)] == [("failed", "outcome unknown")]


def _posts(slack: Workspace) -> list[Call]:
    return [entry for entry in slack.history if isinstance(entry, Call) and entry.method == POST]
