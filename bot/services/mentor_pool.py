"""Everybody who asks for a mentor and everybody who may be asked, as `rules.fit` knows them; for one request or all.

Read page by page, with the same few statements for each page, so that a pool of any size holds nobody up.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.models.mentors import Avoidance, MentorRequest, Proposal
from bot.models.mentors import Mentor as MentorRow
from bot.models.mentorships import ClosingSurvey, Mentorship
from bot.models.people import Absence, Placement, ReportingLine
from bot.models.people import Person as PersonRow
from bot.rules import cadence, fit, work_hours
from bot.rules.cadence import Schedule
from bot.rules.fit import Mentee, Mentor
from bot.rules.framework import Framework
from bot.rules.less import Topic
from bot.rules.mentors import AGAIN_DAYS, NOT_AGAIN_DAYS, ProposalState, RequestState
from bot.services import framework as frameworks
from bot.services import less_rows, people
from bot.services.mentors import taken

PAGE = 500
Barred = dict[UUID, set[UUID]]


async def load(
    session: AsyncSession, *, requests: Collection[UUID] | None = None, today: date
) -> tuple[list[Mentee], list[Mentor]]:
    """Those who ask, and those who may be asked; without `requests`, everybody whose request nobody has before them.

    Mentors who have no place left are among them, for they say what is missing.
    """
    framework = await frameworks.current(session)
    mentees = [one async for one in _mentees(session, framework, requests, today)]
    mentors = [one async for one in _mentors(session, framework, today)] if mentees else []
    return mentees, mentors


async def free(session: AsyncSession, ids: Collection[UUID], *, today: date) -> dict[UUID, int]:
    """Mentor → places left, of those among these people who may be asked today."""
    rows = await session.execute(
        _offered(today).with_only_columns(MentorRow.person_id, MentorRow.capacity, taken().label("taken"))
        .where(MentorRow.person_id.in_(ids))
    )  # fmt: skip
    return {row.person_id: row.capacity - row.taken for row in rows}


# Mentors


def _offered(today: date) -> Select[*tuple[Any, ...]]:
    """Mentors who are here today and take somebody new, with or without a place left."""
    placed = and_(Placement.person_id == PersonRow.id, people.holds(Placement, today))
    is_away = exists().where(Absence.person_id == PersonRow.id, people.holds(Absence, today))
    return (
        select(
            MentorRow.person_id, MentorRow.capacity, MentorRow.tracks, MentorRow.competencies, MentorRow.languages,
            taken().label("taken"), *_SCHEDULE, Placement.track, Placement.level,
        )
        .select_from(MentorRow)
        .join(PersonRow, PersonRow.id == MentorRow.person_id)
        .outerjoin(Placement, placed)
        .where(
            MentorRow.ended_on.is_(None), or_(MentorRow.full_until.is_(None), MentorRow.full_until <= today),
            PersonRow.is_active, ~PersonRow.is_guest, PersonRow.slack_id.is_not(None), ~is_away,
            ~less_rows.is_off(MentorRow.person_id, Topic.MENTOR_REQUESTS, today),
        )
    )  # fmt: skip


_SCHEDULE = (PersonRow.zone, PersonRow.preferred_hour, PersonRow.working_days, PersonRow.country)


async def _mentors(session: AsyncSession, framework: Framework, today: date) -> AsyncIterator[Mentor]:
    async for rows in _pages(session, _offered(today), MentorRow.person_id):
        past = await _past_tracks(session, [row.person_id for row in rows])
        for row in rows:
            yield _mentor(row, framework, past[row.person_id], today)


def _mentor(row: Any, framework: Framework, past: set[str], today: date) -> Mentor:
    track = framework.track(row.track or "")
    before = {*past, *row.tracks.split()} - {row.track}
    return Mentor(
        person=row.person_id,
        standing=fit.Standing(row.track, framework.band_of(row.track, row.level), frozenset(before)),
        skills=fit.Skills(
            frozenset(row.competencies.split()), frozenset(one.key for one in (track.competencies if track else ()))
        ),
        languages=frozenset(row.languages.split()),
        hours=_hours(row, today),
        capacity=row.capacity,
        taken=row.taken,
    )


async def _past_tracks(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, set[str]]:
    """Mentor → the tracks they have been on."""
    past: dict[UUID, set[str]] = defaultdict(set)
    rows = await session.execute(select(Placement.person_id, Placement.track).where(Placement.person_id.in_(ids)))
    for row in rows:
        past[row.person_id].add(row.track)
    return past


def _hours(row: Any, today: date) -> int:
    return work_hours.week_of(Schedule(row.zone, row.preferred_hour, row.working_days, row.country), today)


# Mentees


async def _mentees(
    session: AsyncSession, framework: Framework, requests: Collection[UUID] | None, today: date
) -> AsyncIterator[Mentee]:
    asking = _asking(today) if requests is None else _asking(today).where(MentorRequest.id.in_(requests))
    async for rows in _pages(session, asking, MentorRequest.id):
        barred = await bars(session, [row.mentee_id for row in rows], today=today)
        for row in rows:
            yield _mentee(row, framework, barred[row.mentee_id], today)


def _asking(today: date) -> Select[*tuple[Any, ...]]:
    """Open requests of people who are here, that nobody has before them."""
    placed = and_(Placement.person_id == PersonRow.id, people.holds(Placement, today))
    return (
        select(
            MentorRequest.id, MentorRequest.mentee_id, MentorRequest.competencies, MentorRequest.track.label("wanted"),
            MentorRequest.is_same_track, MentorRequest.languages, MentorRequest.choices, MentorRequest.comes_first,
            MentorRequest.asked_at, *_SCHEDULE, Placement.track, Placement.level,
        )
        .select_from(MentorRequest)
        .join(PersonRow, PersonRow.id == MentorRequest.mentee_id)
        .outerjoin(Placement, placed)
        .where(MentorRequest.state == RequestState.OPEN.value, PersonRow.is_active, ~PersonRow.is_guest, ~is_asked())
    )  # fmt: skip


def is_asked() -> ColumnElement[bool]:
    """A column beside MentorRequest: somebody has it before them now."""
    return exists().where(
        Proposal.request_id == MentorRequest.id, Proposal.state == ProposalState.PROPOSED.value
    )  # fmt: skip


def _mentee(row: Any, framework: Framework, barred: set[UUID], today: date) -> Mentee:
    band = framework.band_of(row.track, row.level)
    return Mentee(
        request=row.id,
        person=row.mentee_id,
        wish=fit.Wish(row.track, band, row.wanted, row.is_same_track, framework.is_at_top(band)),
        wanted=tuple(row.competencies.split()),
        languages=frozenset(row.languages.split()),
        hours=_hours(row, today),
        asked_at=row.asked_at,
        choices=tuple(UUID(one) for one in row.choices.split()),
        barred=frozenset(barred),
        comes_first=row.comes_first,
    )


async def _pages(session: AsyncSession, wanted: Select[*tuple[Any, ...]], key: Any) -> AsyncIterator[Sequence[Any]]:
    page = wanted.order_by(key).limit(PAGE)
    rows = (await session.execute(page)).all()
    while rows:
        yield rows
        rows = (await session.execute(page.where(key > rows[-1][0]))).all() if len(rows) == PAGE else []


# Who may not be whose mentor


async def bars(session: AsyncSession, mentees: Collection[UUID], *, today: date, asks_anew: bool = True) -> Barred:
    """Mentee → whoever may not be their mentor, for a reason that is nobody else's business: somebody avoids the other,
    one reports to the other (however far up), or they are a pair or were one within a year.

    `asks_anew`: nor whoever could not take them lately.
    """
    barred: Barred = defaultdict(set)
    rules = [*_avoiding(mentees), *_line(mentees, today), *_paired(mentees, today)]
    for statement in (*rules, *([_asked(mentees, today)] if asks_anew else [])):
        for mentee, other in await session.execute(statement):
            barred[mentee].add(other)
    return barred


def _avoiding(mentees: Collection[UUID]) -> Iterator[Select[UUID, UUID]]:
    yield select(Avoidance.person_id, Avoidance.avoided_id).where(Avoidance.person_id.in_(mentees))
    yield select(Avoidance.avoided_id, Avoidance.person_id).where(Avoidance.avoided_id.in_(mentees))


def _line(mentees: Collection[UUID], today: date) -> Iterator[Select[*tuple[Any, ...]]]:
    """Mentors above and below in the line of managers."""
    for own, other in (
        (ReportingLine.person_id, ReportingLine.manager_id),
        (ReportingLine.manager_id, ReportingLine.person_id),
    ):
        first = select(own.label("mentee"), other.label("other")).where(
            own.in_(mentees), people.holds(ReportingLine, today)
        )
        line = first.cte("line", recursive=True)
        further = select(line.c.mentee, other).where(own == line.c.other, people.holds(ReportingLine, today))
        both = line.union(further)
        yield select(both.c.mentee, both.c.other).join(MentorRow, MentorRow.person_id == both.c.other)


def _paired(mentees: Collection[UUID], today: date) -> Iterator[Select[*tuple[Any, ...]]]:
    """Pairs of today and of the last year, unless both have said that they would like to be one again."""
    mentors_word, mentees_word = aliased(ClosingSurvey), aliased(ClosingSurvey)
    since = _midnight(today - timedelta(days=AGAIN_DAYS))
    for own, other in ((Mentorship.mentee_id, Mentorship.mentor_id), (Mentorship.mentor_id, Mentorship.mentee_id)):
        yield (
            select(own, other)
            .outerjoin(mentors_word, _word(mentors_word, Mentorship.mentor_id))
            .outerjoin(mentees_word, _word(mentees_word, Mentorship.mentee_id))
            .where(
                own.in_(mentees), or_(Mentorship.ended_at.is_(None), Mentorship.ended_at > since),
                or_(
                    Mentorship.ended_at.is_(None), mentors_word.wants_again.is_not(True),
                    mentees_word.wants_again.is_not(True),
                ),
            )
        )  # fmt: skip


def _word(survey: Any, of: Any) -> ColumnElement[bool]:
    return and_(survey.mentorship_id == Mentorship.id, survey.person_id == of)


def _asked(mentees: Collection[UUID], today: date) -> Select[UUID, UUID]:
    """Mentors who could not take these people lately, or whose own offer came to nothing."""
    passed = [ProposalState.DECLINED.value, ProposalState.EXPIRED.value]
    return (
        select(MentorRequest.mentee_id, Proposal.mentor_id)
        .join(Proposal, Proposal.request_id == MentorRequest.id)
        .where(
            MentorRequest.mentee_id.in_(mentees), Proposal.state.in_(passed),
            Proposal.decided_at > _midnight(today - timedelta(days=NOT_AGAIN_DAYS)),
        )
    )  # fmt: skip


def _midnight(day: date) -> datetime:
    return cadence.resolve(day, 0, "UTC")
