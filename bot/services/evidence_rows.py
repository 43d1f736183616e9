"""Evidence as it is kept, made into the value that rules and views know."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.models.evidence import Evidence as EvidenceRow
from bot.models.evidence import Review as ReviewRow
from bot.models.people import Person as PersonRow
from bot.rules import access
from bot.rules.evidence import Claim, Evidence, Review, State, Verdict
from bot.services import framework as frameworks


async def load_one(session: AsyncSession, evidence: UUID) -> Evidence:
    found = await load(session, EvidenceRow.id == evidence)
    if not found:
        access.refuse()
    return found[0]


async def load(session: AsyncSession, which: Any) -> list[Evidence]:
    """Evidence with reviews and names, in one statement, each under the wording it was made under."""
    author, reviewer = _named("author"), _named("reviewer")
    chosen = select(EvidenceRow.id).join(ReviewRow, ReviewRow.evidence_id == EvidenceRow.id).where(which)
    found = await session.execute(
        select(EvidenceRow, ReviewRow, author.name.label("author"), reviewer.name.label("reviewer"), reviewer.is_active)
        .join(ReviewRow, ReviewRow.evidence_id == EvidenceRow.id)
        .join(author, author.id == EvidenceRow.author_id)
        .join(reviewer, reviewer.id == ReviewRow.reviewer_id)
        .where(EvidenceRow.id.in_(chosen))
        .order_by(reviewer.name)
        .execution_options(populate_existing=True)
    )
    rows: dict[UUID, list[Any]] = {}
    for row in found:
        rows.setdefault(row.Evidence.id, []).append(row)
    return [await _value(session, group) for group in rows.values()]


def _named(name: str) -> type[PersonRow]:
    return aliased(PersonRow, name=name)


async def _value(session: AsyncSession, group: Sequence[Any]) -> Evidence:
    row: EvidenceRow = group[0].Evidence
    framework = await frameworks.version_of(session, row.version)
    milestone, level = framework.milestone(row.milestone), framework.level_of(row.milestone)
    assert milestone is not None  # noqa: S101  (a release never changes)
    assert level is not None  # noqa: S101
    claim = Claim(row.milestone, row.did, row.impact, tuple(row.links.split()), row.done_on, row.amount)
    reviews = [
        Review(
            one.Review.id, one.Review.reviewer_id, one.reviewer, Verdict(one.Review.verdict), one.Review.is_outside,
            one.Review.reason, one.Review.handed_to, one.is_active,
        )
        for one in group
    ]  # fmt: skip
    return Evidence(
        row.id, row.author_id, group[0].author, claim, milestone, level, State(row.state), row.take, row.submitted_at,
        reviews=tuple(review for review in reviews if review.verdict is not Verdict.RELEASED),
        released=tuple(review for review in reviews if review.verdict is Verdict.RELEASED),
    )  # fmt: skip
