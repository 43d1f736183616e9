"""Requests and proposals as they are kept, made into the values that rules and views know."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.mentors import MentorRequest as RequestRow
from bot.models.mentors import Proposal as ProposalRow
from bot.rules import cadence
from bot.rules.mentors import Proposal, ProposalState, Request, RequestState, Told, Way, decides
from bot.rules.people import Person
from bot.services import framework as frameworks
from bot.services import people

Which = ColumnElement[bool]


async def load(session: AsyncSession, *which: Which, on: date) -> list[Proposal]:
    """Proposals with both people, the oldest first, in two statements."""
    rows = await session.execute(
        select(ProposalRow, RequestRow)
        .join(RequestRow, RequestRow.id == ProposalRow.request_id)
        .where(*which)
        .order_by(ProposalRow.asked_at)
        .execution_options(populate_existing=True)
    )
    found = [(row.Proposal, row.MentorRequest) for row in rows]
    ids = {person for one, request in found for person in (one.mentor_id, request.mentee_id)}
    who = await people.by_id(session, ids, on=on) if ids else {}
    return [_proposal(one, request, who) for one, request in found]


def _proposal(row: ProposalRow, request: RequestRow, who: dict[UUID, Person]) -> Proposal:
    return Proposal(
        row.id, _request(request, who), who[row.mentor_id], Way(row.way), row.score, tuple(row.reasons.split()),
        ProposalState(row.state), row.asked_at, row.expires_at,
    )  # fmt: skip


async def requests(session: AsyncSession, *which: Which, on: date) -> list[Request]:
    rows = await session.scalars(select(RequestRow).where(*which).execution_options(populate_existing=True))
    found = rows.all()
    who = await people.by_id(session, {row.mentee_id for row in found}, on=on) if found else {}
    return [_request(row, who) for row in found]


def _request(row: RequestRow, who: dict[UUID, Person]) -> Request:
    return Request(
        row.id, who[row.mentee_id], row.goal, tuple(row.competencies.split()), row.track, row.is_same_track,
        tuple(row.languages.split()), row.rhythm_days, tuple(UUID(one) for one in row.choices.split()),
        RequestState(row.state), row.comes_first, row.asked_at, row.waits_since, row.nearest,
    )  # fmt: skip


async def before(session: AsyncSession, requests: Iterable[UUID], *, on: date) -> dict[UUID, list[Proposal]]:
    """Request → everything that came of it so far, the oldest first."""
    tried: dict[UUID, list[Proposal]] = {one: [] for one in requests}
    for proposal in await load(session, ProposalRow.request_id.in_(tried), on=on) if tried else ():
        tried[proposal.request.id].append(proposal)
    return tried


# For messages


async def to_whoever_decides(session: AsyncSession, ids: Sequence[UUID], *, now: datetime) -> dict[UUID, Told]:
    """What is put before somebody, by the id of the proposal."""
    found = await load(session, ProposalRow.id.in_(ids), on=now.date())
    return await _told(session, {one.id: (decides(one), one.request, one, None) for one in found}, now)


async def to_whoever_offered(session: AsyncSession, ids: Sequence[UUID], *, now: datetime) -> dict[UUID, Told]:
    """What a mentor hears of their own offer."""
    found = await load(session, ProposalRow.id.in_(ids), on=now.date())
    return await _told(session, {one.id: (one.mentor, one.request, one, None) for one in found}, now)


async def to_mentees(session: AsyncSession, ids: Sequence[UUID], *, now: datetime) -> dict[UUID, Told]:
    """What a mentee hears of a proposal, with the one before it."""
    found = await load(session, ProposalRow.id.in_(ids), on=now.date())
    tried = await before(session, [one.request.id for one in found], on=now.date())
    earlier = {
        one.id: next((old for old in reversed(tried[one.request.id]) if old.asked_at < one.asked_at), None)
        for one in found
    }
    return await _told(session, {one.id: (one.request.mentee, one.request, one, earlier[one.id]) for one in found}, now)


async def to_waiting(session: AsyncSession, ids: Sequence[UUID], *, now: datetime) -> dict[UUID, Told]:
    """What a mentee hears when nobody was found, by the id of the request."""
    found = await requests(session, RequestRow.id.in_(ids), on=now.date())
    tried = await before(session, [one.id for one in found], on=now.date())
    last = {one.id: next(reversed(tried[one.id]), None) for one in found}
    return await _told(session, {one.id: (one.mentee, one, None, last[one.id]) for one in found}, now)


Row = tuple[Person, Request, Proposal | None, Proposal | None]


async def _told(session: AsyncSession, found: Mapping[UUID, Row], now: datetime) -> dict[UUID, Told]:
    """Of those who are here to hear it."""
    if not found:
        return {}
    framework = await frameworks.current(session)
    ids = {to.id for to, *_ in found.values()}
    away = await people.absences(session, list(ids), on=now.date() - cadence.DAY)
    return {
        key: Told(request, proposal, last, framework, to.schedule, tuple(away.get(to.id, ())))
        for key, (to, request, proposal, last) in found.items()
        if to.is_active and not to.is_guest
    }
