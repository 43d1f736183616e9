"""Claiming and recording: the only statements that touch the outbox on its way out.

A claim takes a small batch with a lease and advances the pace in the same transaction. Results are recorded per batch,
each row guarded by the lease, so that a replica that came back late changes nothing.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Select, and_, bindparam, func, or_, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import UTCDateTime, insert_new
from bot.models.messages import Outbox, Pace
from bot.models.people import Person


@dataclass(frozen=True)
class Rate:
    """Calls a minute, and for how many seconds unused pace may be caught up; None a minute: no limit."""

    per_minute: int | None
    burst_seconds: float = 5.0

    def since(self, free_at: datetime, now: datetime) -> datetime:
        return max(free_at, now - timedelta(seconds=self.burst_seconds))


@dataclass(frozen=True)
class Claimed:
    """One row of a batch. `looks`: an earlier try may have arrived."""

    id: UUID
    kind: str
    recipient: UUID
    subject: UUID
    attempts: int
    first_tried_at: datetime
    not_before: datetime
    expires_at: datetime | None
    channel: str | None
    ts: str | None

    @property
    def looks(self) -> bool:
        return self.attempts > 1


@dataclass(frozen=True)
class Address:
    slack_id: str | None
    channel: str | None
    is_active: bool


@dataclass(frozen=True)
class Place:
    """A message in Slack; on its way still when it is not `is_there`."""

    is_there: bool
    channel: str | None
    ts: str | None


async def due_kinds(session: AsyncSession, *, now: datetime, real: datetime) -> list[str]:
    """The kinds of which something is due: a look without a lock, so that an idle tick writes nothing."""
    return list((await session.scalars(_DUE_KINDS, {"now": now, "real": real})).all())


async def claim(
    session: AsyncSession,
    method: str,
    kinds: Collection[str],
    *,
    owner: UUID,
    now: datetime,
    real: datetime,
    batch: int,
    lease: timedelta,
    rate: Rate,
) -> list[Claimed]:
    """Up to `batch` rows of these kinds, as many as the pace of `method` allows now."""
    allowed = await _allowed(session, method, now=now, most=batch, rate=rate)
    if not allowed:
        return []
    given = {"kinds": list(kinds), "now": now, "real": real, "most": allowed, "owner": owner, "until": real + lease}
    taken = await session.execute(_CLAIM, given, execution_options={"synchronize_session": False})
    rows = [Claimed(**row._mapping) for row in taken]
    if rows and rate.per_minute:
        await _spend(session, method, len(rows), now=now, rate=rate)
    return rows


def _first_due() -> Select[tuple[UUID]]:
    """The ids that have been due longest.

    One state at a time, so that each is read in the order of the index and stops early: one condition for all states
    would read and sort everything that is owed, for each batch anew.
    """
    now, most = bindparam("now", type_=UTCDateTime), bindparam("most", type_=Integer)
    states = (
        and_(Outbox.state == "pending", Outbox.not_before <= now),
        and_(Outbox.state == "unknown", Outbox.not_before <= now),
        and_(Outbox.state == "sending", Outbox.lease_until < bindparam("real", type_=UTCDateTime)),
    )
    firsts = [
        select(Outbox.id, Outbox.not_before)
        .where(state, Outbox.kind.in_(bindparam("kinds", expanding=True)))
        .order_by(Outbox.not_before)
        .limit(most)
        .with_for_update(skip_locked=True)
        .subquery()
        for state in states
    ]
    due = union_all(*(select(first) for first in firsts)).subquery()
    return select(due.c.id).order_by(due.c.not_before).limit(most)


# What each batch asks is put together once.
_DUE_KINDS = (
    select(Outbox.kind)
    .where(
        or_(  # pending or unknown and due, or left behind by a replica whose lease has run out
            and_(Outbox.state.in_(["pending", "unknown"]), Outbox.not_before <= bindparam("now", type_=UTCDateTime)),
            and_(Outbox.state == "sending", Outbox.lease_until < bindparam("real", type_=UTCDateTime)),
        )
    )
    .distinct()
)
_CLAIM = (
    update(Outbox)
    .where(Outbox.id.in_(_first_due()))
    .values(
        state="sending", lease_owner=bindparam("owner"), lease_until=bindparam("until"), attempts=Outbox.attempts + 1,
        first_tried_at=func.coalesce(Outbox.first_tried_at, bindparam("now", type_=UTCDateTime)),
    )
    .returning(
        Outbox.id, Outbox.kind, Outbox.recipient, Outbox.subject, Outbox.attempts, Outbox.first_tried_at,
        Outbox.not_before, Outbox.expires_at, Outbox.channel, Outbox.ts,
    )
)  # fmt: skip
_PACE = select(Pace).where(Pace.method == bindparam("method")).with_for_update()
_ADDRESSES = select(Person.id, Person.slack_id, Person.dm_channel, Person.is_active).where(
    Person.id.in_(bindparam("people", expanding=True))
)
_RECORD = (
    update(Outbox)
    .where(Outbox.id == bindparam("key"), Outbox.lease_owner == bindparam("owner"), Outbox.state == "sending")
    .values(
        state=bindparam("new_state"), reason=bindparam("why"), not_before=bindparam("moment"),
        attempts=bindparam("tries"), first_tried_at=bindparam("tried"), channel=bindparam("where"),
        ts=bindparam("stamp"), lease_owner=None, lease_until=None,
    )
)  # fmt: skip


async def _allowed(session: AsyncSession, method: str, *, now: datetime, most: int, rate: Rate) -> int:
    """How many calls fit the shared pace now (a leaky bucket: GCRA, ITU-T I.371)."""
    pace = await session.scalar(_PACE, {"method": method})
    if pace is None:
        await insert_new(session, Pace, [{"method": method, "free_at": now - timedelta(seconds=rate.burst_seconds)}])
        pace = await session.scalar(_PACE, {"method": method})
    assert pace is not None  # noqa: S101  (inserted above)
    if pace.paused_until and pace.paused_until > now:
        return 0
    if rate.per_minute is None:
        return most
    unused = (now - rate.since(pace.free_at, now)).total_seconds()
    return max(0, min(most, int(unused * rate.per_minute / 60 + 1e-6)))


async def _spend(session: AsyncSession, method: str, calls: int, *, now: datetime, rate: Rate) -> None:
    assert rate.per_minute is not None  # noqa: S101  (asked by the caller)
    pace = await session.get_one(Pace, method)
    pace.free_at = rate.since(pace.free_at, now) + timedelta(minutes=calls / rate.per_minute)


async def pause(session: AsyncSession, methods: Collection[str], *, until: datetime) -> None:
    """No replica calls these methods before `until`; a longer pause stays."""
    if not methods:
        return
    shorter = or_(Pace.paused_until.is_(None), Pace.paused_until < until)
    await session.execute(update(Pace).where(Pace.method.in_(methods), shorter).values(paused_until=until))


async def addresses(session: AsyncSession, people: Collection[UUID]) -> dict[UUID, Address]:
    rows = await session.execute(_ADDRESSES, {"people": list(people)})
    return {row.id: Address(row.slack_id, row.dm_channel, row.is_active) for row in rows}


async def sent_places(session: AsyncSession, kind: str, subjects: Collection[UUID]) -> dict[UUID, Place]:
    """Where the message of this kind about each subject stands; the newest, when it was sent more than once."""
    rows = await session.execute(
        select(Outbox.subject, Outbox.state, Outbox.channel, Outbox.ts)
        .where(Outbox.kind == kind, Outbox.subject.in_(subjects), Outbox.state.in_(["sent", "sending", "unknown"]))
        .order_by(Outbox.not_before)
    )
    return {row.subject: Place(row.state == "sent", row.channel, row.ts) for row in rows}


async def remember_channels(session: AsyncSession, channels: Sequence[dict[str, Any]]) -> None:
    """Rows `{person, dm}`: a first message went to the user id; the answer names the conversation."""
    if channels:
        connection = await session.connection()
        await connection.execute(
            update(Person).where(Person.id == bindparam("person")).values(dm_channel=bindparam("dm")), list(channels)
        )


async def record(session: AsyncSession, owner: UUID, results: Sequence[dict[str, Any]]) -> None:
    """Rows `{key, new_state, why, moment, tries, tried, where, stamp}`: one statement, each guarded by the lease."""
    if not results:
        return
    connection = await session.connection()
    await connection.execute(_RECORD, [{**result, "owner": owner} for result in results])
