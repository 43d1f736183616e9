"""What became of each message, and what is written back: the row as it was before, or with this try counted."""

import logging
import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.claims import Address, Claimed
from bot.delivery.message import OPEN, POST, PUBLISH, UPDATE, Message
from bot.delivery.outcomes import Class, Outcome
from bot.rules import delivery_log

log = logging.getLogger(__name__)

MOST_TRIES = 12
LONGEST_TRY = timedelta(hours=24)
LONGEST_WAIT = timedelta(minutes=5)
TROUBLE_WAIT = timedelta(seconds=60)
RECONNECT_WAIT = timedelta(seconds=5)


@dataclass
class Draft:
    """A claimed row on its way: what to send, or what became of it already."""

    row: Claimed
    message: Message
    address: Address | None = None
    drawn: Mapping[str, Any] | None = None
    target: Mapping[str, str] = field(default_factory=dict)
    group: str | None = None  # the channel of a conversation of several
    outcome: Outcome | None = None
    state: str | None = None  # decided without sending: pending, skipped
    moment: datetime | None = None
    why: str | None = None

    @property
    def is_to_be_sent(self) -> bool:
        return self.state is None and self.outcome is None


def of(draft: Draft, now: datetime) -> dict[str, Any]:
    """What to write back: the row as it was before the claim, or with this try counted."""
    row, outcome = draft.row, draft.outcome
    if outcome is None:
        return _given_back(row, draft.state or "pending", draft.moment or row.not_before, draft.why)
    if outcome.kind is Class.SENT:
        return _counted(row, "sent", None, now, channel=outcome.channel, ts=outcome.ts)
    if is_closed(draft):
        return _counted(row, "failed", outcome.reason, now)
    waits = {
        Class.RATE: outcome.retry_after,
        Class.NOT_SENT: RECONNECT_WAIT,
        Class.CREDENTIALS: TROUBLE_WAIT,
        Class.POLICY: TROUBLE_WAIT,
    }
    if outcome.kind in waits:
        return _given_back(row, "pending", now + waits[outcome.kind], outcome.reason)
    if outcome.kind is Class.UNKNOWN and row.attempts < MOST_TRIES and now - row.first_tried_at < LONGEST_TRY:
        return _counted(row, "unknown", outcome.reason, now + backoff(row.attempts))
    log.error("gave up on %s %s: %s", row.kind, row.id, outcome.reason)
    return _counted(row, "failed", outcome.reason, now)


def backoff(attempts: int) -> timedelta:
    """2, 4, 8 … seconds with jitter, five minutes at most."""
    seconds = min(LONGEST_WAIT.total_seconds(), 2.0**attempts)
    return timedelta(seconds=seconds * random.uniform(0.5, 1.0))  # noqa: S311  (jitter is no secret)


def _given_back(row: Claimed, state: str, moment: datetime, why: str | None) -> dict[str, Any]:
    tries = row.attempts - 1
    tried = row.first_tried_at if tries else None
    return _row(row, "unknown" if tries and state == "pending" else state, why, moment, tries=tries, tried=tried)


def _counted(
    row: Claimed, state: str, why: str | None, moment: datetime, *, channel: str | None = None, ts: str | None = None
) -> dict[str, Any]:
    result = _row(row, state, why, moment, tries=row.attempts, tried=row.first_tried_at)
    return {**result, "where": channel or row.channel, "stamp": ts or row.ts}


def _row(
    row: Claimed, state: str, why: str | None, moment: datetime, *, tries: int, tried: datetime | None
) -> dict[str, Any]:
    return {
        "key": row.id, "new_state": state, "why": why[:80] if why else None, "moment": moment, "tries": tries,
        "tried": tried, "where": row.channel, "stamp": row.ts,
    }  # fmt: skip


def new_channels(drafts: Sequence[Draft]) -> list[dict[str, Any]]:
    """Where somebody's own conversation with the app is; one of several is nobody's own."""
    return [
        {"person": draft.row.recipient, "dm": draft.outcome.channel}
        for draft in drafts
        if draft.outcome is not None
        and draft.outcome.kind is Class.SENT
        and draft.outcome.channel
        and draft.message.method == POST
        and draft.group is None
        and draft.address is not None
        and draft.address.channel != draft.outcome.channel
    ]


async def keep_opened(session: AsyncSession, drafts: Sequence[Draft], now: datetime) -> None:
    """The channels of the conversations that were opened, for those who asked for them."""
    for draft in drafts:
        outcome = draft.outcome
        if draft.message.opened is not None and outcome is not None and outcome.kind is Class.SENT and outcome.channel:
            await draft.message.opened(session, {draft.row.subject: outcome.channel}, now)


async def keep_posted(session: AsyncSession, drafts: Sequence[Draft], now: datetime) -> None:
    """Where messages stand, for those who want to know it for longer than the outbox does."""
    for draft in drafts:
        outcome = draft.outcome
        if draft.message.posted is not None and outcome is not None and outcome.channel and outcome.ts:
            await draft.message.posted(session, {draft.row.subject: (outcome.channel, outcome.ts)}, now)


def is_closed(draft: Draft) -> bool:
    """Whether the channel of the program did not take it: waiting does not help, somebody has to open it."""
    outcome = draft.outcome
    return draft.message.is_public and outcome is not None and delivery_log.is_closed(outcome.reason)


def locked(method: str, outcomes: Collection[Outcome]) -> list[str]:
    """The methods that wait until the operator has let us in again.

    Without the scope for conversations of several everything else goes on: it came later than the others, so an
    installation may not have been given it.
    """
    reasons = {outcome.reason for outcome in outcomes if outcome.kind is Class.CREDENTIALS}
    if reasons == {"missing_scope"} and method == OPEN:
        return [OPEN]
    return [OPEN, UPDATE, PUBLISH, POST] if reasons else []
