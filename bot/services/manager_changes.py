"""Another manager: the person hears once who reads what from now on, and nobody's Home shows what is not theirs."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.messages import Outbox
from bot.models.people import Person as PersonRow
from bot.models.people import ReportingLine
from bot.rules.cadence import DAY
from bot.rules.manager_changes import NewManager
from bot.services import messages, people

NEW = "people.new_manager"
PAGE = 500


async def tell(session: AsyncSession, changed: Collection[UUID], managers: Collection[UUID], *, now: datetime) -> None:
    """Whose manager is another one, and who was or is that manager: to be called when the lines are written."""
    ids = sorted(changed)
    for start in range(0, len(ids), PAGE):
        await _tell(session, ids[start : start + PAGE], now)
    shown = sorted({*changed, *managers})
    for start in range(0, len(shown), PAGE):
        await messages.redraw_home(session, shown[start : start + PAGE], at=now)


async def _tell(session: AsyncSession, page: Sequence[UUID], now: datetime) -> None:
    """What has not left yet about an earlier change would only say the same."""
    pending = (Outbox.kind == NEW, Outbox.subject.in_(page), Outbox.state == "pending")
    await session.execute(delete(Outbox).where(*pending))
    here = await session.scalars(
        select(PersonRow.id).where(PersonRow.id.in_(page), PersonRow.is_active, PersonRow.slack_id.is_not(None))
    )
    owed = [messages.owed(NEW, to=one, about=one, at=now, key=f"{NEW}:{one.hex}:{now:%Y%m%d%H%M%S}") for one in here]
    await messages.tell_many(session, owed)


async def load(session: AsyncSession, ids: Sequence[UUID], *, now: datetime) -> dict[UUID, NewManager]:
    """For members who had another manager before: a first one is in the welcome."""
    found = await people.by_id(session, ids, on=now.date())
    away = await people.absences(session, list(found), on=now.date() - DAY)
    before = await _before(session, list(found), now)
    told = {}
    for person in found.values():
        manager, name = before.get(person.id, (person.manager_id, ""))
        if person.is_member and manager != person.manager_id:
            told[person.id] = NewManager(person.manager_name, name, person.schedule, tuple(away.get(person.id, ())))
    return told


async def _before(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> dict[UUID, tuple[UUID, str]]:
    """Person → the id and name of the manager they had last, before the one of today."""
    rows = await session.execute(
        select(ReportingLine.person_id, ReportingLine.manager_id, PersonRow.name)
        .join(PersonRow, PersonRow.id == ReportingLine.manager_id)
        .where(ReportingLine.person_id.in_(ids), ReportingLine.until_on <= now.date())
        .order_by(ReportingLine.until_on, ReportingLine.from_on)
    )
    return {row.person_id: (row.manager_id, row.name) for row in rows}
