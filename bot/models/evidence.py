"""Evidence and its reviews."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, EncryptedText
from bot.models.keeping import Keeping

KEPT = "36 months after the decision"


class Evidence(Base):
    """A claim for one milestone, held against the wording of the release it was made under."""

    __tablename__ = "evidence"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    milestone: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(20))
    band: Mapped[int]
    did: Mapped[str] = mapped_column(EncryptedText("evidence.did"))
    impact: Mapped[str] = mapped_column(EncryptedText("evidence.impact"))
    links: Mapped[str] = mapped_column(EncryptedText("evidence.links"), default="")
    done_on: Mapped[date]
    amount: Mapped[Decimal] = mapped_column(Numeric(9, 2))
    state: Mapped[str] = mapped_column(String(20))
    take: Mapped[int] = mapped_column(default=1)
    submitted_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    praised_at: Mapped[datetime | None]
    praised_by: Mapped[UUID | None]

    keeping: ClassVar = Keeping(
        of=("author_id",),
        why="it shows readiness, and a decision that rests on it can be explained",
        seen_by="the author; the reviewers named on it; the author's manager",
        until=KEPT,
        days=1095,
        after="decided_at",
        on_erase="empty words",
        columns={
            "id": "our own id",
            "author_id": "whose",
            "milestone": "the milestone",
            "version": "the framework release it was made under",
            "band": "the band of that milestone's level",
            "did": "what was done, sealed",
            "impact": "what changed because of it, sealed",
            "links": "where it can be seen, sealed",
            "done_on": "when the work was done",
            "amount": "how much of the milestone's measure",
            "state": "in review, changes asked, accepted, declined or withdrawn",
            "take": "how many times it was sent",
            "submitted_at": "when it was last sent",
            "decided_at": "when it was decided",
            "praised_at": "when the manager said that they passed praise on",
            "praised_by": "our id of that manager",
        },
    )


class Review(Base):
    """One reviewer's own verdict on one piece of evidence."""

    __tablename__ = "review"
    __table_args__ = (UniqueConstraint("evidence_id", "reviewer_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    evidence_id: Mapped[UUID] = mapped_column(ForeignKey("evidence.id", ondelete="CASCADE"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    reviewer_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    is_outside: Mapped[bool]
    verdict: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(EncryptedText("review.reason"), default="")
    decided_at: Mapped[datetime | None] = mapped_column(index=True)
    handed_to: Mapped[UUID | None]

    keeping: ClassVar = Keeping(
        of=("author_id", "reviewer_id"),
        why="each verdict is somebody's own, with a reason the author can act on",
        seen_by="the author; the reviewer; the author's manager",
        until=KEPT + ", with the evidence",
        on_erase="empty words",
        words_of={"reason": "reviewer_id"},
        columns={
            "id": "our own id",
            "evidence_id": "the evidence",
            "author_id": "whose evidence it is",
            "reviewer_id": "whose verdict it is",
            "is_outside": "from outside the author's reporting line when asked",
            "verdict": "asked, accepted, changes asked or declined",
            "reason": "the reason given, sealed",
            "decided_at": "when",
            "handed_to": "our id of whoever reads it instead, because the reviewer is away or not here any more",
        },
    )
