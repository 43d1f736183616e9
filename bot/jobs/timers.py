"""One replica runs a job at a time, and a restart forgets nothing: when it ran last is a row."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, or_, select, update

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
        Timer.name == bindparam("job"), Timer.next_at <= bindparam("now", type_=UTCDateTime),
        or_(Timer.lease_until.is_(None), Timer.lease_until < _REAL),
    )
    .values(lease_until=bindparam("until"))
    .returning(Timer.done_until)
)  # fmt: skip


async def not_yet(db: Database, clock: Clock) -> set[str]:
    """The jobs whose time has not come: one look for all of them, for most ticks find nothing to do."""
    async with db.reading() as session:
        return {row.name for row in await session.execute(_ALL) if row.next_at > clock.now()}


@dataclass(frozen=True)
class Claim:
    """A job that is ours to run. `seen`: how far it has looked before, if it says so."""

    seen: datetime | None


async def claim(db: Database, clock: Clock, name: str) -> Claim | None:
    """The job, if it is due and ours now. One whose replica died is due again when its lease has run out."""
    async with db.writing(patience=PATIENCE) as session:
        now, real = clock.now(), clock.real()
        given = {"job": name, "now": now, "real": real, "until": real + LEASE}
        row = (await session.execute(_CLAIM, given)).first()
        if row is None and await insert_new(session, Timer, [{"name": name, "next_at": now}]):
            row = (await session.execute(_CLAIM, given)).first()  # its very first time
        return None if row is None else Claim(row.done_until)


async def go_on(db: Database, clock: Clock, name: str) -> None:
    """We are still at it: a job that takes long keeps its lease this way."""
    async with db.writing(patience=PATIENCE) as session:
        await session.execute(update(Timer).where(Timer.name == name).values(lease_until=clock.real() + LEASE))


async def done(db: Database, name: str, *, next_at: datetime, seen: datetime | None = None) -> None:
    """It has run, or failed; `seen`: how far it has looked now."""
    values = {"next_at": next_at, "lease_until": None, **({} if seen is None else {"done_until": seen})}
    async with db.writing(patience=PATIENCE) as session:
        await session.execute(update(Timer).where(Timer.name == name).values(**values))
