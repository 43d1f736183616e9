"""Telling somebody something, and doing a thing once."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new, ordered_id
from bot.models.messages import Inbox, Outbox
from bot.models.people import Person

HOME = "home"
PROGRAM = "home.program"
TOLD = "told"  # a mark on the session: something is owed, so send at once after the commit


class Repeated(Exception):
    """This very press or event has had its effect already."""


async def tell(
    session: AsyncSession,
    kind: str,
    *,
    to: UUID,
    about: UUID,
    at: datetime,
    key: str | None = None,
    until: datetime | None = None,
) -> None:
    """Owe `to` a message of this kind about the thing with this id, not before `at`; of no use after `until`.

    `key` is what makes it one message (by default kind, thing and recipient): telling the same twice tells it once.
    """
    await tell_many(session, [owed(kind, to=to, about=about, at=at, key=key, until=until)])


async def tell_many(session: AsyncSession, rows: Iterable[dict[str, Any]]) -> None:
    rows = list(rows)
    if rows:
        await insert_new(session, Outbox, rows)
        session.info[TOLD] = True


def owed(
    kind: str, *, to: UUID, about: UUID, at: datetime, key: str | None = None, until: datetime | None = None
) -> dict[str, Any]:
    """One row of the outbox."""
    return {
        "id": ordered_id(),
        "dedupe_key": key or f"{kind}:{about.hex}:{to.hex}",
        "kind": kind,
        "recipient": to,
        "subject": about,
        "state": "pending",
        "not_before": at,
        "expires_at": until,
        "attempts": 0,
    }


async def refresh(session: AsyncSession, kind: str, *, to: UUID, about: UUID, at: datetime) -> None:
    """Owe a message of our own a new drawing. Each refresh counts, so none is left out as a repetition."""
    await tell(session, kind, to=to, about=about, at=at, key=f"{kind}:{uuid4().hex}")


async def redraw_home(session: AsyncSession, people: Iterable[UUID], *, at: datetime) -> None:
    """Home is published again for those who have opened it before; nobody else's is drawn in advance."""
    if not (wanted := set(people)):
        return
    shown = await session.scalars(select(Person.id).where(Person.id.in_(wanted), Person.has_home))
    await tell_many(
        session, [owed(HOME, to=person, about=person, at=at, key=f"{HOME}:{uuid4().hex}") for person in shown]
    )


async def redraw_program(session: AsyncSession, owner: UUID, *, at: datetime) -> None:
    """The owners' part of Home again, for whoever has just changed something there."""
    await refresh(session, PROGRAM, to=owner, about=owner, at=at)


async def withdraw(session: AsyncSession, kind: str, *, about: UUID) -> None:
    """What has not been sent about this thing is not owed any more."""
    await session.execute(delete(Outbox).where(Outbox.kind == kind, Outbox.subject == about, Outbox.state == "pending"))


async def unheard(session: AsyncSession, kind: str, *, about: Collection[UUID]) -> set[UUID]:
    """Those of these things of which a message of this kind has reached nobody; it is not sent until this commits."""
    missing = (Outbox.kind == kind, Outbox.subject.in_(about), Outbox.state.in_(["pending", "skipped", "failed"]))
    return set(await session.scalars(select(Outbox.subject).where(*missing).with_for_update()))


async def once(session: AsyncSession, key: str, *, at: datetime) -> None:
    """Repeated when this key has been seen; written in the transaction of its effect, and rolled back with it."""
    if not await insert_new(session, Inbox, [{"event_key": key, "seen_at": at}]):
        raise Repeated(key)
