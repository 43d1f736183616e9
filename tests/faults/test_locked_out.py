"""F20: the token is revoked, a scope is gone, the app was removed: everything owed waits, and the operator hears it."""

from datetime import timedelta
from itertools import pairwise

import pytest

from bot.clock import StandingClock
from bot.database import Database
from sandbox import Call, Fault
from story import stage
from tests.faults import crowd, judge
from tests.faults.conftest import Kept
from tests.faults.crowd import SECOND

POST = "chat.postMessage"


@pytest.mark.parametrize("error", ["invalid_auth", "missing_scope", "account_inactive", "not_in_channel"])
async def test_the_outbox_waits_and_goes_on_when_slack_lets_us_in_again(
    db: Database, clock: StandingClock, error: str, kept_log: Kept
) -> None:
    known = crowd.users(25)
    await crowd.owe(db, await crowd.enrol(db, known), at=clock.now())
    async with crowd.slack_for(known, clock) as slack, crowd.delivering(db, clock, slack.api_url) as engine:
        slack.fault(Fault(POST, "error", error=error))
        await crowd.drain(engine, db, clock, seconds=600)
        rows = await judge.outbox(db)
        assert {(row.state, row.attempts) for row in rows} == {("pending", 0)}
        assert engine.trouble == error
        assert error in kept_log.text
        slack.clear_faults()
        await crowd.drain(engine, db, clock, seconds=70)
        assert engine.trouble is None
        await judge.check(db, slack.history)


async def test_a_token_that_opens_nothing_is_tried_once_a_minute(db: Database, clock: StandingClock) -> None:
    known = crowd.users(60)
    await crowd.owe(db, await crowd.enrol(db, known), at=clock.now())
    async with crowd.slack_for(known, clock) as slack, crowd.delivering(db, clock, slack.api_url) as engine:
        slack.fault(Fault("*", "error", error="token_revoked"))
        await crowd.drain(engine, db, clock, seconds=300)
        tried = sorted({entry.at for entry in slack.history if isinstance(entry, Call)})
        assert 2 <= len(tried) <= 6
        assert all(after - before >= timedelta(minutes=1) for before, after in pairwise(tried))


async def test_readiness_says_why_and_is_well_again_afterwards(db: Database, clock: StandingClock) -> None:
    """The operator hears of it outside Slack: a line in the log, and /readyz."""
    known = crowd.users(1)
    await crowd.load_framework(db, clock.now())
    await crowd.owe_prompts(db, await crowd.enrol(db, known), at=clock.now())
    async with stage.opened(db, clock, slack=stage.workspace(clock, known)) as scene:
        assert await scene.bot.problem() is None
        scene.slack.fault(Fault(POST, "error", error="invalid_auth", times=1))
        await scene.bot.engine.settle()
        assert await scene.bot.problem() == "Slack refuses us: invalid_auth"
        clock.set(clock.now() + 61 * SECOND)
        await scene.bot.engine.settle()
        assert await scene.bot.problem() is None
