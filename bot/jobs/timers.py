"""One replica runs a job at a time, and a restart forgets nothing: when it ran last is a row."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, case, func, or_, select, update

from bot.clock import Clock
from bot.database import Database, UTCDateTime, insert_new
from bot.models.messages import Timer

LEASE = timedelta(minutes=10)
PATIENCE = 30.0


# Asked at each tick, or for each job, so they are put together once.
_ALL = select(Timer.name, Timer.next_at)
_REAL = bindparam("real", type_=UTCDateTime)
_CLAIM = (
    update(Timer)
    .where(
        Timer.name.in_(bindparam("jobs", expanding=True)), Timer.next_at <= bindparam("now", type_=UTCDateTime),
        or_(Timer.lease_until.is_(None), Timer.lease_until < _REAL),
    )
    .values(lease_until=bindparam("until"))
    .returning(Timer.name, Timer.next_at, Timer.done_until)
)  # fmt: skip
_DONE = (
    update(Timer)
    .where(Timer.name == bindparam("job"))
    .values(
        # Somebody may have asked for another look while it ran: that one comes.
        next_at=case(
            (Timer.next_at == bindparam("due", type_=UTCDateTime), bindparam("next", type_=UTCDateTime)),
            else_=Timer.next_at,
        ),
        lease_until=None,
        done_until=func.coalesce(bindparam("seen", type_=UTCDateTime), Timer.done_until),
    )
)


async def not_yet(db: Database, clock: Clock) -> set[str]:
    """The jobs whose time has not come: one look for all of them, for most ticks find nothing to do."""
    async with db.reading() as session:
        return {row.name for row in await session.execute(_ALL) if row.next_at > clock.now()}


@dataclass(frozen=True)
class Claim:
    """A job that is ours to run. `due_at`: since when; `seen`: how far it has looked before, if it says so."""

    due_at: datetime
    seen: datetime | None


async def claim(db: Database, clock: Clock, names: Collection[str]) -> dict[str, Claim]:
    """Those of these jobs that are due and ours now, in one transaction. One whose replica died is due again when its
    lease has run out."""
    async with db.writing(patience=PATIENCE) as session:
        now, real = clock.now(), clock.real()
        given = {"jobs": list(names), "now": now, "real": real, "until": real + LEASE}
        rows = list(await session.execute(_CLAIM, given))
        missing = set(names) - {row.name for row in rows}
        if missing and await insert_new(session, Timer, [{"name": name, "next_at": now} for name in sorted(missing)]):
            rows += await session.execute(_CLAIM, given)  # their very first time
        return {row.name: Claim(row.next_at, row.done_until) for row in rows}


async def go_on(db: Database, clock: Clock, name: str) -> None:
    """We are still at it: a job that takes long keeps its lease this way."""
    async with db.writing(patience=PATIENCE) as session:
        await session.execute(update(Timer).where(Timer.name == name).values(lease_until=clock.real() + LEASE))


@dataclass(frozen=True)
class Done:
    """When a job that was due runs next, and how far it has looked, if it says so."""

    due_at: datetime
    next_at: datetime
    seen: datetime | None = None


async def done(db: Database, jobs: Mapping[str, Done]) -> None:
    """They have run, or failed, or were not begun; all in one statement."""
    rows = [{"job": name, "due": one.due_at, "next": one.next_at, "seen": one.seen} for name, one in jobs.items()]
    if rows:
        async with db.writing(patience=PATIENCE) as session:
            await (await session.connection()).execute(_DONE, rows)
