"""What only a manager themself can answer: evidence to review, and requests to be somebody's mentor."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.evidence import Evidence, Review
from bot.models.mentors import MentorRequest, Proposal
from bot.models.people import Person as PersonRow
from bot.rules.evidence import OPEN_FOR_REVIEW, Verdict
from bot.rules.mentors import ProposalState, Way
from bot.rules.weeks import Ask


async def reviews(session: AsyncSession, managers: Collection[UUID]) -> dict[UUID, tuple[Ask, ...]]:
    """Manager → evidence that waits for their own verdict, the longest waiting first."""
    rows = await session.execute(
        select(Review.reviewer_id.label("asked"), Review.id, PersonRow.name)
        .join(Evidence, Evidence.id == Review.evidence_id)
        .join(PersonRow, PersonRow.id == Evidence.author_id)
        .where(
            Review.reviewer_id.in_(managers), Review.verdict == Verdict.ASKED.value,
            Evidence.state.in_([state.value for state in OPEN_FOR_REVIEW]),
        )
        .order_by(Evidence.submitted_at, Review.id)
    )  # fmt: skip
    return _by_asked(rows)


async def requests(session: AsyncSession, managers: Collection[UUID], *, now: datetime) -> dict[UUID, tuple[Ask, ...]]:
    """Manager → who asks them to be their mentor, the longest waiting first."""
    rows = await session.execute(
        select(Proposal.mentor_id.label("asked"), Proposal.id, PersonRow.name)
        .join(MentorRequest, MentorRequest.id == Proposal.request_id)
        .join(PersonRow, PersonRow.id == MentorRequest.mentee_id)
        .where(
            Proposal.mentor_id.in_(managers), Proposal.state == ProposalState.PROPOSED.value,
            Proposal.expires_at > now, Proposal.way != Way.OFFER.value,
        )
        .order_by(Proposal.asked_at, Proposal.id)
    )  # fmt: skip
    return _by_asked(rows)


def _by_asked(rows: Iterable[Any]) -> dict[UUID, tuple[Ask, ...]]:
    found: dict[UUID, list[Ask]] = defaultdict(list)
    for row in rows:
        found[row.asked].append(Ask(row.name, row.id))
    return {asked: tuple(many) for asked, many in found.items()}
