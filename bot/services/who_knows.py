"""Who knows this: agree to be found or take it back, and find those who agreed."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.directions import Findable
from bot.models.evidence import Evidence
from bot.models.people import Person as PersonRow
from bot.rules import access
from bot.rules import who_knows as rules
from bot.rules.evidence import State
from bot.rules.framework import Framework
from bot.rules.people import Person
from bot.rules.who_knows import Colleague, Found
from bot.services import framework as frameworks
from bot.services import people

PAGE = 25
THING = "being found"


async def find(session: AsyncSession, *, by: Person, typed: str, today: date, skip: int = 0) -> Found:
    """Those who have shown what these words mean; where they mean several things, those things."""
    access.require({"other if listed"}, "read", THING)
    framework = await frameworks.current(session)
    names = tuple(one.name for one in rules.all_of(framework))
    is_on, own = await is_findable(session, by=by), await _own(session, by, framework)
    meant = rules.meant(typed, framework)
    if meant.is_close or len(meant.fits) != 1:
        return Found(is_on, names, own, typed, meant if typed else None)
    keys = rules.milestones(framework, meant.fits[0])
    found = await _people(session, keys, by=by, framework=framework, today=today, skip=skip)
    return Found(is_on, names, own, typed, meant, found[:PAGE], skip, len(found) > PAGE)


async def _own(session: AsyncSession, by: Person, framework: Framework) -> tuple[str, ...]:
    accepted = select(Evidence.milestone).where(Evidence.author_id == by.id, Evidence.state == State.ACCEPTED.value)
    return rules.shown_by(framework, set(await session.scalars(accepted.distinct())))


async def _people(
    session: AsyncSession, milestones: Sequence[str], *, by: Person, framework: Framework, today: date, skip: int
) -> tuple[Colleague, ...]:
    """One page by name, and one more where there are more: how much each has shown is nowhere."""
    shown = select(Evidence.author_id).where(Evidence.milestone.in_(milestones), Evidence.state == State.ACCEPTED.value)
    page = (
        select(PersonRow.id)
        .join(Findable, Findable.person_id == PersonRow.id)
        .where(
            PersonRow.id.in_(shown), PersonRow.id != by.id, PersonRow.is_active, ~PersonRow.is_guest,
            PersonRow.slack_id.is_not(None),
        )
        .order_by(PersonRow.name, PersonRow.id)
        .offset(max(skip, 0))
        .limit(PAGE + 1)
    )  # fmt: skip
    ids = (await session.scalars(page)).all()
    who = await people.by_id(session, ids, on=today)
    return tuple(
        Colleague(one.name, framework.track_name(one.track) if one.track else "")
        for one in (who[person] for person in ids)
    )


async def is_findable(session: AsyncSession, *, by: Person) -> bool:
    return await session.get(Findable, by.id) is not None


async def agree(session: AsyncSession, *, by: Person, today: date) -> None:
    await insert_new(session, Findable, [{"person_id": by.id, "since_on": today}])


async def take_back(session: AsyncSession, *, by: Person) -> None:
    """From this moment on nobody finds them; no reason is asked."""
    await session.execute(delete(Findable).where(Findable.person_id == by.id))
