"""What owners promise because of what people said: made, published, brought back when it is due, kept or dropped."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.promises import Promise as Row
from bot.rules import access, cadence
from bot.rules import promises as rules
from bot.rules.cadence import DAY
from bot.rules.less import Topic
from bot.rules.people import Person
from bot.rules.promises import MOST_SHOWN, Due, Promise, State
from bot.rules.refusal import Refusal
from bot.services import less_rows, messages, people, roles

MADE = "promises.made"
KEPT = "promises.kept"
DROPPED = "promises.dropped"
DUE = "promises.due"
THING = "promise"
LOOKS_BACK = timedelta(days=180)  # what was kept or dropped before is no news any more


async def make(
    session: AsyncSession,
    *,
    by: Person,
    said: str,
    did: str,
    due_on: date | None,
    cycle_id: str | None,
    channel: str | None,
    now: datetime,
    today: date,
) -> Promise:
    """Everybody reads it in Home, and in `channel` if there is one."""
    await roles.require_owner(session, by=by, on=now.date(), thing=THING)
    row = Row(
        id=uuid4(), cycle_id=cycle_id, said=said, did=did, why_not="", state=State.OPEN.value,
        due_on=rules.check(said=said, did=did, due_on=due_on, today=today), made_by=by.id, made_at=now, channel=channel,
    )  # fmt: skip
    session.add(row)
    await session.flush()
    await _publish(session, MADE, row.id, channel, by=by, now=now)
    return _promise(row)


async def keep(
    session: AsyncSession, promise_id: UUID, *, by: Person, did: str, channel: str | None, now: datetime
) -> Promise:
    """It is done: `did` says what is different now."""
    rules.check_kept(did)
    return await _close(session, promise_id, KEPT, by=by, channel=channel, now=now, state=State.KEPT.value, did=did)


async def drop(
    session: AsyncSession, promise_id: UUID, *, by: Person, why_not: str, channel: str | None, now: datetime
) -> Promise:
    """It is not going to happen, and everybody reads why."""
    rules.check_dropped(why_not)
    closed = {"state": State.DROPPED.value, "why_not": why_not}
    return await _close(session, promise_id, DROPPED, by=by, channel=channel, now=now, **closed)


async def _close(
    session: AsyncSession, promise_id: UUID, kind: str, *, by: Person, channel: str | None, now: datetime, **values: Any
) -> Promise:
    found = await open_one(session, promise_id, by=by, on=now.date())
    is_open = (Row.id == promise_id, Row.state == State.OPEN.value)
    place = found.channel or channel
    closed = update(Row).where(*is_open).values(closed_at=now, channel=place, **values).returning(Row.id)
    if not (await session.scalars(closed)).all():
        raise Refusal(rules.CLOSED)
    await messages.withdraw(session, DUE, about=promise_id)
    await _publish(session, kind, promise_id, place, by=by, now=now)
    return (await by_id(session, [promise_id]))[promise_id]


async def _publish(
    session: AsyncSession, kind: str, promise_id: UUID, channel: str | None, *, by: Person, now: datetime
) -> None:
    """Others find it in Home when they open it; whoever has just written it sees it there at once."""
    if channel is not None:
        await messages.tell(session, kind, to=by.id, about=promise_id, at=now)
    await messages.redraw_home(session, [by.id], at=now)


# Looking


async def shown(session: AsyncSession, *, on: date) -> tuple[Promise, ...]:
    """What is open, the next to be done first; then what was kept or dropped of late, the newest first."""
    since = cadence.resolve(on - LOOKS_BACK, 0, "UTC")
    wanted = select(Row).where(or_(Row.state == State.OPEN.value, Row.closed_at > since))
    found = [_promise(row) for row in await session.scalars(wanted.order_by(Row.made_at.desc()).limit(MOST_SHOWN))]
    open_ones = sorted((one for one in found if one.state is State.OPEN), key=lambda one: (one.due_on, one.id))
    closed = sorted((one for one in found if one.closed_at), key=lambda one: (one.closed_at, one.id), reverse=True)
    return (*open_ones, *closed)


async def open_one(session: AsyncSession, promise_id: UUID, *, by: Person, on: date) -> Promise:
    """For the form that closes it. Refusal for everybody but owners, and once it is closed."""
    await roles.require_owner(session, by=by, on=on, thing=THING)
    found = (await by_id(session, [promise_id])).get(promise_id)
    if found is None:
        access.refuse()
    if found.state is not State.OPEN:
        raise Refusal(rules.CLOSED)
    return found


async def by_id(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, Promise]:
    wanted = select(Row).where(Row.id.in_(ids)).execution_options(populate_existing=True)
    return {row.id: _promise(row) for row in await session.scalars(wanted)}


async def kept_of(session: AsyncSession, cycle_id: str) -> list[Promise]:
    """What was kept of what this cycle of program feedback led to."""
    wanted = select(Row).where(Row.cycle_id == cycle_id, Row.state == State.KEPT.value)
    return [_promise(row) for row in await session.scalars(wanted.order_by(Row.closed_at, Row.id))]


# Coming back


async def plan_due(session: AsyncSession, *, now: datetime) -> None:
    """Owe each owner what they promised for a day that has come where they are, until it is kept or dropped."""
    owed = []
    for one, person in await _due(session, now=now):
        again = rules.comes_back(one.due_on, cadence.local_day(now, person.schedule.zone))
        key = f"{DUE}:{one.id.hex}:{person.id.hex}:{again}"
        owed.append(messages.owed(DUE, to=person.id, about=one.id, at=now, key=key, until=now + rules.AGAIN))
    await messages.tell_many(session, owed)


async def load_due(session: AsyncSession, ids: Sequence[UUID], *, now: datetime) -> Mapping[UUID, Due]:
    """Those of these promises that are still open and due, for owners who want to be reminded."""
    found = [(one, person) for one, person in await _due(session, now=now) if one.id in set(ids)]
    who = [person.id for _, person in found]
    off = await less_rows.switched_off(session, who, Topic.REMINDERS, on=now.date())
    away = await people.absences(session, who, on=now.date() - DAY)
    return {
        one.id: Due(
            one, cadence.local_day(now, person.schedule.zone), person.schedule, tuple(away.get(person.id, ()))
        )
        for one, person in found
        if person.id not in off
    }  # fmt: skip


async def waiting_for(session: AsyncSession, who: Collection[UUID], *, now: datetime) -> dict[UUID, list[Promise]]:
    """Person → what they look after whose day has come, the longest due first."""
    found: dict[UUID, list[Promise]] = defaultdict(list)
    for one, person in await _due(session, now=now, among=who):
        found[person.id].append(one)
    return found


async def _due(
    session: AsyncSession, *, now: datetime, among: Collection[UUID] | None = None
) -> list[tuple[Promise, Person]]:
    """Open promises whose day has come where the owner is who looks after them."""
    wanted = select(Row).where(Row.state == State.OPEN.value, Row.due_on <= now.date() + DAY)
    rows = (await session.scalars(wanted.order_by(Row.due_on, Row.id))).all()
    if not rows:
        return []
    owners = await roles.owners(session, on=now.date())
    keepers = {row.id: keeper for row in rows if (keeper := _keeper(row.made_by, owners)) is not None}
    found = await people.by_id(session, set(keepers.values()), on=now.date())
    due = [(_promise(row), found[keepers[row.id]]) for row in rows if keepers.get(row.id) in found]
    return [
        (one, person)
        for one, person in due
        if one.due_on <= cadence.local_day(now, person.schedule.zone) and (among is None or person.id in among)
    ]


def _keeper(made_by: UUID, owners: Iterable[UUID]) -> UUID | None:
    """Whoever made it; once they are no owner any more, one of those who are."""
    return made_by if made_by in set(owners) else min(owners, default=None)


def _promise(row: Row) -> Promise:
    return Promise(
        id=row.id, said=row.said, did=row.did, state=State(row.state), due_on=row.due_on, made_at=row.made_at,
        cycle_id=row.cycle_id, made_by=row.made_by, closed_at=row.closed_at, why_not=row.why_not, channel=row.channel,
    )  # fmt: skip
