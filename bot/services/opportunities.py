"""The catalogue of opportunities: offer, change and withdraw one, keep it open; find what suits somebody."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.opportunities import Opportunity as Row
from bot.models.opportunities import OpportunityInterest as InterestRow
from bot.rules import access, opportunity_forms
from bot.rules import opportunities as rules
from bot.rules.framework import Framework
from bot.rules.opportunities import (
    ASKED_BEFORE,
    AT_ONCE,
    MOST_ASKS,
    NEXT,
    STANDS,
    Entry,
    Filter,
    Interest,
    Offered,
    Opportunity,
    Page,
    State,
    Tags,
)
from bot.rules.opportunity_forms import Typed
from bot.rules.people import Person
from bot.services import framework as frameworks
from bot.services import looks, messages, people, roles
from bot.services import opportunity_rows as rows

GONE = "chances.gone"
WITHDRAWN = "chances.withdrawn"
THING, ASK = "opportunity", "interest in an opportunity"


# Offering


async def form(
    session: AsyncSession, *, by: Person, today: date, opportunity: UUID | None = None
) -> tuple[Framework | None, Opportunity | None]:
    """What the form is drawn from. Refusal for what is somebody else's, or over."""
    found = await _own(session, by, opportunity, today) if opportunity is not None else None
    return await frameworks.current_or_none(session), found


async def offer(
    session: AsyncSession, *, by: Person, typed: Typed, credited: str = "", now: datetime, today: date
) -> Opportunity:
    """Anybody may offer something. `credited`: Slack id of the colleague who wrote the message it was made from."""
    made = opportunity_forms.check(typed, await frameworks.current_or_none(session), today=today)
    mine = select(func.count()).where(Row.offered_by == by.id, Row.state == State.OPEN.value, Row.ends_on >= today)
    rules.check_room(await session.scalar(mine) or 0)
    row = Row(
        offered_by=by.id, credited_id=await _credited(session, by, credited, today), state=State.OPEN.value,
        offered_at=now, ends_on=rules.ends_on(made, today=today), **rows.kept(made),
    )  # fmt: skip
    session.add(row)
    await session.flush()
    await messages.redraw_home(session, [by.id], at=now)
    return await rows.one(session, row.id, by=by)


async def _credited(session: AsyncSession, by: Person, slack_id: str, today: date) -> UUID | None:
    found = (await people.by_slack_id(session, [slack_id], on=today)).get(slack_id) if slack_id else None
    return found.id if found and found.is_active and not found.is_guest and found.id != by.id else None


async def change(
    session: AsyncSession, *, by: Person, opportunity: UUID, typed: Typed, now: datetime, today: date
) -> Opportunity:
    await rows.hold(session, opportunity)
    found = await _own(session, by, opportunity, today)
    made = opportunity_forms.check(typed, await frameworks.current_or_none(session), today=today)
    rules.check_places(made, found.taken)
    ends_on = rules.ends_on(made, today=today)
    await _change(session, opportunity, ends_on=ends_on, **rows.kept(made))
    await messages.redraw_home(session, [by.id], at=now)
    return await rows.one(session, opportunity, by=by)


async def keep_open(session: AsyncSession, *, by: Person, opportunity: UUID, now: datetime, today: date) -> Opportunity:
    """It goes on, says whoever offers it: another 90 days."""
    await _own(session, by, opportunity, today)
    await _change(session, opportunity, ends_on=today + STANDS)
    await messages.redraw_home(session, [by.id], at=now)
    return await rows.one(session, opportunity, by=by)


async def withdraw(
    session: AsyncSession, *, by: Person, opportunity: UUID, now: datetime, today: date, reason: str = ""
) -> Opportunity:
    """By whoever offers it, without a reason; by an owner with one, which is told to whoever offered it."""
    found = await rows.one(session, opportunity, by=by)
    relations = await _relations(session, by, found, on=now.date())
    access.require(relations, "delete", THING)
    rules.check_open(found, today)
    is_own = "author" in relations
    if not is_own:
        opportunity_forms.check_reason(reason)
    by_owner: dict[str, Any] = {} if is_own else {"reason": reason, "withdrawn_by": by.id}
    await _change(session, opportunity, state=State.WITHDRAWN.value, **by_owner)
    if not is_own:
        await messages.tell(session, WITHDRAWN, to=found.offered_by, about=opportunity, at=now)
    await _tell_gone(session, Row.id == opportunity, now=now)
    await messages.redraw_home(session, {by.id, found.offered_by}, at=now)
    return await rows.one(session, opportunity, by=by)


async def open_reason(session: AsyncSession, *, by: Person, opportunity: UUID, now: datetime) -> Opportunity:
    """What an owner is about to take out of the catalogue."""
    found = await rows.one(session, opportunity, by=by)
    await roles.require_owner(session, by=by, on=now.date(), thing=THING, verb="delete")
    return found


async def end_of_leavers(session: AsyncSession, ids: Collection[UUID], *, now: datetime) -> None:
    """What these people offered is not shown any more, and whoever asked for it hears so."""
    still = (Row.state == State.OPEN.value, Row.ends_on >= now.date())
    await _tell_gone(session, Row.offered_by.in_(ids), *still, now=now)


async def _tell_gone(session: AsyncSession, *which: ColumnElement[bool], now: datetime) -> None:
    """Those who asked for it or take part, each alone; it is not put into words who else did."""
    waiting = [Interest.ASKED.value, Interest.ACCEPTED.value]
    theirs = (
        select(InterestRow.id, InterestRow.person_id)
        .join(Row, Row.id == InterestRow.opportunity_id)
        .where(InterestRow.state.in_(waiting), *which)
    )
    owed = [messages.owed(GONE, to=row.person_id, about=row.id, at=now) for row in await session.execute(theirs)]
    await messages.tell_many(session, owed)


async def _own(session: AsyncSession, by: Person, opportunity: UUID, today: date) -> Opportunity:
    """One's own, while it is open."""
    found = await rows.one(session, opportunity, by=by)
    access.require({"author"} if found.offered_by == by.id else {"other"}, "write", THING)
    rules.check_open(found, today)
    return found


async def _relations(session: AsyncSession, by: Person, found: Opportunity, *, on: date) -> set[str]:
    if found.offered_by == by.id:
        return {"author", "other"}
    return {"other", "owner"} if by.id in await roles.owners(session, on=on) else {"other"}


async def _change(session: AsyncSession, opportunity: UUID, **changed: Any) -> None:
    """Of two who change it at once, the second hears so where it is over by then."""
    still = update(Row).where(Row.id == opportunity, Row.state == State.OPEN.value).values(**changed)
    quietly = still.returning(Row.id).execution_options(synchronize_session=False)
    if (await session.execute(quietly)).first() is None:
        access.refuse()


# Finding


async def browse(session: AsyncSession, *, by: Person, chosen: Filter, today: date) -> Page:
    """A page of all that is open: everything for everybody, what suits somebody first."""
    framework, tracks, band = await rows.standing(session, by)
    found = rows.load(by.id).where(rows.is_open(today))
    if chosen.track is not None and framework is not None and framework.track(chosen.track):
        found = found.where(rows.suiting([chosen.track], band=None))
    if chosen.kind is not None:
        found = found.where(Row.kind == chosen.kind.value)
    suits_first = case((rows.suiting(tracks, band), 0), else_=1)
    order = (suits_first, rows.is_dated(), rows.first_day(), Row.id)
    page = (await session.execute(found.order_by(*order).offset(chosen.skip).limit(AT_ONCE + 1))).all()
    shown = rows.values(page[:AT_ONCE], tracks=tracks, band=band)
    if chosen.skip:
        return Page(shown, chosen, len(page) > AT_ONCE)
    theirs = rows.load(by.id).where(rows.is_open(today), Row.offered_by == by.id).order_by(*order).limit(AT_ONCE)
    own = rows.values(await session.execute(theirs), tracks=tracks, band=band)
    return Page(shown, chosen, len(page) > AT_ONCE, own, await _asked(session, by, today=today))


async def _asked(session: AsyncSession, by: Person, *, today: date) -> tuple[Opportunity, ...]:
    """What somebody has asked for or takes part in, while it goes on."""
    waiting = [Interest.ASKED.value, Interest.ACCEPTED.value]
    mine = select(InterestRow.opportunity_id).where(InterestRow.person_id == by.id, InterestRow.state.in_(waiting))
    found = rows.load(by.id).where(rows.is_open(today), Row.id.in_(mine)).order_by(rows.first_day(), Row.id)
    return rows.values(await session.execute(found.limit(AT_ONCE)))


async def read(session: AsyncSession, *, by: Person, opportunity: UUID, now: datetime) -> Entry:
    """Everybody reads what is offered; who asked for it only whoever offers it, who is noted as having looked."""
    found = await rows.one(session, opportunity, by=by)
    relations = await _relations(session, by, found, on=now.date())
    access.require(relations, "read", THING)
    if "author" not in relations:
        return Entry(found, can_withdraw="owner" in relations)
    asked = rows.asks().where(
        InterestRow.opportunity_id == opportunity,
        InterestRow.state.in_([Interest.ASKED.value, Interest.ACCEPTED.value]),
    )
    listed = await session.execute(asked.order_by(InterestRow.asked_at, InterestRow.id).limit(MOST_ASKS))
    asks = tuple(map(rows.ask, listed))
    because = access.require({"offerer"}, "read", ASK)
    for one in asks:
        looks.saw(session, by=by, thing=ASK, about=one.id, of=one.person_id, because=because)
    return Entry(found, asks, is_own=True)


async def upcoming(session: AsyncSession, *, for_: Person, today: date, most: int = NEXT) -> tuple[Opportunity, ...]:
    """What suits somebody and comes next: what has a date first."""
    _, tracks, band = await rows.standing(session, for_)
    found = rows.load(for_.id).where(rows.is_open(today), rows.suiting(tracks, band), rows.is_for(for_.id))
    next_ones = found.order_by(rows.is_dated(), rows.first_day(), Row.id).limit(most)
    return rows.values(await session.execute(next_ones), tracks=tracks, band=band)


async def fitting(
    session: AsyncSession, *, for_: UUID, competency: str, track: str, level: str, today: date, most: int = 3
) -> tuple[Opportunity, ...]:
    """What helps somebody with one competency on this level of this track, the nearest first."""
    framework = await frameworks.current_or_none(session)
    band = framework.band_of(track, level) if framework else None
    helps = (rows.names(Row.competencies, competency), rows.suiting([track], band), rows.is_for(for_))
    found = (
        rows.load().where(rows.is_open(today), *helps).order_by(rows.is_dated(), rows.first_day(), Row.id).limit(most)
    )
    return rows.values(await session.execute(found), tracks=[track], band=band)


async def offered(session: AsyncSession, *, today: date) -> Offered:
    """What is open just now, counted in one statement."""
    framework = await frameworks.current_or_none(session)
    open_ones = select(Row.tracks, func.count()).join(rows.Offerer, rows.Offerer.id == Row.offered_by)
    counted = (await session.execute(open_ones.where(rows.is_open(today)).group_by(Row.tracks))).all()
    found = [(Tags(tuple(keys.split())), count) for keys, count in counted]
    tracks = framework.tracks if framework else ()
    by_track = [
        (track.name, sum(count for tags, count in found if rules.suits(tags, tracks=[track.key], band=None)))
        for track in tracks
    ]
    return Offered(sum(count for _, count in found), tuple(by_track))


async def to_keep(session: AsyncSession, who: Sequence[UUID], *, now: datetime) -> dict[UUID, list[Opportunity]]:
    """Person → offers of theirs that end soon only because nobody said that they go on."""
    today = now.date()
    soon = (Row.offered_by.in_(who), rows.is_open(today), rows.is_dated() == 1, Row.ends_on <= today + ASKED_BEFORE)
    found: dict[UUID, list[Opportunity]] = defaultdict(list)
    for one in rows.values(await session.execute(rows.load().where(*soon).order_by(Row.ends_on, Row.id))):
        found[one.offered_by].append(one)
    return found


async def by_id(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, Opportunity]:
    """For messages."""
    return {one.id: one for one in rows.values(await session.execute(rows.load().where(Row.id.in_(ids))))}
