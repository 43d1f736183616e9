"""A manager's team in Home: their own people, and those of managers they stand in for."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.check_ins import CheckIn, Reading
from bot.models.evidence import Evidence
from bot.models.people import Person as PersonRow
from bot.models.people import Placement, ReportingLine
from bot.rules import cadence
from bot.rules.check_ins import Answer
from bot.rules.deputies import Named
from bot.rules.evidence import State
from bot.rules.framework import Framework
from bot.rules.people import Person
from bot.rules.team import Report
from bot.services import career_talks, deputies, milestones, people, plan_rows, talks, team_pairs
from bot.services import framework as frameworks


async def load(session: AsyncSession, *, by: Person, now: datetime, today: date) -> tuple[Report, ...]:
    """Their own people, and those of each manager who is away now, in no order."""
    stands_in = (await deputies.standing_in(session, [by.id], now=now)).get(by.id, [])
    managers = {by.id: None, **{one.manager_id: one.manager for one in stands_in}}
    rows = (await session.execute(_rows(by, stands_in, today))).all()
    ids, mine = [row.id for row in rows], [row.id for row in rows if row.manager_id == by.id]
    away = await people.absences(session, ids, on=today)
    wishes = await milestones.no_chance(session, ids)
    due = {one.person_id for one in (await talks.due(session, [by.id], on=today)).get(by.id, ())}
    mentors = await team_pairs.mentors(session, mine)
    career = await career_talks.of_team(session, mine, by=by)
    hours = await plan_rows.protected(session, mine, today=today)
    framework = await frameworks.current_or_none(session)
    return tuple(
        Report(
            row.id, row.name, *_place(framework, row), row.unread or 0, row.waiting or 0, row.since,
            any(absence.covers(today) for absence in away.get(row.id, ())),
            tuple(one.title for one in wishes.get(row.id, ())), managers[row.manager_id],
            band=_band(framework, row),
            is_talk_due=row.id in due,
            last_on=cadence.local_day(row.last_at, by.schedule.zone) if row.last_at else None,
            has_career_talk=row.id in career,
            career_talk_on=career.get(row.id),
            mentors=mentors.get(row.id, ()),
            protected=hours.get(row.id),
        )
        for row in rows
    )  # fmt: skip


def _place(framework: Framework | None, row: Any) -> tuple[str, str]:
    """(the track's name, the level's key); what the framework does not know any more stays as it is on record."""
    track = framework.track(row.track) if framework else None
    return track.name if track else row.track, row.level


def _band(framework: Framework | None, row: Any) -> int:
    level = framework.level(row.track, row.level) if framework else None
    return level.band if level else 0


async def has_any(session: AsyncSession, *, by: Person, now: datetime, today: date) -> bool:
    """Whether anybody reports to them, or to somebody they stand in for now."""
    return await people.is_manager(session, by.id, on=today) or bool(
        await deputies.standing_in(session, [by.id], now=now)
    )


def _reports_to(managers: list[UUID], today: date) -> ColumnElement[bool]:
    return and_(ReportingLine.manager_id.in_(managers), people.holds(ReportingLine, today))


def _rows(by: Person, stands_in: list[Named], today: date) -> Select[*tuple[Any, ...]]:
    given, waiting = _given(by, stands_in).subquery(), _waiting().subquery()
    return (
        select(
            PersonRow.id, PersonRow.name, Placement.track, Placement.level, ReportingLine.manager_id,
            given.c.unread, given.c.last_at, waiting.c.count.label("waiting"), waiting.c.since,
        )
        .join(Placement, and_(Placement.person_id == PersonRow.id, people.holds(Placement, today)))
        .join(ReportingLine, ReportingLine.person_id == PersonRow.id)
        .outerjoin(given, given.c.person_id == PersonRow.id)
        .outerjoin(waiting, waiting.c.author_id == PersonRow.id)
        .where(
            _reports_to([by.id, *(one.manager_id for one in stands_in)], today), PersonRow.is_active,
            PersonRow.id != by.id,
        )
    )  # fmt: skip


def _given(by: Person, stands_in: list[Named]) -> Select[*tuple[Any, ...]]:
    """Person → answers that wait for whoever looks, and the last that there was.

    Those given to them, or to somebody away since they were named.
    """
    given_at = func.coalesce(CheckIn.edited_at, CheckIn.submitted_at)
    theirs = [and_(CheckIn.manager_id == one.manager_id, given_at >= one.named_at) for one in stands_in]
    return (
        select(
            CheckIn.person_id, func.max(CheckIn.submitted_at).label("last_at"),
            func.count().filter(Reading.check_in_id.is_(None)).label("unread"),
        )
        .outerjoin(Reading, Reading.check_in_id == CheckIn.id)
        .where(
            or_(CheckIn.manager_id == by.id, *theirs), CheckIn.answer == Answer.ANSWERED.value, ~CheckIn.is_private,
        )
        .group_by(CheckIn.person_id)
    )  # fmt: skip


def _waiting() -> Select[*tuple[Any, ...]]:
    """Author → pieces of evidence that wait for a verdict, and since when."""
    return (
        select(Evidence.author_id, func.count().label("count"), func.min(Evidence.submitted_at).label("since"))
        .where(Evidence.state == State.IN_REVIEW.value)
        .group_by(Evidence.author_id)
    )
