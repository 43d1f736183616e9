"""Days on which the company is closed: nobody is asked for anything, and they count as away for everybody."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.people import Closing
from bot.rules.cadence import DAY
from bot.rules.refusal import Refusal
from bot.services import roles

LONGEST = timedelta(days=60)
WHAT = "closing days"


async def add(session: AsyncSession, first: date, last: date, *, now: datetime, by: UUID | None = None) -> None:
    """Closed from `first` to `last`, both included. Planned prompts find out when they are due.

    `by`: None for the operator's command line.
    """
    if last < first:
        raise Refusal("The last day closed is before the first one.", field="last")
    if last - first > LONGEST:
        raise Refusal(f"That is more than {LONGEST.days} days at once. Is the year right?", field="last")
    if not await insert_new(session, Closing, [{"from_on": first, "until_on": last + DAY}]):
        raise Refusal(f"Closing days from {first} on are there already. Remove them first.", field="first")
    await roles.note_change(session, WHAT, before="", after=f"{first} to {last}", by=by, now=now)


async def remove(session: AsyncSession, first: date, *, now: datetime, by: UUID | None = None) -> None:
    closing = await session.get(Closing, first)
    if closing is None:
        raise Refusal(f"There are no closing days that begin on {first}.")
    await session.execute(delete(Closing).where(Closing.from_on == first))
    said = f"{first} to {closing.until_on - DAY}"
    await roles.note_change(session, WHAT, before=said, after="", by=by, now=now)


async def ahead(session: AsyncSession, *, today: date) -> list[tuple[date, date]]:
    """(first, last) of the closing days that are not over."""
    rows = await session.scalars(select(Closing).where(Closing.until_on > today).order_by(Closing.from_on))
    return [(row.from_on, row.until_on - DAY) for row in rows]
