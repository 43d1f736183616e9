"""What a check-in says of the growth plan."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.plans import PlanAction, ProtectedTime
from bot.rules import plans as rules
from bot.rules.people import Person
from bot.rules.plans import State, Ticks, Wanted


async def note(
    session: AsyncSession, *, by: Person, ticks: Ticks, is_private: bool, now: datetime, today: date
) -> None:
    """Tick off, move and drop one's own open actions; what is closed by now stays as it is.

    Whether the time was there is kept for the manager's week, unless the check-in is for the person alone.
    """
    wanted = {what: [action for action, one in ticks.wanted if one is what] for what in Wanted}
    await _set(session, by, ticks.done, state=State.DONE.value, done_on=today)
    for what, later in rules.LATER.items():
        await _set(session, by, wanted[what], due_on=today + later)
    await _set(session, by, wanted[Wanted.DROP], state=State.DROPPED.value)
    if ticks.had and not is_private:
        kept_free = (ProtectedTime.person_id == by.id, ProtectedTime.until_on >= today)
        await session.execute(update(ProtectedTime).where(*kept_free).values(had=ticks.had.value, had_at=now))


async def _set(session: AsyncSession, by: Person, actions: Collection[UUID], **values: Any) -> None:
    if actions:
        mine = (PlanAction.person_id == by.id, PlanAction.state == State.OPEN.value)
        await session.execute(update(PlanAction).where(PlanAction.id.in_(actions), *mine).values(**values))
