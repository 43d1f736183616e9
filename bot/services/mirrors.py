"""A manager's own figures, for nobody but them; of all managers together only how these differ."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from statistics import median
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.models.check_ins import CheckIn, Reading
from bot.models.evidence import Evidence, Review
from bot.models.people import Person as PersonRow
from bot.models.people import ReportingLine
from bot.rules import access, cadence
from bot.rules import mirrors as rules
from bot.rules.cadence import DAY, Away, Schedule
from bot.rules.evidence import Verdict
from bot.rules.mirrors import Mirror, Praised, Quarter, Spread
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import help_wanted, people, praise, roles, week_asks

THING = "waiting times"
NOBODY = "Nobody reports to you, so there are no figures of yours. They begin with the first person who does."
PAGE = 500
GIVEN = [Verdict.ACCEPTED.value, Verdict.CHANGES.value, Verdict.DECLINED.value]

Earlier = aliased(Review)


async def load(session: AsyncSession, *, by: Person, today: date) -> Mirror:
    """This quarter and the one before, of whoever asks: nobody can ask for somebody else's."""
    access.require({"author"}, "read", THING)
    if not await people.is_manager(session, by.id, on=today):
        raise Refusal(NOBODY)
    first, until = rules.quarter_before(today)[0], rules.quarter(today)[1]
    began, ends = (cadence.resolve(day, 0, by.schedule.zone) for day in (first, until))
    verdicts = (await session.execute(_verdicts([by.id], began, ends))).all()
    readings = (await session.execute(_readings([by.id], began, ends))).all()
    away = (await _away(session, [by.id], [*verdicts, *readings])).get(by.id, ())
    this, before = [
        Quarter(
            *window,
            evidence=rules.times(_days(verdicts, by.schedule, away, *window)),
            check_ins=rules.times(_days(readings, by.schedule, away, *window)),
            praise=await _praise(session, by, *window, today),
        )
        for window in (rules.quarter(today), rules.quarter_before(today))
    ]
    open_reviews = (await week_asks.reviews(session, [by.id])).get(by.id, ())
    unread = (await help_wanted.unread(session, [by.id])).get(by.id, ())
    return Mirror(this, before, reviews_open=len(open_reviews), unread=len(unread))


async def _praise(session: AsyncSession, by: Person, first: date, until: date, today: date) -> tuple[Praised, ...]:
    since, before = (cadence.resolve(day, 0, by.schedule.zone) for day in (first, until))
    said = await praise.said(session, by=by, since=since, until=before, today=today)
    return tuple(Praised(track, *counts) for track, counts in said.items())


async def spread(session: AsyncSession, *, by: Person, since: date, until: date, on: date | None = None) -> Spread:
    """How waiting times of answers given from `since` until the day before `until` differ from manager to manager.

    Refusal for whoever does not own the whole program, on that day or else at the end.
    """
    await roles.require_owner(session, by=by, on=on or until, thing=THING, verb="read", field="spread")
    began, ended = (datetime.combine(day, time(), UTC) for day in (since, until))
    verdicts: list[float] = []
    readings: list[float] = []
    after: UUID | None = None
    while page := await _managers(session, after, until):
        ids = [row.id for row in page]
        decided = (await session.execute(_verdicts(ids, began, ended))).all()
        read = (await session.execute(_readings(ids, began, ended))).all()
        away = await _away(session, ids, [*decided, *read])
        verdicts += _middles(page, decided, away)
        readings += _middles(page, read, away)
        after = ids[-1]
    return Spread(rules.quartiles(verdicts), rules.quartiles(readings))


async def _away(
    session: AsyncSession, managers: Sequence[UUID], rows: Collection[Any]
) -> Mapping[UUID, Sequence[Away]]:
    """The absences of these managers, from the first day on which any of it was asked of them."""
    if not rows:
        return {}
    return await people.absences(session, managers, on=min(row.asked_at for row in rows).date() - DAY)


def _middles(managers: Sequence[Any], rows: Iterable[Any], away: Mapping[UUID, Iterable[Away]]) -> list[float]:
    """Of each of these managers who gave any answer: how long it took in the middle."""
    given: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        given[row.who].append(row)
    days = [_days(given[one.id], _schedule(one), away.get(one.id, ())) for one in managers]
    return [median(one) for one in days if one]


async def _managers(session: AsyncSession, after: UUID | None, on: date) -> Sequence[Any]:
    """One page of those to whom anybody reports."""
    managing = select(ReportingLine.manager_id).where(people.holds(ReportingLine, on))
    page = (
        select(PersonRow.id, PersonRow.zone, PersonRow.preferred_hour, PersonRow.working_days, PersonRow.country)
        .where(PersonRow.id.in_(managing), PersonRow.is_active)
        .order_by(PersonRow.id)
        .limit(PAGE)
    )
    return (await session.execute(page.where(PersonRow.id > after) if after else page)).all()


def _schedule(row: Any) -> Schedule:
    return Schedule(row.zone, row.preferred_hour, row.working_days, row.country)


def _days(
    rows: Iterable[Any],
    schedule: Schedule,
    away: Iterable[Away],
    first: date = date.min,
    until: date = date.max,
) -> list[int]:
    """How long each answer took that was given from `first` until the day before `until`, where the manager is."""
    absences = tuple(away)
    found = []
    for row in rows:
        done_on = cadence.local_day(row.done_at, schedule.zone)
        if first <= done_on < until:
            asked_on = cadence.local_day(row.asked_at, schedule.zone)
            found.append(rules.worked_days(asked_on, done_on, schedule, absences))
    return found


def _verdicts(managers: Collection[UUID], since: datetime, until: datetime) -> Select[*tuple[Any, ...]]:
    """`who`, `asked_at`, `done_at` of each verdict. Whoever took somebody's place was asked at that moment."""
    in_place = (
        select(func.max(Earlier.decided_at))
        .where(Earlier.evidence_id == Review.evidence_id, Earlier.handed_to == Review.reviewer_id)
        .scalar_subquery()
    )
    asked_at = case((in_place > Evidence.submitted_at, in_place), else_=Evidence.submitted_at)
    return (
        select(Review.reviewer_id.label("who"), asked_at.label("asked_at"), Review.decided_at.label("done_at"))
        .join(Evidence, Evidence.id == Review.evidence_id)
        .where(
            Review.reviewer_id.in_(managers), Review.verdict.in_(GIVEN), Review.decided_at >= since,
            Review.decided_at < until,
        )
    )  # fmt: skip


def _readings(managers: Collection[UUID], since: datetime, until: datetime) -> Select[*tuple[Any, ...]]:
    """The same of each check-in that was given to a manager and read by them, as it stood when it was read."""
    is_changed = and_(CheckIn.edited_at.is_not(None), CheckIn.edited_at <= Reading.read_at)
    asked_at = case((is_changed, CheckIn.edited_at), else_=CheckIn.submitted_at)
    return (
        select(Reading.manager_id.label("who"), asked_at.label("asked_at"), Reading.read_at.label("done_at"))
        .join(CheckIn, CheckIn.id == Reading.check_in_id)
        .where(
            Reading.manager_id.in_(managers), CheckIn.manager_id == Reading.manager_id, Reading.read_at >= since,
            Reading.read_at < until,
        )
    )  # fmt: skip
