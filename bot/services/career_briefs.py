"""The brief of a career talk, put together: a constant number of statements, however much there is.

Everything in it may be read by both. What only the member can read is offered to them alone, to bring it in or not.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.career_talks import BriefChoice
from bot.models.career_talks import CareerTalk as Row
from bot.models.check_ins import CheckIn, MilestoneProgress
from bot.models.evidence import Evidence
from bot.rules import access, cadence, readiness
from bot.rules import career_briefs as rules
from bot.rules import career_talks as talk_rules
from bot.rules.career_briefs import Brief, Chosen, Heading, Line
from bot.rules.career_talks import Own
from bot.rules.check_ins import Answer, Moved
from bot.rules.evidence import State
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import (
    assessments,
    directions,
    feedback,
    looks,
    milestones,
    plans,
    progress,
    relations,
    what_ifs,
)
from bot.services import career_talk_rows as rows
from bot.services import framework as frameworks

Named = Callable[[str], str]

MOST_PIECES = 12
MOST_WINS = 12
STUCK_TWICE = 2


async def read(session: AsyncSession, *, by: Person, talk: UUID, now: datetime, today: date) -> Brief:
    """For the member at any time, so that they see it first; for the manager once it is put before them."""
    own = await rows.own(session, by=by, talk=talk, verb="read", now=now)
    if not own.is_member:
        if own.talk.opens_at is None or own.talk.opens_at > now:
            raise Refusal(talk_rules.NOT_YET)
        member = own.talk.member.id
        looks.saw(session, by=by, thing=rows.THING, about=own.talk.id, of=member, because="manager")
    return await load(session, own, today=today)


async def preview(session: AsyncSession, *, by: Person, talk: UUID, now: datetime, today: date) -> Brief:
    """For the form in which the member, and nobody else, chooses what stands in it."""
    own = await rows.own(session, by=by, talk=talk, verb="write", now=now)
    if not own.is_member:
        access.refuse()
    if not own.talk.is_open:
        raise Refusal(talk_rules.CLOSED)
    return await load(session, own, today=today)


async def load(session: AsyncSession, own: Own, *, today: date) -> Brief:
    """Each part by the one function that knows it."""
    member, manager = own.talk.member, own.talk.manager
    last = await _last_held(session, own)
    since = last or today - talk_rules.HALF_A_YEAR
    _, titled = await frameworks.names(session)
    lines = [
        *await _progress(session, member, today),
        *await _views(session, member, manager, today),
        *await _evidence(session, member, since, titled),
        *await _feedback(session, member, manager, since),
        *await _wins(session, member, manager, since),
        *await _stuck(session, member, manager, since, titled),
        *await _no_chance(session, member),
        *await _plan(session, member, today),
        *await _wishes(session, member),
        *await _paths(session, member),
    ]
    return Brief(own, since, last is None, tuple(lines), await _chosen(session, own.talk.id))


async def _last_held(session: AsyncSession, own: Own) -> date | None:
    return await session.scalar(
        select(func.max(Row.held_on)).where(Row.member_id == own.talk.member.id, Row.id != own.talk.id)
    )


async def choose(
    session: AsyncSession,
    *,
    by: Person,
    talk: UUID,
    left_out: Collection[str],
    brought: Collection[str],
    now: datetime,
    today: date,
) -> Brief:
    """What stands in it, for both: by the member alone, and until the talk is over."""
    before = await preview(session, by=by, talk=talk, now=now, today=today)
    chosen = rules.chosen(before, left_out=left_out, brought=brought)
    await session.execute(delete(BriefChoice).where(BriefChoice.talk_id == talk))
    kept = [(line, False) for line in chosen.left_out] + [(line, True) for line in chosen.brought]
    if kept:
        await session.execute(
            insert(BriefChoice),
            [{"talk_id": talk, "line": line, "member_id": by.id, "is_shown": is_shown} for line, is_shown in kept],
        )
    return replace(before, chosen=chosen)


async def _chosen(session: AsyncSession, talk: UUID) -> Chosen:
    query = select(BriefChoice.line, BriefChoice.is_shown).where(BriefChoice.talk_id == talk)
    found = (await session.execute(query)).all()
    return Chosen(
        frozenset(row.line for row in found if not row.is_shown),
        frozenset(row.line for row in found if row.is_shown),
    )


# What one's own work shows


async def _progress(session: AsyncSession, member: Person, today: date) -> Iterable[Line]:
    """Met, or on the way; what nobody has begun is no line. Never for how long somebody has been at a level."""
    framework = await frameworks.current_or_none(session)
    if framework is None:
        return ()
    found = await progress.load(session, framework, member, today=today)
    begun = sorted((one for one in found if one.is_met or one.reached), key=lambda one: not one.is_met)
    return [
        Line(f"milestone:{one.milestone.key}", Heading.MILESTONES, one.milestone.title, readiness.line(one))
        for one in begun
    ]


async def _views(session: AsyncSession, member: Person, manager: Person, today: date) -> Iterable[Line]:
    """Both views of a self-assessment, where this very manager gave the other one. Where they differ comes first."""
    found = await assessments.latest(session, by=member, of=member.id, today=today)
    if found is None or found.rater_id != manager.id:
        return ()
    level = found.wording.level_name
    return [
        Line(f"view:{pair.expected.key}", Heading.MILESTONES, rules.seen(pair), rules.compared(pair, level))
        for pair in found.pairs
    ]


async def _evidence(session: AsyncSession, member: Person, since: date, titled: Named) -> Iterable[Line]:
    """What was done, and what changed because of it."""
    query = (
        select(Evidence.id, Evidence.milestone, Evidence.did, Evidence.impact, Evidence.decided_at)
        .where(Evidence.author_id == member.id, Evidence.state == State.ACCEPTED.value)
        .where(Evidence.decided_at >= cadence.resolve(since, 0, member.schedule.zone))
        .order_by(Evidence.decided_at.desc(), Evidence.id)
        .limit(MOST_PIECES)
    )
    lines = []
    for row in await session.execute(query):
        key, title = f"evidence:{row.id.hex}", titled(row.milestone)
        source = f"evidence, accepted {_day(row.decided_at, member)}"
        lines += [
            Line(key, Heading.QUALITY, title, source, row.did), Line(key, Heading.IMPACT, title, source, row.impact)
        ]  # fmt: skip
    return lines


async def _feedback(session: AsyncSession, member: Person, manager: Person, since: date) -> Iterable[Line]:
    """What its giver let the manager read; the rest is for the member alone, to bring in or not."""
    lines = []
    for one in await feedback.themes(session, person_id=member.id, since=since):
        is_both = access.can(relations.to_feedback(manager, one), "read", feedback.THING)
        title = one.competency.name if one.competency else f"{one.giver} wrote"
        source = f"feedback by {one.giver}, {_day(one.given_at, member)}"
        words = f"{one.words.did}\n{one.words.changed}"
        key = f"feedback:{one.id.hex}"
        lines.append(Line(key, Heading.COLLABORATION, title, source, words, is_brought=not is_both))
    return lines


async def _wins(session: AsyncSession, member: Person, manager: Person, since: date) -> Iterable[Line]:
    """Of check-ins that this very manager was given."""
    query = (
        select(CheckIn.id, CheckIn.win, CheckIn.submitted_at)
        .where(*_given(member, manager, since))
        .order_by(CheckIn.submitted_at.desc(), CheckIn.id)
        .limit(MOST_WINS)
    )
    return [
        Line(f"win:{row.id.hex}", Heading.IMPACT, "A win", f"check-in, {_day(row.submitted_at, member)}", row.win)
        for row in await session.execute(query)
        if row.win
    ]


def _given(member: Person, manager: Person, since: date) -> tuple[ColumnElement[bool], ...]:
    return (
        CheckIn.person_id == member.id, CheckIn.manager_id == manager.id, ~CheckIn.is_private,
        CheckIn.answer == Answer.ANSWERED.value,
        CheckIn.submitted_at >= cadence.resolve(since, 0, member.schedule.zone),
    )  # fmt: skip


def _day(moment: datetime, member: Person) -> str:
    on = cadence.local_day(moment, member.schedule.zone)
    return f"{on.day} {on:%B}"


# Risks


async def _stuck(session: AsyncSession, member: Person, manager: Person, since: date, titled: Named) -> Iterable[Line]:
    """What several check-ins say has not moved."""
    query = (
        select(MilestoneProgress.milestone, func.count().label("times"))
        .join(CheckIn, CheckIn.id == MilestoneProgress.check_in_id)
        .where(*_given(member, manager, since), MilestoneProgress.moved == Moved.STUCK.value)
        .group_by(MilestoneProgress.milestone)
        .having(func.count() >= STUCK_TWICE)
        .order_by(func.count().desc(), MilestoneProgress.milestone)
    )
    return [
        Line(
            f"stuck:{row.milestone}", Heading.AHEAD, f"In the way: {titled(row.milestone)}",
            f"stuck in {row.times} check-ins",
        )
        for row in await session.execute(query)
    ]  # fmt: skip


async def _no_chance(session: AsyncSession, member: Person) -> Iterable[Line]:
    found = (await milestones.no_chance(session, [member.id])).get(member.id, ())
    return [
        Line(f"no-chance:{one.key}", Heading.AHEAD, f"Wanted: a chance to show {one.title}", "a wish for work")
        for one in found
    ]


# What is wished for


async def _plan(session: AsyncSession, member: Person, today: date) -> Iterable[Line]:
    plan = await plans.mine(session, by=member, today=today)
    lines = [Line(f"aim:{one.key}", Heading.AHEAD, f"Growing in: {one.title}", "growth plan") for one in plan.aims]
    for one in (*plan.open_actions, *plan.done_actions):
        state = f"by {one.due_on.day} {one.due_on:%B}" if one.is_open else "done"
        lines.append(Line(f"action:{one.id.hex}", Heading.AHEAD, one.title, f"growth plan, {state}"))
    if plan.protected:
        hours, until = plan.protected.hours, plan.protected.until
        said = f"{hours} protected hours a week until {until.day} {until:%B}"
        lines.append(Line("protected", Heading.AHEAD, said, "growth plan"))
    return lines


async def _wishes(session: AsyncSession, member: Person) -> Iterable[Line]:
    """Their direction, where it is shared with the manager."""
    found = await directions.of(session, member.id)
    if found is None or not found.is_shared:
        return ()
    source = f"direction, {found.said_on.day} {found.said_on:%B}"
    return [Line("direction", Heading.AHEAD, rules.wished(found), source, found.words)]


async def _paths(session: AsyncSession, member: Person) -> Iterable[Line]:
    """What-ifs that they chose to bring."""
    return [
        Line(f"what-if:{one.id.hex}", Heading.AHEAD, f"What if: {one.level_name}, {one.track_name}", "what-if")
        for one in await what_ifs.kept(session, by=member)
        if one.in_brief
    ]
