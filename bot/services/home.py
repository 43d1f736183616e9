"""What Home shows: a few statements, however large the team is."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.check_ins import CheckIn, Reading
from bot.models.evidence import Evidence
from bot.models.messages import Occurrence
from bot.models.people import Person as PersonRow
from bot.models.people import Placement, ReportingLine
from bot.rules import cadence, check_ins
from bot.rules.check_ins import Answer
from bot.rules.evidence import State
from bot.rules.home import Home, Me, Part, Report
from bot.rules.less import Topic
from bot.rules.people import Person
from bot.services import check_in_rounds, evidence, less_rows, milestones, people, setting_up
from bot.services import framework as frameworks


async def load(session: AsyncSession, *, by: Person, part: Part, now: datetime, today: date) -> Home:
    """One part of Home. Whoever manages nobody has no team part."""
    has_team = bool(await session.scalar(_reports(by, today).limit(1)))
    if part is Part.TEAM and has_team:
        return Home(by, part, None, await _team(session, by, today), has_team)
    owner = await setting_up.load(session, by=by, today=today)
    return Home(by, Part.ME, await _me(session, by, now=now, today=today), (), has_team, owner)


async def note_opened(session: AsyncSession, *, by: Person) -> None:
    """From now on Home is drawn anew when something changes."""
    row = await session.get_one(PersonRow, by.id)
    row.has_home = True


async def _me(session: AsyncSession, by: Person, *, now: datetime, today: date) -> Me:
    to_review = tuple(await evidence.waiting_for(session, by=by))
    framework = await frameworks.current_or_none(session)
    if framework is None or not by.is_member:
        return Me(None, None, None, (), False, None, None, to_review, ())
    track, level = by.track or "", by.level or ""
    rhythm = frameworks.cadence(framework, by)
    round_on = check_ins.current_round(rhythm, today)
    given = select(CheckIn.id).where(CheckIn.person_id == by.id, CheckIn.round_on == round_on)
    planned = and_(
        Occurrence.person_id == by.id, Occurrence.kind == check_in_rounds.KIND, Occurrence.state == "planned"
    )
    mine = await evidence.mine(session, by=by)
    return Me(
        track=framework.track(track),
        level=framework.level(track, level),
        upward=framework.next_level(track, level),
        progress=await evidence.progress(session, framework, by, today=today),
        is_answered=await session.scalar(given) is not None,
        next_prompt_at=await session.scalar(
            select(func.min(Occurrence.due_at)).where(planned, Occurrence.due_at > now)
        ),
        next_round_on=cadence.next_round(rhythm, round_on),
        to_review=to_review,
        to_change=tuple(one for one in mine if one.state in (State.CHANGES, State.SHORT)),
        is_asked=not await less_rows.switched_off(session, [by.id], Topic.CHECK_INS, on=today),
        focus=await milestones.focus(session, by=by),
        no_chance={one.key for one in (await milestones.no_chance(session, [by.id])).get(by.id, ())},
    )


def _reports(by: Person, today: date) -> Select[UUID]:
    return select(ReportingLine.person_id).where(ReportingLine.manager_id == by.id, people.holds(ReportingLine, today))


async def _team(session: AsyncSession, by: Person, today: date) -> tuple[Report, ...]:
    unread = (
        select(CheckIn.person_id, func.count().label("count"))
        .outerjoin(Reading, Reading.check_in_id == CheckIn.id)
        .where(
            CheckIn.manager_id == by.id,
            CheckIn.answer == Answer.ANSWERED.value,
            ~CheckIn.is_private,
            Reading.check_in_id.is_(None),
        )
        .group_by(CheckIn.person_id)
        .subquery()
    )
    waiting = (
        select(Evidence.author_id, func.count().label("count"), func.min(Evidence.submitted_at).label("since"))
        .where(Evidence.state == State.IN_REVIEW.value)
        .group_by(Evidence.author_id)
        .subquery()
    )
    rows = await session.execute(
        select(
            PersonRow.id, PersonRow.name, Placement.track, Placement.level, unread.c.count.label("unread"),
            waiting.c.count.label("waiting"), waiting.c.since,
        )
        .join(Placement, and_(Placement.person_id == PersonRow.id, people.holds(Placement, today)))
        .outerjoin(unread, unread.c.person_id == PersonRow.id)
        .outerjoin(waiting, waiting.c.author_id == PersonRow.id)
        .where(PersonRow.id.in_(_reports(by, today)), PersonRow.is_active)
        .order_by(PersonRow.name)
    )  # fmt: skip
    found = rows.all()
    away = await people.absences(session, [row.id for row in found], on=today)
    wishes = await milestones.no_chance(session, [row.id for row in found])
    return tuple(
        Report(
            row.id, row.name, row.track, row.level, row.unread or 0, row.waiting or 0, row.since,
            any(absence.covers(today) for absence in away.get(row.id, ())),
            tuple(one.title for one in wishes.get(row.id, ())),
        )
        for row in found
    )  # fmt: skip
