"""What others do for a growth plan: a manager comments and keeps time free, a colleague helps or says no thanks."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.people import Person as PersonRow
from bot.models.plans import PlanAction, PlanComment, ProtectedTime
from bot.rules import access
from bot.rules import plans as rules
from bot.rules.people import Person
from bot.rules.plans import Asked, Comment, Help, Plan, Protected, State
from bot.services import looks, messages, plans, relations
from bot.services import plan_rows as rows

COMMENTED = "plans.commented"
PROTECTED = "plans.protected"


async def comment(session: AsyncSession, *, by: Person, of: UUID, words: str, now: datetime, today: date) -> Plan:
    """A manager writes to the plan; the member is told that, and reads it there."""
    await _require_manager(session, by, of, today)
    rules.check_text(words, "words", rules.LONGEST, "Write a sentence first, or close this.")
    row = PlanComment(id=uuid4(), person_id=of, manager_id=by.id, words=words, written_at=now)
    session.add(row)
    await session.flush()
    await messages.tell(session, COMMENTED, to=of, about=row.id, at=now)
    return await plans.of(session, by=by, of=of, today=today)


async def protect(
    session: AsyncSession, *, by: Person, of: UUID, hours: int | None, until: date | None, now: datetime, today: date
) -> Plan:
    """Keep hours a week free for the plan. Said anew, it takes the place of what was; the member is told."""
    await _require_manager(session, by, of, today)
    chosen, last_day = rules.check_protected(hours, until, today=today)
    values = {"manager_id": by.id, "hours": chosen, "until_on": last_day, "set_at": now, "had": None, "had_at": None}
    if not await insert_new(session, ProtectedTime, [{"person_id": of, **values}]):
        await session.execute(update(ProtectedTime).where(ProtectedTime.person_id == of).values(**values))
    key = f"{PROTECTED}:{of.hex}:{now.isoformat()}"
    await messages.tell(session, PROTECTED, to=of, about=of, at=now, key=key)
    await messages.redraw_home(session, [of, by.id], at=now)
    return await plans.of(session, by=by, of=of, today=today)


async def _require_manager(session: AsyncSession, by: Person, of: UUID, today: date) -> None:
    standing = await relations.to_person(session, by=by, of=of, thing=plans.THING, on=today)
    access.require(standing, "comment", plans.THING)


async def asked(session: AsyncSession, *, by: Person, action: UUID) -> Asked:
    """The one action somebody is asked to help with, while they are named in it and it is open."""
    found = (await asked_of(session, [action])).get(action)
    standing = {"helper"} if found and found.action.helper_id == by.id else set[str]()
    because = access.require(standing, "read", plans.THING, "own part")
    if found is None:
        access.refuse()
    looks.saw(session, by=by, thing=plans.THING, about=action, of=found.member_id, because=because)
    return found


async def asked_of(session: AsyncSession, actions: Collection[UUID]) -> dict[UUID, Asked]:
    """Those of these actions for which a helper is asked: open, and not declined."""
    open_ones = (PlanAction.help == Help.ASKED.value, PlanAction.state == State.OPEN.value)
    found = await rows.actions(session, PlanAction.id.in_(actions), *open_ones)
    named = select(PlanAction.id, PersonRow.id.label("member_id"), PersonRow.name).join(
        PersonRow, PersonRow.id == PlanAction.person_id
    )
    of = await session.execute(named.where(PlanAction.id.in_(actions), PersonRow.is_active))
    members = {row.id: (row.name, row.member_id) for row in of}
    return {one.id: Asked(one, *members[one.id]) for one in found if one.id in members}


async def decline(session: AsyncSession, *, by: Person, action: UUID) -> None:
    """No thanks. It needs no reason; the member finds in the plan that this helper cannot."""
    await asked(session, by=by, action=action)
    is_asked = (PlanAction.id == action, PlanAction.helper_id == by.id, PlanAction.help == Help.ASKED.value)
    await session.execute(update(PlanAction).where(*is_asked).values(help=Help.DECLINED.value))


async def comments_by_id(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, Comment]:
    return {one.id: one for one in await rows.comments(session, PlanComment.id.in_(ids))}


async def protected_of(session: AsyncSession, who: Collection[UUID], *, now: datetime) -> Mapping[UUID, Protected]:
    """Person → their hours, where the time that a message is about is still kept free."""
    return await rows.protected(session, who, today=now.date())
