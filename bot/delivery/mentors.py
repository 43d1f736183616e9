"""Messages of finding a mentor: what is put before whoever decides, and what the others hear of it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import UPDATE, Later, Message, at_an_open_hour
from bot.rules.mentors import ProposalState, RequestState, Told
from bot.services import mentor_requests, proposals
from bot.services import proposal_rows as rows
from bot.views import mentor_requests as request_views
from bot.views import proposals as views

Found = Mapping[UUID, Told | Later]
Load = Callable[..., Awaitable[Mapping[UUID, Any]]]


def _where(load: Load, still: Callable[[Told], bool]) -> Load:
    """What still holds, at an hour at which they may be written to."""

    async def loaded(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Found:
        found = await load(session, ids, now=now)
        return at_an_open_hour({key: told for key, told in found.items() if still(told)}, now)

    return loaded


async def load_again(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Told]:
    return await rows.to_whoever_decides(session, ids, now=now)


def _is_open(told: Told) -> bool:
    return told.proposal is not None and told.proposal.state is ProposalState.PROPOSED


def _waits(told: Told) -> bool:
    return told.request.state is RequestState.OPEN and told.request.waits_since is not None


def _is_so(told: Told) -> bool:
    return True


def _asked(draw: Callable[[Told], dict[str, Any]]) -> Message:
    return Message(_where(rows.to_whoever_decides, _is_open), draw, owes_action=True, asks=True)


def _again(draw: Callable[[Told], dict[str, Any]], kind: str) -> Message:
    return Message(load_again, draw, method=UPDATE, redraws=kind, answers=True)


def _answer(load: Load, draw: Callable[[Told], dict[str, Any]], still: Callable[[Told], bool] = _is_so) -> Message:
    return Message(_where(load, still), draw, answers=True)


MESSAGES: Mapping[str, Message] = {
    proposals.ASKED: _asked(views.asked),
    proposals.ASKED_AGAIN: _again(views.asked, proposals.ASKED),
    proposals.OFFERED: _asked(views.offered),
    proposals.OFFERED_AGAIN: _again(views.offered, proposals.OFFERED),
    proposals.ACCEPTED: _answer(rows.to_mentees, request_views.accepted),
    proposals.TAKEN_UP: _answer(rows.to_whoever_offered, views.taken_up),
    proposals.NOT_NOW: _answer(rows.to_whoever_offered, views.not_now),
    proposals.MOVED: _answer(rows.to_mentees, request_views.moved, _is_open),
    mentor_requests.WAITS: _answer(rows.to_waiting, request_views.waits, _waits),
}
