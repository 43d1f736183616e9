"""Taking part in an opportunity: ask for it, step back, be answered, take it into one's plan."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.opportunities import Opportunity as Row
from bot.models.opportunities import OpportunityInterest as InterestRow
from bot.rules import access, plans
from bot.rules import opportunities as rules
from bot.rules.opportunities import NEEDS_TIME, Ask, Interest, Kind, Opportunity, State
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import messages, people
from bot.services import opportunity_rows as rows
from bot.services import plans as plan_services
from bot.services.opportunities import ASK

ASKED = "chances.asked"
ANSWERED = "chances.answered"
MANAGER = "chances.manager"
STEPPED_BACK = "chances.stepped_back"
IN_PLAN = {  # what it becomes there
    Kind.COURSE: plans.Kind.COURSE,
    Kind.WORKSHOP: plans.Kind.WORKSHOP,
    Kind.SESSION: plans.Kind.WORKSHOP,
    Kind.PROJECT: plans.Kind.PROJECT,
    Kind.STRETCH: plans.Kind.STRETCH,
    Kind.ROTATION: plans.Kind.ROTATION,
}


async def ask(session: AsyncSession, *, by: Person, opportunity: UUID, now: datetime, today: date) -> Opportunity:
    """Whoever offers it is told who would like to come, and nobody else. Asking twice asks once."""
    found = await rows.one(session, opportunity, by=by)
    rules.check_ask(found, by, today)
    if found.mine in (Interest.ASKED, Interest.ACCEPTED):
        return found
    row = {"opportunity_id": opportunity, "person_id": by.id, "state": Interest.ASKED.value, "asked_at": now}
    if found.mine is None:
        await insert_new(session, InterestRow, [{"id": uuid4(), **row}])
    else:
        await _set(session, by.id, opportunity, [Interest.BACK], Interest.ASKED, asked_at=now, decided_at=None)
    theirs = (InterestRow.opportunity_id == opportunity, InterestRow.person_id == by.id)
    about = (await session.scalars(select(InterestRow.id).where(*theirs))).one()
    key = f"{ASKED}:{about.hex}:{now.isoformat()}"
    await messages.tell(session, ASKED, to=found.offered_by, about=about, at=now, key=key)
    return await rows.one(session, opportunity, by=by)


async def step_back(session: AsyncSession, *, by: Person, opportunity: UUID, now: datetime) -> Opportunity:
    """At any time, without a reason. Whoever offers it hears so only where a place becomes free."""
    found = await rows.one(session, opportunity, by=by)
    changed = await _set(
        session, by.id, opportunity, [Interest.ASKED, Interest.ACCEPTED], Interest.BACK, decided_at=now
    )
    if changed is None:
        raise Refusal(rules.SETTLED)
    for kind in (ASKED, MANAGER):
        await messages.withdraw(session, kind, about=changed)
    if found.mine is Interest.ACCEPTED:
        key = f"{STEPPED_BACK}:{changed.hex}:{now.isoformat()}"
        await messages.tell(session, STEPPED_BACK, to=found.offered_by, about=changed, at=now, key=key)
    return await rows.one(session, opportunity, by=by)


async def answer(
    session: AsyncSession, *, by: Person, interest: UUID, is_welcome: bool, now: datetime, today: date
) -> Opportunity:
    """Say yes, or kindly that it is taken, to somebody who asked; who asked hears so, and nobody else."""
    asked = (await rows.asks_by_id(session, [interest])).get(interest)
    if asked is None:
        access.refuse()
    await rows.hold(session, asked.opportunity_id)
    found = await rows.one(session, asked.opportunity_id, by=by)
    access.require({"offerer"} if found.offered_by == by.id else set(), "review", ASK)
    rules.check_open(found, today)
    if is_welcome and found.places_left == 0:
        raise Refusal(rules.NO_PLACE)
    becomes = Interest.ACCEPTED if is_welcome else Interest.TAKEN
    changed = await _set(session, asked.person_id, found.id, [Interest.ASKED], becomes, decided_at=now)
    if changed is None:
        raise Refusal(rules.SETTLED)
    await messages.withdraw(session, ASKED, about=interest)
    key = f"{ANSWERED}:{interest.hex}:{now.isoformat()}"
    await messages.tell(session, ANSWERED, to=asked.person_id, about=interest, at=now, key=key)
    if is_welcome and found.offer.kind in NEEDS_TIME:
        await _tell_manager(session, asked, by, now=now)
    return await rows.one(session, found.id, by=by)


async def _tell_manager(session: AsyncSession, asked: Ask, by: Person, *, now: datetime) -> None:
    """Once, since it needs time; not where the manager offers it."""
    who = (await people.by_id(session, [asked.person_id], on=now.date())).get(asked.person_id)
    if who is not None and who.manager_id is not None and who.manager_id != by.id:
        await messages.tell(session, MANAGER, to=who.manager_id, about=asked.id, at=now)


async def _set(
    session: AsyncSession,
    person: UUID,
    opportunity: UUID,
    states: Sequence[Interest],
    becomes: Interest,
    **changed: datetime | None,
) -> UUID | None:
    """The ask that was in one of these states; None where it is settled otherwise by now."""
    theirs = (InterestRow.opportunity_id == opportunity, InterestRow.person_id == person)
    still = update(InterestRow).where(*theirs, InterestRow.state.in_([one.value for one in states]))
    set_to = still.values(state=becomes.value, **changed).returning(InterestRow.id)
    return (await session.execute(set_to.execution_options(synchronize_session=False))).scalar_one_or_none()


async def take_into_plan(
    session: AsyncSession, *, by: Person, opportunity: UUID, now: datetime, today: date
) -> Opportunity:
    """It becomes an action of one's plan. Nobody is told; asking for a place is the other button."""
    found = await rows.one(session, opportunity, by=by)
    rules.check_open(found, today)
    await plan_services.offer_into(
        session, by=by, opportunity_id=opportunity, title=found.offer.title, kind=IN_PLAN[found.offer.kind],
        until=found.offer.until_on or found.offer.begins_on, competencies=found.offer.tags.competencies, now=now,
        today=today,
    )  # fmt: skip
    return found


async def open_asks(session: AsyncSession, who: Sequence[UUID], *, today: date) -> dict[UUID, list[Ask]]:
    """Person → asks for what they offer that nobody has answered, the longest waiting first."""
    offered = select(Row.id).where(Row.offered_by.in_(who), Row.state == State.OPEN.value, Row.ends_on >= today)
    waiting = rows.asks().add_columns(Row.offered_by).join(Row, Row.id == InterestRow.opportunity_id)
    asked = waiting.where(InterestRow.opportunity_id.in_(offered), InterestRow.state == Interest.ASKED.value)
    found: dict[UUID, list[Ask]] = {}
    for row in await session.execute(asked.order_by(InterestRow.asked_at, InterestRow.id)):
        found.setdefault(row.offered_by, []).append(rows.ask(row))
    return found
