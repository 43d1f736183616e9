"""What owners do about the program itself: roles given and taken, days on which all is closed, and who begins."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.people import Person as PersonRow
from bot.models.people import RoleGrant
from bot.rules.people import Person, Role
from bot.rules.program import HOLDERS, Holder, Program, RoleForm, check_beginning, check_may_hold
from bot.rules.refusal import Refusal
from bot.rules.scopes import WHOLE
from bot.services import (
    career_talks,
    closings,
    feedback_digests,
    match_rounds,
    messages,
    month_rows,
    opportunities,
    people,
    plan_counts,
    roles,
    setting_up,
    stories,
)

ROLE = "program.role"
MOST_LINES = 10
STRANGER = "I don't find everybody you chose in the directory. Slack's list comes once a day; try it again tomorrow."


async def load(session: AsyncSession, *, now: datetime) -> Program:
    """The owners' part of Home, for whom it is asked before."""
    today = now.date()
    return Program(
        setting_up=await setting_up.load(session, today=today),
        holders=await _holders(session, list(Role), on=today),
        closed=tuple(await closings.ahead(session, today=today)),
        matching=await match_rounds.standing(session),
        stories=await stories.waiting(session),
        opened=await feedback_digests.newest(session),
        month=(await month_rows.newest(session, [WHOLE])).get(WHOLE),
        career=await career_talks.share(session, on=today),
        plans=await plan_counts.load(session, on=today),
        chances=await opportunities.offered(session, today=today),
    )


async def role_form(session: AsyncSession, role: Role, *, by: Person, now: datetime) -> RoleForm:
    await roles.require_owner(session, by=by, on=now.date())
    held = await _holders(session, [role], on=now.date())
    return RoleForm(role, held[role], await roles.history(session, role, most=MOST_LINES))


async def _holders(session: AsyncSession, wanted: Sequence[Role], *, on: date) -> dict[Role, tuple[Holder, ...]]:
    rows = await session.execute(
        select(RoleGrant.role, RoleGrant.scope, PersonRow.name, PersonRow.slack_id, PersonRow.is_active)
        .join(PersonRow, PersonRow.id == RoleGrant.person_id)
        .where(RoleGrant.role.in_([one.value for one in wanted]), people.holds(RoleGrant, on))
        .order_by(PersonRow.name)
    )
    found: dict[Role, list[Holder]] = {role: [] for role in wanted}
    for row in rows:
        found[Role(row.role)].append(Holder(row.name, row.slack_id, row.is_active, row.scope or WHOLE))
    return {role: tuple(held) for role, held in found.items()}


async def change_role(
    session: AsyncSession, role: Role, *, by: Person, give: Sequence[str], take: Sequence[str], now: datetime
) -> None:
    """Give a role to some and take it from others, by their Slack ids. Each of them hears of it, and who did it."""
    await roles.require_owner(session, by=by, on=now.date())
    found = await people.by_slack_id(session, [*give, *take], on=now.date())
    if not found.keys() >= set(give):
        raise Refusal(STRANGER, field=HOLDERS)
    for slack_id in give:
        person = found[slack_id]
        check_may_hold(person.name, is_active=person.is_active, is_guest=person.is_guest)
        line = await roles.give(session, person.id, role, by=by.id, now=now, today=now.date())
        await _tell(session, line, to=person.id, by=by.id, now=now)
    for person in (found[slack_id] for slack_id in take if slack_id in found):
        line = await roles.take(session, person.id, role, by=by.id, now=now, today=now.date())
        await _tell(session, line, to=person.id, by=by.id, now=now)
    if by.slack_id not in take:
        await messages.redraw_program(session, by.id, at=now)


async def _tell(session: AsyncSession, line: UUID | None, *, to: UUID, by: UUID, now: datetime) -> None:
    """Nothing where nothing changed; nobody is told what they have just done themselves."""
    if line is None:
        return
    await messages.redraw_home(session, [to], at=now)
    if to != by:
        await messages.tell(session, ROLE, to=to, about=line, at=now)


async def begin(session: AsyncSession, *, by: Person, is_admin: bool, now: datetime) -> None:
    """Become the first owner. `is_admin`: as Slack says at this moment, which is not kept.

    Of two who press at the same moment both may begin: each had the right, and each sees the other among the owners.
    """
    owned = await roles.owners(session, on=now.date())
    check_beginning(is_admin=is_admin, is_owned=bool(owned))
    await roles.give(session, by.id, Role.OWNER, by=by.id, now=now, today=now.date())
    await messages.redraw_program(session, by.id, at=now)


async def close(session: AsyncSession, first: date | None, last: date | None, *, by: Person, now: datetime) -> None:
    """The whole company is closed from `first` to `last`."""
    await roles.require_owner(session, by=by, on=now.date())
    if first is None or last is None:
        raise Refusal("Choose both days; for a single one, the same day twice.", field="last")
    await closings.add(session, first, last, by=by.id, now=now)
    await messages.redraw_program(session, by.id, at=now)


async def open_again(session: AsyncSession, first: date, *, by: Person, now: datetime) -> None:
    await roles.require_owner(session, by=by, on=now.date())
    await closings.remove(session, first, by=by.id, now=now)
    await messages.redraw_program(session, by.id, at=now)
