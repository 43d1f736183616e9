"""Where to grow: what is offered, beginning with what somebody wants and what is missing, and what they choose."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.plans import PlanAim
from bot.rules import plan_aims as rules
from bot.rules import readiness
from bot.rules.framework import Framework
from bot.rules.people import Person
from bot.rules.plan_aims import Place
from bot.rules.plans import Aim
from bot.rules.refusal import Refusal
from bot.services import assessments, directions, messages, plans, progress
from bot.services import framework as frameworks
from bot.services import plan_rows as rows

NOT_THERE = "Your level is not in the framework any more, so there is nothing to choose from. An owner can help."


async def on_offer(
    session: AsyncSession, *, by: Person, today: date, elsewhere: Place | None = None
) -> tuple[Aim, ...]:
    """What can be aimed at. `elsewhere`: a level of another track to look at as well; it comes first."""
    plans.require_member(by)
    framework = await frameworks.current(session)
    wanted = rules.places(framework, await directions.of(session, by.id), by=by)
    places = list(dict.fromkeys([*([elsewhere] if elsewhere else []), *wanted]))
    offered = [one for place in places for one in rules.aims_of(framework, *place)]
    if not offered:
        raise Refusal(NOT_THERE)
    met = await _met(session, framework, places, by=by, today=today)
    return rules.in_order(offered, gaps=await assessments.gaps(session, by=by), met=met)


async def named(session: AsyncSession, keys: Sequence[str]) -> tuple[Aim, ...]:
    return rows.named(await frameworks.current(session), keys)


async def _met(
    session: AsyncSession, framework: Framework, places: Collection[Place], *, by: Person, today: date
) -> set[str]:
    pieces, away = await progress.shown(session, by, today=today)
    levels = (framework.level(*place) for place in places)
    asked = [one for level in levels if level is not None for one in level.milestones]
    return {one.milestone.key for one in readiness.progress(asked, pieces, today, away) if one.is_met}


async def choose(session: AsyncSession, *, by: Person, aims: Sequence[str], now: datetime) -> None:
    """These and no others. Actions keep what they were meant to help with."""
    plans.require_member(by)
    framework = await frameworks.current(session)
    before = await rows.aims(session, by.id)
    chosen = rules.check_aims(aims, {*(one.key for one in rules.every_aim(framework)), *before})
    gone = (PlanAim.person_id == by.id, PlanAim.aim.not_in(chosen))
    await session.execute(delete(PlanAim).where(*gone))
    new = [{"person_id": by.id, "aim": key, "chosen_at": now} for key in chosen if key not in before]
    if new:
        await session.execute(insert(PlanAim), new)
    await messages.redraw_home(session, [by.id], at=now)
