"""What Home shows: a few statements, however large the team is."""

from datetime import date, datetime

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.check_ins import CheckIn
from bot.models.messages import Occurrence
from bot.models.people import Person as PersonRow
from bot.rules import cadence, check_ins, scopes
from bot.rules.evidence import State
from bot.rules.home import Home, Me, Part
from bot.rules.less import Topic
from bot.rules.mentors import Standing
from bot.rules.mentorships import Mentorship
from bot.rules.people import Person
from bot.rules.team import Order
from bot.services import (
    assessment_ratings,
    career_talks,
    check_in_rounds,
    deputies,
    directions,
    evidence,
    feedback_digests,
    feedback_forms,
    feedback_hub,
    less_rows,
    mentor_requests,
    mentor_sessions,
    mentorships,
    milestones,
    month_rows,
    opportunities,
    plan_rows,
    program,
    progress,
    promises,
    roles,
    team,
)
from bot.services import framework as frameworks


async def load(
    session: AsyncSession,
    *,
    by: Person,
    part: Part | None,
    now: datetime,
    today: date,
    order: Order = Order.WAITS,
    page: int = 0,
) -> Home:
    """One part of Home. Whoever manages nobody has no team part, whoever is no owner no program; an owner of a part of
    the company finds its figures there, and nothing else.

    Without `part`: one's own, but for an owner whose program is not set up yet.
    """
    has_team = await team.has_any(session, by=by, now=now, today=today)
    owned = await roles.owned(session, on=now.date())
    is_owner, is_unowned = owned.get(by.id) == scopes.WHOLE, scopes.WHOLE not in owned.values()
    owns = owned.get(by.id, scopes.WHOLE)
    if part is Part.TEAM and has_team:
        found = await team.load(session, by=by, now=now, today=today)
        deputy = (await deputies.of_managers(session, [by.id], now=now)).get(by.id)
        return Home(
            by, part, None, found, has_team, is_owner=is_owner, deputy=deputy.deputy if deputy else None, order=order,
            page=page, owns=owns,
        )  # fmt: skip
    if is_owner and part is not Part.ME:
        whole = await program.load(session, now=now)
        if part is Part.PROGRAM or not whole.setting_up.is_done:
            return Home(by, Part.PROGRAM, None, (), has_team, whole, is_owner)
    if owns and part is Part.PROGRAM:
        month = (await month_rows.newest(session, [owns])).get(owns)
        return Home(by, Part.PROGRAM, None, (), has_team, owns=owns, month=month)
    mine = await _me(session, by, now=now, today=today)
    mentoring, pairs = await _mentoring(session, by, now=now, today=today)
    sessions = await mentor_sessions.waiting_for(session, by=by, now=now)
    return Home(
        by, Part.ME, mine, (), has_team, is_owner=is_owner, is_unowned=is_unowned, mentoring=mentoring, pairs=pairs,
        sessions=sessions, feedback=await feedback_forms.notice(session, today=now.date()),
        feedback_said=await feedback_digests.public(session),
        promises=await promises.shown(session, on=now.date()), owns=owns,
        words=await feedback_hub.waits(session, by=by, now=now),
        career=await career_talks.ahead(session, by=by, now=now),
        chances=await opportunities.upcoming(session, for_=by, today=today) if by.is_member else (),
    )  # fmt: skip


async def _mentoring(
    session: AsyncSession, by: Person, *, now: datetime, today: date
) -> tuple[Standing | None, tuple[Mentorship, ...]]:
    """Nothing before there is a framework: what one helps with stands there."""
    if await frameworks.current_or_none(session) is None:
        return None, ()
    standing = await mentor_requests.standing(session, by=by, now=now, today=today)
    return standing, tuple(await mentorships.mine(session, by=by, now=now))


async def note_opened(session: AsyncSession, *, by: Person) -> None:
    """From now on Home is drawn anew when something changes."""
    row = await session.get_one(PersonRow, by.id)
    row.has_home = True


async def _me(session: AsyncSession, by: Person, *, now: datetime, today: date) -> Me:
    to_review = tuple(await evidence.waiting_for(session, by=by))
    to_rate = (await assessment_ratings.waiting(session, [by.id])).get(by.id, ())
    framework = await frameworks.current_or_none(session)
    if framework is None or not by.is_member:
        return Me(None, None, None, (), False, None, None, to_review, (), to_rate=to_rate)
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
        progress=await progress.load(session, framework, by, today=today),
        is_answered=await session.scalar(given) is not None,
        next_prompt_at=await session.scalar(
            select(func.min(Occurrence.due_at)).where(planned, Occurrence.due_at > now)
        ),
        next_round_on=cadence.next_round(rhythm, round_on),
        to_review=to_review,
        to_change=tuple(one for one in mine if one.state in (State.CHANGES, State.SHORT)),
        is_asked=not await less_rows.switched_off(session, [by.id], Topic.CHECK_INS, on=today),
        focus=await milestones.focus(session, by=by),
        protected=(await plan_rows.protected(session, [by.id], today=today)).get(by.id),
        to_rate=to_rate,
        is_content=directions.is_content(await directions.of(session, by.id)),
        no_chance={one.key for one in (await milestones.no_chance(session, [by.id])).get(by.id, ())},
    )
