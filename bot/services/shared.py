"""What a mentee shares with their mentor, while they are a pair: for the mentor to read."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.check_ins import CheckIn as CheckInRow
from bot.rules import access
from bot.rules.check_ins import Answer, CheckIn
from bot.rules.evidence import Evidence
from bot.rules.people import Person
from bot.services import check_ins, evidence, looks, relations


async def check_ins_of(session: AsyncSession, *, by: Person, of: UUID, on: date, limit: int = 12) -> list[CheckIn]:
    """The latest check-ins of a mentee, newest first: those with an answer, never one that was kept private."""
    standing = await relations.to_person(session, by=by, of=of, thing="check-in", on=on)
    because = access.require(standing, "read", "check-in")
    answered = (CheckInRow.person_id == of, CheckInRow.answer == Answer.ANSWERED.value, ~CheckInRow.is_private)
    newest = select(CheckInRow).where(*answered).order_by(CheckInRow.round_on.desc()).limit(limit)
    found = (await session.scalars(newest)).all()
    for row in found:
        looks.saw(session, by=by, thing="check-in", about=row.id, of=of, because=because)
    return [check_ins.value(row) for row in found]


async def evidence_of(session: AsyncSession, *, by: Person, of: UUID, on: date, limit: int = 10) -> list[Evidence]:
    """What a mentee has sent, newest first: to be listed by title and state. `evidence.read` opens the words."""
    standing = await relations.to_person(session, by=by, of=of, thing="evidence", on=on)
    access.require(standing, "read", "evidence")
    return await evidence.newest(session, of, limit=limit)
