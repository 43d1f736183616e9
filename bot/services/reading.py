"""What a manager does with new check-ins: read them one after the other, reply, keep something for the next talk."""

from datetime import datetime
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
from bot.services import check_ins, help_wanted, messages
from bot.services import framework as frameworks

REPLIED = "check_in.replied"


async def next_unread(session: AsyncSession, *, by: Person) -> Unread | None:
    """An answer given to `by` as manager and not read yet: help wanted first, then the oldest; None when all are."""
    unread = (await help_wanted.unread(session, [by.id])).get(by.id)
    if not unread:
        return None
    row = await session.get_one(CheckInRow, unread[0].id)
    check_ins.require_readable(by, row)
    return Unread(check_ins.value(row), unread[0].name, await _moved(session, row.id), len(unread) - 1)


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
    check_ins.require_readable(by, row)
    if row.person_id == by.id:
        raise Refusal("This is your own check-in. Your manager reads it.")
    read = {
        "check_in_id": row.id, "person_id": row.person_id, "manager_id": by.id, "reply": reply,
        "is_to_talk_about": is_to_talk_about, "read_at": now,
    }  # fmt: skip
    is_new = bool(await insert_new(session, Reading, [read]))
    if is_new and is_to_talk_about:
        row.talked_at = None  # there is something to talk about again
    if is_new and (reply or is_to_talk_about):
        await messages.tell(session, REPLIED, to=row.person_id, about=row.id, at=now)
    await messages.redraw_home(session, [by.id], at=now)


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
