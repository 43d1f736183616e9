"""One replica runs a job at a time, and a restart forgets nothing: when it ran last is a row."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select, update

from bot.clock import Clock
from bot.database import Database, insert_new
from bot.models.messages import Timer

LEASE = timedelta(minutes=10)
PATIENCE = 30.0


# Asked at each tick, so it is put together once.
_ALL = select(Timer.name, Timer.next_at)


async def not_yet(db: Database, clock: Clock) -> set[str]:
    """The jobs whose time has not come: one look for all of them, for most ticks find nothing to do."""
    async with db.reading() as session:
        return {row.name for row in await session.execute(_ALL) if row.next_at > clock.now()}


async def claim(db: Database, clock: Clock, name: str) -> bool:
    """Whether the job is due and ours now. A job whose replica died is due again when its lease has run out."""
    async with db.writing(patience=PATIENCE) as session:
        await insert_new(session, Timer, [{"name": name, "next_at": clock.now()}])
        free = or_(Timer.lease_until.is_(None), Timer.lease_until < clock.real())
        taken = await session.execute(
            update(Timer)
            .where(Timer.name == name, Timer.next_at <= clock.now(), free)
            .values(lease_until=clock.real() + LEASE)
            .returning(Timer.name)
        )
        return taken.first() is not None


async def done(db: Database, name: str, *, next_at: datetime) -> None:
    async with db.writing(patience=PATIENCE) as session:
        await session.execute(update(Timer).where(Timer.name == name).values(next_at=next_at, lease_until=None))


async def seen_until(db: Database, name: str) -> datetime | None:
    """How far a planning job has looked."""
    async with db.reading() as session:
        return await session.scalar(select(Timer.done_until).where(Timer.name == name))


async def note_seen(db: Database, name: str, moment: datetime) -> None:
    async with db.writing(patience=PATIENCE) as session:
        await insert_new(session, Timer, [{"name": name, "next_at": moment}])
        await session.execute(update(Timer).where(Timer.name == name).values(done_until=moment))
