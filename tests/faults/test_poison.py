"""F23: one message that can never be sent, or not even drawn, holds up nobody else."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import StandingClock
from bot.database import Database
from bot.delivery.message import Message
from bot.views import charts
from sandbox import Call, Fault
from tests.faults import crowd, judge
from tests.faults.crowd import REQUEST

POST = "chat.postMessage"
BLOCKS = [{"type": "section", "text": {"type": "mrkdwn", "text": "Words"}}]


async def subject_of(db: Database, row: UUID) -> UUID:
    return next(one.subject for one in await judge.outbox(db) if one.id == row)


async def test_what_slack_always_refuses_fails_after_one_try_and_its_plain_text(
    db: Database, clock: StandingClock
) -> None:
    known = crowd.users(8)
    owed = await crowd.owe(db, await crowd.enrol(db, known), at=clock.now())
    key = owed[3].hex
    async with crowd.slack_for(known, clock) as slack, crowd.delivering(db, clock, slack.api_url) as engine:
        slack.fault(Fault(POST, "error", error="invalid_blocks", match=lambda args: key in str(args["metadata"])))
        await crowd.drain(engine, db, clock, seconds=60)
        judge_rows = await judge.outbox(db)
        verdict = judge.judge(judge_rows, judge.seen(slack.history), excused={owed[3]})
        assert verdict.is_clean, verdict.problems
        poison = next(row for row in judge_rows if row.id == owed[3])
        assert (poison.state, poison.reason, poison.attempts) == ("failed", "invalid_blocks", 1)
        tried = [entry for entry in slack.history if isinstance(entry, Call) and key in str(entry.args)]
        assert len(tried) == 2


async def test_blocks_that_slack_refuses_become_plain_text(db: Database, clock: StandingClock) -> None:
    known = crowd.users(2)
    await crowd.owe(db, await crowd.enrol(db, known), at=clock.now())
    kinds = {REQUEST: Message(crowd.load, lambda subject: {**crowd.draw(subject), "blocks": BLOCKS})}
    async with (
        crowd.slack_for(known, clock) as slack,
        crowd.delivering(db, clock, slack.api_url, kinds=kinds) as engine,
    ):
        slack.fault(Fault(POST, "error", error="invalid_blocks", match=lambda args: bool(args.get("blocks"))))
        await engine.settle()
        await judge.check(db, slack.history)


async def test_charts_that_slack_does_not_draw_go_as_text(db: Database, clock: StandingClock) -> None:
    known = crowd.users(1)
    await crowd.owe(db, await crowd.enrol(db, known), at=clock.now())
    bars = charts.chart("Choice", "bar", ["1", "2"], {"answers": [3, 12]}, id="choice")
    kinds = {REQUEST: Message(crowd.load, lambda subject: {**crowd.draw(subject), "blocks": [*BLOCKS, bars]})}
    async with (
        crowd.slack_for(known, clock) as slack,
        crowd.delivering(db, clock, slack.api_url, kinds=kinds) as engine,
    ):
        slack.fault(Fault(POST, "error", error="invalid_blocks", match=lambda args: charts.CHART in str(args)))
        await engine.settle()
        await judge.check(db, slack.history)
        (sent,) = slack.posted()
        blocks = sent.message["blocks"]
        assert [block["type"] for block in blocks] == ["section", "section"]
        assert "2       12" in blocks[-1]["text"]["text"]


async def test_an_error_that_nobody_knows_is_no_reason_to_try_for_ever(db: Database, clock: StandingClock) -> None:
    known = crowd.users(1)
    await crowd.owe(db, await crowd.enrol(db, known), at=clock.now())
    async with crowd.slack_for(known, clock) as slack, crowd.delivering(db, clock, slack.api_url) as engine:
        slack.fault(Fault(POST, "error", error="an_error_of_next_year"))
        await crowd.drain(engine, db, clock, seconds=30)
        assert [(row.state, row.attempts) for row in await judge.outbox(db)] == [("failed", 1)]


async def test_a_drawing_that_raises_fails_alone(db: Database, clock: StandingClock) -> None:
    known = crowd.users(8)
    owed = await crowd.owe(db, await crowd.enrol(db, known), at=clock.now())
    poison = await subject_of(db, owed[5])

    def draw(subject: UUID) -> dict[str, Any]:
        if subject == poison:
            raise ValueError(judge.CANARY)
        return crowd.draw(subject)

    await _fails_alone(db, clock, Message(crowd.load, draw), owed[5], tries=1)


async def test_a_thing_that_cannot_be_loaded_fails_alone(db: Database, clock: StandingClock) -> None:
    """Such as words under a key that is gone: the others of the batch go out at once."""
    known = crowd.users(8)
    owed = await crowd.owe(db, await crowd.enrol(db, known), at=clock.now())
    poison = await subject_of(db, owed[5])

    async def load(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, UUID]:
        if poison in ids:
            raise ValueError(judge.CANARY)
        return await crowd.load(session, ids, now)

    await _fails_alone(db, clock, Message(load, crowd.draw), owed[5], tries=12)


async def _fails_alone(db: Database, clock: StandingClock, message: Message, poison: UUID, *, tries: int) -> None:
    known = crowd.users(8)
    async with (
        crowd.slack_for(known, clock) as slack,
        crowd.delivering(db, clock, slack.api_url, kinds={REQUEST: message}) as engine,
    ):
        await engine.settle()
        assert len(slack.posted()) == 7
        await crowd.drain(engine, db, clock, seconds=3600)
        rows = await judge.outbox(db)
        verdict = judge.judge(rows, judge.seen(slack.history), excused={poison})
        assert verdict.is_clean, verdict.problems
        assert [(row.state, row.attempts) for row in rows if row.id == poison] == [("failed", tries)]


async def test_what_never_gets_through_is_given_up_after_twelve_tries(db: Database, clock: StandingClock) -> None:
    known = crowd.users(4)
    owed = await crowd.owe(db, await crowd.enrol(db, known), at=clock.now())
    key = owed[0].hex
    async with crowd.slack_for(known, clock) as slack, crowd.delivering(db, clock, slack.api_url) as engine:
        slack.fault(Fault(POST, "server_error", match=lambda args: key in str(args["metadata"])))
        await crowd.drain(engine, db, clock, seconds=3600)
        rows = await judge.outbox(db)
        assert judge.judge(rows, judge.seen(slack.history), excused={owed[0]}).is_clean
        assert [(row.state, row.attempts) for row in rows if row.id == owed[0]] == [("failed", 12)]


async def test_what_never_gets_through_is_given_up_after_a_day(db: Database, clock: StandingClock) -> None:
    """Also when the tries were few, because the program was asleep in between."""
    known = crowd.users(1)
    await crowd.owe(db, await crowd.enrol(db, known), at=clock.now())
    async with crowd.slack_for(known, clock) as slack, crowd.delivering(db, clock, slack.api_url) as engine:
        slack.fault(Fault(POST, "server_error"))
        await crowd.drain(engine, db, clock, seconds=5)
        clock.set(clock.now() + timedelta(hours=25))
        await engine.settle()
        (row,) = await judge.outbox(db)
        assert row.state == "failed"
        assert row.attempts < 12
