"""What two people want to talk about: put on a list by either, taken off it by either once they have talked."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.models.check_ins import CheckIn, Reading
from bot.models.people import Person as PersonRow
from bot.models.people import Placement
from bot.rules import access, cadence
from bot.rules.cadence import Cadence
from bot.rules.check_ins import DueTalk, Receipt, Talk
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import check_ins, looks, people, relations
from bot.services import framework as frameworks

YOURS_ALONE = "This check-in is only for you. Open it with /checkin and share it first, then it can go on the list."
NO_MANAGER = "No manager of yours can read this check-in, so there is nobody yet to talk about it with."

Member, Manager = aliased(PersonRow), aliased(PersonRow)


async def wish(session: AsyncSession, *, by: Person, check_in: UUID, today: date) -> Receipt:
    """Put one's own check-in on the list for the next conversation with the manager who reads it; once is enough."""
    row = await check_ins.own(session, by=by, check_in=check_in)
    if row.is_private:
        raise Refusal(YOURS_ALONE)
    here = (PersonRow.id == row.manager_id, PersonRow.is_active)
    reader = await session.scalar(select(PersonRow.name).where(*here))
    if reader is None:
        raise Refusal(NO_MANAGER)
    row.is_to_talk_about, row.talked_at = True, None
    mentors = (await relations.readers(session, by=by, on=today)).mentors
    framework = await frameworks.current(session)
    return check_ins.receipt(framework, by, check_ins.value(row), reader=reader, mentors=mentors)


def _is_open() -> ColumnElement[bool]:
    """On the list, by the wish of either, and not talked about; both are still here, and both may read it."""
    return and_(
        ~CheckIn.is_private, CheckIn.talked_at.is_(None), Member.is_active, Manager.is_active,
        or_(CheckIn.is_to_talk_about, _is_managers_wish()),
    )  # fmt: skip


def _is_managers_wish() -> ColumnElement[bool]:
    """The wish of somebody who was the manager before counts no more once the check-in is another's to read."""
    return and_(Reading.is_to_talk_about, Reading.manager_id == CheckIn.manager_id)


async def open_talks(session: AsyncSession, *, by: Person) -> list[Talk]:
    """What is on the list between somebody and their manager, then what is on it with each of their people."""
    rows = await session.execute(
        select(
            CheckIn, _is_managers_wish().label("is_managers_wish"), Member.name.label("member"),
            Manager.name.label("manager"),
        )
        .join(Member, Member.id == CheckIn.person_id)
        .join(Manager, Manager.id == CheckIn.manager_id)
        .outerjoin(Reading, Reading.check_in_id == CheckIn.id)
        .where(or_(CheckIn.person_id == by.id, CheckIn.manager_id == by.id), _is_open())
    )  # fmt: skip
    readable = [row for row in rows if check_ins.is_readable(by, row.CheckIn)]
    for row in readable:
        given: CheckIn = row.CheckIn
        because = check_ins.require_readable(by, given)
        looks.saw(session, by=by, thing="check-in", about=given.id, of=given.person_id, because=because)
    found = [_talk(row, by) for row in readable]
    return sorted(found, key=lambda talk: (not talk.is_mine, talk.other, talk.check_in.round_on))


def _talk(row: Any, by: Person) -> Talk:
    is_mine = row.CheckIn.person_id == by.id
    return Talk(
        check_ins.value(row.CheckIn),
        other=row.manager if is_mine else row.member,
        is_mine=is_mine,
        is_members_wish=row.CheckIn.is_to_talk_about,
        is_managers_wish=bool(row.is_managers_wish),
    )


async def note_talked(session: AsyncSession, *, by: Person, check_in: UUID, now: datetime) -> None:
    """Either of the two says that they have talked, once; whoever may not read the check-in is refused."""
    row = await session.get(CheckIn, check_in)
    if row is None:
        access.refuse()
    check_ins.require_readable(by, row)
    await session.execute(
        update(CheckIn).where(CheckIn.id == row.id, CheckIn.talked_at.is_(None)).values(talked_at=now)
    )


async def due(session: AsyncSession, managers: Collection[UUID], *, on: date) -> dict[UUID, list[DueTalk]]:
    """Manager → their people whose list is older than a round: the next one has begun, and they have not talked."""
    framework = await frameworks.current_or_none(session)
    if framework is None:
        return {}
    rows = await session.execute(
        select(CheckIn.manager_id, CheckIn.round_on, Member.id, Member.name, Member.cadence, Placement.track)
        .join(Member, Member.id == CheckIn.person_id)
        .join(Manager, Manager.id == CheckIn.manager_id)
        .join(Placement, and_(Placement.person_id == Member.id, people.holds(Placement, on)))
        .outerjoin(Reading, Reading.check_in_id == CheckIn.id)
        .where(CheckIn.manager_id.in_(managers), _is_open())
        .order_by(Member.name, CheckIn.round_on)
    )
    found: dict[UUID, dict[UUID, DueTalk]] = defaultdict(dict)
    for row in rows:
        rhythm = Cadence(row.cadence) if row.cadence else frameworks.rhythm_of(framework, row.track)
        since = cadence.next_round(rhythm, row.round_on)
        if since <= on:
            found[row.manager_id].setdefault(row.id, DueTalk(row.id, row.name, since))
    return {manager: list(many.values()) for manager, many in found.items()}


async def counts(session: AsyncSession, managers: Collection[UUID]) -> dict[UUID, int]:
    """Manager → check-ins of their people that are on the list."""
    rows = await session.execute(
        select(CheckIn.manager_id, func.count().label("open"))
        .join(Member, Member.id == CheckIn.person_id)
        .join(Manager, Manager.id == CheckIn.manager_id)
        .outerjoin(Reading, Reading.check_in_id == CheckIn.id)
        .where(CheckIn.manager_id.in_(managers), _is_open())
        .group_by(CheckIn.manager_id)
    )
    return {row.manager_id: row.open for row in rows}
