"""What mentors offer: taking it up, changing it, stopping; the directory of those who agreed to be listed."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, delete, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.mentors import Avoidance, Proposal
from bot.models.mentors import Mentor as MentorRow
from bot.models.mentorships import Mentorship
from bot.models.people import Person as PersonRow
from bot.models.people import Placement
from bot.rules import mentor_forms as forms
from bot.rules.framework import Framework
from bot.rules.mentor_forms import TypedOffer
from bot.rules.mentors import Offer, ProposalState
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import framework as frameworks
from bot.services import messages, people

PAGE = 20
NOTHING_OFFERED = "You do not offer to mentor at the moment. `/mentor offer` begins."


def taken() -> ColumnElement[int]:
    """A column beside MentorRow: mentees they have, and requests put before them."""
    active = select(func.count()).where(Mentorship.mentor_id == MentorRow.person_id, Mentorship.ended_at.is_(None))
    asked = select(func.count()).where(
        Proposal.mentor_id == MentorRow.person_id, Proposal.state == ProposalState.PROPOSED.value
    )
    return active.correlate(MentorRow).scalar_subquery() + asked.correlate(MentorRow).scalar_subquery()


async def offers(session: AsyncSession, ids: Collection[UUID], *, on: date) -> dict[UUID, Offer]:
    """What these people offer, of those who offer something."""
    rows = await session.execute(
        select(MentorRow, taken().label("taken")).where(MentorRow.person_id.in_(ids), MentorRow.ended_on.is_(None))
    )
    found = [(row.Mentor, row.taken) for row in rows]
    who = await people.by_id(session, [row.person_id for row, _ in found], on=on) if found else {}
    return {row.person_id: _offer(row, who[row.person_id], count) for row, count in found}


def _offer(row: MentorRow, mentor: Person, count: int) -> Offer:
    return Offer(
        mentor, row.capacity, row.hours, tuple(row.tracks.split()), tuple(row.competencies.split()),
        tuple(row.languages.split()), row.about, row.is_listed, row.full_until, count,
    )  # fmt: skip


async def offer(session: AsyncSession, *, by: Person, typed: TypedOffer, now: datetime, today: date) -> Offer:
    """Offer to mentor, or change what one offers. Pairs go on as they are."""
    framework = await frameworks.current(session)
    given = forms.read_offer(typed, by=by, today=today, framework=framework)
    await keep_avoided(session, by=by, slack_ids=typed.avoid, today=today)
    values = {
        "capacity": given.capacity, "hours": given.hours, "tracks": " ".join(given.tracks),
        "competencies": " ".join(given.competencies), "languages": " ".join(given.languages), "about": given.about,
        "is_listed": given.is_listed, "full_until": given.full_until, "ended_on": None,
    }  # fmt: skip
    await insert_new(session, MentorRow, [{"person_id": by.id, "since_on": today, **values}])
    begun = case((MentorRow.ended_on.is_not(None), literal(today)), else_=MentorRow.since_on)
    await session.execute(update(MentorRow).where(MentorRow.person_id == by.id).values(since_on=begun, **values))
    await messages.redraw_home(session, [by.id], at=now)
    return given


async def stop(session: AsyncSession, *, by: Person, now: datetime, today: date) -> None:
    """Offer nothing any more. What was put before them goes on to the next mentor; pairs go on as they are."""
    stopped = await session.execute(
        update(MentorRow)
        .where(MentorRow.person_id == by.id, MentorRow.ended_on.is_(None))
        .values(ended_on=today)
        .returning(MentorRow.person_id)
    )
    if stopped.first() is None:
        raise Refusal(NOTHING_OFFERED)
    await messages.redraw_home(session, [by.id], at=now)


async def pause(session: AsyncSession, *, by: Person, until: date, today: date) -> None:
    """Take nobody new before this day."""
    if not today < until <= today + forms.FURTHEST:
        raise Refusal("Choose a day ahead, within a year.", field="until")
    await session.execute(update(MentorRow).where(MentorRow.person_id == by.id).values(full_until=until))


# The people somebody would rather not meet: kept for their later requests, read by nobody else


async def avoided(session: AsyncSession, *, by: Person, today: date) -> list[Person]:
    """One's own list."""
    ids = await session.scalars(select(Avoidance.avoided_id).where(Avoidance.person_id == by.id))
    found = await people.by_id(session, ids, on=today)
    return sorted(found.values(), key=lambda person: person.name)


async def keep_avoided(
    session: AsyncSession, *, by: Person, slack_ids: Sequence[str], today: date, choices: Collection[UUID] = ()
) -> None:
    """This list and no other. Whoever has left Slack stays on it."""
    found = {one.id: one for one in (await people.by_slack_id(session, slack_ids, on=today)).values()}
    forms.check_avoided(found, choices, by=by)
    shown = select(PersonRow.id).where(PersonRow.is_active, PersonRow.slack_id.is_not(None))
    await session.execute(
        delete(Avoidance).where(
            Avoidance.person_id == by.id, Avoidance.avoided_id.in_(shown), Avoidance.avoided_id.not_in(list(found))
        )
    )
    await insert_new(session, Avoidance, [{"person_id": by.id, "avoided_id": one} for one in found])


# The directory


async def directory(
    session: AsyncSession,
    *,
    by: Person,
    today: date,
    track: str | None = None,
    competency: str | None = None,
    skip: int = 0,
) -> tuple[tuple[Offer, ...], bool]:
    """One page of the mentors who agreed to be listed, whoever has a place first; and whether there are more.

    By name besides: a level is no rank here.
    """
    framework = await frameworks.current(session)
    page = (
        _listed(by, today)
        .where(*_chosen(framework, track, competency))
        .order_by(_is_full(today), PersonRow.name, PersonRow.id)
        .offset(max(skip, 0))
        .limit(PAGE + 1)
    )
    rows = (await session.execute(page)).all()
    who = await people.by_id(session, [row.Mentor.person_id for row in rows], on=today)
    found = tuple(_offer(row.Mentor, who[row.Mentor.person_id], row.taken) for row in rows[:PAGE])
    return found, len(rows) > PAGE


def _listed(by: Person, today: date) -> Select[*tuple[Any, ...]]:
    placed = and_(Placement.person_id == PersonRow.id, people.holds(Placement, today))
    return (
        select(MentorRow, taken().label("taken"))
        .join(PersonRow, PersonRow.id == MentorRow.person_id)
        .outerjoin(Placement, placed)
        .where(
            MentorRow.is_listed, MentorRow.ended_on.is_(None), MentorRow.person_id != by.id,
            PersonRow.is_active, ~PersonRow.is_guest, PersonRow.slack_id.is_not(None),
        )
    )  # fmt: skip


def _is_full(today: date) -> ColumnElement[int]:
    paused = and_(MentorRow.full_until.is_not(None), MentorRow.full_until > today)
    return case((or_(paused, taken() >= MentorRow.capacity), 1), else_=0)


def _chosen(framework: Framework, track: str | None, competency: str | None) -> Iterable[ColumnElement[bool]]:
    """Keys of the framework only, so that nothing typed becomes a pattern."""
    if track is not None and framework.track(track):
        yield or_(Placement.track == track, _names(MentorRow.tracks, track))
    if competency in forms.competencies(framework):
        yield _names(MentorRow.competencies, str(competency))


def _names(column: Any, key: str) -> ColumnElement[bool]:
    """Whether a line of keys has this one."""
    line: ColumnElement[str] = literal(" ") + column + literal(" ")
    return line.contains(f" {key} ", autoescape=True)
