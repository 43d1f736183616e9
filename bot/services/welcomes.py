"""The one message with which the program introduces itself: to whom it is owed, and what its three taps do.

Whoever holds a track and a level is welcomed as a member, whoever somebody reports to as a manager; each once.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Integer, Select, Uuid, and_, bindparam, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.database import UTCDateTime, insert_new
from bot.models.attention import Welcome
from bot.models.messages import Occurrence, Outbox, Timer
from bot.models.milestones import Focus
from bot.models.people import Person, Placement, ReportingLine
from bot.rules import access, cadence
from bot.rules import welcomes as rules
from bot.rules.cadence import Schedule
from bot.rules.people import Person as Member
from bot.rules.people import Role
from bot.services import framework as frameworks
from bot.services import messages, milestones, people, roles

HELLO = "welcome.hello"
AGAIN = "welcome.hello_again"
HOURS = "welcome.hours_kept"
MANAGER = "welcome.manager"
WRONG = "welcome.wrong"
PLANNING = "welcome newcomers"
PAGE = 500
A_MOMENT_LATER = timedelta(microseconds=1)
LOOK_AGAIN = timedelta(days=1)  # somebody away until further notice

Report = aliased(Person)


def _newcomers() -> Select[*tuple[Any, ...]]:
    on: Any = bindparam("on", type_=Date)
    manages = (
        select(ReportingLine.id)
        .join(Report, Report.id == ReportingLine.person_id)
        .where(ReportingLine.manager_id == Person.id, people.holds(ReportingLine, on), Report.is_active)
        .exists()
    )
    is_member = and_(Placement.id.is_not(None), Welcome.as_member_at.is_(None)).label("is_member")
    is_manager = and_(Welcome.as_manager_at.is_(None), manages).label("is_manager")
    return (
        select(
            Person.id, Person.zone, Person.preferred_hour, Person.working_days, Person.country, Welcome.as_member_at,
            is_member, is_manager,
        )
        .outerjoin(Welcome, Welcome.person_id == Person.id)
        .outerjoin(Placement, and_(Placement.person_id == Person.id, people.holds(Placement, on)))
        .where(Person.is_active, ~Person.is_guest, Person.slack_id.is_not(None), or_(is_member, is_manager))
        .order_by(Person.id)
        .limit(bindparam("most", type_=Integer))
    )  # fmt: skip


# Asked many times a day and nearly always in vain, so they are put together once.
_FIRST = _newcomers()
_NEXT = _FIRST.where(Person.id > bindparam("after", type_=Uuid))


async def newcomers(
    session: AsyncSession, *, after: UUID | None = None, now: datetime, limit: int = PAGE
) -> Sequence[Any]:
    """One page of those who have not been welcomed, as a member or as a manager; nobody before there is a framework."""
    if await frameworks.current_or_none(session) is None:
        return []
    given = {"on": now.date(), "most": limit, "after": after}
    return (await session.execute(_NEXT if after else _FIRST, given)).all()


async def welcome(session: AsyncSession, found: Sequence[Any], *, now: datetime) -> None:
    """Owe each of this page the one message, for their next open hour. Who is both gets both parts in it."""
    joining = await _hello_waits(session, [row.id for row in found if row.is_manager and not row.is_member])
    await _mark(session, found, joining, now)
    away = await people.absences(session, [row.id for row in found], on=now.date() - cadence.DAY)
    owed = []
    for row in found:
        if row.id not in joining:
            schedule = Schedule(row.zone, row.preferred_hour, row.working_days, row.country)
            at = cadence.next_open(now, schedule, away.get(row.id, ())) or now + LOOK_AGAIN
            owed.append(messages.owed(HELLO if row.is_member else MANAGER, to=row.id, about=row.id, at=at))
    await messages.tell_many(session, owed)


async def _hello_waits(session: AsyncSession, ids: Collection[UUID]) -> set[UUID]:
    """Those whose welcome has not left: it takes the manager's part along. Locked, so that it does not leave now."""
    waiting = select(Outbox.subject).where(Outbox.kind == HELLO, Outbox.subject.in_(ids), Outbox.state == "pending")
    return set(await session.scalars(waiting.with_for_update(skip_locked=True))) if ids else set()


async def _mark(session: AsyncSession, found: Sequence[Any], joining: Collection[UUID], now: datetime) -> None:
    """A manager's part that travels in the welcome of a member has the same moment, any other another one."""
    await insert_new(session, Welcome, [{"person_id": row.id} for row in found])
    marks: dict[tuple[bool, bool], list[dict[str, Any]]] = defaultdict(list)
    for row in found:
        at = row.as_member_at if row.id in joining else max(now, (row.as_member_at or now) + A_MOMENT_LATER)
        marks[bool(row.is_member), bool(row.is_manager)].append({"key": row.id, "at": at})
    connection = await session.connection()
    at = bindparam("at", type_=UTCDateTime)
    for (is_member, is_manager), rows in marks.items():
        values = {"as_member_at": at} if is_member else {}
        values |= {"as_manager_at": at} if is_manager else {}
        await connection.execute(update(Welcome).where(Welcome.person_id == bindparam("key")).values(**values), rows)


async def leave_out(session: AsyncSession, *, but: Collection[UUID] = (), now: datetime) -> None:
    """Mark everybody as welcomed without a message, for a company that knows the program; `but` not these."""
    after = None
    while found := await newcomers(session, after=after, now=now):
        await _mark(session, [row for row in found if row.id not in but], (), now)
        after = found[-1].id


async def look_soon(session: AsyncSession, *, now: datetime) -> None:
    """People have changed: newcomers are looked for at the next tick, not hours later."""
    await session.execute(update(Timer).where(Timer.name == PLANNING).values(next_at=now))


def comes_first() -> ColumnElement[bool]:
    """A column beside Occurrence and Person: the welcome of whoever is prompted has not arrived, and goes first."""
    waits = exists().where(
        Outbox.kind == HELLO, Outbox.subject == Occurrence.person_id,
        Outbox.state.in_(["pending", "sending", "unknown"]),
    )  # fmt: skip
    welcomed = exists().where(Welcome.person_id == Occurrence.person_id, Welcome.as_member_at.is_not(None))
    return or_(waits, and_(~welcomed, ~Person.is_guest))


# What the messages show


async def load(session: AsyncSession, ids: Sequence[UUID], *, now: datetime) -> dict[UUID, rules.Welcome]:
    """What the welcome says to each of these people now; a few statements however many there are."""
    framework = await frameworks.current(session)
    found = await people.by_id(session, ids, on=now.date())
    away = await people.absences(session, ids, on=now.date() - cadence.DAY)
    rows = await session.execute(
        select(Welcome.person_id, Welcome.as_member_at, Welcome.as_manager_at, Welcome.is_right).where(
            Welcome.person_id.in_(ids)
        )
    )
    owners = await _owners(session, now) if found else ()
    chosen = await _chosen(session, ids)
    kept = set(await session.scalars(select(Outbox.subject).where(Outbox.kind == HOURS, Outbox.subject.in_(ids))))
    welcomes = {}
    for row in rows:
        person = found[row.person_id]
        track, level = person.track or "", person.level or ""
        upward = framework.next_level(track, level)
        welcomes[person.id] = rules.Welcome(
            person, tuple(away.get(person.id, ())), framework.track(track), framework.level(track, level), upward,
            rhythm=frameworks.cadence(framework, person),
            is_manager=row.as_manager_at is not None and row.as_manager_at == row.as_member_at,
            is_right=row.is_right,
            owners=tuple(one.name for one in owners if one.id != person.id),
            focus=tuple(one for one in (upward.milestones if upward else ()) if one.key in chosen[person.id]),
            has_hours=person.id in kept,
        )  # fmt: skip
    return welcomes


async def _owners(session: AsyncSession, now: datetime) -> list[Member]:
    ids = await roles.holders(session, Role.OWNER, on=now.date())
    found = (await people.by_id(session, ids, on=now.date())).values()
    return sorted((one for one in found if one.is_active and one.slack_id), key=lambda one: one.name)


async def _chosen(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, set[str]]:
    chosen: dict[UUID, set[str]] = defaultdict(set)
    for row in await session.execute(select(Focus.person_id, Focus.milestone).where(Focus.person_id.in_(ids))):
        chosen[row.person_id].add(row.milestone)
    return chosen


async def load_wrong(session: AsyncSession, ids: Sequence[UUID], *, now: datetime) -> dict[UUID, rules.Wrong]:
    """What is on record about those who still say that it is not right."""
    framework = await frameworks.current(session)
    wrong = set(
        await session.scalars(select(Welcome.person_id).where(Welcome.person_id.in_(ids), Welcome.is_right.is_(False)))
    )
    return {
        one.id: rules.Wrong(one, framework.track(one.track or ""), framework.level(one.track or "", one.level or ""))
        for one in (await people.by_id(session, wrong, on=now.date())).values()
        if one.is_active
    }


async def wrong_told(session: AsyncSession, owners: Sequence[UUID], *, why: str) -> dict[UUID, list[str]]:
    """Owner → the names of those who say that something is wrong, where the message was skipped for this reason."""
    rows = await session.execute(
        select(Outbox.recipient, Person.name)
        .join(Welcome, Welcome.person_id == Outbox.subject)
        .join(Person, Person.id == Outbox.subject)
        .where(
            Outbox.kind == WRONG, Outbox.recipient.in_(owners), Outbox.state == "skipped", Outbox.reason == why,
            Welcome.is_right.is_(False), Person.is_active,
        )
        .distinct()
        .order_by(Person.name)
    )  # fmt: skip
    told: dict[UUID, list[str]] = defaultdict(list)
    for row in rows:
        told[row.recipient].append(row.name)
    return told


# What its taps do


async def say_right(session: AsyncSession, *, by: Member, of: UUID, now: datetime) -> None:
    """ "That's right": track, level and manager."""
    await _say(session, by, of, is_right=True, now=now)


async def say_wrong(session: AsyncSession, *, by: Member, of: UUID, now: datetime) -> tuple[str, ...]:
    """ "Something is wrong": every owner hears of it, once a day at most, at their next open hour. Their names."""
    await _say(session, by, of, is_right=False, now=now)
    owners = [one for one in await _owners(session, now) if one.id != by.id]
    away = await people.absences(session, [one.id for one in owners], on=now.date() - cadence.DAY)
    day = cadence.local_day(now, by.schedule.zone)
    for owner in owners:
        at = cadence.next_open(now, owner.schedule, away.get(owner.id, ())) or now + LOOK_AGAIN
        key = f"{WRONG}:{by.id.hex}:{owner.id.hex}:{day}"
        await messages.tell(session, WRONG, to=owner.id, about=by.id, at=at, key=key)
    return tuple(one.name for one in owners)


async def _say(session: AsyncSession, by: Member, of: UUID, *, is_right: bool, now: datetime) -> None:
    mine = (Welcome.person_id == by.id, Welcome.as_member_at.is_not(None))
    if of != by.id or not by.is_member or await session.scalar(select(Welcome.person_id).where(*mine)) is None:
        access.refuse()
    await session.execute(update(Welcome).where(*mine).values(is_right=is_right))
    await _redraw(session, AGAIN, by, now)


async def record_changed(session: AsyncSession, ids: Collection[UUID], *, now: datetime) -> None:
    """Their track, level or manager is another one: what they said of the old is over, and a mended record is shown."""
    rows = await session.execute(select(Welcome.person_id, Welcome.is_right).where(Welcome.is_right.is_not(None)))
    said = {row.person_id: row.is_right for row in rows if row.person_id in ids}
    if said:
        by_key = update(Welcome).where(Welcome.person_id == bindparam("key")).values(is_right=None)
        await (await session.connection()).execute(by_key, [{"key": one} for one in said])
    for person in (one for one, is_right in said.items() if not is_right):
        await messages.refresh(session, AGAIN, to=person, about=person, at=now)


async def choose_focus(session: AsyncSession, *, by: Member, chosen: Sequence[str], now: datetime) -> None:
    """The milestones to work on now, from the welcome, which then shows them."""
    await milestones.choose_focus(session, by=by, milestones=chosen, now=now)
    await _redraw(session, AGAIN, by, now)


async def note_hours(session: AsyncSession, *, by: Member, now: datetime) -> None:
    """Somebody has kept when they want to be asked, from the welcome or from elsewhere: that a drawing of this kind is
    owed is what ticks the tap off."""
    await _redraw(session, HOURS, by, now)


async def _redraw(session: AsyncSession, kind: str, by: Member, now: datetime) -> None:
    """Where there is a welcome to draw anew."""
    hello = select(Outbox.id).where(Outbox.kind == HELLO, Outbox.subject == by.id).limit(1)
    if await session.scalar(hello) is not None:
        await messages.refresh(session, kind, to=by.id, about=by.id, at=now)
