"""How far a program is set up, for its owners: what is there, and what is missing before everybody is well served."""

from datetime import date

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.people import Person as PersonRow
from bot.models.people import Placement, ReportingLine
from bot.rules.home import SettingUp
from bot.rules.people import Person, Role
from bot.services import framework as frameworks
from bot.services import people, roles


async def load(session: AsyncSession, *, by: Person, today: date) -> SettingUp | None:
    """None for whoever is no owner."""
    if Role.OWNER not in await roles.held(session, by.id, on=today):
        return None
    placed = and_(Placement.person_id == PersonRow.id, people.holds(Placement, today))
    managed = and_(ReportingLine.person_id == PersonRow.id, people.holds(ReportingLine, today))
    counted = select(
        func.count(PersonRow.id).label("directory"), func.count(Placement.id).label("members"),
        func.count(Placement.id).filter(ReportingLine.id.is_(None)).label("alone"),
    )  # fmt: skip
    row = (
        await session.execute(
            counted.select_from(PersonRow).outerjoin(Placement, placed).outerjoin(ReportingLine, managed)
            .where(PersonRow.is_active, ~PersonRow.is_guest)
        )
    ).one()  # fmt: skip
    framework = await frameworks.current_or_none(session)
    return SettingUp(
        version=framework.version if framework else None,
        directory=row.directory,
        members=row.members,
        without_manager=row.alone,
    )
