"""An owner's month: reckoned once when it is over, kept, told to the owners, and looked at again."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.rules import access, scopes
from bot.rules import months as rules
from bot.rules.cadence import DAY
from bot.rules.less import Topic
from bot.rules.months import Month, Told, Window
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import less_rows, messages, month_reckoning, month_rows, people, roles

TOLD = "month.told"
PATIENCE = 120.0  # seconds for one statement of reckoning: it looks at what everybody did
THING = "month"
NOTHING_YET = "No month has been reckoned so far. The first one comes on the first working day after it."


async def reckon(session: AsyncSession, *, window: Window, zone: str, now: datetime) -> list[Month]:
    """The months that owners have not got yet, to be kept. `zone`: where the day of the program ends."""
    owned = set((await roles.owned(session, on=now.date())).values())
    earlier = {scope: await month_rows.of_scope(session, scope) for scope in sorted(owned)}
    missing = [scope for scope, found in earlier.items() if all(month.window != window for month in found)]
    return await month_reckoning.months(session, window=window, zone=zone, wanted=missing, earlier=earlier, now=now)


async def preview(session: AsyncSession, *, scope: str, window: Window, zone: str, now: datetime, today: date) -> Month:
    """What the owners of this part would be told of a window that is over. For the operator, who sees all anyway."""
    if not window.from_on < window.until_on <= today:
        raise Refusal("Choose a first day, and a last one that is after it and over by now.")
    earlier = {scope: [one for one in await month_rows.of_scope(session, scope) if one.window != window]}
    found = await month_reckoning.months(session, window=window, zone=zone, wanted=[scope], earlier=earlier, now=now)
    if not found:
        raise Refusal("The career framework has not been loaded yet, so there is nothing to count.")
    return found[0]


async def tell(session: AsyncSession, *, window: Window, now: datetime) -> None:
    """Owe each owner the month: on the first working day after it, at their hour; telling twice tells once."""
    owned = await roles.owned(session, on=now.date())
    kept = await month_rows.newest(session, owned.values())
    owners = [who for who, scope in owned.items() if scope in kept and kept[scope].window == window]
    found = await people.by_id(session, owners, on=now.date())
    away = await people.absences(session, list(found), on=window.until_on - DAY)
    owed = []
    for owner in found.values():
        at = rules.told_at(window, owner.schedule, away.get(owner.id, ()))
        if at is not None and owner.slack_id:
            key, until = f"{TOLD}:{owner.id.hex}:{window.from_on}", rules.told_until(window, owner.schedule)
            owed.append(messages.owed(TOLD, to=owner.id, about=owner.id, at=max(at, now), key=key, until=until))
    await messages.tell_many(session, owed)


async def load_told(session: AsyncSession, owners: Sequence[UUID], *, now: datetime) -> dict[UUID, Told]:
    """The newest month of each of these people, as long as they are owners and want to hear of it."""
    owned = {who: scope for who, scope in (await roles.owned(session, on=now.date())).items() if who in set(owners)}
    off = await less_rows.switched_off(session, list(owned), Topic.MONTH, on=now.date())
    found = await month_rows.newest(session, owned.values())
    named = await people.by_id(session, owned, on=now.date())
    away = await people.absences(session, list(owned), on=now.date() - DAY)
    return {
        who: Told(found[scope], named[who].schedule, tuple(away.get(who, ())))
        for who, scope in owned.items()
        if scope in found and who not in off
    }


# Looking at it again


async def require(session: AsyncSession, *, by: Person, verb: str, today: date) -> str:
    """The part whose figures somebody may see; Refusal for whoever owns nothing."""
    scope = await roles.owned_by(session, by.id, on=today)
    relations = [] if scope is None else ["owner of a part" if scope else "owner"]
    access.require(relations, verb, THING)
    return scope or scopes.WHOLE


async def newest(session: AsyncSession, *, by: Person, today: date) -> Month:
    """The last month of the part they own."""
    scope = await require(session, by=by, verb="read", today=today)
    found = (await month_rows.newest(session, [scope])).get(scope)
    if found is None:
        raise Refusal(NOTHING_YET)
    return found


async def between(session: AsyncSession, *, by: Person, first: date, last: date, today: date) -> list[Month]:
    """Every month that was told of and lies between two days, the oldest first. Whole months, as they were shown: any
    other days would overlap with them, and the difference would be a day's."""
    scope = await require(session, by=by, verb="export", today=today)
    if last < first:
        raise Refusal("The last day is before the first one.", field=rules.LAST)
    found = [
        month
        for month in await month_rows.of_scope(session, scope)
        if first <= month.window.from_on and month.window.last <= last
    ]
    if not found:
        raise Refusal("No month that has been reckoned lies between these days.", field=rules.LAST)
    return found[::-1]
