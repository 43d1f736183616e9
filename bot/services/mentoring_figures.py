"""How mentoring is going: counted in a handful of statements, however many people take part."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, cast, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.mentors import Mentor as MentorRow
from bot.models.mentors import MentorRequest, Proposal
from bot.models.mentorships import ClosingSurvey, MentorSession, Mentorship
from bot.models.people import Absence, Placement
from bot.models.people import Person as PersonRow
from bot.rules import mentoring_figures as rules
from bot.rules.mentoring_figures import Coverage, Figures, Need, Scores
from bot.rules.mentors import RHYTHMS, ProposalState, RequestState
from bot.rules.people import Person
from bot.services import match_rounds, mentors, people, roles

ANSWERED = (ProposalState.ACCEPTED, ProposalState.DECLINED, ProposalState.EXPIRED)
RESTING, QUIET, IN_RHYTHM = "resting", "quiet", "in rhythm"
IDLE, SOME, FULL = "nobody yet", "some", "full"
ANY_TRACK = "any"
OPEN = MentorRequest.state == RequestState.OPEN.value


async def load(session: AsyncSession, *, by: Person, now: datetime, today: date) -> Figures:
    """Refusal for whoever is no owner."""
    await roles.require_owner(session, by=by, on=today, thing=match_rounds.ROUND)
    waiting = await session.scalar(select(func.count()).select_from(MentorRequest).where(OPEN)) or 0
    accepted, answered = await _answers(session, now)
    tracks, competencies = await _needs(session, today)
    return Figures(
        coverage=await _coverage(session, today),
        waiting=rules.cells({"waiting": waiting})["waiting"],
        median_days=await _median_days(session, waiting, now),
        accepted=rules.share(accepted, answered),
        answered=answered,
        pairs=rules.cells(await _pairs(session, now, today)),
        scores=await _scores(session, now),
        mentors=rules.cells(await _mentors(session, today)),
        tracks=tracks,
        competencies=competencies,
    )


async def _coverage(session: AsyncSession, today: date) -> dict[str, Coverage]:
    has_one = _is_in(Mentorship.mentee_id)
    is_one = _is_in(Mentorship.mentor_id)
    rows = await session.execute(
        select(Placement.track, func.count(), _many(has_one), _many(is_one), _many(or_(has_one, is_one)))
        .join(PersonRow, PersonRow.id == Placement.person_id)
        .where(people.holds(Placement, today), PersonRow.is_active, ~PersonRow.is_guest)
        .group_by(Placement.track)
        .order_by(Placement.track)
    )
    return rules.coverage({track: (whole, mentees, ones, either) for track, whole, mentees, ones, either in rows})


def _is_in(side: Any) -> ColumnElement[bool]:
    """A column beside Placement: this person is on that side of a pair."""
    found = select(Mentorship.id).where(side == Placement.person_id, Mentorship.ended_at.is_(None))
    return found.correlate(Placement).exists()


def _many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)


async def _median_days(session: AsyncSession, waiting: int, now: datetime) -> int | None:
    if waiting < rules.LEAST:
        return None
    middle = select(MentorRequest.asked_at).where(OPEN).order_by(MentorRequest.asked_at).offset(waiting // 2).limit(1)
    asked_at = await session.scalar(middle)
    return None if asked_at is None else (now - asked_at).days


async def _answers(session: AsyncSession, now: datetime) -> tuple[int, int]:
    """Proposals of the last year that were accepted, and all that were answered or passed on."""
    is_accepted = Proposal.state == ProposalState.ACCEPTED.value
    since = now - rules.LOOKS_BACK
    row = await session.execute(
        select(_many(is_accepted), func.count()).where(Proposal.state.in_(ANSWERED), Proposal.asked_at >= since)
    )
    accepted, answered = row.one()
    return accepted, answered


async def _pairs(session: AsyncSession, now: datetime, today: date) -> dict[str, int]:
    """Active pairs: resting while they have paused or one is away, quiet when nothing was met or planned for long."""
    latest = (
        select(func.max(MentorSession.starts_at))
        .where(
            MentorSession.mentorship_id == Mentorship.id,
            or_(MentorSession.starts_at > now, MentorSession.mentor_met.is_(True), MentorSession.mentee_met.is_(True)),
        )
        .correlate(Mentorship)
        .scalar_subquery()
    )
    since = {days: rules.quiet_since(days, now) for days in RHYTHMS}
    bound = case(
        *[
            (Mentorship.rhythm_days == days, literal(moment, MentorSession.starts_at.type))
            for days, moment in since.items()
        ],
        else_=literal(max(since.values()), MentorSession.starts_at.type),
    )
    away = select(Absence.id).where(
        Absence.person_id.in_([Mentorship.mentor_id, Mentorship.mentee_id]), people.holds(Absence, today)
    )
    state = case(
        (or_(Mentorship.paused_until > today, away.correlate(Mentorship).exists()), RESTING),
        (func.coalesce(latest, Mentorship.began_at) < bound, QUIET),
        else_=IN_RHYTHM,
    ).label("state")
    each = select(state).where(Mentorship.ended_at.is_(None)).subquery()
    rows = await session.execute(select(each.c.state, func.count()).group_by(each.c.state))
    return {IN_RHYTHM: 0, QUIET: 0, RESTING: 0} | {row[0]: row[1] for row in rows}


async def _scores(session: AsyncSession, now: datetime) -> Scores:
    """What was said in the last year; how often each answer was given, never by whom."""
    counted: list[Counter[int]] = []
    rows = (
        await session.execute(
            select(ClosingSurvey.worth, ClosingSurvey.fit, cast(ClosingSurvey.wants_again, Integer), func.count())
            .where(ClosingSurvey.given_at >= now - rules.LOOKS_BACK)
            .group_by(ClosingSurvey.worth, ClosingSurvey.fit, ClosingSurvey.wants_again)
        )
    ).all()
    for column in range(3):
        counts: Counter[int] = Counter()
        for row in rows:
            counts[row[column]] += row[3]
        counted.append(counts)
    return rules.scores(*counted)


def _offers(today: date) -> Any:
    """Those who offer to mentor: where they stand, what they help with, and places taken."""
    return (
        select(
            Placement.track, MentorRow.competencies, MentorRow.capacity, MentorRow.full_until,
            mentors.taken().label("taken"),
        )
        .join(PersonRow, PersonRow.id == MentorRow.person_id)
        .outerjoin(Placement, and_(Placement.person_id == MentorRow.person_id, people.holds(Placement, today)))
        .where(MentorRow.ended_on.is_(None), PersonRow.is_active)
        .subquery()
    )  # fmt: skip


async def _mentors(session: AsyncSession, today: date) -> dict[str, int]:
    one = _offers(today)
    is_full = or_(one.c.taken >= one.c.capacity, one.c.full_until > today)
    state = case((is_full, FULL), (one.c.taken == 0, IDLE), else_=SOME).label("state")
    each = select(state).subquery()
    rows = await session.execute(select(each.c.state, func.count()).group_by(each.c.state))
    return {IDLE: 0, SOME: 0, FULL: 0} | {row[0]: row[1] for row in rows}


async def _needs(session: AsyncSession, today: date) -> tuple[Mapping[str, Need], Mapping[str, Need]]:
    """Tracks and competencies that people wait for, beside the places free there."""
    one = _offers(today)
    free = func.sum(one.c.capacity - one.c.taken)
    has_place = and_(one.c.taken < one.c.capacity, or_(one.c.full_until.is_(None), one.c.full_until <= today))
    offered = (
        await session.execute(
            select(one.c.track, one.c.competencies, free).where(has_place).group_by(one.c.track, one.c.competencies)
        )
    ).all()
    asked = (
        await session.execute(
            select(MentorRequest.track, MentorRequest.competencies, func.count())
            .where(OPEN)
            .group_by(MentorRequest.track, MentorRequest.competencies)
        )
    ).all()
    tracks = rules.needs(
        _sums((row[0] or ANY_TRACK, row[2]) for row in asked), _sums((row[0] or "", row[2]) for row in offered)
    )
    if ANY_TRACK in tracks:  # all the places there are, whatever track they are on
        tracks[ANY_TRACK] = Need(tracks[ANY_TRACK].wanted, sum(int(row[2]) for row in offered))
    return tracks, rules.needs(_by_word(asked), _by_word(offered))


def _by_word(rows: Iterable[Any]) -> Counter[str]:
    """Competencies stand in one line; each counts."""
    return _sums((word, row[2]) for row in rows for word in row[1].split())


def _sums(pairs: Iterable[tuple[str, int]]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for name, count in pairs:
        sums[name] += int(count)
    return sums
