"""What the two of a career talk can do before it: agree on a day, move it, call it off; and who looks at it where."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.career_talks import CareerTalk as Row
from bot.models.messages import Outbox
from bot.models.people import Person as PersonRow
from bot.models.people import Placement, ReportingLine
from bot.rules import career_talks as rules
from bot.rules.cadence import DAY
from bot.rules.career_talks import Mine, Own, Share, Talk
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import career_talk_rows as rows
from bot.services import messages, people

Kinds = tuple[str, str]
"""A message to the member, and the same to the manager."""

PROPOSED_MEMBER = "career_talk.proposed_member"
PROPOSED_MANAGER = "career_talk.proposed_manager"
PLANNED_MEMBER = "career_talk.planned_member"
PLANNED_MANAGER = "career_talk.planned_manager"
OFF_MEMBER = "career_talk.off_member"
OFF_MANAGER = "career_talk.off_manager"
BRIEF_MEMBER = "career_talk.brief_member"
BRIEF_MANAGER = "career_talk.brief_manager"
TALKED_MEMBER = "career_talk.talked_member"
TALKED_MANAGER = "career_talk.talked_manager"
NOTED_MEMBER = "career_talk.noted_member"
NOTED_MANAGER = "career_talk.noted_manager"
PROPOSED = (PROPOSED_MEMBER, PROPOSED_MANAGER)
PLANNED = (PLANNED_MEMBER, PLANNED_MANAGER)
OFF = (OFF_MEMBER, OFF_MANAGER)
BRIEF = (BRIEF_MEMBER, BRIEF_MANAGER)
TALKED = (TALKED_MEMBER, TALKED_MANAGER)
NOTED = (NOTED_MEMBER, NOTED_MANAGER)
AROUND = (PLANNED, BRIEF, TALKED)  # what is owed for a day, and for another one once it is moved
ASKED_FOR = timedelta(days=14)  # then "did you talk?" is of no use any more
MOST_EARLIER = 5
MOST_TEAM = 80  # what one page has room for


def kind(what: Kinds, *, is_member: bool) -> str:
    """What one of the two hears."""
    return what[0] if is_member else what[1]


# Before


async def choose_day(
    session: AsyncSession, *, by: Person, talk: UUID, on: date | None, moves: int, now: datetime, today: date
) -> Own:
    """The day for both; either may move it. `moves`: as it was when the form was opened."""
    own = await rows.own(session, by=by, talk=talk, verb="write", now=now)
    away = await _away(session, own.talk, now)
    chosen = rules.check_day(on, today)
    rules.check_here(chosen, own, away)
    manager = own.talk.manager
    opens_at = rules.opens_at(chosen, manager.schedule, away.get(manager.id, ()), now=now)
    values = {"on_date": chosen, "opens_at": opens_at, "moves": moves + 1}
    if not await _change(session, talk, Row.moves == moves, values):
        raise Refusal(rules.TAKEN if own.talk.is_open else rules.CLOSED)
    moved = await rows.own(session, by=by, talk=talk, verb="write", now=now)
    await announce(session, moved.talk, by=by.id, away=away, now=now)
    return moved


async def _change(session: AsyncSession, talk: UUID, condition: Any, values: dict[str, Any]) -> bool:
    """Of two who change an open talk at once, the first does."""
    changed = update(Row).where(Row.id == talk, Row.closed_at.is_(None), condition).values(**values).returning(Row.id)
    return (await session.execute(changed)).first() is not None


async def _away(session: AsyncSession, talk: Talk, now: datetime) -> dict[UUID, list[Any]]:
    return await people.absences(session, [talk.member.id, talk.manager.id], on=now.date() - DAY)


async def announce(session: AsyncSession, talk: Talk, *, by: UUID, away: dict[UUID, list[Any]], now: datetime) -> None:
    """What the two hear of a talk with a day: the other one at once, both its brief once it is time, and the question.

    What was owed for its former day, or to a former manager, is not owed any more.
    """
    assert talk.on is not None  # noqa: S101  (asked only for a talk with a day)
    await withdraw(session, talk.id, AROUND)
    owed = []
    for own in (Own(talk, is_member=True), Own(talk, is_member=False)):
        leave = away.get(own.me.id, ())
        brief_at = rules.brief_at(talk.on, own.schedule, leave) if own.is_member else talk.opens_at or now
        asked_at = rules.asked_at(talk.on, own.schedule, leave)
        if own.me.id != by:
            owed.append(_once(PLANNED, own, at=now, until=asked_at))
        if brief_at > now:  # where it is here already, whoever hears of the day finds it there
            owed.append(_once(BRIEF, own, at=brief_at, until=asked_at))
        owed.append(_once(TALKED, own, at=asked_at, until=asked_at + ASKED_FOR))
    await messages.tell_many(session, owed)
    await redraw(session, talk, now)


def _once(what: Kinds, own: Own, *, at: datetime, until: datetime) -> dict[str, Any]:
    """Once for each day it is moved to, and for each who hears it."""
    about, to = own.talk.id, own.me.id
    name = kind(what, is_member=own.is_member)
    key = f"{name}:{about.hex}:{own.talk.moves}:{to.hex}"
    return messages.owed(name, to=to, about=about, at=at, key=key, until=until)


async def withdraw(session: AsyncSession, talk: UUID, owed: Collection[Kinds]) -> None:
    """What has not been sent of these is not owed any more."""
    for what in owed:
        for is_member in (True, False):
            await messages.withdraw(session, kind(what, is_member=is_member), about=talk)


async def redraw(session: AsyncSession, talk: Talk, now: datetime) -> None:
    await messages.redraw_home(session, [talk.member.id, talk.manager.id], at=now)


async def call_off(session: AsyncSession, *, by: Person, talk: UUID, now: datetime) -> Own:
    """Not now. Nobody is asked why, and half a year goes by before the program proposes the next one."""
    own = await rows.own(session, by=by, talk=talk, verb="write", now=now)
    if not await _change(session, talk, Row.held_on.is_(None), {"closed_at": now}):
        return own
    await withdraw(session, talk, (PROPOSED, *AROUND))
    if own.talk.on is not None or own.talk.proposed_by == own.other.id:
        await messages.tell(session, kind(OFF, is_member=not own.is_member), to=own.other.id, about=talk, at=now)
    await redraw(session, own.talk, now)
    return replace(own, talk=replace(own.talk, closed_at=now))


# Looking


async def mine(session: AsyncSession, *, by: Person, now: datetime) -> Mine:
    """What is ahead for somebody and each of their people, and what they have held."""
    today = now.date()
    reports = select(ReportingLine.person_id).where(
        ReportingLine.manager_id == by.id, people.holds(ReportingLine, today)
    )
    found = await rows.load(
        session, or_(Row.member_id == by.id, and_(Row.manager_id == by.id, Row.closed_at.is_(None))), now=now
    )
    team = await people.by_id(session, list(await session.scalars(reports)), on=today)
    about_me = [Own(one, is_member=True) for one in found if one.member.id == by.id]
    open_ones = {one.member.id: Own(one, is_member=False) for one in found if one.manager.id == by.id}
    members = sorted((one for one in team.values() if one.is_member), key=lambda one: (one.name.casefold(), one.id))
    return Mine(
        by,
        next((one for one in about_me if one.talk.is_open), None),
        tuple(one for one in about_me if one.talk.is_held)[:MOST_EARLIER],
        tuple((one, open_ones.get(one.id)) for one in members[:MOST_TEAM]),
    )


async def ahead(session: AsyncSession, *, by: Person, now: datetime) -> Own | None:
    """The open talk about one's own career: for Home."""
    found = await rows.load(session, Row.member_id == by.id, Row.closed_at.is_(None), now=now)
    return Own(found[0], is_member=True) if found and found[0].is_of_today else None


async def of_team(session: AsyncSession, who: Collection[UUID], *, by: Person) -> dict[UUID, date | None]:
    """Member → the day of their open talk with `by`, None where it has none yet. Nobody without an open talk."""
    query = select(Row.member_id, Row.on_date).where(
        Row.manager_id == by.id, Row.member_id.in_(who), Row.closed_at.is_(None)
    )
    return {row.member_id: row.on_date for row in await session.execute(query)}


async def moved(session: AsyncSession, who: Collection[UUID], *, now: datetime, why: str) -> dict[UUID, list[Own]]:
    """Person → talks that wait for a word of theirs, of which the message was skipped for this reason."""
    skipped = select(Outbox.recipient, Outbox.subject).where(
        Outbox.kind.in_((*PROPOSED, *TALKED)), Outbox.recipient.in_(who), Outbox.state == "skipped",
        Outbox.reason == why,
    )  # fmt: skip
    pairs = (await session.execute(skipped.distinct())).all()
    if not pairs:
        return {}
    found = await rows.load(session, Row.id.in_({row.subject for row in pairs}), Row.closed_at.is_(None), now=now)
    told = {(row.recipient, row.subject) for row in pairs}
    waits: dict[UUID, list[Own]] = {}
    for talk in found:
        if talk.is_of_today and (talk.on is None or talk.on < now.date()):
            for own in (Own(talk, is_member=True), Own(talk, is_member=False)):
                if (own.me.id, talk.id) in told:
                    waits.setdefault(own.me.id, []).append(own)
    return waits


async def undated(session: AsyncSession, managers: Collection[UUID], *, now: datetime) -> dict[UUID, list[Any]]:
    """Manager → rows of those of their people whose new talk has no day yet: `name`, `proposed_at`."""
    rows_ = await session.execute(
        select(Row.manager_id, PersonRow.name, Row.proposed_at)
        .join(PersonRow, PersonRow.id == Row.member_id)
        .join(
            ReportingLine,
            and_(ReportingLine.person_id == Row.member_id, ReportingLine.manager_id == Row.manager_id),
        )
        .where(Row.manager_id.in_(managers), Row.closed_at.is_(None), Row.on_date.is_(None), PersonRow.is_active)
        .where(people.holds(ReportingLine, now.date()), Row.proposed_at > now - rules.NAMED_FOR)
        .order_by(PersonRow.name)
    )
    found: dict[UUID, list[Any]] = {}
    for row in rows_:
        found.setdefault(row.manager_id, []).append(row)
    return found


async def share(session: AsyncSession, *, on: date) -> Share | None:
    """Of the members who have been here for half a year: how many had a talk in it."""
    since = on - rules.HALF_A_YEAR
    began = (
        select(Placement.person_id)
        .group_by(Placement.person_id)
        .having(func.min(Placement.from_on) <= since)
        .scalar_subquery()
    )
    held = select(Row.member_id).where(Row.held_on > since)
    members = (
        select(func.count(), func.count().filter(PersonRow.id.in_(held)))
        .select_from(PersonRow)
        .join(Placement, and_(Placement.person_id == PersonRow.id, people.holds(Placement, on)))
        .where(PersonRow.is_active, PersonRow.id.in_(began))
    )
    count, had = (await session.execute(members)).one()
    return rules.share(had, count)
