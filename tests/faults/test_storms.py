"""F2 and F3: Slack asks to wait, breaks down or talks nonsense, and everything owed arrives once it is over."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from bot.clock import StandingClock
from bot.database import Database
from bot.delivery import results
from sandbox import Call, Fault, Workspace
from tests.faults import crowd, judge
from tests.faults.crowd import SECOND

POST = "chat.postMessage"
LOOK = "conversations.history"


def moments(slack: Workspace, method: str, status: int | None = None) -> list[datetime]:
    calls = (entry for entry in slack.history if isinstance(entry, Call) and entry.method == method)
    return [call.at for call in calls if status is None or call.status == status]


async def test_a_storm_of_429_is_waited_out(db: Database, clock: StandingClock) -> None:
    """While Slack has asked for a pause nobody calls the method; nothing counts as a try, nothing fails."""
    known = crowd.users(60)
    await crowd.owe(db, await crowd.enrol(db, known), at=clock.now())
    over = clock.now() + timedelta(seconds=60)
    async with crowd.slack_for(known, clock) as slack, crowd.delivering(db, clock, slack.api_url) as engine:
        slack.fault(Fault(POST, "rate_limited", retry_after=30, until=over))
        await crowd.drain(engine, db, clock, seconds=100)
        asked = sorted(Counter(moments(slack, POST, 429)))
        assert all(later - earlier >= timedelta(seconds=30) for earlier, later in pairwise(asked))
        assert max(Counter(moments(slack, POST, 429)).values()) <= 20  # one batch, sent before anybody knew
        assert not moments(slack, LOOK), "a refused call needs no look"
        verdict = await judge.check(db, slack.history)
        assert verdict.states == {"sent": 60}
    assert {row.attempts for row in await judge.outbox(db)} == {1}


async def test_a_pause_that_one_replica_was_asked_for_holds_for_the_other(db: Database, clock: StandingClock) -> None:
    known = crowd.users(30)
    await crowd.owe(db, await crowd.enrol(db, known), at=clock.now())
    async with (
        crowd.slack_for(known, clock) as slack,
        crowd.delivering(db, clock, slack.api_url, batch=1) as asked,
        crowd.delivering(db, clock, slack.api_url) as other,
    ):
        slack.fault(Fault(POST, "rate_limited", times=1, retry_after=30))
        await asked.settle()
        clock.set(clock.now() + 29 * SECOND)
        await other.settle()
        assert len(moments(slack, POST)) == 1
        await crowd.drain(other, db, clock, seconds=3)
        await judge.check(db, slack.history)


@pytest.mark.parametrize("kind", ["server_error", "html", "cut", "hang_before"])
async def test_what_had_no_effect_is_sent_again_after_a_look(db: Database, clock: StandingClock, kind: Any) -> None:
    known = crowd.users(6)
    await crowd.owe(db, await crowd.enrol(db, known), at=clock.now())
    async with crowd.slack_for(known, clock) as slack, _impatient(db, clock, slack) as engine:
        slack.fault(Fault(POST, kind, times=6, seconds=10))
        await engine.settle()
        assert {row.state for row in await judge.outbox(db)} == {"unknown"}
        await crowd.drain(engine, db, clock, seconds=5)
        assert len(moments(slack, LOOK)) == 6
        await judge.check(db, slack.history)


async def test_slack_that_hangs_costs_no_more_than_the_time_out(db: Database, clock: StandingClock) -> None:
    known = crowd.users(20)
    await crowd.owe(db, await crowd.enrol(db, known), at=clock.now())
    async with crowd.slack_for(known, clock) as slack, _impatient(db, clock, slack) as engine:
        slack.fault(Fault(POST, "hang_before", times=20, seconds=10))
        before = clock.real()
        await engine.settle()
        assert clock.real() - before < timedelta(seconds=3)


async def test_what_had_not_begun_when_the_time_was_over_counts_no_try(db: Database, clock: StandingClock) -> None:
    """Five at once are under way; the other fifteen of the batch never left, so nobody looks for them."""
    known = crowd.users(20)
    await crowd.owe(db, await crowd.enrol(db, known), at=clock.now())
    async with (
        crowd.slack_for(known, clock) as slack,
        crowd.delivering(db, clock, slack.api_url, at_once=5, batch_seconds=0.5) as engine,
    ):
        slack.fault(Fault(POST, "hang_before", times=5, seconds=10))
        assert await engine.deliver() == 20
        tried = Counter((row.state, row.attempts) for row in await judge.outbox(db))
        assert tried == {("unknown", 1): 5, ("pending", 0): 15}
        await crowd.drain(engine, db, clock, seconds=10)
        await judge.check(db, slack.history)
        assert len(moments(slack, LOOK)) == 5


async def test_tries_come_ever_more_slowly_and_never_in_step(db: Database, clock: StandingClock) -> None:
    """2, 4, 8 … seconds with jitter, five minutes at most; then Slack is well again."""
    known = crowd.users(3)
    await crowd.owe(db, await crowd.enrol(db, known), at=clock.now())
    async with crowd.slack_for(known, clock) as slack, crowd.delivering(db, clock, slack.api_url) as engine:
        slack.fault(Fault(POST, "server_error", until=clock.now() + timedelta(minutes=10)))
        await crowd.drain(engine, db, clock, seconds=600)
        gaps = _gaps(slack, known[0].id)
        assert len(gaps) >= 7
        assert all(gap.total_seconds() <= min(300, 2**number) + 1 for number, gap in enumerate(gaps, start=1))
        assert max(gaps) > timedelta(minutes=1)
        assert len({tuple(_gaps(slack, one.id)) for one in known}) == 3
        await crowd.drain(engine, db, clock, seconds=300)
        await judge.check(db, slack.history)


def test_jitter_keeps_within_half_and_five_minutes() -> None:
    waits = [results.backoff(tries).total_seconds() for tries in range(1, 13) for _ in range(50)]
    assert max(waits) <= 300
    assert all(results.backoff(12).total_seconds() >= 150 for _ in range(50))
    assert len(set(waits)) > 100


def _impatient(db: Database, clock: StandingClock, slack: Workspace) -> Any:
    return crowd.delivering(db, clock, slack.api_url, http_seconds=0.5)


def _gaps(slack: Workspace, channel: str) -> Sequence[timedelta]:
    dm = "D" + channel[1:]
    calls = [entry for entry in slack.history if isinstance(entry, Call) and entry.method == POST]
    at = [call.at for call in calls if call.args["channel"] in (channel, dm)]
    return [later - earlier for earlier, later in pairwise(at)]
