"""What people say about milestones besides evidence: their focus, and what their team gives them no chance to show."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.milestones import Focus, NoChance
from bot.rules.check_ins import FOCUS
from bot.rules.framework import Milestone
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import framework as frameworks
from bot.services import messages

NOT_THEIRS = "That milestone is not one of your next level any more. Home shows those that are."

# Asked on every press of /checkin, so it is put together once.
_FOCUS = select(Focus.milestone).where(Focus.person_id == bindparam("person")).order_by(Focus.chosen_at)


async def ahead(session: AsyncSession, *, by: Person) -> tuple[Milestone, ...]:
    """The milestones of somebody's next level, of their own at the widest one; none for whoever takes no part."""
    framework = await frameworks.current_or_none(session)
    levels = frameworks.levels_of(framework, by) if framework else ()
    return levels[0].milestones if levels else ()


async def focus(session: AsyncSession, *, by: Person) -> tuple[str, ...]:
    """The keys of the milestones somebody works on now, as they have chosen."""
    return tuple((await session.scalars(_FOCUS, {"person": by.id})).all())


async def choose_focus(session: AsyncSession, *, by: Person, milestones: Sequence[str], now: datetime) -> None:
    """These and no others, three at most; none lets the check-in ask about the nearest ones."""
    chosen = list(dict.fromkeys(milestones))
    if len(chosen) > FOCUS:
        raise Refusal(f"Choose {FOCUS} at most: a focus on everything is none.", field="focus")
    await _check_theirs(session, by, chosen)
    await session.execute(delete(Focus).where(Focus.person_id == by.id))
    if chosen:
        rows = [{"person_id": by.id, "milestone": key, "chosen_at": now} for key in chosen]
        await session.execute(insert(Focus), rows)
    await messages.redraw_home(session, [by.id], at=now)


async def say_no_chance(session: AsyncSession, *, by: Person, milestone: str, now: datetime) -> None:
    """ "My team gives me no chance to show this": the manager finds it in their week and in Home."""
    await _check_theirs(session, by, [milestone])
    await insert_new(session, NoChance, [{"person_id": by.id, "milestone": milestone, "said_at": now}])
    await messages.redraw_home(session, filter(None, (by.id, by.manager_id)), at=now)


async def take_back(session: AsyncSession, *, by: Person, milestone: str, now: datetime) -> None:
    """There is a chance now."""
    await session.execute(delete(NoChance).where(NoChance.person_id == by.id, NoChance.milestone == milestone))
    await messages.redraw_home(session, filter(None, (by.id, by.manager_id)), at=now)


async def no_chance(session: AsyncSession, people: Collection[UUID]) -> dict[UUID, tuple[Milestone, ...]]:
    """Person → the milestones their team gives them no chance to show, the longest said first."""
    rows = await session.execute(
        select(NoChance.person_id, NoChance.milestone)
        .where(NoChance.person_id.in_(people))
        .order_by(NoChance.said_at, NoChance.milestone)
    )
    framework = await frameworks.current_or_none(session)
    found: dict[UUID, list[Milestone]] = defaultdict(list)
    for row in rows:
        milestone = framework.milestone(row.milestone) if framework else None
        if milestone is not None:
            found[row.person_id].append(milestone)
    return {person: tuple(milestones) for person, milestones in found.items()}


async def _check_theirs(session: AsyncSession, by: Person, keys: Collection[str]) -> None:
    theirs = {milestone.key for milestone in await ahead(session, by=by)}
    if not theirs.issuperset(keys):
        raise Refusal(NOT_THEIRS)
