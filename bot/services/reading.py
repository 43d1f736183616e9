"""What a manager does with new check-ins: read them one after the other, reply, keep something for the next talk."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.check_ins import CheckIn as CheckInRow
from bot.models.check_ins import MilestoneProgress, Reading
from bot.models.people import Person as PersonRow
from bot.rules import access
from bot.rules.check_ins import LONGEST, Moved, Reply, Unread
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import check_ins, deputies, help_wanted, looks, messages
from bot.services import framework as frameworks

REPLIED = "check_in.replied"


async def next_unread(session: AsyncSession, *, by: Person, now: datetime) -> Unread | None:
    """An answer that waits for `by` to read it: help wanted first, then the oldest; None when all are read.

    Their own people's come first, then those of managers who are away and whose deputy they are.
    """
    unread = await _unread(session, by, now)
    if not unread:
        return None
    first, manager = unread[0]
    row = await session.get_one(CheckInRow, first.id)
    because = check_ins.require_readable(by, row, is_deputy=manager is not None)
    looks.saw(session, by=by, thing="check-in", about=row.id, of=row.person_id, because=because)
    return Unread(check_ins.value(row), first.name, await _moved(session, row.id), len(unread) - 1, manager)


async def _unread(session: AsyncSession, by: Person, now: datetime) -> list[tuple[Any, str | None]]:
    """Answers with the manager for whom they are read; None: given to `by`."""
    named = (await deputies.standing_in(session, [by.id], now=now)).get(by.id, [])
    read_by = {one.manager_id: one for one in named}
    found = await help_wanted.unread(session, [by.id, *read_by], read_by=read_by)
    theirs = [(row, one.manager) for one in named for row in found.get(one.manager_id, ())]
    return [*((row, None) for row in found.get(by.id, ())), *theirs]


async def _moved(session: AsyncSession, check_in: UUID) -> tuple[tuple[str, Moved], ...]:
    framework = await frameworks.current(session)
    rows = await session.execute(
        select(MilestoneProgress.milestone, MilestoneProgress.moved).where(MilestoneProgress.check_in_id == check_in)
    )
    known = ((framework.milestone(row.milestone), Moved(row.moved)) for row in rows)
    return tuple((milestone.title, moved) for milestone, moved in known if milestone is not None)


async def note_read(
    session: AsyncSession, *, by: Person, check_in: UUID, reply: str, is_to_talk_about: bool, now: datetime
) -> None:
    """Read once; the person is told when there is something to tell: a reply, or a talk to come."""
    if len(reply) > LONGEST:
        raise Refusal(f"This is longer than {LONGEST:,} characters. Shorten it a little.", field="reply")
    row = await session.get(CheckInRow, check_in)
    if row is None:
        access.refuse()
    is_deputy = await _is_deputy(session, by, row, now)
    check_ins.require_readable(by, row, is_deputy=is_deputy)
    if row.person_id == by.id:
        raise Refusal("This is your own check-in. Your manager reads it.")
    is_to_talk_about = is_to_talk_about and not is_deputy  # the talk is with the manager
    read = {
        "check_in_id": row.id, "person_id": row.person_id, "manager_id": by.id, "reply": reply,
        "is_to_talk_about": is_to_talk_about, "read_at": now,
    }  # fmt: skip
    is_new = bool(await insert_new(session, Reading, [read]))
    if is_new and is_to_talk_about:
        row.talked_at = None  # there is something to talk about again
    if is_new and (reply or is_to_talk_about):
        await messages.tell(session, REPLIED, to=row.person_id, about=row.id, at=now)
    await messages.redraw_home(session, filter(None, (by.id, row.manager_id)), at=now)


async def _is_deputy(session: AsyncSession, by: Person, row: CheckInRow, now: datetime) -> bool:
    """Whether `by` stands in at this moment for the manager it was given to, and it was given since they were named."""
    if row.manager_id == by.id:
        return False
    given_at = row.edited_at or row.submitted_at
    named = (await deputies.standing_in(session, [by.id], now=now)).get(by.id, [])
    mine = [one for one in named if one.manager_id == row.manager_id]
    return any(one.reads(author=row.person_id, given_at=given_at) for one in mine)


async def replies(session: AsyncSession, ids: list[UUID]) -> dict[UUID, Reply]:
    """Check-in → what its manager replied."""
    rows = await session.execute(
        select(Reading, CheckInRow, PersonRow.name)
        .join(CheckInRow, CheckInRow.id == Reading.check_in_id)
        .join(PersonRow, PersonRow.id == Reading.manager_id)
        .where(Reading.check_in_id.in_(ids))
    )
    return {
        row.Reading.check_in_id: Reply(
            check_ins.value(row.CheckIn), row.name, row.Reading.reply, row.Reading.is_to_talk_about
        )
        for row in rows
    }


async def reply_to(session: AsyncSession, *, by: Person, check_in: UUID) -> Reply:
    """The reply to one's own check-in."""
    row = await session.get(CheckInRow, check_in)
    found = (await replies(session, [check_in])).get(check_in) if row is not None and row.person_id == by.id else None
    if found is None:
        access.refuse()
    return found
