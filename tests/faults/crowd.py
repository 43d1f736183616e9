"""A crowd and what is owed to it: people in the directory, in Slack and in the outbox, as many as a test wants."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import delivery
from bot.clock import Clock, StandingClock
from bot.database import Database
from bot.delivery import slack as sending
from bot.delivery.engine import Engine, Limits, rates
from bot.delivery.message import Message
from bot.models.attention import Welcome
from bot.models.messages import Occurrence, Outbox, Pace
from bot.models.people import Person, Placement
from bot.rules import cadence
from bot.services import check_in_rounds, framework, messages
from sandbox import User, Workspace
from sandbox.tokens import SANDBOX_TOKENS
from story import stage

REQUEST = "test.request"
NUDGE = "test.nudge"
LONG_AGO = date(2025, 1, 6)
WELCOMED = datetime(2025, 1, 6, tzinfo=UTC)
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
QUARTER_SECOND = timedelta(milliseconds=250)


async def load(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, UUID]:
    return {subject: subject for subject in ids}


def draw(subject: UUID) -> dict[str, Any]:
    return {"text": f"This is about {subject.hex}."}


KINDS: Mapping[str, Message] = {REQUEST: Message(load, draw, owes_action=True), NUDGE: Message(load, draw)}
"""One message that waits for an answer, and one that does not."""


def users(count: int, *, zone: str = "UTC") -> list[User]:
    return [
        User(id=f"U0C{n:04d}", name=f"c{n:04d}", real_name=f"Colleague {n}", email=f"c{n}@example.com", tz=zone)
        for n in range(count)
    ]


async def enrol(db: Database, known: Sequence[User], **columns: Any) -> list[UUID]:
    """The same people in the directory, all of them members who have been welcomed.

    `columns` of theirs that differ from the usual.
    """
    usual = {"preferred_hour": 9, "working_days": "1234567", "is_guest": False, "is_active": True, **columns}
    people = [
        {"id": uuid4(), "slack_id": one.id, "email": one.email, "name": one.real_name, "zone": one.tz, **usual}
        for one in known
    ]
    members = [
        {"id": uuid4(), "person_id": row["id"], "track": "technical", "level": "T2", "from_on": LONG_AGO}
        for row in people
    ]
    async with db.writing() as session:
        await session.execute(insert(Person), people)
        await session.execute(insert(Placement), members)
        await session.execute(insert(Welcome), [{"person_id": row["id"], "as_member_at": WELCOMED} for row in people])
    return [row["id"] for row in people]


async def owe(
    db: Database,
    people: Sequence[UUID],
    *,
    at: datetime,
    kind: str = REQUEST,
    each: int = 1,
    until: datetime | None = None,
) -> list[UUID]:
    """Messages owed to these people, `each` to everyone; returns the ids of the rows."""
    rows = [messages.owed(kind, to=person, about=uuid4(), at=at, until=until) for _ in range(each) for person in people]
    async with db.writing() as session:
        await session.execute(insert(Outbox), rows)
    return [row["id"] for row in rows]


async def owe_prompts(db: Database, people: Sequence[UUID], *, at: datetime, each: int = 1) -> None:
    """Real prompts of rounds in progress, handed over and not sent."""
    prompts: list[dict[str, Any]] = [
        {
            "id": uuid4(), "kind": check_in_rounds.KIND, "person_id": person, "on_date": at.date() - n * cadence.DAY,
            "slot": 0, "due_at": at, "expires_at": at + timedelta(days=7), "state": "told",
        }
        for n in range(each)
        for person in people
    ]  # fmt: skip
    owed = [
        messages.owed(
            check_in_rounds.PROMPT, to=prompt["person_id"], about=prompt["id"], at=at, until=prompt["expires_at"]
        )
        for prompt in prompts
    ]
    async with db.writing() as session:
        await session.execute(insert(Occurrence), prompts)
        await session.execute(insert(Outbox), owed)


class AfterLeases(StandingClock):
    """Real time, seen by this process, is a minute ahead: whatever a dead process had leased is free."""

    def __init__(self, moment: datetime, minutes: int = 1) -> None:
        super().__init__(moment)
        self.minutes = minutes

    def real(self) -> datetime:
        return super().real() + timedelta(minutes=self.minutes)


@asynccontextmanager
async def delivering(
    db: Database,
    clock: Clock,
    api_url: str,
    *,
    kinds: Mapping[str, Message] = KINDS,
    http_seconds: float = 10,
    **limits: Any,
) -> AsyncIterator[Engine]:
    """An engine of its own for this Slack; without a pace unless `rates` are given."""
    async with sending.http_session(http_seconds) as session:
        client = sending.sender(SANDBOX_TOKENS.bot, api_url=api_url, seconds=http_seconds, session=session)
        yield Engine(db, clock, client, kinds, Limits(**{"rates": rates(None), **limits}))


@asynccontextmanager
async def slack_for(known: Sequence[User], clock: Clock, **given: Any) -> AsyncIterator[Workspace]:
    """A local Slack with our manifest and these people; its own rate limits are off."""
    async with Workspace(stage.manifest(), known, clock=clock, **{"rate_limits": False, **given}) as made:
        yield made


async def drain(engine: Engine, db: Database, clock: StandingClock, *, seconds: float) -> None:
    """Let this much program time pass, delivering at each moment at which something is due."""
    end = clock.now() + timedelta(seconds=seconds)
    await engine.settle()
    while (due := await _next_due(db, clock.now())) is not None and due <= end:
        clock.set(due)
        await engine.settle()
    clock.set(end)
    await engine.settle()


async def _next_due(db: Database, now: datetime) -> datetime | None:
    """When something is due that is not due yet, or the end of a pause."""
    waiting = Outbox.state.in_(["pending", "unknown"])
    async with db.reading() as session:
        moments = [
            await session.scalar(select(func.min(Outbox.not_before)).where(waiting, Outbox.not_before > now)),
            await session.scalar(select(func.min(Pace.paused_until)).where(Pace.paused_until > now)),
        ]
        is_open = await session.scalar(select(func.count()).where(waiting))
    return min((moment for moment in moments if moment is not None), default=None) if is_open else None


async def load_framework(db: Database, now: datetime) -> None:
    text = (Path(__file__).parents[2] / "framework.yml").read_text()
    async with db.writing() as session:
        await framework.load(session, text, by=None, now=now)


async def finish(db: Database, api_url: str) -> None:
    """Whatever a process left half done when it ended is looked at by another one, long after."""
    after = AfterLeases(Clock().now() + timedelta(minutes=10))
    async with delivering(db, after, api_url, kinds=delivery.MESSAGES) as engine:
        await drain(engine, db, after, seconds=60)
