"""What a member does with their growth plan: adds, changes and ends actions, and looks back at them."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.plans import PlanAction
from bot.rules import access, plan_aims
from bot.rules import plans as rules
from bot.rules.people import Person
from bot.rules.plans import Action, Help, Kind, Plan, Reflection, State, Typed
from bot.rules.refusal import Refusal
from bot.services import looks, messages, people, relations
from bot.services import plan_rows as rows

HELP_ASKED = "plans.help_asked"
THING = "growth plan"
NOT_A_MEMBER = (
    "A growth plan belongs to a place on the ladder, and you are not enrolled yet. Whoever runs this can enrol you."
)


async def mine(session: AsyncSession, *, by: Person, today: date) -> Plan:
    return await rows.load(session, person_id=by.id, name=by.name, today=today)


async def of(session: AsyncSession, *, by: Person, of: UUID, today: date) -> Plan:
    """Somebody's plan, for whoever may read it: the member, and the manager of today."""
    because = access.require(await relations.to_person(session, by=by, of=of, thing=THING, on=today), "read", THING)
    found = (await people.by_id(session, [of], on=today)).get(of)
    if found is None:
        access.refuse()
    looks.saw(session, by=by, thing=THING, about=of, of=of, because=because)
    return await rows.load(session, person_id=of, name=found.name, today=today)


def require_member(by: Person) -> None:
    if not by.is_member:
        raise Refusal(NOT_A_MEMBER)


async def add(session: AsyncSession, *, by: Person, typed: Typed, now: datetime, today: date) -> UUID:
    """A new action; whoever is named as a helper is told, once."""
    require_member(by)
    kind, due_on = rules.check_action(typed, aims=await rows.aims(session, by.id), today=today)
    await _check_room(session, by)
    helper = await _helper(session, by, typed.helper, today=today)
    row = _new(by, typed.title, kind, due_on, now, shows=typed.shows, aim=typed.aim, **_asked(helper))
    return await _keep(session, by, row, now=now)


async def offer_into(
    session: AsyncSession,
    *,
    by: Person,
    opportunity_id: UUID,
    title: str,
    kind: Kind,
    until: date | None,
    now: datetime,
    today: date,
    competencies: Collection[str] = (),
) -> UUID:
    """A chance that somebody takes becomes an action of their plan, once. `until`: its last day, if it has one.

    `competencies`: keys of what it helps with; it stands beside the aim of the plan that it serves, if there is one.
    """
    require_member(by)
    same = (PlanAction.person_id == by.id, PlanAction.opportunity_id == opportunity_id)
    already = await session.scalar(select(PlanAction.id).where(*same, PlanAction.state == State.OPEN.value))
    if already is not None:
        return already
    await _check_room(session, by)
    due_on = rules.day_of_chance(until, today=today)
    aim = plan_aims.serving(await rows.named_aims(session, by.id), competencies)
    row = _new(by, title[: rules.LONGEST_TITLE], kind, due_on, now, aim=aim, opportunity_id=opportunity_id)
    return await _keep(session, by, row, now=now)


async def _check_room(session: AsyncSession, by: Person) -> None:
    mine = (PlanAction.person_id == by.id, PlanAction.state == State.OPEN.value)
    rules.check_room(await session.scalar(select(func.count()).select_from(PlanAction).where(*mine)) or 0)


def _new(by: Person, title: str, kind: Kind, due_on: date, now: datetime, **more: Any) -> dict[str, Any]:
    return {
        "id": uuid4(), "person_id": by.id, "kind": kind.value, "state": State.OPEN.value, "title": title,
        "due_on": due_on, "made_at": now, **more,
    }  # fmt: skip


async def _keep(session: AsyncSession, by: Person, row: dict[str, Any], *, now: datetime) -> UUID:
    session.add(PlanAction(**row))
    await session.flush()
    if row.get("helper_id"):
        await messages.tell(session, HELP_ASKED, to=row["helper_id"], about=row["id"], at=now)
    await messages.redraw_home(session, [by.id], at=now)
    return UUID(str(row["id"]))


async def _helper(session: AsyncSession, by: Person, slack_id: str | None, *, today: date) -> UUID | None:
    if not slack_id:
        return None
    found = (await people.by_slack_id(session, [slack_id], on=today)).get(slack_id)
    if found is None or not found.is_active or found.is_guest:
        raise Refusal("This is not a colleague in the directory: an app, a guest or a leaver.", field="helper")
    if found.id == by.id:
        raise Refusal("You are in it anyway. Name a colleague, or leave this empty.", field="helper")
    return found.id


def _asked(helper: UUID | None) -> dict[str, Any]:
    return {"helper_id": helper, "help": Help.ASKED.value if helper else None}


async def open_one(session: AsyncSession, *, by: Person, action: UUID) -> Action:
    """One's own open action, to be changed or ended."""
    found = await own(session, by=by, action=action)
    if not found.is_open:
        raise Refusal(rules.CLOSED)
    return found


async def own(session: AsyncSession, *, by: Person, action: UUID) -> Action:
    """One's own action. Refused alike when it is somebody else's or gone."""
    found = await rows.actions(session, PlanAction.id == action, PlanAction.person_id == by.id)
    if not found:
        raise Refusal(rules.GONE)
    return found[0]


async def change(session: AsyncSession, *, by: Person, action: UUID, typed: Typed, now: datetime, today: date) -> None:
    """Say it anew. A helper named for the first time is told; the one before is simply not named any more."""
    before = await open_one(session, by=by, action=action)
    aims = {*await rows.aims(session, by.id), before.aim}
    kind, due_on = rules.check_action(typed, aims=aims, today=min(today, before.due_on))  # its day may stay as it was
    helper = await _helper(session, by, typed.helper, today=today)
    values: dict[str, Any] = {
        "title": typed.title, "kind": kind.value, "shows": typed.shows, "aim": typed.aim, "due_on": due_on,
    }  # fmt: skip
    if helper != before.helper_id:
        values |= _asked(helper)
    await _set(session, by, action, now=now, **values)
    if helper != before.helper_id:
        await messages.withdraw(session, HELP_ASKED, about=action)
        if helper:
            await messages.tell(session, HELP_ASKED, to=helper, about=action, at=now)


async def finish(session: AsyncSession, *, by: Person, action: UUID, now: datetime, today: date) -> Action:
    """Done. What was learned can be written down then, and it can become evidence."""
    await _set(session, by, action, now=now, state=State.DONE.value, done_on=today)
    return await own(session, by=by, action=action)


async def drop(session: AsyncSession, *, by: Person, action: UUID, now: datetime) -> None:
    """Not wanted any more, which needs no reason."""
    await _set(session, by, action, now=now, state=State.DROPPED.value)
    await messages.withdraw(session, HELP_ASKED, about=action)


async def _set(session: AsyncSession, by: Person, action: UUID, *, now: datetime, **values: Any) -> None:
    is_mine = (PlanAction.id == action, PlanAction.person_id == by.id, PlanAction.state == State.OPEN.value)
    changed = update(PlanAction).where(*is_mine).values(**values).returning(PlanAction.id)
    if (await session.execute(changed)).first() is None:
        await own(session, by=by, action=action)
        raise Refusal(rules.CLOSED)
    await messages.redraw_home(session, [by.id], at=now)


async def reflect(session: AsyncSession, *, by: Person, action: UUID, reflection: Reflection) -> None:
    """What somebody takes from a finished action; it can be written anew any time."""
    rules.check_reflection(reflection)
    is_done = (PlanAction.id == action, PlanAction.person_id == by.id, PlanAction.state == State.DONE.value)
    words = {"learned": reflection.learned, "differently": reflection.differently, "for_whom": reflection.for_whom}
    kept = update(PlanAction).where(*is_done).values(**words).returning(PlanAction.id)
    if (await session.execute(kept)).first() is None:
        raise Refusal(rules.GONE)
