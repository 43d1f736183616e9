"""What stands in the brief of a career talk: a constant number of statements, however much there is."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.career_talks import CareerAction
from bot.models.career_talks import CareerTalk as Row
from bot.models.check_ins import CheckIn, MilestoneProgress
from bot.models.evidence import Evidence
from bot.rules import access, cadence, readiness
from bot.rules import career_briefs as rules
from bot.rules import career_talks as talk_rules
from bot.rules.career_briefs import Heading, Line
from bot.rules.check_ins import Answer, Moved
from bot.rules.directions import Direction, Wants
from bot.rules.evidence import State
from bot.rules.people import Person
from bot.rules.plans import Action
from bot.rules.readiness import Progress
from bot.rules.recognition import Thanks
from bot.services import (
    assessments,
    directions,
    feedback,
    milestones,
    plans,
    progress,
    recognition,
    relations,
    what_ifs,
)
from bot.services import framework as frameworks

Named = Callable[[str], str]

MOST_PIECES = 12
MOST_WINS = 12
STUCK_TWICE = 2


async def load(session: AsyncSession, member: Person, manager: Person, *, since: date, today: date) -> list[Line]:
    """Each part by the one function that knows it, in the order in which the page has them."""
    _, titled = await frameworks.names(session)
    wish = await _direction(session, member)
    return [
        *_wishes(wish),
        *await _paths(session, member),
        *await _agreed(session, member, manager, since),
        *await _plan(session, member, since, today),
        *await _progress(session, member, wish, today),
        *await _stuck(session, member, manager, since, titled),
        *await _no_chance(session, member),
        *await _views(session, member, manager, today),
        *await _evidence(session, member, since, titled),
        *await _from_others(session, member, manager, since),
        *await _wins(session, member, manager, since),
    ]


# What one's own work shows


async def _progress(session: AsyncSession, member: Person, wish: Direction | None, today: date) -> Iterable[Line]:
    """Met, or on the way, and what its window is about to lose. Never for how long somebody has been at a level.

    What nobody has begun is a line only for whoever wants the next level and says so.
    """
    framework = await frameworks.current_or_none(session)
    levels = frameworks.levels_of(framework, member) if framework else ()
    if framework is None or not levels:
        return ()
    pieces, away = await progress.shown(session, member, today=today)
    found = readiness.progress(levels[0].milestones, pieces, today, away)
    soon = readiness.progress(levels[0].milestones, pieces, today + rules.SOON, away)
    begun = sorted((one for one in found if one.is_met or one.reached), key=lambda one: not one.is_met)
    lines = [_milestone("milestone", one, one.milestone.title, readiness.line(one)) for one in begun]
    for one, then in zip(found, soon, strict=True):
        if said := rules.leaving(one, then):
            lines.append(_milestone("window", one, f"The window moves on: {one.milestone.title}", said))
    if wish and wish.wants is Wants.NEXT_LEVEL and (names := rules.not_begun(framework, member.track or "", found)):
        said = f"nothing saved yet, for {levels[0].name}"
        lines.append(Line("not-begun", Heading.MILESTONES, f"Not begun: {names}", said))
    return lines


def _milestone(kind: str, one: Progress, title: str, source: str) -> Line:
    return Line(f"{kind}:{one.milestone.key}", Heading.MILESTONES, title, source)


async def _views(session: AsyncSession, member: Person, manager: Person, today: date) -> Iterable[Line]:
    """Both views of a self-assessment, where this very manager gave the other one. Where they differ comes first."""
    found = await assessments.latest(session, by=member, of=member.id, today=today)
    if found is None or found.rater_id != manager.id:
        return ()
    level = found.wording.level_name
    return [
        Line(f"view:{pair.expected.key}", Heading.QUALITY, rules.seen(pair), rules.compared(pair, level))
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


async def _from_others(session: AsyncSession, member: Person, manager: Person, since: date) -> Iterable[Line]:
    """Feedback and published thanks, the newest first."""
    found = [
        *await _feedback(session, member, manager, since),
        *[(one.given_at, _thanks(one, member)) for one in await recognition.published(session, of=member, since=since)],
    ]
    return [line for _, line in sorted(found, key=lambda one: one[0], reverse=True)]


async def _feedback(session: AsyncSession, member: Person, manager: Person, since: date) -> list[tuple[datetime, Line]]:
    """What its giver let the manager read; the rest is for the member alone, to bring in or not."""
    found = []
    for one in await feedback.themes(session, person_id=member.id, since=since):
        is_both = access.can(relations.to_feedback(manager, one), "read", feedback.THING)
        title = one.competency.name if one.competency else f"{one.giver} wrote"
        source = f"feedback by {one.giver}, {_day(one.given_at, member)}"
        words = f"{one.words.did}\n{one.words.changed}"
        line = Line(f"feedback:{one.id.hex}", Heading.COLLABORATION, title, source, words, is_brought=not is_both)
        found.append((one.given_at, line))
    return found


def _thanks(one: Thanks, member: Person) -> Line:
    source = f"published thanks by {one.giver}, {_day(one.given_at, member)}"
    words = f"{one.did}\n{one.changed}"
    return Line(f"thanks:{one.id.hex}", Heading.COLLABORATION, one.competency, source, words)


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
            f"stuck:{row.milestone}", Heading.MILESTONES, f"In the way: {titled(row.milestone)}",
            f"stuck in {row.times} check-ins",
        )
        for row in await session.execute(query)
    ]  # fmt: skip


async def _no_chance(session: AsyncSession, member: Person) -> Iterable[Line]:
    found = (await milestones.no_chance(session, [member.id])).get(member.id, ())
    return [
        Line(f"no-chance:{one.key}", Heading.MILESTONES, f"Wanted: a chance to show {one.title}", "a wish for work")
        for one in found
    ]


# What is ahead


async def _direction(session: AsyncSession, member: Person) -> Direction | None:
    """Where it is shared with the manager."""
    found = await directions.of(session, member.id)
    return found if found and found.is_shared else None


def _wishes(found: Direction | None) -> Iterable[Line]:
    if found is None:
        return ()
    source = f"direction, {found.said_on.day} {found.said_on:%B}"
    return [Line("direction", None, rules.wished(found), source, found.words)]


async def _paths(session: AsyncSession, member: Person) -> Iterable[Line]:
    """What-ifs that they chose to bring."""
    return [
        Line(f"what-if:{one.id.hex}", None, f"What if: {one.level_name}, {one.track_name}", "what-if")
        for one in await what_ifs.kept(session, by=member)
        if one.in_brief
    ]


async def _agreed(session: AsyncSession, member: Person, manager: Person, since: date) -> Iterable[Line]:
    """What these very two agreed on before and is open, or done since; what is in the plan stands there."""
    query = (
        select(CareerAction)
        .join(Row, Row.id == CareerAction.talk_id)
        .where(
            Row.member_id == member.id, Row.manager_id == manager.id, CareerAction.planned_at.is_(None),
            or_(CareerAction.done_on.is_(None), CareerAction.done_on >= since),
        )
        .order_by(CareerAction.done_on.is_not(None), CareerAction.made_at, CareerAction.id)
        .limit(talk_rules.MOST_ACTIONS)
    )  # fmt: skip
    lines = []
    for one in await session.scalars(query):
        who = manager.name if one.is_managers else member.name
        source = f"agreed before, {who}, {'done' if one.done_on else 'open'}"
        lines.append(Line(f"agreed:{one.id.hex}", None, " ".join(one.words.split()), source))
    return lines


async def _plan(session: AsyncSession, member: Person, since: date, today: date) -> Iterable[Line]:
    plan = await plans.mine(session, by=member, today=today)
    lines = [Line(f"aim:{one.key}", None, f"Growing in: {one.title}", "growth plan") for one in plan.aims]
    if plan.protected:
        hours, until = plan.protected.hours, plan.protected.until
        said = f"{hours} protected hours a week until {until.day} {until:%B}"
        lines.append(Line("protected", None, said, "growth plan"))
    done = [one for one in plan.done_actions if one.done_on and one.done_on >= since]
    return [*lines, *(_action(one, today) for one in (*plan.open_actions, *done))]


def _action(one: Action, today: date) -> Line:
    by = "was planned for" if one.due_on < today else "by"
    state = f"{by} {one.due_on.day} {one.due_on:%B}" if one.is_open else "done"
    return Line(f"action:{one.id.hex}", None, one.title, f"growth plan, {state}")
